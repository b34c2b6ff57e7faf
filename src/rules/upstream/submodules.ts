// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { readModules } from '../changed-files/modules.ts';
import { absoluteAddress, gitHubRepository } from '../git-address.ts';
import type { Lookup } from '../rule.ts';
import { type Case, textFile, wholeText } from './case.ts';

/** A submodule whose commit, or address, the contribution changes. */
export interface Pinned {
  readonly path: string;
  readonly sha: string;
  /** Where the policy, or else its address, says that upstream is; null: not on the configured GitHub. */
  readonly repository: string | null;
  readonly branch: string | null;
  /** Whether the policy names the repository. */
  readonly trusted: boolean;
}

export const modulesPath = '.gitmodules';

/** What lies at .gitmodules, and then at the paths that it names and that are changed. */
export function submoduleLookups(judged: Case): Lookup[] {
  const { facts, base } = judged;
  const both = [facts.head.sha, ...(base == null ? [] : [base])];
  const modules = both.map((commit) => ({ commit, path: modulesPath, whole: true }));
  if (judged.atHead(modulesPath) === undefined) return modules;
  return changedModules(judged).map(({ path }) => ({ commit: facts.head.sha, path, whole: false }));
}

/** Whether there is a .gitmodules that Git can read, whatever bytes a comment holds, and nobody here. */
export function hasUnreadModules(judged: Case): boolean {
  const entry = judged.atHead(modulesPath);
  return entry != null && wholeText(entry) === null;
}

interface Module {
  readonly path: string;
  readonly url: string;
}

function changedModules(judged: Case): Module[] {
  const head = textFile(judged.atHead(modulesPath));
  if (head === null) return [];
  const now = readModules(head.text);
  const before = readModules(textFile(judged.atBase(modulesPath))?.text ?? '');
  const changed = new Set((judged.facts.files ?? []).map(({ path }) => path));
  return [...now].flatMap(([path, url]) => (changed.has(path) || before.get(path) !== url ? [{ path, url }] : []));
}

export function pinnedSubmodules(judged: Case): Pinned[] {
  const { repository: own } = judged.facts;
  return changedModules(judged).flatMap(({ path, url }) => {
    const entry = judged.atHead(path);
    if (entry?.kind !== 'submodule' || entry.sha === null || judged.isExempt(path)) return [];
    const remote = ownRemote(path, judged);
    const repository =
      remote?.repository ??
      (own === null ? gitHubRepository(url, 'github.com') : gitHubRepository(absoluteAddress(url, own), own.host));
    return [{ path, sha: entry.sha, repository, branch: remote?.branch ?? null, trusted: remote !== null }];
  });
}

/** `default` is upstream of this repository, and not of what its submodules hold. */
function ownRemote(path: string, { remoteFor }: Case) {
  const remote = remoteFor(path);
  return remote === remoteFor(null) || remote?.repository === remoteFor(null)?.repository ? null : remote;
}
