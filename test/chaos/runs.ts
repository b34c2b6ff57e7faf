// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { CheckRun, Repository } from '../simulator/state/model.ts';

/** Every check run on a commit, oldest first. */
export function runsOn(repository: Repository, sha: string): readonly CheckRun[] {
  return (repository.checkSuites.get(sha) ?? []).flatMap(({ runs }) => runs);
}

/** What the newest run of that name says. */
export function conclusionOf(repository: Repository, sha: string, name: string): string {
  const found = runsOn(repository, sha).findLast((run) => run.name === name);
  return found?.conclusion ?? found?.status ?? 'nothing';
}
