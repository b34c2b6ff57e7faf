// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { z } from 'zod';
import type { Lookup } from '../../rules/rule.ts';

const blob = z.object({
  oid: z.string(),
  byteSize: z.int(),
  isBinary: z.boolean().nullable(),
  isTruncated: z.boolean(),
  text: z.string().nullable(),
});
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
  const declarations = [
    ...commits.map((_, index) => `$c${index}: GitObjectID!`),
    ...lookups.map((_, index) => `$p${index}: String!`),
  ];
  const fields = lookups.map(
    ({ commit }, index) =>
      `    e${index}: object(oid: $c${commits.indexOf(commit)}) { ... on Commit { file(path: $p${index}) { ...Entry } } }`,
  );
  const query = `
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
  object { ... on Blob { oid byteSize isBinary isTruncated text } ... on Tree { entries { name } } }
}`;
  const variables = {
    owner,
    name,
    ...Object.fromEntries(commits.map((commit, index) => [`c${index}`, commit])),
    ...Object.fromEntries(lookups.map(({ path }, index) => [`p${index}`, path])),
  };
  return { query, variables };
}
