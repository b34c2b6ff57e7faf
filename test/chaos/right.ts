// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { CheckRun, Repository } from '../simulator/state/model.ts';
import type { Watched } from './traffic.ts';

/** Conclusions by check. */
export function expectedChecks({ signedOff }: Watched): Readonly<Record<string, string>> {
  return { Policy: 'SUCCESS', DCO: signedOff ? 'SUCCESS' : 'ACTION_REQUIRED' };
}

/** What is wrong with the check runs on the heads of the open pull requests, one line each. */
export function wrongChecks(watched: readonly Watched[]): readonly string[] {
  return watched.flatMap((one) => {
    const { state, number } = one.pullRequest;
    const runs = runsOn(state.repository, state.headSha);
    return Object.entries(expectedChecks(one)).flatMap(([name, conclusion]) => {
      const found = runs.filter((run) => run.name === name).at(-1);
      const said = found?.conclusion ?? found?.status ?? 'nothing';
      return said === conclusion
        ? []
        : [`${state.repository.owner.login}#${number} ${name}: ${said}, not ${conclusion}`];
    });
  });
}

/** Check runs that were posted more than once on any commit, one line each. */
export function repeatedChecks(repositories: Iterable<Repository>): readonly string[] {
  return [...repositories].flatMap((repository) =>
    [...repository.checkSuites.keys()].flatMap((sha) => {
      const names = runsOn(repository, sha).map(({ name }) => name);
      const twice = [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
      return twice.map((name) => `${repository.owner.login} ${sha.slice(0, 8)} ${name}: posted more than once`);
    }),
  );
}

function runsOn(repository: Repository, sha: string): readonly CheckRun[] {
  return (repository.checkSuites.get(sha) ?? []).flatMap(({ runs }) => runs);
}
