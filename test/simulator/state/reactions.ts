// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Account, Reaction, Remark } from './model.ts';
import type { World } from './world.ts';

/** Reacts to a comment; the same reaction twice is one, and `fresh` says whether it is new. */
export function react(world: World, comment: Remark, author: Account, content: string) {
  const before = comment.reactions.find((one) => one.author === author && one.content === content);
  if (before) return { reaction: before, fresh: false };
  const reaction: Reaction = { kind: 'Reaction', ...world.identify('REA'), content, author, createdAt: world.now() };
  comment.reactions.push(world.remember(reaction));
  return { reaction, fresh: true };
}
