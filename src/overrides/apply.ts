// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Judgement } from '../engine.ts';
import { blocking } from './checks.ts';
import { covers } from './cover.ts';
import type { Contents } from './fingerprint.ts';
import type { AppliedOverride, CheckDecision, Decisions, Override } from './overrides.ts';

/**
 * The judgements with what the decisions do to them; verdicts stay as they are. `contents` as in the question that was
 * decided: without it, overrides that hold across pushes cover no findings about files.
 */
export function applyOverrides(
  judgements: readonly Judgement[],
  decisions: Decisions,
  contents: Contents = new Map(),
): readonly Judgement[] {
  return judgements.map((judgement) => {
    const decision = decisions.perCheck.get(judgement.verdict.rule);
    const { outcome } = judgement.verdict;
    if (decision === undefined || outcome === 'pass' || outcome === 'not-applicable') return judgement;
    return { ...judgement, override: apply(judgement, decision, contents) };
  });
}

function apply(judgement: Judgement, decision: CheckDecision, contents: Contents): AppliedOverride {
  const { granted } = decision;
  return appliedOf(
    decision,
    blocking(judgement).map((finding) => granted.filter((one) => covers(one, finding, contents))),
  );
}

/** What a decision amounts to. `covering` are the overrides that cover each blocking finding. */
export function appliedOf(
  { granted, lapsed, withdrawn, refused }: CheckDecision,
  covering: readonly (readonly Override[])[],
): AppliedOverride {
  const covered = covering.filter((overrides) => overrides.length > 0).length;
  const open = covering.length - covered;
  const used = new Set(covering.flat());
  return {
    effect: effectOf(covered, open),
    overrides: granted.filter((override) => used.has(override)),
    idle: granted.filter((override) => !used.has(override)),
    covered,
    open,
    lapsed,
    withdrawn,
    refused,
  };
}

/** A verdict that blocks without a finding to say why cannot be overridden: nobody could have seen what it is about. */
function effectOf(covered: number, open: number): AppliedOverride['effect'] {
  if (covered === 0) return 'none';
  return open === 0 ? 'whole' : 'part';
}
