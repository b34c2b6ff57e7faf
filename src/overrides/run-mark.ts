// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { hash } from 'node:crypto';
import type { Move } from './overrides.ts';

/**
 * What a check run was posted for: the pull request, and the stretch of its life between two moves. Only a run with
 * the present mark tells that its commit could be seen here since.
 *
 * Without it, code could be had overridden that nobody saw: a commit that was judged in another pull request and is
 * then pushed to this one; one that was judged, taken back by a force-push, and pushed again once a maintainer has
 * overridden what they saw in between; or a branch that comes to hold more because its base is another one. Times
 * would not do, since a run can be posted after a move by a look that was taken before it.
 */
export function runMark(pullRequest: number, moves: readonly Move[]): string {
  if (moves.length === 0) return String(pullRequest);
  const told = moves.map(({ kind, id }) => JSON.stringify([kind, id])).sort();
  return `${pullRequest}@${hash('sha256', told.join()).slice(0, 16)}`;
}
