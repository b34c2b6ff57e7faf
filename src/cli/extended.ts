// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { existsSync } from 'node:fs';
import { filesAt } from '../git/contribution.ts';
import { deepest } from '../policy/compose.ts';
import {
  type Extended,
  type ExtendedFiles,
  type Location,
  locationKey,
  type Missing,
  type PolicyFiles,
} from '../policy/policy.ts';
import { type Fallbacks, referencesOf } from '../policy/resolve.ts';
import { readTarget } from '../policy/target.ts';
import { policyFile } from './policy-file.ts';
import { UserError } from './user-error.ts';

interface Elsewhere {
  /** Copies of files in other repositories, each as `OWNER/REPOSITORY:PATH@REF=FILE`. */
  readonly copies: readonly string[];
  /** Reads files in other repositories of which there is no copy; absent: nobody is asked. */
  readonly ask?: (locations: readonly Location[]) => Promise<ExtendedFiles>;
  /** What a file in another repository is of which there is no copy, where nobody is asked. */
  readonly otherwise: Extract<Missing, 'remote' | 'unseen'>;
}

/**
 * The files with all that they extend: at the same commit of the local repository, beside a file given by hand, in a copy,
 * or on GitHub. @throws UserError where a copy is named wrongly, GitError
 */
export async function withExtended(
  files: PolicyFiles,
  fallbacks: Fallbacks,
  elsewhere: Elsewhere,
): Promise<PolicyFiles> {
  const copies = new Map(elsewhere.copies.map(copyOf));
  let known = files;
  for (let round = 0; round <= deepest; round += 1) {
    const { wanted } = referencesOf(known, fallbacks);
    if (wanted.length === 0) break;
    const isRemote = (one: Location) => one.repository !== null && !copies.has(locationKey(one));
    const remote = elsewhere.ask === undefined ? [] : wanted.filter(isRemote);
    const local = wanted.filter((one) => !remote.includes(one));
    const read = await Promise.all(
      local.map(async (location) => [locationKey(location), await readExtended(location, copies, elsewhere)] as const),
    );
    const asked = remote.length === 0 ? [] : ((await elsewhere.ask?.(remote)) ?? []);
    known = { ...known, extended: new Map([...(known.extended ?? []), ...read, ...asked]) };
  }
  return known;
}

async function readExtended(
  location: Location,
  copies: ReadonlyMap<string, string>,
  { otherwise }: Elsewhere,
): Promise<Extended> {
  const { repository, path, ref } = location;
  if (repository !== null) {
    const copy = copies.get(locationKey(location));
    return copy === undefined ? { missing: otherwise } : { file: { ...(await policyFile(copy)), ...location } };
  }
  if (ref === null) return existsSync(path) ? { file: await policyFile(path) } : { missing: 'file' };
  const [file] = await filesAt(ref, [path]);
  return file === undefined ? { missing: 'file' } : { file };
}

/** Where a copy belongs, and where it lies. */
function copyOf(option: string): [string, string] {
  const at = option.indexOf('=');
  const target = readTarget(option.slice(0, Math.max(at, 0)));
  if (target === null || target.kind !== 'remote' || at === option.length - 1) {
    throw new UserError(
      `--extended ${option}: has to be OWNER/REPOSITORY:PATH@REF=FILE: before the = what the policy extends, as it stands there, and after it the copy.`,
    );
  }
  const { owner, name, path, ref } = target;
  return [locationKey({ repository: `${owner}/${name}`, path, ref }), option.slice(at + 1)];
}
