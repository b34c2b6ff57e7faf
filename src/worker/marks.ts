// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { createHash } from 'node:crypto';
import type { Comment } from '../overrides/overrides.ts';

/** How every mark in a comment of ours begins. GitHub shows nothing of it. */
export const markBegins = '<!-- countersign:';

/**
 * The mark in our reply to a comment, by which it is found again: one reply a comment, ever. A hash, since a node id
 * may hold what ends an HTML comment.
 */
export function replyMark(comment: Pick<Comment, 'id'>): string {
  const hash = createHash('sha256').update(comment.id).digest('hex');
  return `${markBegins}reply ${hash} -->`;
}

/** Only our own comments are searched: anybody can write what looks like a mark. */
export function isMarked(comments: readonly Comment[], mark: string): boolean {
  return comments.some(({ own, body }) => own && body.includes(mark));
}
