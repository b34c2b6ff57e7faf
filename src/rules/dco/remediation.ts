// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Person } from '../../contribution/contribution.ts';
import { parsePerson, written } from './identity.ts';

/** A sentence in a later commit's message that adds the missing sign-off to an earlier commit. */
export interface Claim {
  /** Who speaks. */
  readonly by: Person;
  /** Whose sign-off is added: the speaker's own, or that of the person on whose behalf they speak. */
  readonly of: Person;
  readonly thirdParty: boolean;
  /** Object id as it is written, in lower case; it may be abbreviated. */
  readonly sha: string;
}

const phrase = /, hereby add my signed-off-by to this commit:/gi;
const between = />, I, /gi;
const anywhere = /hereby add my signed-off-by to this commit/i;
const fullSha = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/** Whether a text may hold a remediation sentence. */
export function mentionsRemediation(text: string): boolean {
  return anywhere.test(text);
}

/** Whether the object id that a claim names is written in full. */
export function namesWholeSha(claim: Claim): boolean {
  return fullSha.test(claim.sha);
}

/**
 * One line → the claim that it makes, `malformed` where somebody meant to make one, or null. The two forms are those
 * of the DCO App: https://github.com/dcoapp/app#individual-remediation-commit-support
 */
export function readClaim(line: string): Claim | 'malformed' | null {
  if (!anywhere.test(line)) return null;
  const [people, sha] = splitAtLast(line, phrase) ?? [];
  const id = sha?.trim().toLowerCase() ?? '';
  const named = people === undefined ? null : readPeople(people);
  return named === null || !/^[0-9a-f]{4,64}$/.test(id) ? 'malformed' : { ...named, sha: id };
}

function readPeople(text: string): Pick<Claim, 'by' | 'of' | 'thirdParty'> | null {
  const own = withoutPrefix(text, 'i, ');
  if (own !== null) {
    const by = parsePerson(own);
    return by === null ? null : { by, of: by, thirdParty: false };
  }
  const [represented, speaker] = splitAtLast(withoutPrefix(text, 'on behalf of ') ?? '', between) ?? [];
  if (represented === undefined || speaker === undefined) return null;
  const of = parsePerson(`${represented}>`);
  const by = parsePerson(speaker);
  return of === null || by === null ? null : { by, of, thirdParty: true };
}

function withoutPrefix(text: string, prefix: string): string | null {
  return text.slice(0, prefix.length).toLowerCase() === prefix ? text.slice(prefix.length) : null;
}

/** Not with `toLowerCase`, which moves positions: `İ` becomes two code units. */
function splitAtLast(text: string, separator: RegExp): [string, string] | null {
  let last: RegExpExecArray | null = null;
  for (const match of text.matchAll(separator)) last = match;
  return last === null ? null : [text.slice(0, last.index), text.slice(last.index + last[0].length)];
}

/** The sentence by which a person adds their own sign-off to a commit. */
export function individualSentence(person: Person, sha: string): string {
  return `I, ${written(person)}, hereby add my Signed-off-by to this commit: ${sha}`;
}

/** The sentence by which somebody adds another person's sign-off to a commit. */
export function thirdPartySentence(of: Person, by: Person, sha: string): string {
  return `On behalf of ${written(of)}, I, ${written(by)}, hereby add my Signed-off-by to this commit: ${sha}`;
}
