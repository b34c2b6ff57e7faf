// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Person } from '../../contribution/contribution.ts';
import { fold } from './fold.ts';

/** The identities that a `.mailmap` joins. */
export interface Mailmap {
  /** The proper identity of a person, or the same one where the file says nothing of it. */
  canonical(person: Person): Person;
}

interface Replacement {
  name?: string;
  email?: string;
}

interface Entry {
  /** For any name with this e-mail address. */
  readonly simple: Replacement;
  /** For one name with this e-mail address. */
  readonly byName: Map<string, Replacement>;
}

/**
 * Reads a `.mailmap` as Git does; see https://git-scm.com/docs/gitmailmap. Lines that say nothing are skipped.
 * Names and addresses are compared without regard to case, beyond ASCII too, which Git leaves out.
 */
export function readMailmap(text: string): Mailmap {
  const entries = new Map<string, Entry>();
  for (const line of text.split('\n')) addLine(entries, line);
  return {
    canonical(person) {
      const entry = entries.get(fold(person.email));
      if (entry === undefined) return person;
      return { ...person, ...(entry.byName.get(fold(person.name)) ?? entry.simple) };
    },
  };
}

function addLine(entries: Map<string, Entry>, line: string): void {
  if (line.startsWith('#')) return;
  const proper = nextIdentity(line, 0);
  if (proper === null || proper.email === '') return;
  const commit = nextIdentity(line, proper.end);
  const key = fold(commit?.email ?? proper.email);
  const entry = entries.get(key) ?? { simple: {}, byName: new Map() };
  entries.set(key, entry);
  const replacement: Replacement = {};
  if (proper.name !== '') replacement.name = proper.name;
  if (commit !== null) replacement.email = proper.email;
  if (commit === null || commit.name === '') Object.assign(entry.simple, replacement);
  else entry.byName.set(fold(commit.name), replacement);
}

function nextIdentity(line: string, from: number): { name: string; email: string; end: number } | null {
  const open = line.indexOf('<', from);
  const close = line.indexOf('>', open + 1);
  if (open < 0 || close < 0) return null;
  return { name: line.slice(from, open).trim(), email: line.slice(open + 1, close).trim(), end: close + 1 };
}
