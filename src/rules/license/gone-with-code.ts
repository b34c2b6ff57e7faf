// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { directoryOf } from '../link.ts';
import { oncePer } from '../once.ts';
import type { Lookup } from '../rule.ts';
import type { Case, Subject } from './case.ts';
import { directoriesUpTo } from './vendored-paths.ts';

/** The directories below which code is removed. */
const thinned = oncePer((judged: Case): ReadonlySet<string> => {
  const code = judged.subjects.filter((one) => one.deleted && !isLicense(one));
  return new Set(code.flatMap(({ path }) => directoriesUpTo(path, '')));
});

function isLicense({ kind }: Subject): boolean {
  return kind === 'license' || kind === 'notice';
}

/** The nearest directory above a removed license file that loses code too; null: the whole repository. */
function thinnedAbove({ path }: Subject, judged: Case): string | null {
  return directoriesUpTo(path, '').find((directory) => thinned(judged).has(directory)) ?? null;
}

/** The directories that license files are removed from together with code, or moved out of. */
export function emptiedLookups(judged: Case): Lookup[] {
  const licenses = judged.subjects.filter(isLicense);
  const removed = licenses.flatMap((one) => (one.deleted ? (thinnedAbove(one, judged) ?? []) : []));
  const left = licenses.flatMap((one) => leftBy(one) ?? []);
  const directories = new Set([...removed, ...left].filter((directory) => directory !== ''));
  return [...directories].map((path) => ({ commit: judged.facts.head.sha, path, whole: false }));
}

/**
 * Whether a removed license file went with all the code that it was for, as where a package is no longer carried. Code
 * that moved elsewhere still needs it.
 */
export function goneWithCode(license: Subject, judged: Case): boolean {
  const directory = thinnedAbove(license, judged);
  if (directory === null || judged.atHead(directory) !== null) return false;
  return !judged.subjects.some(({ former, deleted }) => !deleted && former?.startsWith(`${directory}/`) === true);
}

/**
 * The directory (empty: the root) that a license file was moved out of, so that it is no longer above what lies there;
 * null: it still is.
 */
function leftBy({ path, former, deleted }: Subject): string | null {
  if (deleted || former === null || former === path) return null;
  const [from, to] = [reachOf(former), reachOf(path)];
  return to === '' || from === to || from.startsWith(`${to}/`) ? null : from;
}

/** The directory that a license file is for: one in a directory for licenses is for what lies beside that. */
function reachOf(path: string): string {
  const directory = directoryOf(path);
  const name = directory.slice(directory.lastIndexOf('/') + 1);
  return /^licen[cs]es?$/i.test(name) ? directoryOf(directory) : directory;
}

/** Where a license file lay that was moved away from code that stays; null: it was not. */
export function movedFromCode(license: Subject, { atHead }: Case): string | null {
  const directory = leftBy(license);
  if (directory === null || (directory !== '' && atHead(directory) === null)) return null;
  return license.former;
}
