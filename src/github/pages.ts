// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { MovedError } from './errors.ts';

/** A page of a GraphQL connection that is read from its beginning. */
export interface Page<Node> {
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly nodes: readonly Node[];
}

/** Follows the pages to the end. A page that leads nowhere ends it too; the totals then tell that something is missing. */
export async function allPages<Node>(
  first: Page<Node>,
  read: (after: string) => Promise<Page<Node>>,
): Promise<readonly Node[]> {
  const nodes = [...first.nodes];
  let page = first;
  while (page.pageInfo.hasNextPage && page.pageInfo.endCursor !== null && page.nodes.length > 0) {
    page = await read(page.pageInfo.endCursor);
    nodes.push(...page.nodes);
  }
  return nodes;
}

/** Throws MovedError where pages are of two heads. `what` was read from them. */
export function assertSameHead(before: string, now: string, what: string): void {
  if (before !== now) throw new MovedError(`the head moved from ${before} to ${now} while ${what} read`);
}
