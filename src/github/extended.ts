// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { LRUCache } from 'lru-cache';
import { LruMap } from 'toad-cache';
import { type Extended, type ExtendedFiles, type Location, locationKey } from '../policy/policy.ts';
import { checked } from './checked.ts';
import type { Client } from './client.ts';
import { classify } from './errors.ts';
import { blobFragment } from './graphql/blob.ts';
import { extendedAnswer, extendedField, extendedFields, isExtendedField } from './graphql/extended.ts';
import { withoutMissing } from './missing.ts';
import { policyFile } from './policy-files.ts';

interface Repository {
  readonly owner: string;
  readonly name: string;
}

/** Reads the files that policies extend, wherever on this GitHub they lie. */
export interface ExtendedReader {
  /**
   * The files in other repositories that the policy of a repository took the last time. Asked for along with a pull
   * request, they cost no request of their own.
   */
  expected(repository: Repository): readonly Location[];
  /** Notes what the policy of a repository takes, for the next time. */
  expect(repository: Repository, locations: readonly Location[]): void;
  /** Reads files, one request for each owner. Throws what Octokit throws; what isn't there is an answer. */
  read(asking: Through, here: Repository, locations: readonly Location[]): Promise<ExtendedFiles>;
}

/** Who asks: the installation at the judged repository. */
export interface Through {
  readonly client: Client;
  /** `own`: files of other accounts are read with its rights alone, and not through the App's installations there. */
  readonly rights?: 'own';
}

/** Repositories whose expectations are remembered. */
const remembered = 10_000;
/** More are not asked along with a pull request, whose query has to be answered in ten seconds. */
const mostAlong = 10;
/** Characters remembered of the repositories' own files, together: those of a commit can't change. */
const mostText = 16 * 1024 * 1024;
/** What a file takes beside its text, about. */
const least = 500;

/** `clientFor` is an Octokit that speaks as the installation at a repository; null where the App is not installed. */
export function createExtendedReader(clientFor: (repository: Repository) => Promise<Client | null>): ExtendedReader {
  const expectations = new LruMap<readonly Location[]>(remembered);
  const pinned = new LRUCache<string, Extended>({
    maxSize: mostText,
    sizeCalculation: (one) => least + ('file' in one ? (one.file.text?.length ?? 0) : 0),
  });

  async function clientAt(through: Through, here: Repository, place: Repository): Promise<Client> {
    const isOwn = place.owner.toLowerCase() === here.owner.toLowerCase();
    if (isOwn || through.rights === 'own') return through.client;
    // Without an installation there, what is public can still be read.
    return (await clientFor(place)) ?? through.client;
  }

  async function readOwned(
    through: Through,
    here: Repository,
    owned: readonly Location[],
  ): Promise<[string, Extended][]> {
    const { declarations, fields, variables } = extendedFields(owned);
    const query = `query ExtendedPolicies(${declarations.slice(2)}) {\n  rateLimit { cost }\n${fields}\n}\n${blobFragment}`;
    const place = repositoryOf(owned[0]);
    const ask = async () => (await clientAt(through, here, place)).graphql(query, variables);
    const answer = await withoutMissing(ask(), ([field]) => isExtendedField(field)).catch((thrown: unknown) => {
      // An installation elsewhere that is suspended or gone is nothing that the judged repository can wait for.
      if (place.owner.toLowerCase() !== here.owner.toLowerCase() && isGone(thrown)) return {};
      throw thrown;
    });
    return owned.map((location, index) => [locationKey(location), extendedIn(answer, index, location, here)]);
  }

  return {
    expected: (repository) => expectations.get(nameOf(repository)) ?? [],
    expect: (repository, locations) => {
      const others = locations.filter((location) => !isIn(location, repository)).slice(0, mostAlong);
      const alike = others.filter(
        ({ repository: name }) => name?.split('/')[0]?.toLowerCase() === repository.owner.toLowerCase(),
      );
      expectations.set(nameOf(repository), alike);
    },
    read: async (through, here, locations) => {
      const asked = new Map(locations.map((location) => [locationKey(location), location]));
      const own = [...asked].filter(([, location]) => isIn(location, here) && isCommit(location.ref));
      const known = own.flatMap(([key]) => {
        const before = pinned.get(key);
        return before === undefined ? [] : [[key, before] as const];
      });
      for (const [key] of known) asked.delete(key);
      const fresh: [string, Extended][] = [];
      for (const owned of Map.groupBy(asked.values(), (location) => ownerOf(location).toLowerCase()).values()) {
        fresh.push(...(await readOwned(through, here, owned)));
      }
      const found = new Map([...known, ...fresh]);
      for (const [key] of own) {
        const one = found.get(key);
        // A commit that GitHub doesn't have may only not be there yet.
        if (one !== undefined && !('missing' in one && one.missing === 'place')) pinned.set(key, one);
      }
      return found;
    },
  };
}

/** What came along with a pull request, where the locations were asked for with it. */
export function filesAlong(locations: readonly Location[], answer: object, here: Repository): ExtendedFiles {
  return new Map(
    locations.map((location, index) => [locationKey(location), extendedIn({ ...answer }, index, location, here)]),
  );
}

function extendedIn(
  answer: Readonly<Record<string, unknown>>,
  index: number,
  location: Location,
  here: Repository,
): Extended {
  const found = checked(extendedAnswer, answer[extendedField(index)] ?? null, 'the query for extended policies');
  // GitHub follows a repository that was renamed or handed to somebody else; what is there now was not meant.
  if (found === null || found.nameWithOwner.toLowerCase() !== location.repository?.toLowerCase()) {
    return { missing: 'place' };
  }
  const { object } = found;
  const commit = object !== null && 'target' in object ? object.target : object;
  if (commit === null || !('oid' in commit)) return { missing: 'place' };
  const hidden = found.visibility !== 'PUBLIC' && !isIn(location, here);
  const source = { ...location, repository: found.nameWithOwner, commit: commit.oid, ...(hidden ? { hidden } : {}) };
  const file = policyFile(source, commit.file);
  return file === null ? { missing: 'file', hidden } : { file };
}

function nameOf({ owner, name }: Repository): string {
  return `${owner}/${name}`.toLowerCase();
}

function isIn({ repository }: Location, here: Repository): boolean {
  return repository?.toLowerCase() === nameOf(here);
}

function ownerOf(location: Location): string {
  return repositoryOf(location).owner;
}

function repositoryOf(location: Location | undefined): Repository {
  const [owner = '', name = ''] = location?.repository?.split('/') ?? [];
  return { owner, name };
}

function isCommit(ref: string | null): boolean {
  return /^(?:[\da-f]{40}|[\da-f]{64})$/.test(ref ?? '');
}

function isGone(thrown: unknown): boolean {
  return classify(thrown, Date.now()).kind === 'gone';
}

/** The App's installation at a repository, found through the App itself; null where there is none. */
export async function findInstallation(app: Client, { owner, name }: Repository): Promise<number | null> {
  try {
    const { data } = await app.request('GET /repos/{owner}/{repo}/installation', { owner, repo: name });
    return data.id;
  } catch (thrown) {
    if (isGone(thrown)) return null;
    throw thrown;
  }
}
