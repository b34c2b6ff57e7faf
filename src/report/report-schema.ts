// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import * as z from 'zod';
import { type JsonSchema, jsonSchemaOf } from '../policy/json-schema.ts';

/** The version of the report's JSON form. It rises when a field is renamed, removed or changes its meaning. */
export const reportVersion = 1;

const text = z.array(z.union([z.string(), z.strictObject({ quoted: z.string() })])).meta({
  description:
    'Sentences in parts: a string is Countersign’s own, `quoted` was written by a stranger (cut to 1,000 code points) and has to be shown inert.',
});

const message = z
  .string()
  .meta({ description: 'The same as plain text: one line, invisible and control characters escaped, cut where long.' });

const lineOrColumn = z.int().positive();

const place = z
  .union([
    z.strictObject({ commit: z.string(), subject: z.string() }),
    z.strictObject({
      path: z.string(),
      line: lineOrColumn.optional(),
      column: lineOrColumn.optional(),
      endLine: lineOrColumn.optional(),
      endColumn: lineOrColumn.optional(),
    }),
    z.null(),
  ])
  .meta({ description: 'A commit, a place in a file (lines and columns from 1), or null for the whole contribution.' });

const outcome = z.enum(['pass', 'fail', 'incomplete', 'not-applicable']);

const finding = z.strictObject({
  code: z.string().meta({ description: 'Stable, prefixed with the rule.', examples: ['dco.missing'] }),
  level: z.enum(['error', 'gap', 'warning', 'note', 'ok']).meta({
    description:
      'error: makes the outcome fail. gap: a fact is missing, makes it incomplete. warning: blocks nothing. note: worth knowing. ok: in order, or skipped for the reason given.',
  }),
  at: place,
  text,
  message,
  suggestion: z
    .strictObject({ line: lineOrColumn, insert: z.string(), replaces: z.int().positive().optional() })
    .optional()
    .meta({
      description:
        'Lines to put into the file before that line, or in place of so many from it on (`replaces`); a stranger may have written a part of them.',
    }),
});

const remedy = z
  .strictObject({
    text,
    message,
    commands: z.array(z.string()).meta({ description: 'Shell commands, in this order; may be empty.' }),
    paste: z.string().nullable().meta({ description: 'Text to paste as it stands; null where there is none.' }),
  })
  .meta({ description: 'One way to mend what failed.' });

const said = {
  by: z.string().meta({ description: 'Login of whoever wrote the comment.' }),
  reason: z.string().nullable(),
  url: z.string().meta({ description: 'The comment.' }),
  at: z.string().meta({ description: 'When it was written, in ISO 8601.' }),
  scope: z
    .union([z.strictObject({ path: z.string() }), z.strictObject({ commit: z.string() }), z.null()])
    .meta({ description: 'The part of the findings that it is for: a glob, or a commit; null: all of them.' }),
};
const inForce = z.array(z.strictObject(said));
const ended = z.array(z.strictObject({ ...said, code: z.string(), message }));

const override = z
  .strictObject({
    effect: z.enum(['whole', 'part', 'none']).meta({ description: 'whole: nothing that blocks is left.' }),
    overrides: inForce,
    idle: inForce.meta({ description: 'In force, and about none of the findings.' }),
    covered: z.int().nonnegative().meta({ description: 'Blocking findings that are overridden.' }),
    open: z.int().nonnegative().meta({ description: 'Blocking findings that are not.' }),
    lapsed: ended,
    withdrawn: ended,
    refused: ended,
  })
  .nullable()
  .meta({
    description: 'What maintainers’ overrides do to it; null where there are none. The outcome stays the rule’s.',
  });

const judgement = z.strictObject({
  name: z.string().meta({ description: 'The check run’s name.' }),
  mode: z.enum(['enforce', 'warn']).meta({ description: 'warn: a failing outcome blocks nothing.' }),
  enforcedFrom: z.string().optional().meta({
    description: 'The day, YYYY-MM-DD, from which a check that warns is enforced, 00:00 UTC; absent: none is set.',
  }),
  rule: z.string(),
  outcome,
  title: z.string().meta({ description: 'The verdict in one plain line.' }),
  findings: z.array(finding),
  remedies: z.array(remedy),
  override,
});

/** What `--format json` prints. Its JSON Schema (`schemas/report.json`) is generated from this very table. */
export const reportSchema = z
  .strictObject({
    version: z.literal(reportVersion),
    subject: z.string().meta({ description: 'What was judged: owner/name#number, or a Git range.' }),
    base: z.string(),
    head: z.string(),
    outcome: outcome.meta({
      description:
        'What all judgements amount to. What is overridden as a whole, and a failure in mode warn, counts as a pass; incomplete outweighs fail. The command exits with 0 for pass and not-applicable, 1 for fail, 2 for incomplete.',
    }),
    policySources: z
      .array(
        z.strictObject({
          repository: z
            .string()
            .nullable()
            .meta({ description: 'owner/name; null: a file given by hand, or a preset.' }),
          path: z.string().meta({ description: 'A path, or the preset’s name.' }),
          ref: z.string().nullable(),
        }),
      )
      .meta({ description: 'The files that the policy was made of, the most specific first.' }),
    judgements: z.array(judgement),
  })
  .meta({ title: 'Countersign report', description: 'What Countersign says of one contribution.' });

/** The JSON Schema of a report as `--format json` prints it; its version is the `version` field's value. */
export function reportJsonSchema(): JsonSchema & { readonly $comment: string } {
  return {
    ...jsonSchemaOf(reportSchema),
    $comment: `Version ${reportVersion} of the format. It rises when a field is renamed, removed or changes its meaning.`,
  };
}

export type ReportJson = z.output<typeof reportSchema>;
