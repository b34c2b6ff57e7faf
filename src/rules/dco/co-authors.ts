// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Person } from '../../contribution/contribution.ts';
import type { Text } from '../text.ts';
import { say } from '../text.ts';
import { addressProblem } from './address.ts';
import type { Case } from './case.ts';
import { isBotAddress } from './email.ts';
import { shown } from './identity.ts';
import type { Message } from './message.ts';

/** Co-authors whose sign-off is asked for and missing; `signed` have signed elsewhere. */
export function unsignedCoAuthors(message: Message, judged: Case, signed: readonly Person[] = []): Person[] {
  if (judged.settings.coAuthors === 'ignore') return [];
  const { key } = judged.identities;
  const usable = message.signOffs.filter((person) => addressProblem(person, judged) === null);
  const keys = new Set([...usable, ...signed].map(key));
  return message.coAuthors.filter((person) => !keys.has(key(person)) && !isBotAddress(person.email));
}

/** What is wrong with the co-authors' sign-offs, where the policy asks for them; null where nothing is. */
export function coAuthorProblem(
  message: Message,
  judged: Case,
  signed: readonly Person[] = [],
): { code: string; text: Text } | null {
  const code = 'dco.co-author';
  const [unreadable] = message.unreadableCoAuthors;
  if (unreadable !== undefined && judged.settings.coAuthors === 'require') {
    const text = say`It names a co-author in a way that can’t be checked: ${unreadable}. A line reads ${'Co-authored-by: NAME <EMAIL>'}.`;
    return { code, text };
  }
  const [first, ...others] = unsignedCoAuthors(message, judged, signed);
  if (first === undefined) return null;
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  return { code, text: say`Each co-author has to sign off too; the sign-off of ${shown(first)}${[more]} is missing.` };
}
