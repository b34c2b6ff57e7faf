// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Facts } from '../contribution/contribution.ts';
import type { Judgement } from '../engine.ts';
import type { Finding } from '../rules/verdict.ts';
import { appliedOf } from './apply.ts';
import { blocking } from './checks.ts';
import { covers } from './cover.ts';
import type { Contents } from './fingerprint.ts';
import type { CheckDecision, Decisions, Override } from './overrides.ts';
import type { Origins } from './queued-origins.ts';
import { newestFirst } from './requests.ts';

/** A pull request in a merge group: what was decided about it, and what of the group comes from it. */
interface QueuedDecisions {
  readonly facts: Pick<Facts, 'files' | 'totals'>;
  readonly decisions: Decisions;
  readonly origins: Origins;
  readonly contents: Contents;
}

/**
 * The judgements of a merge group, in which each pull request's overrides hold for what comes from it. What could come
 * from several is covered only where an override of each of them covers it.
 */
export function applyQueueOverrides(
  judgements: readonly Judgement[],
  queued: readonly QueuedDecisions[],
): readonly Judgement[] {
  return judgements.map((judgement) => {
    const { rule, outcome } = judgement.verdict;
    const decisions = queued.flatMap((one) => one.decisions.perCheck.get(rule) ?? []);
    if (decisions.length === 0 || outcome === 'pass' || outcome === 'not-applicable') return judgement;
    const findings = blocking(judgement);
    const covering = findings.map((finding) => {
      const each = makersOf(finding, queued).map((maker) => coveringIn(maker, rule, finding, findings));
      return each.every((overrides) => overrides.length > 0) ? each.flat() : [];
    });
    return { ...judgement, override: appliedOf(joined(decisions), covering) };
  });
}

/** The pull requests that a finding may come from, one at least. */
function makersOf({ at }: Finding, queued: readonly QueuedDecisions[]): readonly QueuedDecisions[] {
  const makers = queued.filter(({ facts, origins }) => {
    if (at === null) return true;
    return 'commit' in at ? origins.has(at.commit) : mayChange(facts, at.path);
  });
  return makers.length > 0 ? makers : queued;
}

function mayChange({ files, totals }: QueuedDecisions['facts'], path: string): boolean {
  if (files === null || files.length !== totals.files) return true;
  // What is said of a directory comes from whoever changes something in it.
  return files.some((file) => file.path === path || file.path.startsWith(`${path}/`));
}

/** The overrides of one pull request that cover a finding: this one, or each of those that it was made from. */
function coveringIn(
  { decisions, origins, contents }: QueuedDecisions,
  rule: string,
  finding: Finding,
  findings: readonly Finding[],
): readonly Override[] {
  const granted = decisions.perCheck.get(rule)?.granted ?? [];
  const covering = (one: Finding) => granted.filter((override) => covers(override, one, contents));
  const direct = covering(finding);
  if (direct.length > 0 || finding.at === null || !('commit' in finding.at)) return direct;
  const from = (origins.get(finding.at.commit) ?? []).filter((sha) => sha !== commitOf(finding));
  const each = from.map((sha) => findings.filter((one) => commitOf(one) === sha).map(covering));
  const all = each.flat();
  return each.every((own) => own.length > 0) && all.every((overrides) => overrides.length > 0) ? all.flat() : [];
}

function commitOf({ at }: Finding): string | null {
  return at !== null && 'commit' in at ? at.commit : null;
}

/** Of several pull requests, each list with the newest first. */
function joined(decisions: readonly CheckDecision[]): CheckDecision {
  return {
    granted: newestFirst(decisions.flatMap(({ granted }) => granted)),
    lapsed: newestFirst(decisions.flatMap(({ lapsed }) => lapsed)),
    withdrawn: newestFirst(decisions.flatMap(({ withdrawn }) => withdrawn)),
    refused: newestFirst(decisions.flatMap(({ refused }) => refused)),
  };
}
