// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import * as z from 'zod';
import { say } from '../rules/text.ts';
import { jsonSchemaOf } from './json-schema.ts';
import { type Mistake, type Problem, problemsOf } from './mistakes.ts';
import { freeze, largestFile, tooLarge } from './parse.ts';
import { mistakesOf } from './problems.ts';
import { positionsIn, type Written, writtenNowhere } from './written.ts';
import { type Located, readYaml } from './yaml.ts';

/**
 * The DCO App's own `.github/dco.yml`, as its README and that of its successor DCO2 describe it: what is left out
 * stays as it is. Their defaults (members: true, individual: false, thirdParty: false) are the dco rule's defaults too.
 */
const dcoAppSchema = z.strictObject({
  require: z.strictObject({ members: z.boolean().optional() }).optional(),
  allowRemediationCommits: z
    .strictObject({ individual: z.boolean().optional(), thirdParty: z.boolean().optional() })
    .optional(),
  // The DCO App's button is for anyone who can push. Ours asks who presses it, and keeps a record.
  allowOverrideAction: z.boolean().optional(),
});

type DcoAppSettings = z.output<typeof dcoAppSchema>;

/** What the file sets, in the words of our own, with warnings at most; or the errors that prevent it. */
export type ParsedDcoApp = { readonly written: Written | null; readonly problems: readonly Problem[] };

/**
 * Reads the text of a `.github/dco.yml`. The DCO App overlooks keys that it does not know, so they are warnings here;
 * what cannot be read, or has the wrong type, is an error. Never throws, and takes linear time.
 */
export function parseDcoApp(text: string): ParsedDcoApp {
  const size = Buffer.byteLength(text);
  if (size > largestFile) return { written: null, problems: [tooLarge(size)] };
  const { root, mistakes, wellFormed } = readYaml(text);
  if (!wellFormed) return { written: null, problems: problemsOf(text, mistakes) };
  if (root === null) return { written: writtenNowhere, problems: [] };
  const first = dcoAppSchema.safeParse(root.value);
  if (first.success) return result(text, root, first.data, mistakes);
  const unknown = first.error.issues.filter((issue) => issue.code === 'unrecognized_keys');
  const wrong = first.error.issues.filter((issue) => issue.code !== 'unrecognized_keys');
  const file = { text, root, schema: () => jsonSchemaOf(dcoAppSchema) };
  const found = [...mistakes, ...mistakesOf(wrong, file), ...mistakesOf(unknown, file).map(asWarning)];
  const second = dcoAppSchema.safeParse(without(root.value, unknown));
  return result(text, root, second.data ?? null, found);
}

function result(
  text: string,
  root: Located,
  settings: DcoAppSettings | null,
  mistakes: readonly Mistake[],
): ParsedDcoApp {
  const problems = problemsOf(text, mistakes);
  const sound = !problems.some((problem) => problem.severity === 'error');
  return { written: sound && settings !== null ? inOurWords(settings, positionsIn(text, root)) : null, problems };
}

function asWarning(one: Mistake): Mistake {
  return { ...one, severity: 'warning', text: say`${one.text} It has no effect.` };
}

/** A copy of the value without the keys that the issues name. */
function without(value: unknown, issues: readonly z.core.$ZodIssueUnrecognizedKeys[]): unknown {
  const copy: unknown = structuredClone(value);
  for (const issue of issues) {
    const holder = issue.path.reduce<unknown>((inside, step) => Reflect.get(Object(inside), step), copy);
    for (const key of issue.keys) Reflect.deleteProperty(Object(holder), key);
  }
  return copy;
}

/** Where each key of that file stands in ours. The App's button is one for an override that needs no reason. */
const places = [
  ['require', 'dco.require'],
  ['allowRemediationCommits', 'dco.allowRemediationCommits'],
  ['allowOverrideAction', 'overrides.checks.dco.reason'],
] as const;

function inOurWords(settings: DcoAppSettings, theirs: Written['positions']): Written {
  const { require, allowRemediationCommits, allowOverrideAction } = settings;
  const dco = {
    ...(require === undefined ? {} : { require }),
    ...(allowRemediationCommits === undefined ? {} : { allowRemediationCommits }),
  };
  const button = allowOverrideAction === true ? { overrides: { checks: { dco: { reason: 'optional' } } } } : {};
  const positions = [...theirs].flatMap(([key, position]) =>
    places
      .filter(([from]) => key === from || key.startsWith(`${from}.`))
      .map(([from, to]) => [`${to}${key.slice(from.length)}`, position] as const),
  );
  return freeze({ ...writtenNowhere, sections: { dco, ...button }, positions: new Map(positions) });
}
