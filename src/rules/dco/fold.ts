// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

// Normalising sorts a run of combining marks in quadratic time. The Stream-Safe Text Format allows 30 in a row, more
// than any script needs: https://www.unicode.org/reports/tr15/#Stream_Safe_Text_Format
const tooManyMarks = /\p{M}{31}/u;

/** Text as it is compared: Unicode NFC, lower case, surrounding white space gone. Linear time. */
export function fold(text: string): string {
  const trimmed = text.trim();
  return (tooManyMarks.test(trimmed) ? trimmed : trimmed.normalize('NFC')).toLowerCase();
}
