// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { announcementMistakes } from './announcements.ts';
import { nameMistakes, salvage } from './check-names.ts';
import { policyJsonSchema } from './json-schema.ts';
import { type Mistake, type Problem, problemsOf } from './mistakes.ts';
import type { Salvaged } from './policy.ts';
import { mistakesOf } from './problems.ts';
import { type PolicySettings, policySchema } from './schema.ts';
import { readYaml } from './yaml.ts';

/** A policy file in bytes, at most. */
export const largestFile = 64 * 1024;

/** The settings, frozen, or the problems that prevent them. */
export type ParsedPolicy =
  | { readonly settings: PolicySettings; readonly problems: readonly Problem[] }
  | { readonly settings: null; readonly problems: readonly Problem[]; readonly salvaged: Salvaged };

/**
 * Reads the text of a `countersign.yml`. An empty file is a policy that leaves everything at its default.
 * Never throws, and takes linear time, whatever the text: it may come from a stranger's pull request.
 */
export function parsePolicy(text: string): ParsedPolicy {
  const size = Buffer.byteLength(text);
  if (size > largestFile) return brokenFile(tooLarge(size));
  const { root, mistakes, wellFormed } = readYaml(text);
  if (!wellFormed) return { settings: null, problems: problemsOf(text, mistakes), salvaged: salvage(root, false) };
  if (root === null) return { settings: freeze(policySchema.parse({})), problems: [] };
  const checked = policySchema.safeParse(root.value);
  const found: Mistake[] = checked.success
    ? [...nameMistakes(checked.data, root), ...announcementMistakes(root)]
    : mistakesOf(checked.error.issues, { text, root, schema: policyJsonSchema });
  const problems = problemsOf(text, [...mistakes, ...found]);
  if (checked.success && problems.length === 0) return { settings: freeze(checked.data), problems };
  return { settings: null, problems, salvaged: salvage(root, mistakes.length === 0) };
}

/** A file of which nothing can be used. */
export function brokenFile(problem: Problem): ParsedPolicy {
  return { settings: null, problems: [problem], salvaged: salvage(null, false) };
}

/** The problem of a file beyond the limit; `size` in bytes. */
export function tooLarge(size: number): Problem {
  const words = `The file has ${size} bytes. A policy file may have ${largestFile} (64 KiB) at most: shorten it.`;
  return fileProblem('policy.too-large', words);
}

/** A problem of a file as a whole, shown at its beginning. */
export function fileProblem(code: string, words: string): Problem {
  return { code, severity: 'error', line: 1, column: 1, endLine: 1, endColumn: 1, text: [words] };
}

/** Freezes plain data all the way down, since what is parsed once is shared by every repository that has the file. */
export function freeze<Data>(data: Data): Data {
  if (typeof data !== 'object' || data === null || Object.isFrozen(data)) return data;
  for (const value of Object.values(data)) freeze(value);
  return Object.freeze(data);
}
