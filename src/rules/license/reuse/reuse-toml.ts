// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { parse, TomlError } from 'smol-toml';
import * as z from 'zod';
import { say, type Text } from '../../text.ts';
import { limits, pastLimits, type Step, wildcards } from './wildcards.ts';

export type Precedence = 'closest' | 'aggregate' | 'override';

/** One `[[annotations]]` table. */
export interface Annotation {
  /** Whether it covers a path, given from the directory of its REUSE.toml. */
  readonly covers: (path: string) => boolean;
  /** The patterns as they are written. */
  readonly patterns: readonly string[];
  readonly precedence: Precedence;
  readonly copyrights: readonly string[];
  readonly expressions: readonly string[];
  /** The line of its heading; null where that can't be told. */
  readonly line: number | null;
}

export interface ReuseToml {
  readonly annotations: readonly Annotation[];
}

export interface TomlProblem {
  readonly text: Text;
  readonly line: number | null;
  readonly column: number | null;
}

const strings = z.union([z.string().transform((one) => [one]), z.array(z.string())]);
const schema = z.object({
  version: z.literal(1),
  annotations: z
    .array(
      z.object({
        path: strings.refine((paths) => paths.length > 0, 'must name at least one path'),
        precedence: z.enum(['closest', 'aggregate', 'override']).default('closest'),
        'SPDX-FileCopyrightText': strings.default([]),
        'SPDX-License-Identifier': strings.default([]),
      }),
    )
    .default([]),
});
type Annotations = z.output<typeof schema>['annotations'];

/** Reads a REUSE.toml (REUSE Specification 3.3, "REUSE.toml"). Never throws; one mistake makes all of it a problem. */
export function readReuseToml(text: string): ReuseToml | TomlProblem {
  if (text.length > limits.file) return problem(say`It is longer than ${limits.file} characters.`);
  let value: unknown;
  try {
    value = parse(text, { maxDepth: 20, unsafeKeyBehaviour: 'drop' });
  } catch (error) {
    return unreadable(error);
  }
  const result = schema.safeParse(value);
  const lines = headings(text);
  if (!result.success) return invalid(result.error, lines);
  const past = pastLimits(result.data.annotations.flatMap(({ path }) => path));
  if (past !== null) return problem([`It has ${past}.`]);
  return { annotations: annotations(result.data.annotations, lines) };
}

function annotations(tables: Annotations, lines: readonly number[]): Annotation[] {
  // Tables written inline have no headings; a heading in a string would count as one.
  const known = lines.length === tables.length;
  return tables.map((table, index) => {
    const globs = table.path.map((pattern) => wildcards(reuseSteps(pattern)));
    return {
      covers: (path) => globs.some((matches) => matches(path)),
      patterns: table.path,
      precedence: table.precedence,
      copyrights: table['SPDX-FileCopyrightText'],
      expressions: table['SPDX-License-Identifier'],
      line: known ? (lines[index] ?? null) : null,
    };
  });
}

/**
 * A path of a REUSE.toml: `*` is anything but `/`, `**` and the `/` after it anything at all, and a backslash takes the
 * character after it as it is.
 */
export function reuseSteps(pattern: string): Step[] {
  const parts = pattern.match(/\\.?|\*\*+\/?|./gs) ?? [];
  return parts.flatMap((part): Step[] => {
    if (part.startsWith('**')) return [{ run: 'path' }];
    if (part === '*') return [{ run: 'segment' }];
    const one = part.startsWith('\\') ? part.slice(1) : part;
    return one === '' ? [] : [{ one }];
  });
}

/** The lines of the `[[annotations]]` headings. */
function headings(text: string): number[] {
  const heading = /^[ \t]*\[\[[ \t]*(?:annotations|"annotations"|'annotations')[ \t]*\]\]/;
  return text.split('\n').flatMap((line, index) => (heading.test(line) ? [index + 1] : []));
}

function problem(text: Text): TomlProblem {
  return { text, line: null, column: null };
}

function unreadable(error: unknown): TomlProblem {
  if (!(error instanceof TomlError)) return problem(say`It is no TOML.`);
  const reason = error.message.split('\n')[0]?.replace(/^Invalid TOML document: /, '') ?? '';
  return { text: say`It is no TOML: ${reason}.`, line: error.line, column: error.column };
}

function invalid(error: z.ZodError, lines: readonly number[]): TomlProblem {
  const issue = error.issues[0];
  const [table, index, key] = issue?.path ?? [];
  const line = table === 'annotations' && typeof index === 'number' ? (lines[index] ?? null) : null;
  return { text: [...wanted(table, index, key), '.'], line, column: null };
}

function wanted(table: unknown, index: unknown, key: unknown): Text {
  if (table === 'version') return ['`version` must be 1, the only version that the REUSE Specification describes'];
  if (typeof index !== 'number') return ['`annotations` must be a list of tables'];
  const where = `Table ${index + 1} of \`[[annotations]]\``;
  if (key === 'precedence')
    return [`${where} must have \`closest\`, \`aggregate\` or \`override\` as its \`precedence\``];
  if (key === 'path') return [`${where} must have a \`path\`: a string or a list of at least one`];
  return key === undefined
    ? [`${where} must be a table`]
    : [`${where} must have a string or a list of them as its \`${String(key)}\``];
}
