// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Judgement } from '../engine.ts';
import type { Finding } from '../rules/verdict.ts';
import { blocking } from './checks.ts';
import { covers } from './cover.ts';
import type { Contents } from './fingerprint.ts';
import type { AppliedOverride, CheckDecision, Decisions, Override } from './overrides.ts';

/** A pull request in a merge group: what was decided about it, and which commits are its own or were built from it. */
export interface QueuedDecisions {
  readonly decisions: Decisions;
  readonly commits: ReadonlySet<string>;
  readonly contents: Contents;
}

/**
 * The judgements of a merge group, in which each pull request's overrides hold for its own commits. What belongs to no
 * single one is covered only where an override of each of them covers it.
 */
export function applyQueueOverrides(
  judgements: readonly Judgement[],
  queued: readonly QueuedDecisions[],
): readonly Judgement[] {
  return judgements.map((judgement) => {
    const { rule, outcome } = judgement.verdict;
    const decisions = queued.flatMap((one) => one.decisions.perCheck.get(rule) ?? []);
    if (decisions.length === 0 || outcome === 'pass' || outcome === 'not-applicable') return judgement;
    const covering = blocking(judgement).map((finding) => coveringIn(queued, rule, finding));
    return { ...judgement, override: apply(decisions, covering) };
  });
}

function coveringIn(queued: readonly QueuedDecisions[], rule: string, finding: Finding): readonly Override[] {
  const { at } = finding;
  const makers = queued.filter(({ commits }) => at !== null && 'commit' in at && commits.has(at.commit));
  const each = (makers.length > 0 ? makers : queued).map(({ decisions, contents }) =>
    (decisions.perCheck.get(rule)?.granted ?? []).filter((override) => covers(override, finding, contents)),
  );
  return each.every((overrides) => overrides.length > 0) ? each.flat() : [];
}

function apply(decisions: readonly CheckDecision[], covering: readonly (readonly Override[])[]): AppliedOverride {
  const used = new Set(covering.flat());
  const covered = covering.filter((overrides) => overrides.length > 0).length;
  const open = covering.length - covered;
  const granted = decisions.flatMap((decision) => decision.granted);
  const part = open === 0 ? 'whole' : 'part';
  return {
    effect: covered === 0 ? 'none' : part,
    overrides: granted.filter((override) => used.has(override)),
    idle: granted.filter((override) => !used.has(override)),
    covered,
    open,
    lapsed: decisions.flatMap(({ lapsed }) => lapsed),
    withdrawn: decisions.flatMap(({ withdrawn }) => withdrawn),
    refused: decisions.flatMap(({ refused }) => refused),
  };
}
