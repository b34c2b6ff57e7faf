// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { DeadLetter } from '../../src/inbox/inbox.ts';
import { createWriter } from '../../src/inbox/sqlite-write.ts';
import { migrate } from '../../src/storage/postgres.ts';
import { openExisting, openFile } from '../../src/storage/sqlite.ts';
import { createTestDatabase } from '../helpers/postgres.ts';
import { pull } from '../inbox/contract.ts';
import { countersign } from './command.ts';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'countersign-cli-inbox-'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

const diedAt = Date.UTC(2026, 0, 31, 12);
const deadLetter = (number: number, why: string, attempt = 8): DeadLetter => ({
  key: `1/octo/hello#${number}`,
  subject: pull(number),
  deliveryId: 'a',
  updatedAt: null,
  attempt,
  why,
  putAt: diedAt - 60_000,
  diedAt: diedAt + number,
});

/** What an App has given up that keeps its data where it does unless told otherwise. */
function givenUp(...deadLetters: DeadLetter[]): void {
  const database = openFile(join(cwd, 'countersign-data'));
  const keys = new Map(deadLetters.map((one) => [one.key, { deadLetter: one }]));
  createWriter(database)({ keys, deliveries: [] }, diedAt);
  database.close();
}

function left(): unknown[] {
  const database = openExisting(join(cwd, 'countersign-data'));
  const rows = database.prepare('SELECT key, asked FROM dead_letter ORDER BY key').all();
  database.close();
  return rows.map(({ key, asked }) => (asked === 1 ? `${key} asked` : key));
}

const inbox = (...args: string[]) => countersign(['inbox', ...args], { cwd });

describe('countersign inbox list', () => {
  test('says what was given up and why, the newest first', async () => {
    givenUp(deadLetter(1, 'x is not a function'), deadLetter(2, 'Error: broken', 1));
    expect(await inbox('list')).toEqual({
      code: 0,
      stdout: `1/octo/hello#2
    given up 2026-01-31T12:00:00.002Z after 1 try: Error: broken
1/octo/hello#1
    given up 2026-01-31T12:00:00.001Z after 8 tries: x is not a function

2 were given up. "countersign inbox retry" has them tried again, "drop" forgets them.
`,
      stderr: '',
    });
  });

  test('says so where there is nothing', async () => {
    givenUp();
    expect(await inbox('list')).toMatchObject({ code: 0, stdout: 'Nothing was given up.\n' });
  });

  test('prints JSON', async () => {
    givenUp(deadLetter(1, 'broken'));
    const { stdout } = await inbox('list', '--format', 'json');
    expect(JSON.parse(stdout)).toEqual([
      {
        id: '1/octo/hello#1',
        subject: pull(1),
        delivery: 'a',
        attempt: 8,
        why: 'broken',
        put: '2026-01-31T11:59:00.000Z',
        givenUp: '2026-01-31T12:00:00.001Z',
      },
    ]);
  });

  test('moves no terminal’s cursor, whatever an error says', async () => {
    givenUp(deadLetter(1, 'bad\u001b[2Jname'));
    expect((await inbox('list')).stdout).not.toContain('\u001b');
  });
});

describe('countersign inbox retry and drop', () => {
  test('take ids, with the number of the installation or without', async () => {
    givenUp(deadLetter(1, 'a'), deadLetter(2, 'b'), deadLetter(3, 'c'));
    expect(await inbox('retry', '1/octo/hello#1', 'Octo/hello#2')).toEqual({
      code: 0,
      stdout: '2 to be tried again: at once where the App runs, else when it starts.\n',
      stderr: '',
    });
    expect(await inbox('drop', 'octo/hello#3')).toMatchObject({ code: 0, stdout: '1 forgotten.\n' });
    expect(left()).toEqual(['1/octo/hello#1 asked', '1/octo/hello#2 asked']);
  });

  test('leave what this version cannot read to the one that wrote it, or drop it', async () => {
    givenUp(deadLetter(1, 'a'), deadLetter(2, 'b'));
    const database = openExisting(join(cwd, 'countersign-data'));
    database.exec(`UPDATE dead_letter SET subject = '{"kind": "of a later version"}' WHERE key = '1/octo/hello#1'`);
    database.close();
    expect((await inbox('list')).stdout).toContain(`1/octo/hello#1
    given up 2026-01-31T12:00:00.001Z after 8 tries: a
    written by another version of Countersign, which alone can try it again
`);
    expect(await inbox('retry', '--all')).toEqual({
      code: 2,
      stdout: '1 to be tried again: at once where the App runs, else when it starts.\n',
      stderr: '1/octo/hello#1 was written by another version of Countersign: retry it with that one, or drop it.\n',
    });
    expect(left()).toEqual(['1/octo/hello#1', '1/octo/hello#2 asked']);
    expect(await inbox('drop', 'octo/hello#1')).toMatchObject({ code: 0, stdout: '1 forgotten.\n' });
    expect(left()).toEqual(['1/octo/hello#2 asked']);
  });

  test('take all of them', async () => {
    givenUp(deadLetter(1, 'a'), deadLetter(2, 'b'));
    expect(await inbox('drop', '--all')).toMatchObject({ code: 0, stdout: '2 forgotten.\n' });
    expect(left()).toEqual([]);
  });

  test.each([
    ['an id that is not there', ['retry', 'octo/hello#9'], 'Nothing with the id octo/hello#9 was given up'],
    ['no id', ['drop'], 'Give the ids that "countersign inbox list" shows, or --all.'],
    ['ids and all', ['drop', '--all', 'octo/hello#1'], 'Give ids or --all, not both.'],
    ['a directory without data', ['list', '--data', 'nowhere'], 'nowhere holds nothing of Countersign’s.'],
  ])('refuse %s', async (_, args, message) => {
    givenUp(deadLetter(1, 'a'));
    const { code, stderr } = await inbox(...args);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(message) });
    expect(left()).toEqual(['1/octo/hello#1']);
  });
});

test('In PostgreSQL the same is asked for', async () => {
  const shared = await createTestDatabase();
  // A process cannot reach another one's PGlite.
  if (shared.url !== null) {
    const env = { DATABASE_URL: shared.url };
    const list = () => countersign(['inbox', 'list'], { cwd, env });
    expect(await list()).toMatchObject({ code: 2, stderr: expect.stringContaining('holds nothing of Countersign’s') });
    const database = shared.connect();
    await migrate(database);
    expect(await list()).toMatchObject({ code: 0, stdout: 'Nothing was given up.\n' });
    await database.query(
      `INSERT INTO countersign.dead_letter (key, subject, attempt, why, put_at) VALUES ($1, $2, 8, 'broken', now())`,
      ['1/octo/hello#1', JSON.stringify(pull(1))],
    );
    expect((await list()).stdout).toContain('1/octo/hello#1');
    expect(await countersign(['inbox', 'drop', '--all'], { cwd, env })).toMatchObject({ stdout: '1 forgotten.\n' });
    await database.close();
  }
  await shared.drop();
});
