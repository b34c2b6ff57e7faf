// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import {
  type DocumentNode,
  GraphQLError,
  type GraphQLNamedType,
  isAbstractType,
  Kind,
  type OperationDefinitionNode,
  parse,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { gitHubSchema } from '../contracts/graphql.ts';
import { fieldOf, typeFields } from './types.ts';

/** A query that was parsed and checked once. */
export interface Prepared {
  readonly document: DocumentNode;
  /** Against GitHub's schema: GitHub would refuse the query. */
  readonly refused: readonly GraphQLError[];
  /** GitHub would answer these, the simulator can't. */
  readonly missing: readonly string[];
}

const known = new Map<string, Prepared>();
const mostKnown = 500;

function implementers(type: GraphQLNamedType): readonly string[] {
  if (!isAbstractType(type)) return [type.name];
  return gitHubSchema()
    .getPossibleTypes(type)
    .map((one) => one.name)
    .filter((name) => typeFields(name) !== undefined);
}

function findMissing(document: DocumentNode): string[] {
  const missing = new Set<string>();
  const info = new TypeInfo(gitHubSchema());
  const check = {
    Field(node: { name: { value: string }; arguments?: readonly { name: { value: string } }[] }) {
      const parent = info.getParentType();
      if (!parent || node.name.value.startsWith('__')) return;
      const fields = implementers(parent).map((type) => fieldOf(type, node.name.value));
      const found = fields.find((field) => field !== undefined);
      const place = `${parent.name}.${node.name.value}`;
      if (!found) missing.add(`The simulator does not implement ${place}`);
      for (const { name } of found ? (node.arguments ?? []) : []) {
        if (!found?.args.includes(name.value)) missing.add(`The simulator does not implement ${place}(${name.value}:)`);
      }
    },
  };
  visit(document, visitWithTypeInfo(info, check));
  return [...missing];
}

function prepareNow(query: string): Prepared {
  try {
    const document = parse(query);
    const refused = validate(gitHubSchema(), document);
    return { document, refused, missing: refused.length === 0 ? findMissing(document) : [] };
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    return { document: { kind: Kind.DOCUMENT, definitions: [] }, refused: [error], missing: [] };
  }
}

/** Parses a query, validates it against GitHub's schema and looks for what the simulator lacks; cached by its text. */
export function prepare(query: string): Prepared {
  const before = known.get(query);
  if (before) return before;
  const prepared = prepareNow(query);
  if (known.size >= mostKnown) known.clear();
  known.set(query, prepared);
  return prepared;
}

export function operationOf({ document }: Prepared, name: string | undefined): OperationDefinitionNode | undefined {
  return document.definitions.find(
    (one): one is OperationDefinitionNode =>
      one.kind === Kind.OPERATION_DEFINITION && (name === undefined || one.name?.value === name),
  );
}
