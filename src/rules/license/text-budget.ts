// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Facts, FileEntry } from '../../contribution/contribution.ts';
import { oncePer } from '../once.ts';
import type { Case } from './case.ts';
import type { Identified } from './texts/identify.ts';
import { identified } from './texts.ts';

/**
 * License text that is identified for one pull request, in UTF-16 code units. The App's other work waits meanwhile: a
 * hostile text takes a second a million. That is 300 license files of the usual length; equal ones count once.
 */
const mostText = 3_000_000;

interface Spent {
  length: number;
  readonly known: Map<string, readonly Identified[]>;
}

const spent = new WeakMap<Facts, Spent>();

/** The licenses in a text; null where the contribution has more license text than is identified. */
export function identifiedIn(text: string, { facts }: Pick<Case, 'facts'>): readonly Identified[] | null {
  return within(facts, text, () => identified(text));
}

/** The same for a file's text: facts are read in rounds, and in each of them it is asked for. */
export function identifiedInFile(
  entry: FileEntry & { readonly text: string },
  facts: Facts,
): readonly Identified[] | null {
  return within(facts, entry.text, () => identifiedOnce(entry, entry.text));
}

const identifiedOnce = oncePer((_: FileEntry, text: string) => identified(text));

function within(facts: Facts, text: string, identify: () => readonly Identified[]): readonly Identified[] | null {
  const before = spent.get(facts) ?? { length: 0, known: new Map() };
  spent.set(facts, before);
  const known = before.known.get(text);
  if (known !== undefined) return known;
  // On the command line nobody else waits, and a whole tree has more.
  if (facts.source === 'github' && before.length + text.length > mostText) return null;
  const found = identify();
  before.length += text.length;
  before.known.set(text, found);
  return found;
}

/** For a message: why a text was not identified. */
export const overBudget = 'All license files of this pull request together are too large to be read.';
