// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Policy, PolicyResolution } from '../../policy/policy.ts';
import { differencesBetween } from '../../preview/differences.ts';
import type { Simulated } from '../../preview/simulated.ts';
import { choosePolicy, type PolicyOptions } from '../policy.ts';
import { readContribution } from '../read-contribution.ts';
import { UserError } from '../user-error.ts';
import { firstError } from './policies.ts';

const ending = '.contribution.json';

/** Contributions that the App recorded, and the policies to judge them by. */
interface Recorded {
  readonly directory: string;
  readonly next: PolicyOptions;
  /** null: the policy that was recorded beside each of them. */
  readonly now: string | null;
}

/**
 * Judges recorded pull requests by two policies, without the network: facts that the new policy asks for and that were not
 * recorded stay unknown. @throws UserError where the directory or a file in it cannot be read
 */
export async function simulateRecorded({ directory, next, now }: Recorded): Promise<readonly Simulated[]> {
  const after = usable(await choosePolicy(next, null), 'The new policy');
  const before = now === null ? null : usable(await choosePolicy({ ...next, policy: now }, null), now);
  const results: Simulated[] = [];
  for (const name of await contributionsIn(directory)) {
    const contribution = await readContribution(join(directory, name));
    const { repository, pullRequest, head } = contribution;
    if (pullRequest === null) continue;
    const pair = { now: before ?? (await recordedPolicy(directory, name)), next: after };
    results.push({
      repository: `${repository?.owner ?? ''}/${repository?.name ?? ''}`,
      url: pullRequest.url,
      listed: { number: pullRequest.number, title: '', state: 'OPEN', headSha: head.sha },
      differences: differencesBetween(contribution, pair),
      unread: null,
    });
  }
  return results;
}

async function contributionsIn(directory: string): Promise<readonly string[]> {
  const names = await readdir(directory).catch((error: NodeJS.ErrnoException) => {
    const why = error.code === 'ENOENT' ? 'there is no such directory' : `cannot be read (${error.code})`;
    throw new UserError(`--from ${directory}: ${why}. Name the directory of COUNTERSIGN_RECORD.`);
  });
  const found = names.filter((name) => name.endsWith(ending)).toSorted();
  if (found.length === 0) throw new UserError(`--from ${directory}: no file there ends in ${ending}.`);
  return found;
}

async function recordedPolicy(directory: string, name: string): Promise<Policy> {
  const path = join(directory, `${name.slice(0, -ending.length)}.policy.yml`);
  if (!existsSync(path)) throw new UserError(`${path} is not there. Name a policy to compare with: --against FILE.`);
  return usable(await choosePolicy({ policy: path }, null), path);
}

function usable(resolution: PolicyResolution, name: string): Policy {
  if (resolution.policy !== null) return resolution.policy;
  throw new UserError(`${name} cannot be used: ${firstError(resolution)}`);
}
