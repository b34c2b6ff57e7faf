// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { answerNeeds } from '../git/contribution.ts';
import { findRevision } from '../git/range.ts';
import { readTreeAsContribution } from '../git/whole-tree.ts';
import type { PolicyResolution } from '../policy/policy.ts';
import { choosePolicy, type PolicyOptions } from './policy.ts';
import { report, type Showing } from './report.ts';
import { strayPoliciesAround } from './strays.ts';

type CheckAllOptions = Showing & PolicyOptions;

/**
 * `countersign check --all [REVISION]`: judges the licenses and the patch files of a whole tree at once, by the policy that
 * lies in it, as if every file had just come in. What is about commits has nothing to say of a tree, and is left out.
 */
export async function checkAll(revision: string | undefined, options: CheckAllOptions): Promise<number> {
  const commit = await findRevision(revision ?? 'HEAD', 'With --all, name one commit or branch, or none for HEAD.');
  const { contribution, policyFiles } = await readTreeAsContribution(commit);
  const resolution = await choosePolicy(options, policyFiles);
  const strays = options.policy === undefined ? strayPoliciesAround('.') : [];
  return report(contribution, aboutTrees(resolution), options, answerNeeds, strays);
}

function aboutTrees(resolution: PolicyResolution): PolicyResolution {
  if (resolution.policy === null) return resolution;
  const { policy } = resolution;
  const others = Object.entries(policy.rules).filter(([id]) => id !== 'license' && id !== 'upstream');
  const off = Object.fromEntries(others.map(([id, settings]) => [id, { ...settings, mode: 'off' }]));
  // No file says so: where one says something else, it must not be quoted for it.
  const origins = new Map([...policy.origins].filter(([key]) => !(String(key.split('.')[0]) in off)));
  return { ...resolution, policy: { ...policy, rules: { ...policy.rules, ...off } as typeof policy.rules, origins } };
}
