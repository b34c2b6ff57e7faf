// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Account, Line, Statement, Whole } from './ledger.ts';

/**
 * What an account tells that the ledger does not have yet, in the order in which it is to be written. `newest` are the
 * newest lines of the topics that it names, and of all topics that begin as `account.all` says.
 */
export function newsIn({ statements, all }: Account, newest: Iterable<Line>): readonly Statement[] {
  const known = new Map([...newest].map((line) => [line.topic, line]));
  const told = new Set(statements.map(({ topic }) => topic));
  const over =
    all === null
      ? []
      : [...known.values()]
          .filter(({ topic, kind }) => topic.startsWith(all.topics) && kind === 'granted' && !told.has(topic))
          .map((line) => endOf(line, all));
  return [...over, ...statements].filter(({ topic, state }) => known.get(topic)?.state !== state);
}

/** Of an override that nothing is told of any more. Where its comment is still there, its check has nothing to override. */
function endOf(line: Line, { links }: Whole): Statement {
  const { topic, kind: _, state: __, seq: ___, at: ____, previous: _____, hash: ______, ...entry } = line;
  if (line.link !== null && links.has(line.link)) {
    return { topic, state: 'lapsed not-needed', entry: { ...entry, kind: 'lapsed', by: null, code: 'not-needed' } };
  }
  return { topic, state: 'withdrawn deleted', entry: { ...entry, kind: 'withdrawn', by: null, code: 'deleted' } };
}
