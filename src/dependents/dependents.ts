// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { LRUCache } from 'lru-cache';
import type { Location } from '../policy/policy.ts';

/** A branch that pull requests go into, as seen through one installation of the App. */
export interface Branch {
  readonly installationId: number;
  readonly owner: string;
  readonly name: string;
  readonly base: string;
}

/** A file that a branch's policy builds on. */
export interface Foundation {
  /** `owner/name`, in lower case. */
  readonly repository: string;
  /** Branch or tag; empty: the default branch. */
  readonly ref: string;
  readonly path: string;
}

/** What was pushed to a repository. */
export interface Pushed {
  /** `owner/name`. */
  readonly repository: string;
  /** Branch or tag. */
  readonly ref: string;
  readonly isDefault: boolean;
  /** Which files; null: nobody knows. */
  readonly paths: readonly string[] | null;
}

/**
 * Which branches' policies build on files of other repositories, in a database. Without it nothing is lost but time:
 * whatever is open is looked at once a day anyway. Both throw StorageError.
 */
export interface Dependents {
  /** In place of what was noted of the branch before. */
  note(branch: Branch, foundations: readonly Foundation[]): Promise<void>;
  /** The branches whose policies, as they were noted last, build on what was pushed. */
  on(pushed: Pushed): Promise<readonly Branch[]>;
}

/** Notes older than this are of branches that nobody has open pull requests into; in milliseconds. */
export const longestKept = 30 * 24 * 60 * 60_000;
/** What is still so is noted anew after this, in milliseconds. */
const renewal = 24 * 60 * 60_000;
/** Branches whose notes are remembered. */
const remembered = 10_000;

/** Notes what policies build on, where it says something new. */
export type NoteDependent = (branch: Branch, files: readonly Location[]) => Promise<void>;

export function createNoter({ note }: Pick<Dependents, 'note'>): NoteDependent {
  const noted = new LRUCache<string, string>({ max: remembered, ttl: renewal });
  return async (branch, files) => {
    const foundations = foundationsOf(branch, files);
    const [key, state] = [branchKey(branch), JSON.stringify([branch.installationId, foundations])];
    const before = noted.get(key);
    // Most policies build on nothing elsewhere; what was noted of one before the start expires.
    if (before === state || (before === undefined && foundations.length === 0)) return;
    await note(branch, foundations);
    noted.set(key, state);
  };
}

/** Without those of the repository itself, whose pushes tell of them, and those at a commit, which cannot change. */
function foundationsOf({ owner, name }: Branch, files: readonly Location[]): readonly Foundation[] {
  const here = `${owner}/${name}`.toLowerCase();
  const found = files.flatMap(({ repository, path, ref }) => {
    const there = repository?.toLowerCase() ?? here;
    return there === here || isCommit(ref) ? [] : [{ repository: there, ref: ref ?? '', path }];
  });
  return [...new Map(found.map((one) => [`${one.repository} ${one.ref} ${one.path}`, one])).values()];
}

function isCommit(ref: string | null): boolean {
  return /^(?:[\da-f]{40}|[\da-f]{64})$/.test(ref ?? '');
}

/** Equal for the same branch, whichever installation sees it. */
export function branchKey({ owner, name, base }: Branch): string {
  return `${owner}/${name}`.toLowerCase().concat('@', base);
}

/** The branches in rows about the files of the repository that was pushed to. */
export function branchesIn(rows: readonly Readonly<Record<string, unknown>>[], pushed: Pushed): readonly Branch[] {
  const touched = rows.filter(({ ref, path }) => isTouched(String(ref), String(path), pushed));
  const branches = touched.map(
    ({ branch, installation, owner, name, base }) =>
      [
        branch,
        { installationId: Number(installation), owner: String(owner), name: String(name), base: String(base) },
      ] as const,
  );
  return [...new Map(branches).values()];
}

function isTouched(ref: string, path: string, pushed: Pushed): boolean {
  const isMeant = ref === pushed.ref || (ref === '' && pushed.isDefault);
  return isMeant && (pushed.paths === null || pushed.paths.includes(path));
}
