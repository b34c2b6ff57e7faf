// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { expect, test } from '@jest/globals';
import { createJournal } from '../../src/inbox/journal.ts';

/** A journal on a disk that answers when the test says so. */
function onHangingDisk() {
  const answers: (() => void)[] = [];
  const failures: string[] = [];
  const store = { write: () => new Promise<void>((resolve) => answers.push(resolve)), isKnown: () => false };
  const journal = createJournal(store, ({ message }) => failures.push(message), 50);
  return { journal, answers, failures };
}

const hangs = 'the inbox cannot store anything: the disk has not answered for 0.05 seconds';

test('A disk that does not answer is a failure that is said, once, for as long as it lasts', async () => {
  const { journal, answers, failures } = onHangingDisk();
  const first = journal.settle('1');
  const second = new Promise((resolve) => setImmediate(resolve)).then(() => journal.settle('2'));
  await Promise.all([expect(first).rejects.toThrow(hangs), expect(second).rejects.toThrow(hangs)]);
  expect(journal.broken()?.message).toBe(hangs);
  expect(failures).toEqual([hangs]);
  answers.shift()?.();
  while (journal.broken() !== null) await new Promise((resolve) => setImmediate(resolve));
  const third = journal.settle('3');
  while (answers.length === 0) await new Promise((resolve) => setImmediate(resolve));
  answers.shift()?.();
  await third;
  await journal.close();
});
