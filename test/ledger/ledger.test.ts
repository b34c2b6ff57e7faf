// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { heading, row } from '../../src/ledger/export.ts';
import type { Entry, Ledger, Line, Statement } from '../../src/ledger/ledger.ts';
import { ledgerFile, openLedger } from '../../src/ledger/sqlite.ts';

let directory: string;
let ledger: Ledger;
let time = 0;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'countersign-ledger-'));
  time = Date.UTC(2026, 0, 31);
  ledger = openLedger(directory, () => new Date(time));
});
afterEach(async () => {
  await ledger.close();
  rmSync(directory, { recursive: true, force: true });
});

const entry: Entry = {
  kind: 'result',
  host: 'github.com',
  repository: 'octo/hello',
  pullRequest: 1,
  head: 'a'.repeat(40),
  check: 'dco',
  by: null,
  code: 'success',
  findings: { 'dco.missing': 2 },
  reason: null,
  link: null,
  policyCommit: null,
};
const say = (topic: string, state: string, more: Partial<Entry> = {}): Statement => ({
  topic,
  state,
  entry: { ...entry, ...more },
});
const tell = (...statements: Statement[]) => ledger.record({ statements, all: null });

async function lines(since: string | null = null): Promise<Line[]> {
  const all: Line[] = [];
  for await (const line of ledger.lines(since)) all.push(line);
  return all;
}

/** As somebody would who has the file. */
function tamper(sql: string): void {
  const database = new DatabaseSync(join(directory, ledgerFile));
  database.exec('DROP TRIGGER lines_stay; DROP TRIGGER lines_stay_as_they_are;');
  database.exec(sql);
  database.close();
}

describe('The ledger', () => {
  test('keeps what was decided, each line bound to the one before', async () => {
    expect(await tell(say('a', '1'), say('b', '1'))).toBe(2);
    const [first, second] = await lines();
    expect(first).toMatchObject({ ...entry, seq: 1, at: '2026-01-31T00:00:00.000Z', previous: '0'.repeat(64) });
    expect(second?.previous).toBe(first?.hash);
    expect(await ledger.verify()).toEqual({ intact: true, lines: 2, head: second?.hash });
  });

  test('writes the same only once, and again when it was otherwise meanwhile', async () => {
    expect(await tell(say('a', '1'))).toBe(1);
    expect(await tell(say('a', '1'))).toBe(0);
    expect(await tell(say('a', '2'))).toBe(1);
    expect(await tell(say('a', '1'))).toBe(1);
  });

  test('writes all that a look has to say, or nothing', async () => {
    const broken = { ...say('b', '1'), entry: null as unknown as Entry };
    await expect(tell(say('a', '1'), broken)).rejects.toThrow();
    expect(await lines()).toEqual([]);
  });

  test('is the same after a restart', async () => {
    await tell(say('a', '1'));
    await ledger.close();
    ledger = openLedger(directory);
    expect(await tell(say('a', '1'), say('b', '1'))).toBe(1);
    expect(await ledger.verify()).toMatchObject({ intact: true, lines: 2 });
  });

  test('takes what was granted by a comment that is gone for withdrawn, once, and nothing of another pull request', async () => {
    await tell(say('override x#1 dco A', 'granted', { kind: 'granted', by: 'ben' }));
    await tell(say('override x#10 dco B', 'granted', { kind: 'granted', by: 'ben' }));
    const nothing = { statements: [], all: 'override x#1 ' };
    expect(await ledger.record(nothing)).toBe(1);
    expect(await ledger.record(nothing)).toBe(0);
    expect((await lines()).at(-1)).toMatchObject({ kind: 'withdrawn', code: 'deleted', topic: 'override x#1 dco A' });
  });

  test('can be read from a time on', async () => {
    await tell(say('a', '1'));
    time += 60_000;
    await tell(say('a', '2'));
    expect((await lines('2026-01-31T00:01:00.000Z')).map(({ state }) => state)).toEqual(['2']);
  });

  test('is for nobody else to read, and refuses to be changed', () => {
    expect(statSync(join(directory, ledgerFile)).mode & 0o077).toBe(0);
    const database = new DatabaseSync(join(directory, ledgerFile));
    expect(() => database.exec("INSERT INTO lines VALUES (1, 'a', 'b', 'c', 'd'); DELETE FROM lines")).toThrow(
      'append-only',
    );
    expect(() => database.exec("UPDATE lines SET at = 'x'")).toThrow('append-only');
    database.close();
  });

  test.each([
    ['altered', "UPDATE lines SET text = replace(text, 'octo', 'evil') WHERE seq = 2", 2],
    ['altered beside its text', "UPDATE lines SET at = '2020' WHERE seq = 2", 2],
    ['removed', 'DELETE FROM lines WHERE seq = 2', 2],
    ['removed at the beginning', 'DELETE FROM lines WHERE seq = 1', 1],
    ['put in another’s place', 'UPDATE lines SET seq = 9 WHERE seq = 2; UPDATE lines SET seq = 2 WHERE seq = 3', 2],
  ])('shows that a line was %s', async (_, sql, seq) => {
    await tell(say('a', '1'), say('b', '1'), say('c', '1'));
    tamper(sql);
    expect(await ledger.verify()).toMatchObject({ intact: false, seq });
  });
});

describe('An exported line', () => {
  const hostile = '=HYPERLINK("x"), @everyone | <b>\r\n`';

  async function exported(format: 'csv' | 'markdown' | 'jsonl') {
    await tell(say('a', '1', { reason: hostile }));
    const [line] = await lines();
    return line === undefined ? '' : row(line, format);
  }

  test('runs no formula in a spreadsheet', async () => {
    expect(await exported('csv')).toContain(`"'=HYPERLINK(""x""), @everyone`);
    expect(heading('csv')).toMatch(/^seq,at,kind,/);
  });

  test('is inert in a table', async () => {
    const text = await exported('markdown');
    expect(text.split('\n')).toHaveLength(2);
    expect(text.match(/(?<!\\)\|/g)).toHaveLength(heading('markdown').split('\n')[0]?.match(/\|/g)?.length ?? 0);
  });

  test('is whole as JSON', async () => {
    expect(JSON.parse(await exported('jsonl'))).toMatchObject({ reason: hostile, seq: 1 });
  });
});
