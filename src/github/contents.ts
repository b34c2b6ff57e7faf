// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Content, Contribution, Entry } from '../contribution/contribution.ts';
import { mayBeLicenseName } from '../rules/license/names.ts';
import type { Lookup } from '../rules/rule.ts';
import { readWholeBlob } from './blob.ts';
import { checked } from './checked.ts';
import { type EntryAnswer, entriesAnswer, entriesQuery } from './graphql/entries.ts';
import type { Asking } from './read-pull-request.ts';

type Repository = Pick<NonNullable<Contribution['repository']>, 'owner' | 'name'>;

/** Characters of a text that is not wanted whole: license headers lie in the first 8 KiB. */
const beginning = 32 * 1024;
/** In bytes: the largest file that is read whole. */
const largestWhole = 5 * 1024 * 1024;

/**
 * Characters held of all texts together. Whoever opens a pull request chooses how large its files are, and many are
 * looked at at once; what comes after that counts as too large to be read.
 */
const mostText = 48 * 1024 * 1024;

interface Budget {
  left: number;
}

/**
 * What lies at these paths, about 50 files, which is 100 paths at base and head, to a request; and one request more
 * for each text that is wanted whole and that GraphQL cut off. In the order of the lookups.
 */
export async function readContents(
  asking: Asking,
  repository: Repository,
  lookups: readonly Lookup[],
): Promise<Content[]> {
  const keyOf = keysOf(asking, repository);
  const known = new Map<Lookup, Entry | undefined>();
  for (const lookup of lookups) known.set(lookup, asking.contents?.get(keyOf(lookup), lookup.path));
  const unknown = lookups.filter((lookup) => known.get(lookup) === undefined);
  const budget = { left: mostText };
  // One after the other: an answer may hold half a megabyte for each path.
  for (let at = 0; at < unknown.length; at += asking.pageSize) {
    const batch = unknown.slice(at, at + asking.pageSize);
    for (const [lookup, entry] of await readBatch(asking, repository, batch, keyOf)) {
      known.set(lookup, within(budget, entry));
    }
  }
  return lookups.map((lookup) => ({ commit: lookup.commit, path: lookup.path, entry: known.get(lookup) ?? null }));
}

async function readBatch(
  asking: Asking,
  repository: Repository,
  batch: readonly Lookup[],
  keyOf: (lookup: Lookup) => string,
): Promise<readonly (readonly [Lookup, Entry])[]> {
  const { query, variables } = entriesQuery(repository, batch);
  const answer = checked(entriesAnswer, await asking.client.graphql(query, variables), 'the query for file contents');
  const found: (readonly [Lookup, Entry])[] = [];
  const lasting: (readonly [Lookup, Entry])[] = [];
  for (const [index, lookup] of batch.entries()) {
    const commit = answer.repository[`e${index}`] ?? null;
    const read = toEntry(asking, repository, commit?.file ?? null, lookup.whole);
    const entry = read instanceof Promise ? await read : read;
    // A commit that GitHub doesn't have may only not be there yet.
    if (commit !== null) lasting.push([lookup, entry]);
    found.push([lookup, entry]);
  }
  for (const [commit, entries] of Map.groupBy(lasting, ([lookup]) => keyOf(lookup))) {
    asking.contents?.add(
      commit,
      entries.map(([{ path }, entry]) => [path, entry]),
    );
  }
  return found;
}

/** What tells commits apart in memory: what one installation sees is not another's, nor a beginning the whole. */
function keysOf({ installationId }: Asking, { owner, name }: Repository): (lookup: Lookup) => string {
  const place = `${installationId ?? '-'} ${owner}/${name}`;
  const whole = new Map<string, string>();
  const beginnings = new Map<string, string>();
  return (lookup) => {
    const keys = lookup.whole ? whole : beginnings;
    const known = keys.get(lookup.commit);
    if (known !== undefined) return known;
    const key = `${place} ${lookup.commit} ${lookup.whole}`;
    keys.set(lookup.commit, key);
    return key;
  };
}

function within(budget: Budget, entry: Entry): Entry {
  if (entry?.kind !== 'file' || entry.text === null) return entry;
  budget.left -= entry.text.length;
  return budget.left >= 0 ? entry : { ...entry, text: null, truncated: true };
}

/** At once, but for a text that GitHub cut off. */
function toEntry(
  asking: Asking,
  repository: Repository,
  answer: EntryAnswer | null,
  whole: boolean,
): Entry | Promise<Entry> {
  if (answer === null) return null;
  if (answer.type === 'commit') {
    return { kind: 'submodule', sha: answer.oid, url: answer.submodule?.gitUrl ?? null };
  }
  const { object } = answer;
  if (object === null) return null;
  if ('entries' in object) {
    return { kind: 'directory', names: (object.entries ?? []).map(({ name }) => name).filter(mayBeLicenseName) };
  }
  const blob = {
    kind: 'file' as const,
    oid: object.oid,
    size: object.byteSize,
    mode: modeOf(answer.mode),
    binary: object.isBinary ?? object.text === null,
  };
  if (blob.binary) return { ...blob, text: null, truncated: false };
  if (whole && object.isTruncated && blob.size <= largestWhole) {
    return readWholeBlob(asking, repository, blob.oid).then((read) => ({ ...blob, ...read }));
  }
  const text = object.text === null ? null : whole ? object.text : beginningOf(object.text);
  return { ...blob, text, truncated: object.isTruncated || text === null || text.length < (object.text?.length ?? 0) };
}

/** A copy: a slice of a string keeps the whole of it in memory. */
function beginningOf(text: string): string {
  return text.length <= beginning ? text : Buffer.from(text.slice(0, beginning), 'utf8').toString('utf8');
}

/** Git's file modes, which GitHub gives as numbers: the type above, the permissions below. */
function modeOf(mode: number): 'regular' | 'executable' | 'symlink' {
  if ((mode & 0o170000) === 0o120000) return 'symlink';
  return (mode & 0o111) === 0 ? 'regular' : 'executable';
}
