// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { CheckRun, PullRequest } from './state/model.ts';
import { newestRuns, type RollupState, rollupState, satisfies } from './state/rollup.ts';

export interface RequiredCheck {
  readonly name: string;
  /** `expected`: no run of that name yet, which blocks for ever if nobody makes one. */
  readonly state: 'expected' | 'pending' | 'passed' | 'failed';
}

/** What a pull request's page shows of its checks. */
export interface PullRequestView {
  readonly number: number;
  readonly state: PullRequest['state'];
  readonly headSha: string;
  /** The newest run of each name. */
  readonly checks: readonly CheckRun[];
  readonly rollup: RollupState | null;
  readonly required: readonly RequiredCheck[];
  /** Whether the merge button is green. */
  readonly mergeable: boolean;
}

function stateOf(run: CheckRun | undefined): RequiredCheck['state'] {
  if (!run) return 'expected';
  if (run.status !== 'COMPLETED') return 'pending';
  return satisfies(run) ? 'passed' : 'failed';
}

export function pullRequestView(one: PullRequest): PullRequestView {
  const checks = newestRuns(one.repository, one.headSha);
  const names = one.repository.requiredChecks.get(one.baseRef) ?? [];
  const required = names.map((name) => ({ name, state: stateOf(checks.find((run) => run.name === name)) }));
  return {
    number: one.number,
    state: one.state,
    headSha: one.headSha,
    checks,
    rollup: checks.length === 0 ? null : rollupState(one.repository, one.headSha),
    required,
    mergeable: one.state === 'OPEN' && !one.draft && required.every(({ state }) => state === 'passed'),
  };
}
