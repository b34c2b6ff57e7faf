// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

// Normalising sorts a run of combining marks in quadratic time. No script needs more than a few on one letter; with
// more of them a text is compared as it stands.
const tooManyMarks = /\p{M}{9}/u;
const ascii = /^[\0-\x7f]*$/;

/** Text as it is compared: Unicode NFC, lower case, surrounding white space gone. Linear time. */
export function fold(text: string): string {
  const trimmed = text.trim();
  const asIs = ascii.test(trimmed) || tooManyMarks.test(trimmed);
  return (asIs ? trimmed : trimmed.normalize('NFC')).toLowerCase();
}
