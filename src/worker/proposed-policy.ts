// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { ExtendedReader } from '../github/extended.ts';
import type { Asking, PullRequestFacts } from '../github/read-pull-request.ts';
import { type Extended, type ExtendedFiles, type Location, locationKey, type PolicyFiles } from '../policy/policy.ts';

/**
 * The files that would make up the policy if the pull request were merged, where it changes one of them; null where it
 * changes none. `now` are those in force, with what they extend.
 */
export function proposedFiles(facts: PullRequestFacts, now: PolicyFiles): PolicyFiles | null {
  const { contribution, proposedPolicyFiles, policyFiles } = facts;
  const changesExtended = [...(now.extended?.values() ?? [])].some(
    (one) => 'file' in one && isHere(one.file, facts) && touches(facts, one.file.path) === true,
  );
  if (policyFiles === null || (proposedPolicyFiles === null && !changesExtended)) return null;
  const own = proposedPolicyFiles ?? now.repository;
  // Read at the head is what it extends in its own repository, too.
  const repository = own.map((file) => ({ ...file, commit: contribution.head.sha }));
  const elsewhere = [...(now.extended ?? [])].filter(([, one]) => !('file' in one) || !isHere(one.file, facts));
  const organisation = isOrganisationsOwn(facts, now) ? repository : now.organisation;
  return { repository, organisation, extended: new Map(elsewhere) };
}

/** Whether the branch is the one that an organisation's policy and floor are read from. */
function isOrganisationsOwn({ contribution }: PullRequestFacts, { organisation }: PolicyFiles): boolean {
  const [file] = organisation;
  return (
    file !== undefined &&
    contribution.repository?.name.toLowerCase() === '.github' &&
    file.ref === contribution.base.ref
  );
}

/**
 * Files that a proposed policy extends. Whoever proposes it may not be able to read other repositories: of those, only what
 * is public is told about. Files here that the pull request leaves alone are read at its base, which may be ahead of it.
 */
export async function readProposed(
  reader: ExtendedReader,
  asking: Asking,
  facts: PullRequestFacts,
  wanted: readonly Location[],
): Promise<ExtendedFiles> {
  const actual = new Map(wanted.map((location) => [locationKey(location), asMerged(facts, location)]));
  const through = { client: asking.client, rights: 'own' } as const;
  const found = await reader.read(through, repositoryOf(facts), [...actual.values()]);
  return new Map(
    [...actual].map(([key, location]) => {
      const extended = found.get(locationKey(location)) ?? { missing: 'file' as const };
      return [key, isHere(location, facts) || isPublic(extended) ? extended : { missing: 'withheld' as const }];
    }),
  );
}

function asMerged(facts: PullRequestFacts, location: Location): Location {
  const { head } = facts.contribution;
  const left = isHere(location, facts) && location.ref === head.sha && touches(facts, location.path) === false;
  return left ? { ...location, ref: facts.policyCommit } : location;
}

/** Whether there is nothing to be found out: a repository that is not there looks like one that may not be read. */
function isPublic(extended: Extended): boolean {
  return 'file' in extended ? extended.file.hidden !== true : extended.missing === 'file' && extended.hidden !== true;
}

/** Whether the pull request changes that path; null where not all of its files were read. */
export function touches({ contribution }: PullRequestFacts, path: string): boolean | null {
  return contribution.files?.some((file) => file.path === path || file.previousPath === path) ?? null;
}

export function isHere({ repository }: { readonly repository: string | null }, facts: PullRequestFacts): boolean {
  const { owner, name } = repositoryOf(facts);
  return repository?.toLowerCase() === `${owner}/${name}`.toLowerCase();
}

export function repositoryOf({ contribution }: PullRequestFacts): { readonly owner: string; readonly name: string } {
  const { owner = '', name = '' } = contribution.repository ?? {};
  return { owner, name };
}
