// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Judgement } from '../engine.ts';
import type { Outcome } from '../rules/verdict.ts';
import { isOverridden } from './override.ts';
import type { Report } from './report.ts';

/**
 * The outcome that several judgements amount to. What is overridden, and a failure that is only to warn about, does not count; missing facts
 * always do, and outweigh a failure, since more facts may change everything.
 */
export function overall(judgements: readonly Judgement[]): Outcome {
  const outcomes = judgements.map(effective);
  if (outcomes.includes('incomplete')) return 'incomplete';
  if (outcomes.includes('fail')) return 'fail';
  return outcomes.includes('pass') ? 'pass' : 'not-applicable';
}

/** The command's exit code: 0 nothing stands in the way, 1 somebody has to act, 2 it could not be judged. */
export function exitCode(report: Report): 0 | 1 | 2 {
  const outcome = overall(report.judgements);
  if (outcome === 'incomplete') return 2;
  return outcome === 'fail' ? 1 : 0;
}

function effective(judgement: Judgement): Outcome {
  const { mode, verdict } = judgement;
  if (isOverridden(judgement)) return 'pass';
  return mode === 'warn' && verdict.outcome === 'fail' ? 'pass' : verdict.outcome;
}

/** A judgement's icon in Markdown. */
export function outcomeIcon(judgement: Judgement): string {
  const { mode, verdict } = judgement;
  if (isOverridden(judgement)) return '✅';
  switch (verdict.outcome) {
    case 'pass':
    case 'not-applicable':
      return '✅';
    case 'fail':
      return mode === 'warn' ? '⚠️' : '❌';
    case 'incomplete':
      return '❓';
  }
}
