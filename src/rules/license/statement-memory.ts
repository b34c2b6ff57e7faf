// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { LRUCache } from 'lru-cache';
import type { FileEntry } from '../../contribution/contribution.ts';
import { type Statement, statementOf } from './statement.ts';

/** In characters, of all texts together and of the largest that is kept. */
const mostText = 1024 * 1024;
const largestText = 64 * 1024;
/** What is kept beside a text, about. */
const least = 1_000;

interface Read {
  readonly text: string;
  readonly statement: Statement;
}

const memory = new LRUCache<string, Read>({
  maxSize: mostText,
  maxEntrySize: largestText,
  sizeCalculation: ({ text }) => least + text.length,
});

/**
 * What a file says of its own license. Files of a branch come back in each pull request that changes them, and those of
 * a pull request with each push to it: they are read once.
 */
export function statementIn(path: string, { oid, text }: FileEntry & { readonly text: string }): Statement {
  const key = `${oid} ${path}`;
  const known = memory.get(key);
  // By its object id it is found, and by its text it is the same: a contribution from a file may claim any id.
  if (known?.text === text) return known.statement;
  const statement = statementOf(path, text);
  memory.set(key, { text, statement });
  return statement;
}
