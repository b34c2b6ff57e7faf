// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { readAllFiles, readFormerPaths } from '../github/changed-files.ts';
import type { ExtendedReader } from '../github/extended.ts';
import { filled } from '../github/needs.ts';
import type { Asking, PullRequestFacts } from '../github/read-pull-request.ts';
import { type Location, locationKey, type PolicyFile, type PolicyFiles } from '../policy/policy.ts';
import { isHere, repositoryOf, touches } from './proposed-policy.ts';

/**
 * The facts with all that it takes to tell which of the extended files the pull request changes: the query names its first
 * 100 files, and not where renamed ones lay. Only one that has such a file otherwise than its base has more of them read.
 */
export async function withChanges(
  reader: ExtendedReader,
  asking: Asking,
  facts: PullRequestFacts,
  { extended }: PolicyFiles,
): Promise<PullRequestFacts> {
  const repository = facts.contribution.repository;
  const inForce = [...(extended?.values() ?? [])].flatMap((one) => ('file' in one ? [one.file] : []));
  const unsure = inForce.filter((file) => isHere(file, facts) && touches(facts, file.path) !== true);
  if (repository === null || unsure.length === 0 || !leavesOpen(facts)) return facts;
  const differing = await differingAtHead(reader, asking, facts, unsure);
  if (differing.length === 0) return facts;
  let { contribution } = facts;
  if (contribution.files === null) {
    contribution = filled(contribution, [await readAllFiles(asking, repository, contribution)]);
  }
  if (differing.includes('gone') && leavesOpen({ contribution })) {
    contribution = filled(contribution, [await readFormerPaths(asking, repository, contribution)]);
  }
  return { ...facts, contribution };
}

/** Whether the pull request may change files beside those that are known of it. */
function leavesOpen({ contribution: { files } }: Pick<PullRequestFacts, 'contribution'>): boolean {
  return files === null || files.some(({ change, previousPath }) => change === 'renamed' && previousPath === undefined);
}

/** How the head has those files that it has otherwise: a head that lags behind has some without changing any. */
async function differingAtHead(
  reader: ExtendedReader,
  { client }: Asking,
  facts: PullRequestFacts,
  files: readonly PolicyFile[],
): Promise<readonly ('other' | 'gone')[]> {
  const { repository, head } = facts.contribution;
  const name = `${repository?.owner}/${repository?.name}`;
  const atHead = ({ path }: PolicyFile): Location => ({ repository: name, path, ref: head.sha });
  const found = await reader.read({ client, rights: 'own' }, repositoryOf(facts), files.map(atHead));
  return files.flatMap((file) => {
    const there = found.get(locationKey(atHead(file)));
    if (there === undefined || !('file' in there)) return ['gone' as const];
    return there.file.oid === file.oid ? [] : ['other' as const];
  });
}
