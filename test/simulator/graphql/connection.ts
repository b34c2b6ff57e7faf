// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { gitHubError } from '../errors.ts';
import type { Arguments } from './define.ts';
import { define } from './define.ts';

export const pageArguments = ['first', 'last', 'after', 'before'] as const;

const mostPerPage = 100;

export interface Page<Node> {
  readonly nodes: readonly Node[];
  readonly totalCount: number;
  /** Index of the first node of the page in the whole list. */
  readonly from: number;
  readonly reachable: number;
}

function cursorOf(index: number): string {
  return Buffer.from(`cursor:${index}`).toString('base64');
}

function indexOf(cursor: unknown): number {
  const [, index] = /^cursor:(\d+)$/.exec(Buffer.from(String(cursor), 'base64').toString()) ?? [];
  if (index !== undefined) return Number(index);
  throw gitHubError(`\`${cursor}\` does not appear to be a valid cursor.`, {
    status: 200,
    type: 'INVALID_CURSOR_ARGUMENTS',
  });
}

function checkBounds(name: string, { first, last }: Arguments): void {
  const fail = (type: string, message: string) => {
    throw gitHubError(message, { status: 200, type });
  };
  if (typeof first !== 'number' && typeof last !== 'number') {
    const message = `You must provide a \`first\` or \`last\` value to properly paginate the \`${name}\` connection.`;
    fail('MISSING_PAGINATION_BOUNDARIES', message);
  }
  for (const [argument, value] of Object.entries({ first, last })) {
    if (typeof value !== 'number') continue;
    if (value > mostPerPage) {
      const limit = `exceeds the \`${argument}\` limit of ${mostPerPage} records.`;
      fail('EXCESSIVE_PAGINATION', `Requesting ${value} records on the \`${name}\` connection ${limit}`);
    }
    if (value < 1) fail('ARGUMENT_LIMIT', `\`${argument}\` on the \`${name}\` connection cannot be less than one.`);
  }
}

/**
 * One page of a list, with GitHub's limits: `first` or `last` is mandatory and at most 100.
 * `totalCount` is the whole list's length unless given.
 */
export function page<Node>(name: string, list: readonly Node[], args: Arguments, totalCount = list.length): Page<Node> {
  checkBounds(name, args);
  const { first, last, after, before } = args;
  let from = after ? indexOf(after) : 0;
  let to = before ? indexOf(before) - 1 : list.length;
  if (typeof first === 'number') to = Math.min(to, from + first);
  if (typeof last === 'number') from = Math.max(from, to - last);
  return { nodes: list.slice(from, to), totalCount, from, reachable: list.length };
}

/** Fields of every type whose name ends in `Connection`. */
export const connectionFields = define<Page<unknown>>({
  nodes: (one) => one.nodes,
  totalCount: (one) => one.totalCount,
  edges: (one) => one.nodes.map((node, index) => ({ node, cursor: cursorOf(one.from + index + 1) })),
  pageInfo: (one) => one,
});

/** Fields of every type whose name ends in `Edge`. */
export const edgeFields = define<{ node: unknown; cursor: string }>({
  node: (one) => one.node,
  cursor: (one) => one.cursor,
});

export const pageInfoFields = define<Page<unknown>>({
  startCursor: (one) => (one.nodes.length === 0 ? null : cursorOf(one.from + 1)),
  endCursor: (one) => (one.nodes.length === 0 ? null : cursorOf(one.from + one.nodes.length)),
  hasNextPage: (one) => one.from + one.nodes.length < one.reachable,
  hasPreviousPage: (one) => one.from > 0,
});
