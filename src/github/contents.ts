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
 * looked at at once; what comes after that counts as too large to be read. Texts from memory count too, or two looks at
 * the same files could come to two results.
 */
const mostText = 48 * 1024 * 1024;

/** A lookup, and what is remembered of it; undefined: nothing is. */
interface Sought {
  readonly lookup: Lookup;
  readonly known: Entry | undefined;
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
  const sought = lookups.map((lookup) => ({ lookup, known: asking.contents?.get(keyOf(lookup), lookup.path) }));
  const contents: Content[] = [];
  let left = mostText;
  // One after the other: an answer may hold half a megabyte for each path, and a text that is read whole more.
  for (const stretch of stretchesOf(sought, asking.pageSize)) {
    for await (const [{ commit, path }, entry] of readStretch(asking, repository, stretch, keyOf)) {
      const text = entry?.kind === 'file' ? entry.text : null;
      left -= text?.length ?? 0;
      contents.push({ commit, path, entry: text === null || left >= 0 ? entry : withoutText(entry) });
    }
  }
  return contents;
}

/** Each holds as many lookups of which nothing is known as one request asks about. */
function stretchesOf(sought: readonly Sought[], pageSize: number): Sought[][] {
  const stretches: Sought[][] = [];
  let room = 0;
  for (const one of sought) {
    if (stretches.length === 0 || (one.known === undefined && room === 0)) {
      stretches.push([]);
      room = pageSize;
    }
    stretches.at(-1)?.push(one);
    if (one.known === undefined) room -= 1;
  }
  return stretches;
}

async function* readStretch(
  asking: Asking,
  repository: Repository,
  stretch: readonly Sought[],
  keyOf: (lookup: Lookup) => string,
): AsyncGenerator<readonly [Lookup, Entry]> {
  const unknown = stretch.filter(({ known }) => known === undefined).map(({ lookup }) => lookup);
  const commits = await askFor(asking, repository, unknown);
  for (const { lookup, known } of stretch) {
    if (known !== undefined) {
      yield [lookup, known];
      continue;
    }
    const commit = commits.get(lookup) ?? null;
    const entry = await toEntry(asking, repository, commit?.file ?? null, lookup.whole);
    // A commit that GitHub doesn't have may only not be there yet.
    if (commit !== null) asking.contents?.add(keyOf(lookup), lookup.path, entry);
    yield [lookup, entry];
  }
}

/** What GitHub says of each; null where it does not have the commit. */
async function askFor(asking: Asking, repository: Repository, lookups: readonly Lookup[]) {
  if (lookups.length === 0) return new Map<Lookup, null>();
  const { query, variables } = entriesQuery(repository, lookups);
  const answer = checked(entriesAnswer, await asking.client.graphql(query, variables), 'the query for file contents');
  return new Map(lookups.map((lookup, index) => [lookup, answer.repository[`e${index}`] ?? null]));
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

function withoutText(entry: Entry): Entry {
  return entry?.kind === 'file' ? { ...entry, text: null, truncated: true } : entry;
}

/** With one request more for a text that GitHub cut off. */
async function toEntry(
  asking: Asking,
  repository: Repository,
  answer: EntryAnswer | null,
  whole: boolean,
): Promise<Entry> {
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
    return { ...blob, ...(await readWholeBlob(asking, repository, blob.oid)) };
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
