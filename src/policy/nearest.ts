// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { closestMatch } from 'leven';

const longestWord = 64;

/**
 * The allowed word that somebody most likely meant, or null where none comes near: letter case, dashes, underscores
 * and up to half of the letters may differ.
 */
export function nearestOf(written: string, allowed: readonly string[]): string | null {
  if (written.length > longestWord) return null;
  const plain = (word: string) => word.toLowerCase().replaceAll(/[-_ ]/g, '');
  const words = new Map(allowed.map((word) => [plain(word), word]));
  const target = plain(written);
  const maxDistance = Math.max(1, Math.floor(target.length / 2));
  const match = closestMatch(target, [...words.keys()], { maxDistance });
  return match === undefined ? null : (words.get(match) ?? null);
}
