// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { gather } from '../engine.ts';
import { answerNeeds } from '../git/contribution.ts';
import { resolveCommits } from '../git/objects.ts';
import { readTreeAsContribution } from '../git/whole-tree.ts';
import type { Policy } from '../policy/policy.ts';
import { type CarriedReport, renderCarried } from '../report/carried.ts';
import { carriedIn } from '../rules/upstream/carried.ts';
import { choosePolicy, type PolicyOptions } from './policy.ts';
import { UserError } from './user-error.ts';

interface ReportOptions extends PolicyOptions {
  readonly format: 'text' | 'json' | 'markdown';
}

/** `countersign upstream report [REVISION]`: the patches that a tree carries, by state and age. */
export async function upstreamReport(revision: string | undefined, options: ReportOptions): Promise<number> {
  const ref = revision ?? 'HEAD';
  const [sha] = await resolveCommits([ref]);
  if (sha == null) throw new UserError(`Unknown revision: ${ref}. Name one commit or branch, or none for HEAD.`);
  const { contribution, policyFiles } = await readTreeAsContribution({ ref, sha });
  const { policy } = await choosePolicy(options, policyFiles);
  if (policy === null) throw new UserError('The policy has errors; countersign policy validate shows them.');
  const settings = policy.rules.upstream;
  if (settings.mode === 'off') {
    throw new UserError(
      'The policy asks nothing about upstream here. Set upstream.preset in it, or name a preset: countersign upstream report --policy yocto',
    );
  }
  const known = await gather(contribution, onlyUpstream(policy), answerNeeds);
  const lines = carriedIn(known, settings).flatMap(({ path, line, raw }) =>
    line === null || raw === null ? [] : [{ fact: 'line-date', head: sha, path, line, text: raw } as const],
  );
  const changes = carriedIn(await answerNeeds(known, lines), settings);
  const report: CarriedReport = { subject: ref, head: sha, judgedOn: contribution.judgedOn, changes };
  process.stdout.write(renderCarried(report, options.format));
  return 0;
}

function onlyUpstream(policy: Policy): Policy {
  const rules = Object.entries(policy.rules).map(([id, own]) => [
    id,
    id === 'upstream' ? own : { ...own, mode: 'off' },
  ]);
  return { ...policy, rules: Object.fromEntries(rules) as Policy['rules'] };
}
