// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Person } from '../../contribution/contribution.ts';
import { parsePerson } from './identity.ts';
import { type Claim, mentionsRemediation, readClaim } from './remediation.ts';
import { type NearMiss, readSignOff, startsWithKeyword } from './sign-off.ts';

/** What a commit message says that concerns sign-offs. */
export interface Message {
  /** The first line that is not blank, cut to a length that can be shown; empty for an empty message. */
  readonly subject: string;
  /** Whether anything stands in the message beside sign-offs. Git adds none to a message of nothing else. */
  readonly hasContent: boolean;
  readonly signOffs: readonly Person[];
  /** Lines that were meant as sign-offs and are none, the first few. */
  readonly nearMisses: readonly NearMiss[];
  readonly coAuthors: readonly Person[];
  /** `Co-authored-by` lines that name nobody, the first few. */
  readonly unreadableCoAuthors: readonly string[];
  readonly claims: readonly Claim[];
  /** Lines that were meant as remediation sentences and are none, the first few. */
  readonly malformedClaims: readonly string[];
}

const coAuthor = 'co-authored-by:';
const few = 3;
const shown = 200;

/**
 * Reads a commit message in linear time. Sign-offs count anywhere but in the subject line; remediation sentences
 * count anywhere, as they do for the DCO App.
 */
export function readMessage(text: string): Message {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const read = {
    signOffs: [] as Person[],
    nearMisses: [] as NearMiss[],
    coAuthors: [] as Person[],
    unreadableCoAuthors: [] as string[],
  };
  lines.forEach((line, index) => {
    if (index > 0 && isCoAuthor(line)) {
      const person = parsePerson(line.slice(coAuthor.length));
      if (person !== null) read.coAuthors.push(person);
      else if (read.unreadableCoAuthors.length < few) read.unreadableCoAuthors.push(cut(line));
      return;
    }
    const signOff = readSignOff(line, index === 0);
    if (signOff === null) return;
    if (!('kind' in signOff)) read.signOffs.push(signOff);
    else if (read.nearMisses.length < few) read.nearMisses.push(signOff);
  });
  return {
    ...read,
    ...readClaims(text, lines),
    subject: cut(lines[0] ?? ''),
    hasContent: lines.some((line) => !startsWithKeyword(line)),
  };
}

function readClaims(text: string, lines: readonly string[]): Pick<Message, 'claims' | 'malformedClaims'> {
  const claims: Claim[] = [];
  const malformedClaims: string[] = [];
  if (!mentionsRemediation(text)) return { claims, malformedClaims };
  for (const line of lines) {
    const claim = readClaim(line);
    if (claim === 'malformed') malformedClaims.push(cut(line));
    else if (claim !== null) claims.push(claim);
  }
  return { claims, malformedClaims: malformedClaims.slice(0, few) };
}

function isCoAuthor(line: string): boolean {
  return line.slice(0, coAuthor.length).toLowerCase() === coAuthor;
}

function cut(line: string): string {
  return line.trim().slice(0, shown);
}
