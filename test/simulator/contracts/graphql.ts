// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildSchema, type GraphQLSchema } from 'graphql';

// The package exports only an entry point that parses five megabytes of introspection as well.
const path = fileURLToPath(new URL('../../../node_modules/@octokit/graphql-schema/schema.graphql', import.meta.url));

let schema: GraphQLSchema | undefined;

/**
 * GitHub's published GraphQL schema, built once a process (about half a second). The SDL defines two fields twice,
 * which its own validation would refuse.
 */
export function gitHubSchema(): GraphQLSchema {
  if (schema) return schema;
  schema = buildSchema(readFileSync(path, 'utf8'), { assumeValid: true, assumeValidSDL: true, noLocation: true });
  return schema;
}
