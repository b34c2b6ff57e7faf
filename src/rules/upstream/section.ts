// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Text } from '../text.ts';
import type { Finding, Level, Place } from '../verdict.ts';

/** A finding of this rule; `code` without the rule's id. */
export function finding(
  code: string,
  level: Level,
  at: Place,
  text: Text,
  suggestion?: Finding['suggestion'],
): Finding {
  const own = { code: code.startsWith('upstream.') ? code : `upstream.${code}`, level, at, text };
  return suggestion === undefined ? own : { ...own, suggestion };
}

/** `1 patch`, `3 patches` */
export function count(amount: number, noun: string): string {
  if (amount === 1) return `1 ${noun}`;
  return `${amount} ${noun}${/(?:s|x|ch|sh)$/.test(noun) ? 'es' : 's'}`;
}
