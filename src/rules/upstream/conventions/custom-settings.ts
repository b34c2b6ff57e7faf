// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { RE2JS } from 're2js';
import * as z from 'zod';

const states = [
  'pending',
  'submitted',
  'accepted',
  'merged',
  'denied',
  'inactive',
  'downstream-only',
  'drop',
  'embargoed',
] as const;

const kinds = ['url', 'commit', 'release', 'pull-request', 'issue', 'reason', 'date'] as const;

/** Names that a pattern's groups may have: pieces of evidence, and what belongs to one of them. */
export const groupNames = [
  'url',
  'commit',
  'repository',
  'branch',
  'release',
  'pullRequest',
  'issue',
  'reason',
  'date',
  'dependsOn',
] as const;

const longestPattern = 500;
/** The engine's own measure. A pattern such as `(a{100}){100}` would take up memory and time for nothing. */
const largestProgram = 3000;

/** A pattern of RE2's syntax, compiled. Throws where it is none; `patternProblem` tells beforehand. */
export function compilePattern(pattern: string): RE2JS {
  return RE2JS.compile(pattern);
}

/** What a pattern would have to be, as the end of a sentence that starts with its place; null where it is in order. */
export function patternProblem(pattern: string): string | null {
  let compiled: RE2JS;
  try {
    compiled = compilePattern(pattern);
  } catch (error) {
    return `must be a regular expression in the syntax of RE2 (${error instanceof Error ? error.message : 'it is none'})`;
  }
  if (compiled.programSize() > largestProgram)
    return 'must be simpler: with its repetitions written out it is too large';
  const known: readonly string[] = groupNames;
  const unknown = Object.keys(compiled.namedGroups()).find((name) => !known.includes(name));
  return unknown === undefined ? null : `must name its groups one of ${groupNames.join(', ')}, and not ${unknown}`;
}

const pattern = z
  .string()
  .min(1)
  .max(longestPattern)
  .refine((text) => patternProblem(text) === null, { error: ({ input }) => patternProblem(String(input)) ?? '' });

const trailerName = z.string().regex(/^[A-Za-z][A-Za-z0-9-]{0,59}$/, {
  error: 'must be the name of a trailer, such as Upstream-Status, without a colon',
});

const mark = z
  .strictObject({
    state: z.enum(states).meta({ description: 'What it says of the change.', examples: ['submitted'] }),
    prefix: z
      .string()
      .min(1)
      .max(100)
      .optional()
      .meta({ description: 'What the subject starts with, letter case included.', examples: ['FROMLIST:'] }),
    trailer: trailerName
      .optional()
      .meta({ description: 'A line with this name and a colon.', examples: ['Upstream-Status'] }),
    line: pattern.optional().meta({
      description: 'A pattern that a whole line matches; for in: path, the whole path.',
      examples: ['commit (?P<commit>[0-9a-f]{40}) upstream\\.'],
    }),
    value: pattern.optional().meta({
      description:
        'A pattern that all that follows the prefix, or the trailer, has to match. Its named groups are evidence. Without it, what follows is read as it is.',
      examples: ['Submitted \\[(?P<url>https://\\S+)\\]'],
    }),
    evidence: z
      .array(trailerName)
      .default([])
      .meta({ description: 'Trailers that bring evidence for it.', examples: [['Link']] }),
    requires: z
      .array(z.enum(kinds))
      .default([])
      .meta({ description: 'Kinds of evidence that it needs, each of them.', examples: [['url']] }),
    revert: z
      .boolean()
      .default(false)
      .meta({ description: 'true: it takes back what the evidence names.', examples: [true] }),
    partial: z
      .boolean()
      .default(false)
      .meta({ description: 'true: it is a part of what the evidence names.', examples: [true] }),
    modified: z
      .boolean()
      .default(false)
      .meta({ description: 'true: it differs from what the evidence names.', examples: [true] }),
    write: z
      .string()
      .min(1)
      .max(500)
      .meta({
        description: 'How to write it, with capitals for what is to be filled in; shown where it is missing.',
        examples: ['Upstream-Status: Submitted [URL]'],
      }),
  })
  .refine(({ prefix, trailer, line }) => [prefix, trailer, line].filter((one) => one !== undefined).length === 1, {
    error: 'must have exactly one of prefix, trailer and line',
  })
  .refine(({ line, value }) => line === undefined || value === undefined, {
    error: 'must not have value beside line, since line is the whole pattern',
  })
  // The same for JSON Schema, which knows nothing of refinements.
  .meta({
    oneOf: [{ required: ['prefix'] }, { required: ['trailer'] }, { required: ['line'] }],
    not: { required: ['line', 'value'] },
  });

/** JSON Schema for: what stands there is of another kind, or each of the marks is so. */
function eitherNot(where: string, mark: object): object {
  const marks = { type: 'array', items: { type: 'object', ...mark } };
  return { anyOf: [{ properties: { in: { not: { const: where } } } }, { properties: { marks } }] };
}

/** The notation of a project's own, as its policy describes it: the key `custom` of the policy's `upstream` section. */
export const customSettings = z
  .strictObject({
    in: z
      .enum(['commit', 'pull-request', 'patch', 'path'])
      .default('commit')
      .meta({
        description:
          'Where it stands: in commit messages; in them or else in the body of the pull request; in the header of patch files; in their paths.',
        examples: ['commit'],
      }),
    documentation: z
      .string()
      .max(500)
      .regex(/^https?:\/\/[^\s<>"]+$/, { error: 'must be a web address, such as https://example.org/patches' })
      .meta({ description: 'The page that explains it to contributors.', examples: ['https://example.org/patches'] }),
    marks: z
      .array(mark)
      .min(1)
      .max(50)
      .meta({
        description: 'What can be written. The first that a line matches counts.',
        examples: [[{ state: 'submitted', trailer: 'Sent-to', requires: ['url'], write: 'Sent-to: URL' }]],
      }),
  })
  .refine(({ in: where, marks }) => where !== 'path' || marks.every(({ line }) => line !== undefined), {
    error: 'must have a line in each of its marks, since a path has neither prefix nor trailers',
  })
  .refine(({ in: where, marks }) => where !== 'patch' || marks.every(({ prefix }) => prefix === undefined), {
    error: 'must not have a prefix in its marks, since the header of a patch has no subject of its own',
  })
  .meta({
    allOf: [eitherNot('path', { required: ['line'] }), eitherNot('patch', { not: { required: ['prefix'] } })],
  });

export type CustomSettings = z.output<typeof customSettings>;
export type CustomMark = CustomSettings['marks'][number];
