// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { sees } from '../access.ts';
import { notFound } from '../errors.ts';
import type { CheckRun, PullRequest, Repository } from '../state/model.ts';
import type { Context } from './define.ts';

/** The node of that id and one of those kinds; GitHub's error where there is none. */
export function node<Kind extends { kind: string }>(context: Context, id: string, ...kinds: Kind['kind'][]): Kind {
  const found = context.world.nodes.get(id) as (Kind & { nodeId: string }) | undefined;
  if (found && kinds.includes(found.kind) && visible(context, found)) return found;
  throw notFound(`Could not resolve to a node with the global id of '${id}'`);
}

interface Placed {
  readonly kind: string;
  readonly repository?: Repository;
  readonly suite?: CheckRun['suite'];
  readonly pullRequest?: PullRequest;
}

/** Whether a node found by id may be shown to the token; nodes outside of any repository always may. */
export function visible(context: Context, found: object): boolean {
  const { kind, repository, suite, pullRequest } = found as Placed;
  const place =
    kind === 'Repository' ? (found as Repository) : (repository ?? suite?.repository ?? pullRequest?.repository);
  return !place || sees(context.token, place);
}
