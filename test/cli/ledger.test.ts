// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Line } from '../../src/ledger/ledger.ts';
import { openLedger, readLedger } from '../../src/ledger/sqlite.ts';
import { databaseIn } from '../../src/storage/sqlite.ts';
import { linesOf, say } from '../ledger/contract.ts';
import { countersign } from './command.ts';

let cwd: string;
let lines: readonly Line[];
beforeAll(async () => {
  cwd = mkdtempSync(join(tmpdir(), 'countersign-cli-ledger-'));
  for (const [name, day] of Object.entries({ whole: 30, altered: 31 })) {
    let time = Date.UTC(2026, 0, day);
    const ledger = openLedger(join(cwd, name), () => new Date(time));
    await ledger.record({ statements: [say('a', '1', { reason: 'Because' }), say('b', '1')], all: null });
    time += 3_600_000;
    await ledger.record({ statements: [say('a', '2')], all: null });
    await ledger.close();
  }
  const database = new DatabaseSync(databaseIn(join(cwd, 'altered')));
  database.exec("DROP TRIGGER ledger_stays_as_it_is; UPDATE ledger SET text = replace(text, 'Because', 'For fun')");
  database.close();
  mkdirSync(join(cwd, 'broken'));
  writeFileSync(
    databaseIn(join(cwd, 'broken')),
    'This is no database, but it is long enough to be taken for one. '.repeat(40),
  );
  const ledger = readLedger(join(cwd, 'whole'));
  lines = await linesOf(ledger);
  await ledger.close();
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

const ledger = (...args: string[]) => countersign(['ledger', ...args], { cwd });

describe('countersign ledger verify', () => {
  test('says that nothing was altered, and the hash to note', async () => {
    const stdout = `intact: 3 lines, last hash ${lines[2]?.hash}\n`;
    expect(await ledger('verify', '--data', 'whole')).toEqual({ code: 0, stdout, stderr: '' });
    expect(await countersign(['ledger', 'verify'], { cwd, env: { COUNTERSIGN_DATA: 'whole' } })).toMatchObject({
      stdout,
    });
  });

  test('says which line was altered', async () => {
    const stdout = 'not intact: line 1 was altered\n';
    expect(await ledger('verify', '--data', 'altered')).toEqual({ code: 1, stdout, stderr: '' });
  });

  test('finds the hash that was noted, and misses one that is gone', async () => {
    expect(await ledger('verify', '--data', 'whole', '--expect', lines[1]?.hash.toUpperCase() ?? '')).toMatchObject({
      code: 0,
    });
    expect(await ledger('verify', '--data', 'whole', '--expect', 'f'.repeat(64))).toEqual({
      code: 1,
      stdout: 'not intact: no line has the hash that was noted; lines were removed from the end\n',
      stderr: '',
    });
  });

  test('takes a slip in the hash for a slip, and not for a ledger that was cut off', async () => {
    const { code, stderr } = await ledger('verify', '--data', 'whole', '--expect', 'f'.repeat(63));
    expect([code, stderr]).toEqual([2, expect.stringContaining('--expect takes a hash as verify prints it')]);
  });
});

describe('countersign ledger export', () => {
  test('prints whole lines, from a day or a time on', async () => {
    const printed = async (...args: string[]) => {
      const { stdout } = await ledger('export', '--data', 'whole', ...args);
      return stdout
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line));
    };
    expect(await printed()).toEqual(lines);
    expect(await printed('--since', '2026-01-30')).toEqual(lines);
    expect(await printed('--since', '2026-01-30T02:00:00+01:30')).toEqual([lines[2]]);
    expect(await printed('--since', '2026-02-01')).toEqual([]);
  });

  test.each([
    ['csv', /^seq,at,kind,.*\r\n1,2026-01-30T00:00:00\.000Z,result,/],
    ['markdown', /^\| seq \| at \| kind \|.*\n\|( --- \|)+\n\| 1 \| 2026-01-30T00:00:00\.000Z \| result \|/],
  ])('prints %s', async (format, expected) => {
    const { code, stdout } = await ledger('export', '--data', 'whole', '--format', format);
    expect(stdout).toMatch(expected);
    expect(code).toBe(0);
  });
});

describe('countersign ledger needs', () => {
  test.each([
    [
      'a directory that has one',
      ['verify', '--data', 'nowhere'],
      'nowhere holds nothing of Countersign’s. Name the App’s data directory with --data.',
    ],
    ['a file that is one', ['verify', '--data', 'broken'], 'cannot be read, or is damaged'],
    ['a file that is one to export', ['export', '--data', 'broken'], 'cannot be read, or is damaged'],
    [
      'a day that there is',
      ['export', '--data', 'whole', '--since', '2026-02-31'],
      '--since takes a day such as 2026-01-31',
    ],
    [
      'a time in a form that it knows',
      ['export', '--data', 'whole', '--since', 'yesterday'],
      '--since takes a day such as 2026-01-31',
    ],
  ])('%s', async (_, args, message) => {
    const { code, stdout, stderr } = await ledger(...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });
});
