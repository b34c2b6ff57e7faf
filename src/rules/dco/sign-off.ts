// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import leven from 'leven';
import type { Person } from '../../contribution/contribution.ts';
import { cut } from './cut.ts';
import { parsePerson } from './identity.ts';

/**
 * What a line is that somebody meant as a sign-off and that isn't one:
 * - `subject`: a sign-off as the message's subject line
 * - `indented`: something stands before it on its line
 * - `keyword`: the keyword is misspelled
 * - `no-name`, `no-email`, `no-brackets`: a part is missing
 * - `trailing-text`: something stands after the e-mail address
 */
export type NearMissKind =
  | 'subject'
  | 'indented'
  | 'keyword'
  | 'no-name'
  | 'no-email'
  | 'no-brackets'
  | 'trailing-text';

export interface NearMiss {
  readonly kind: NearMissKind;
  /** The line, cut to a length that can be shown. */
  readonly line: string;
}

const keyword = 'signed-off-by:';

/** A line that is a sign-off as it should be → its person; one that was meant to be → what is wrong with it; or null. */
export function readSignOff(line: string, isSubject: boolean): Person | NearMiss | null {
  if (line.length < keyword.length) return null;
  const text = line.trimStart();
  const misses = (kind: NearMissKind): NearMiss => ({ kind, line: cut(line.trim()) });
  if (!startsWithKeyword(text)) {
    if (startsWithKeyword(withoutMark(text))) return misses('indented');
    return isMisspelled(text) ? misses('keyword') : null;
  }
  const person = parsePerson(text.slice(keyword.length));
  if (person === null) return misses(missingPart(text.slice(keyword.length)));
  if (isSubject) return misses('subject');
  return text === line ? person : misses('indented');
}

/** Whether the line starts with the keyword, whatever follows it. */
export function startsWithKeyword(line: string): boolean {
  return /^s/i.test(line) && line.slice(0, keyword.length).toLowerCase() === keyword;
}

function missingPart(value: string): NearMissKind {
  const text = value.trim();
  const open = text.indexOf('<');
  const close = text.indexOf('>', open + 1);
  if (open < 0 || close < 0) return text.includes('@') ? 'no-brackets' : 'no-email';
  if (close === open + 1) return 'no-email';
  if (open === 0) return 'no-name';
  return close < text.length - 1 ? 'trailing-text' : 'no-email';
}

/** The line without what quotes it, makes it a list item, or comments it out. */
function withoutMark(text: string): string {
  return text.slice(0, 40).replace(/^[>*#"'`/\-\s]+/, '');
}

const letters = 'signedoffby';

/** `Signed-of-by:`, `Sign-off-by:`, `Signed-off by`, `Signed-by:` before something with an e-mail address. */
function isMisspelled(text: string): boolean {
  if (!/^s/i.test(text) || !text.includes('@')) return false;
  const start = text.slice(0, 24).toLowerCase();
  const colon = start.indexOf(':');
  const word = (colon < 0 ? start : start.slice(0, colon)).replace(/[^a-z]/g, '');
  if (colon >= 0) return word === 'signedby' || leven(word, letters, { maxDistance: 3 }) <= 2;
  return word.startsWith(letters) || word.startsWith('signoffby');
}
