// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

export interface Cost {
  /** Points of the hourly budget. */
  readonly points: number;
  /** Nodes that the query could return at most. */
  readonly nodes: number;
}

type Variables = Readonly<Record<string, unknown>>;

function pageSize(field: FieldNode, variables: Variables): number {
  const size = field.arguments?.find(({ name }) => name.value === 'first' || name.value === 'last')?.value;
  if (size?.kind === Kind.INT) return Number(size.value);
  if (size?.kind === Kind.VARIABLE) return Number(variables[size.name.value] ?? 0);
  return 0;
}

/**
 * What GitHub charges for a query: each connection needs as many requests as its parents have nodes; their sum divided
 * by 100 are the points, at least one.
 * https://docs.github.com/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
 */
export function costOf(document: DocumentNode, operation: OperationDefinitionNode, variables: Variables): Cost {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const one of document.definitions) {
    if (one.kind === Kind.FRAGMENT_DEFINITION) fragments.set(one.name.value, one);
  }
  let requests = 1;
  let nodes = 0;

  function walk(set: SelectionSetNode | undefined, parents: number): void {
    for (const selection of set?.selections ?? []) {
      if (selection.kind === Kind.INLINE_FRAGMENT) walk(selection.selectionSet, parents);
      else if (selection.kind === Kind.FRAGMENT_SPREAD)
        walk(fragments.get(selection.name.value)?.selectionSet, parents);
      else field(selection, parents);
    }
  }

  function field(node: FieldNode, parents: number): void {
    const size = pageSize(node, variables);
    if (size > 0) requests += parents;
    nodes += parents * size;
    walk(node.selectionSet, parents * Math.max(1, size));
  }

  walk(operation.selectionSet, 1);
  return { points: Math.max(1, Math.round(requests / 100)), nodes };
}
