// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { latestRuns } from './checks.ts';
import type { CheckRun, Repository } from './model.ts';

/** GitHub's `StatusState` of a commit: the worst of every suite's newest runs. */
export type RollupState = 'SUCCESS' | 'PENDING' | 'FAILURE' | 'ERROR' | 'EXPECTED';

const passing = ['SUCCESS', 'NEUTRAL', 'SKIPPED'];

/** Whether a run satisfies a required check: success, neutral and skipped all do. */
export function satisfies(run: CheckRun): boolean {
  return run.status === 'COMPLETED' && passing.includes(run.conclusion ?? '');
}

export function newestRuns(repository: Repository, sha: string): CheckRun[] {
  return (repository.checkSuites.get(sha) ?? []).flatMap(latestRuns);
}

export function rollupState(repository: Repository, sha: string): RollupState {
  const runs = newestRuns(repository, sha);
  if (runs.some((run) => run.status === 'COMPLETED' && !satisfies(run))) return 'FAILURE';
  return runs.every(satisfies) ? 'SUCCESS' : 'PENDING';
}
