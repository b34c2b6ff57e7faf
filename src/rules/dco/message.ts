// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Person } from '../../contribution/contribution.ts';
import { cut } from './cut.ts';
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
/** People are compared with others, which takes time; no message has as many. The rest count as not signed off. */
const mostPeople = 1000;

/**
 * Reads a commit message in linear time. Sign-offs count anywhere but in the subject line; remediation sentences
 * count anywhere, as they do for the DCO App.
 */
export function readMessage(text: string): Message {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const [subject = '', ...below] = lines;
  const coAuthorLines = below.filter(isCoAuthor);
  const others = coAuthorLines.length === 0 ? below : below.filter((line) => !isCoAuthor(line));
  return {
    ...readSignOffs(subject, others),
    ...readCoAuthors(coAuthorLines),
    ...readClaims(text, lines),
    subject: cut(subject.trim()),
    hasContent: lines.some((line) => !startsWithKeyword(line)),
  };
}

function readSignOffs(subject: string, below: readonly string[]): Pick<Message, 'signOffs' | 'nearMisses'> {
  const signOffs: Person[] = [];
  const nearMisses: NearMiss[] = [];
  const take = (line: string, isSubject: boolean) => {
    const read = readSignOff(line, isSubject);
    if (read === null) return;
    if (!('kind' in read)) signOffs.push(read);
    else if (nearMisses.length < few) nearMisses.push(read);
  };
  take(subject, true);
  for (const line of below) {
    // Looking for what was meant takes longer than looking for what counts.
    if (nearMisses.length >= few && !startsWithKeyword(line)) continue;
    take(line, false);
  }
  return { signOffs: distinct(signOffs).slice(0, mostPeople), nearMisses };
}

function readCoAuthors(lines: readonly string[]): Pick<Message, 'coAuthors' | 'unreadableCoAuthors'> {
  const coAuthors: Person[] = [];
  const unreadable: string[] = [];
  for (const line of lines) {
    const person = parsePerson(line.slice(coAuthor.length));
    if (person === null) unreadable.push(line);
    else coAuthors.push(person);
  }
  const people = distinct(coAuthors);
  const tooMany = people.slice(mostPeople).map(({ name }) => name);
  return {
    coAuthors: people.slice(0, mostPeople),
    unreadableCoAuthors: [...unreadable.slice(0, few), ...tooMany.slice(0, few)].map((line) => cut(line.trim())),
  };
}

/** The same people, each way of writing one of them once, in their order. */
function distinct(people: readonly Person[]): Person[] {
  return [...new Map(people.map((person) => [`${person.name}\n${person.email}`, person])).values()];
}

function readClaims(text: string, lines: readonly string[]): Pick<Message, 'claims' | 'malformedClaims'> {
  const claims: Claim[] = [];
  const malformedClaims: string[] = [];
  if (!mentionsRemediation(text)) return { claims, malformedClaims };
  for (const line of lines) {
    const claim = readClaim(line);
    if (claim === 'malformed') malformedClaims.push(cut(line.trim()));
    else if (claim !== null) claims.push(claim);
  }
  return { claims, malformedClaims: malformedClaims.slice(0, few) };
}

function isCoAuthor(line: string): boolean {
  return /^c/i.test(line) && line.slice(0, coAuthor.length).toLowerCase() === coAuthor;
}
