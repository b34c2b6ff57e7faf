// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { announcementMistakes } from './announcements.ts';
import { nameMistakes, salvage } from './check-names.ts';
import { policyJsonSchema } from './json-schema.ts';
import { type Mistake, type Problem, problemsOf } from './mistakes.ts';
import type { Salvaged } from './policy.ts';
import { mistakesOf } from './problems.ts';
import { type FileSettings, type PolicySettings, policySchema, settingsSchema } from './schema.ts';
import { namingMistakes, type Written, writtenIn, writtenNowhere } from './written.ts';
import { type Located, readYaml } from './yaml.ts';

/** A policy file in bytes, at most. */
export const largestFile = 64 * 1024;

/**
 * A file by itself: its settings with defaults, and what it says of them, frozen; or the problems that prevent them.
 * `mayHaveFloor`: whether a file that can't be used may hold a floor, which then nobody knows.
 */
export type ParsedPolicy =
  | { readonly settings: PolicySettings; readonly written: Written; readonly problems: readonly Problem[] }
  | {
      readonly settings: null;
      readonly written: null;
      readonly problems: readonly Problem[];
      readonly salvaged: Salvaged;
      readonly mayHaveFloor: boolean;
    };

/**
 * Reads the text of a `countersign.yml`. An empty file is a policy that leaves everything at its default.
 * Never throws, and takes linear time, whatever the text: it may come from a stranger's pull request.
 */
export function parsePolicy(text: string): ParsedPolicy {
  const size = Buffer.byteLength(text);
  if (size > largestFile) return brokenFile(tooLarge(size));
  const { root, mistakes, wellFormed } = readYaml(text);
  if (!wellFormed) {
    const problems = problemsOf(text, mistakes);
    return {
      settings: null,
      written: null,
      problems,
      salvaged: salvage(root, false),
      mayHaveFloor: text.includes('floor'),
    };
  }
  if (root === null) return sound(writtenNowhere);
  const checked = policySchema.safeParse(root.value);
  const found: Mistake[] = checked.success
    ? [...ownNames(checked.data, root), ...namingMistakes(checked.data, root), ...announcementMistakes(root)]
    : mistakesOf(checked.error.issues, { text, root, schema: policyJsonSchema });
  const problems = problemsOf(text, [...mistakes, ...found]);
  if (checked.success && problems.length === 0) return sound(writtenIn(text, root, checked.data));
  const mayHaveFloor = root.members.has('floor');
  return { settings: null, written: null, problems, salvaged: salvage(root, mistakes.length === 0), mayHaveFloor };
}

/** Of a file that extends others, the names in force are known only with them. */
function ownNames(file: FileSettings, root: Located): Mistake[] {
  return file.extends.length > 0 ? [] : nameMistakes(file, root);
}

/**
 * A sound file. Its settings with every default take up far more than what it says, and are seldom asked for: they are
 * made anew each time.
 */
function sound(written: Written): ParsedPolicy {
  return {
    get settings() {
      return freeze(settingsSchema.parse(written.sections));
    },
    written,
    problems: [],
  };
}

/** A file of which nothing can be used. */
export function brokenFile(problem: Problem): ParsedPolicy {
  return { settings: null, written: null, problems: [problem], salvaged: salvage(null, false), mayHaveFloor: true };
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
