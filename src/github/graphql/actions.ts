// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import * as z from 'zod';
import type { ActionPlace } from '../../rules/rule.ts';
import { blob, blobFragment } from './blob.ts';

/** Something else than what was asked about. */
const other = z.object({}).transform(() => null);
const directory = z.object({ entries: z.array(z.object({ name: z.string(), mode: z.int() })).nullable() });
const commit = z.object({
  oid: z.string(),
  tree: directory,
  file: z
    .object({ object: z.union([directory, other]).nullable() })
    .nullable()
    .optional(),
});

/** A tag with a message is an object of its own; a tag of a tag is none that anybody needs. */
export const actionAnswer = z
  .object({
    isPrivate: z.boolean(),
    object: z.union([commit, z.object({ target: z.union([commit, other]) }), other]).nullable(),
  })
  .nullable();

export type CommitOfAction = z.output<typeof commit>;

export function actionField(index: number): string {
  return `action${index}`;
}

/** What lies beside each action, and at the root of its repository. Strangers choose the names: they go in as variables. */
export function actionsQuery(places: readonly ActionPlace[]) {
  const declarations = places.map(
    ({ directory: below }, at) =>
      `$owner${at}: String!, $name${at}: String!, $ref${at}: String!${below === '' ? '' : `, $path${at}: String!`}`,
  );
  const fields = places.map(({ directory: below }, at) => {
    const beside = below === '' ? '' : ` file(path: $path${at}) { object { ...Directory } }`;
    const found = `... on Commit { oid tree { ...Directory }${beside} }`;
    return `  ${actionField(at)}: repository(owner: $owner${at}, name: $name${at}) {
    isPrivate
    object(expression: $ref${at}) { ${found} ... on Tag { target { ${found} } } }
  }`;
  });
  const variables = places.flatMap(({ repository, ref, directory: below }, at) => [
    ...named(repository, at),
    [`ref${at}`, ref],
    ...(below === '' ? [] : [[`path${at}`, below]]),
  ]);
  const query = `
query Actions(${declarations.join(', ')}) {
  rateLimit { cost }
${fields.join('\n')}
}
fragment Directory on Tree { entries { name mode } }`;
  return { query, variables: Object.fromEntries(variables) as Readonly<Record<string, string>> };
}

/** A file of a commit of some repository. */
export interface FileOfAction {
  readonly repository: string;
  readonly oid: string;
  readonly path: string;
}

export const actionFileAnswer = z.object({ object: z.union([blob, other]).nullable() }).nullable();

export function actionFilesQuery(files: readonly FileOfAction[]) {
  const declarations = files.map((_, at) => `$owner${at}: String!, $name${at}: String!, $file${at}: String!`);
  const fields = files.map(
    (_, at) => `  ${actionField(at)}: repository(owner: $owner${at}, name: $name${at}) {
    object(expression: $file${at}) { ...Text }
  }`,
  );
  const variables = files.flatMap(({ repository, oid, path }, at) => [
    ...named(repository, at),
    [`file${at}`, `${oid}:${path}`],
  ]);
  const query = `
query ActionLicenses(${declarations.join(', ')}) {
  rateLimit { cost }
${fields.join('\n')}
}
${blobFragment}`;
  return { query, variables: Object.fromEntries(variables) as Readonly<Record<string, string>> };
}

function named(repository: string, at: number): string[][] {
  const [owner = '', name = ''] = repository.split('/');
  return [
    [`owner${at}`, owner],
    [`name${at}`, name],
  ];
}
