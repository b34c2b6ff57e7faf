// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { NoteDependent } from '../dependents/dependents.ts';
import { MovedError } from '../github/errors.ts';
import type { ExtendedReader } from '../github/extended.ts';
import { readPolicyFiles } from '../github/read-policy.ts';
import type { Asking, PullRequestFacts } from '../github/read-pull-request.ts';
import type { PolicyResolver } from '../policy/cache.ts';
import { deepest } from '../policy/compose.ts';
import {
  type ExtendedFiles,
  type Location,
  locationKey,
  type PolicyFiles,
  type PolicyResolution,
  type Traits,
} from '../policy/policy.ts';
import { withChanges } from './proposed-changes.ts';
import { proposedFiles, readProposed, repositoryOf } from './proposed-policy.ts';

/** What a look needs to know of the policy; a resolution of null: nothing is to be posted. */
export interface Policies {
  /** The policy in force, and the one that would be if the pull request were merged: null where it changes none. */
  of(
    asking: Asking,
    facts: PullRequestFacts,
  ): Promise<{
    readonly resolution: PolicyResolution | null;
    readonly proposed: PolicyResolution | null;
  }>;
  inForce(asking: Asking, governed: Governed): Promise<PolicyResolution | null>;
  /** Whether the policy of a branch builds on one of these files of its repository, or may: nobody knows of a broken one. */
  buildsOn(asking: Asking, branch: Branch, paths: readonly string[]): Promise<boolean>;
  readonly reader: ExtendedReader;
}

interface Branch {
  readonly owner: string;
  readonly name: string;
  readonly base: string;
}

/** A branch, and what its policy depends on. */
interface Governed {
  readonly here: { readonly owner: string; readonly name: string };
  readonly policyFiles: PolicyFiles;
  readonly traits: Traits;
  /** The day in UTC, `YYYY-MM-DD`; null: not known. */
  readonly today: string | null;
}

interface InForce {
  readonly files: PolicyFiles;
  /** What they extend. */
  readonly taken: readonly Location[];
}

type Read = (wanted: readonly Location[]) => Promise<ExtendedFiles>;

/** Reads what policies extend, and puts them together. `note` hears what the policies of pull requests build on. */
export function createPolicies(
  resolver: PolicyResolver,
  reader: ExtendedReader,
  note: NoteDependent = async () => {},
): Policies {
  /** The files with all that they extend, and that of those: each round reads what the files of the one before name. */
  async function withExtended(files: PolicyFiles, read: Read): Promise<PolicyFiles> {
    let known = files;
    for (let round = 0; round <= deepest; round += 1) {
      const { wanted } = resolver.references(known);
      if (wanted.length === 0) break;
      known = { ...known, extended: new Map([...(known.extended ?? []), ...(await read(wanted))]) };
    }
    return known;
  }

  async function filesInForce(asking: Asking, { here, policyFiles }: Governed): Promise<InForce> {
    const files = await withExtended(policyFiles, (wanted) => reader.read(asking, here, wanted));
    const { taken } = resolver.references(files);
    reader.expect(here, taken);
    const extended = taken.flatMap((location) => {
      const key = locationKey(location);
      const found = files.extended?.get(key);
      return found === undefined ? [] : [[key, found] as const];
    });
    return { files: { ...files, extended: new Map(extended) }, taken };
  }

  async function filesProposed(asking: Asking, facts: PullRequestFacts, now: PolicyFiles): Promise<PolicyFiles | null> {
    const known = await withChanges(reader, asking, facts, now);
    const files = proposedFiles(known, now);
    return files && withExtended(files, (wanted) => readProposed(reader, asking, known, wanted));
  }

  return {
    of: async (asking, facts) => {
      const governed = governedBy(facts);
      const { files, taken } = await filesInForce(asking, governed);
      const { installationId } = asking;
      const base = facts.contribution.base.ref;
      if (installationId !== undefined) await note({ installationId, ...governed.here, base }, taken);
      const proposed = await filesProposed(asking, facts, files);
      return {
        resolution: resolver.resolve(files, governed),
        proposed: proposed && resolver.resolve(proposed, governed),
      };
    },
    inForce: async (asking, governed) => resolver.resolve((await filesInForce(asking, governed)).files, governed),
    buildsOn: async (asking, { owner, name, base }, paths) => {
      const here = { owner, name };
      const found = await readPolicyFiles(asking.client, here, base);
      if (found === null) return false;
      const files = await withExtended(found.files, (wanted) => reader.read(asking, here, wanted));
      if (resolver.resolve(files)?.policy === null) return true;
      const isHere = ({ repository }: Location) => repository?.toLowerCase() === `${owner}/${name}`.toLowerCase();
      return resolver.references(files).taken.some((location) => isHere(location) && paths.includes(location.path));
    },
    reader,
  };
}

/** The base branch. Where it is not there, nobody knows which policy holds: GitHub is about to close the pull request. */
export function governedBy(facts: PullRequestFacts): Governed {
  const { policyFiles, traits, contribution } = facts;
  if (policyFiles === null) throw new MovedError(`the base branch ${contribution.base.ref} is not there`);
  return { here: repositoryOf(facts), policyFiles, traits, today: contribution.judgedOn };
}
