// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { LruMap } from 'toad-cache';
import * as z from 'zod';
import type { Lookup } from '../../rules/rule.ts';
import { blob, blobFragment } from './blob.ts';

const tree = z.object({ entries: z.array(z.object({ name: z.string() })).nullable() });

const entry = z.object({
  mode: z.int(),
  type: z.string(),
  oid: z.string(),
  submodule: z.object({ gitUrl: z.string() }).nullable(),
  object: z.union([blob, tree]).nullable(),
});

/** A commit that the repository does not have answers null. */
export const entriesAnswer = z.object({
  repository: z.object({ isPrivate: z.boolean() }).catchall(z.object({ file: entry.nullable() }).nullable()),
});
export type EntryAnswer = z.output<typeof entry>;

/**
 * A query with one alias for each path. `Commit.file` is used and not `object(expression:)`, since only the entry of
 * the tree tells symbolic links and submodules from files. Paths go in as variables: strangers choose them.
 */
export function entriesQuery(
  { owner, name }: { readonly owner: string; readonly name: string },
  lookups: readonly Lookup[],
): { readonly query: string; readonly variables: Readonly<Record<string, string>> } {
  const commits = [...new Set(lookups.map(({ commit }) => commit))];
  const variables: Record<string, string> = { owner, name };
  for (const [index, commit] of commits.entries()) variables[`c${index}`] = commit;
  for (const [index, { path }] of lookups.entries()) variables[`p${index}`] = path;
  return { query: queryOf(lookups.map(({ commit }) => commits.indexOf(commit))), variables };
}

/** At up to 10 kB each. */
const texts = new LruMap<string>(200);

/** Most pull requests ask for as many paths, of the same commits in turn, as another did before. */
function queryOf(commits: readonly number[]): string {
  const key = commits.join();
  const known = texts.get(key);
  if (known !== undefined) return known;
  const made = queryText(commits);
  texts.set(key, made);
  return made;
}

/** `commits` has the number of the commit for each path. */
function queryText(commits: readonly number[]): string {
  const declarations = [
    ...[...new Set(commits)].map((commit) => `$c${commit}: GitObjectID!`),
    ...commits.map((_, index) => `$p${index}: String!`),
  ];
  const fields = commits.map(
    (commit, index) =>
      `    e${index}: object(oid: $c${commit}) { ... on Commit { file(path: $p${index}) { ...Entry } } }`,
  );
  return `
query Contents($owner: String!, $name: String!, ${declarations.join(', ')}) {
  rateLimit { cost }
  repository(owner: $owner, name: $name) {
    isPrivate
${fields.join('\n')}
  }
}
fragment Entry on TreeEntry {
  mode
  type
  oid
  submodule { gitUrl }
  object { ...Text ... on Tree { entries { name } } }
}
${blobFragment}`;
}
