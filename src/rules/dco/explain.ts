// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Person } from '../../contribution/contribution.ts';
import type { Text } from '../text.ts';
import { say } from '../text.ts';
import type { Case } from './case.ts';
import { isEmail, isNoreply } from './email.ts';
import { fold } from './fold.ts';
import { isGitHub, shown } from './identity.ts';
import type { Message } from './message.ts';
import type { NearMiss } from './sign-off.ts';

interface Explanation {
  readonly code: string;
  readonly text: Text;
}

/** Somebody whose line can be copied: a stand-in where the commit's own identity could not sign. */
const anybody: Person = { name: 'Your Name', email: 'you@example.org' };

/** A commit without any sign-off: the line that looks like one, or what is missing. */
export function missing(message: Message, signers: readonly Person[], { settings }: Case): Explanation {
  // No bot reads this, and a person must not sign in its name.
  const canSign = ({ email }: Person) => isEmail(email) && !email.includes('[bot]@');
  const signer = signers.find(
    (person) => canSign(person) && !(settings.noreply === 'reject' && isNoreply(person.email)),
  );
  const line = `Signed-off-by: ${shown(signer ?? anybody)}`;
  const [nearMiss] = message.nearMisses;
  if (nearMiss !== undefined) return { code: 'dco.malformed', text: say`${wrong(nearMiss)} A sign-off reads ${line}.` };
  return { code: 'dco.missing', text: say`It is not signed off. Its message needs the line ${line}.` };
}

function wrong({ kind, line }: NearMiss): Text {
  switch (kind) {
    case 'subject':
      return say`Its sign-off ${line} is the message’s first line, the subject, where it does not count; it has to stand on a line of its own below.`;
    case 'indented':
      return say`Its sign-off ${line} has to be at the very start of its line.`;
    case 'keyword':
      return say`The line ${line} looks like a sign-off, but the word before the name has to be “Signed-off-by:”.`;
    case 'no-name':
      return say`The sign-off ${line} has no name before the e-mail address.`;
    case 'no-email':
      return say`The sign-off ${line} has no e-mail address.`;
    case 'no-brackets':
      return say`The sign-off ${line} needs “<” and “>” around the e-mail address.`;
    case 'trailing-text':
      return say`The sign-off ${line} has to end with the “>” after the e-mail address.`;
  }
}

/** A commit signed off, but by nobody who could: says whose sign-off was found and whose was expected. */
export function mismatch(
  signOffs: readonly Person[],
  commit: { readonly author: Person; readonly committer: Person },
  judged: Case,
): Explanation {
  const { author, committer } = commit;
  if (signOffs.every(isGitHub)) {
    const text = say`It is signed off by GitHub itself, which can vouch for nobody. Its author is ${shown(author)}.`;
    return { code: 'dco.github-sign-off', text };
  }
  const found = listed(signOffs);
  if (isGitHub(committer) || judged.identities.same(author, committer)) {
    const text = say`It is signed off by ${found}, but its author is ${shown(author)}.${difference(signOffs, [author])}`;
    return { code: 'dco.mismatch', text };
  }
  const hint = difference(signOffs, [author, committer]);
  const text = say`It is signed off by ${found}, but its author is ${shown(author)} and its committer ${shown(committer)}.${hint}`;
  return { code: 'dco.mismatch', text };
}

function listed(people: readonly Person[]): Text {
  const [first, second] = people;
  if (first === undefined) return [];
  if (second === undefined) return say`${shown(first)}`;
  if (people.length === 2) return say`${shown(first)} and ${shown(second)}`;
  return say`${shown(first)}, ${shown(second)} and ${people.length - 2} more`;
}

/** A sentence on what almost matches: two long identities that differ in a letter are hard to tell apart. */
function difference(signOffs: readonly Person[], expected: readonly Person[]): Text {
  const names = new Set(expected.map(({ name }) => fold(name)));
  const emails = new Set(expected.map(({ email }) => fold(email)));
  const sameName = signOffs.find(({ name }) => names.has(fold(name)));
  const sameEmail = signOffs.find(({ email }) => emails.has(fold(email)));
  if (sameName !== undefined && sameName === sameEmail) {
    return [' Name and e-mail address have to be those of the same person.'];
  }
  if (sameName !== undefined) return [' The name is the same, the e-mail address is not.'];
  if (sameEmail !== undefined) return [' The e-mail address is the same, the name is not.'];
  return [];
}
