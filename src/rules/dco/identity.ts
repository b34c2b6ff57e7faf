// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Person } from '../../contribution/contribution.ts';
import { cut } from './cut.ts';
import { fold } from './fold.ts';
import { type Mailmap, readMailmap } from './mailmap.ts';

/** Tells which identities are one person's. */
export interface Identities {
  /** Equal for two identities exactly if they are one person's. */
  key(person: Person): string;
  same(one: Person, other: Person): boolean;
}

/** Identities joined by the text of a `.mailmap`, or by nothing where there is none. */
export function identities(mailmap: string | null): Identities {
  const map: Mailmap | null = mailmap === null ? null : readMailmap(mailmap);
  // An author is compared with whomever thousands of lines name, and the author's name may be as long as all of them.
  const known = new WeakMap<Person, string>();
  const key = (person: Person): string => {
    const before = known.get(person);
    if (before !== undefined) return before;
    const { name, email } = map === null ? person : map.canonical(person);
    const folded = `${fold(withoutCrud(name))}\n${fold(email)}`;
    known.set(person, folded);
    return folded;
  };
  return { key, same: (one, other) => key(one) === key(other) };
}

const crud = new Set(' .,:;<>"\\\'');

/**
 * A name without the marks around it that Git leaves out of an author and a committer, and nobody out of a line that is
 * written by hand: of `Ada Example, Ph.D.` the last dot. By hand, since a pattern would go back and forth
 * in a name of nothing else.
 */
function withoutCrud(name: string): string {
  let [start, end] = [0, name.length];
  while (start < end && crud.has(name.charAt(start))) start += 1;
  while (end > start && crud.has(name.charAt(end - 1))) end -= 1;
  return start === end ? name : name.slice(start, end);
}

/**
 * Whether the identity is GitHub's own: the committer of what is made in the browser, on github.com and on GitHub
 * Enterprise Server. It is nobody, so it can sign nothing. The host in its address is not compared: no person has
 * this name with such an address.
 */
export function isGitHub({ name, email }: Person): boolean {
  const address = fold(email);
  if (address === 'noreply@github.com') return true;
  return address.startsWith('noreply@') && ['github', 'github enterprise'].includes(fold(name));
}

/** The identity as it stands in a sign-off. */
export function written({ name, email }: Person): string {
  return `${name.trim()} <${email.trim()}>`;
}

/** The same, cut to a length that can be shown. */
export function shown(person: Person): string {
  return cut(written(person));
}

const longestPasted = 200;

/**
 * Whether an identity comes out of a paste as it went in. A control character could end the text early, and what
 * follows would run as a command of a shell or an editor; where Git fails before it reads, a shell gets all of it. Git
 * takes no angle brackets in a name.
 */
export function canBePasted({ name, email }: Person): boolean {
  const text = name + email;
  return name.trim() !== '' && text.length <= longestPasted && !/[\p{C}\p{Zl}\p{Zp}<>`$;|&\\]/u.test(text);
}

/** `NAME <EMAIL>` → the identity, white space around both ignored; null where either is missing. */
export function parsePerson(text: string): Person | null {
  const value = text.trim();
  const open = value.lastIndexOf('<');
  if (open < 0 || !value.endsWith('>')) return null;
  const name = value.slice(0, open).trim();
  const email = value.slice(open + 1, -1).trim();
  return name === '' || email === '' || email.includes('>') ? null : { name, email };
}
