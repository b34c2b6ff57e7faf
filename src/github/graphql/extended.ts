// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import * as z from 'zod';
import type { Location } from '../../policy/policy.ts';
import { treeEntry, visibility } from './answers.ts';

const commit = z.object({ oid: z.string(), file: treeEntry });

/** A tag with a message is an object of its own; a tag of a tag is none that anybody needs. */
export const extendedAnswer = z
  .object({
    nameWithOwner: z.string(),
    visibility,
    object: z.union([commit, z.object({ target: z.union([commit, z.object({})]) }), z.object({})]).nullable(),
  })
  .nullable();

const alias = /^extended\d+$/;

export function isExtendedField(field: unknown): boolean {
  return typeof field === 'string' && alias.test(field);
}

export function extendedField(index: number): string {
  return `extended${index}`;
}

/**
 * Fields of a query, one for each place of a file in some repository, with their variables. They use the fragment `Text`.
 */
export function extendedFields(locations: readonly Location[]) {
  const declarations = locations.map(
    (_, at) => `, $owner${at}: String!, $name${at}: String!, $ref${at}: String!, $path${at}: String!`,
  );
  const fields = locations.map((_, at) => {
    const found = `... on Commit { oid file(path: $path${at}) { path object { ... on Blob { ...Text } } } }`;
    return `  ${extendedField(at)}: repository(owner: $owner${at}, name: $name${at}) {
    nameWithOwner
    visibility
    object(expression: $ref${at}) { ${found} ... on Tag { target { ${found} } } }
  }`;
  });
  const variables = locations.flatMap(({ repository, path, ref }, at) => {
    const [owner = '', name = ''] = (repository ?? '').split('/');
    return Object.entries({
      [`owner${at}`]: owner,
      [`name${at}`]: name,
      [`ref${at}`]: ref ?? 'HEAD',
      [`path${at}`]: path,
    });
  });
  return { declarations: declarations.join(''), fields: fields.join('\n'), variables: Object.fromEntries(variables) };
}
