// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Text } from '../../../../src/rules/text.ts';

/** A text with what a stranger wrote in quotation marks. */
export function plain(text: Text | null): string | null {
  return text === null ? null : text.map((part) => (typeof part === 'string' ? part : `“${part.quoted}”`)).join('');
}
