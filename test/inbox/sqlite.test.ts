// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import type { Attempt } from '../../src/inbox/inbox.ts';
import type { OwnInbox } from '../../src/inbox/scheduler.ts';
import { createSqliteDeadLetters, createSqliteInbox } from '../../src/inbox/sqlite.ts';
import { createWriter } from '../../src/inbox/sqlite-write.ts';
import type { Changes } from '../../src/inbox/store.ts';
import { connect, databaseIn, openExisting, openFolder } from '../../src/storage/sqlite.ts';
import { createSqliteWriter } from '../../src/storage/sqlite-writer.ts';
import {
  depthOf,
  describeInbox,
  done,
  empty,
  heldHandler,
  hint,
  notingHandler,
  numberOf,
  pull,
  until,
} from './contract.ts';

const root = mkdtempSync(join(tmpdir(), 'countersign-sqlite-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let folders = 0;
function newFolder(): string {
  folders += 1;
  return join(root, String(folders));
}

/** An App's inbox in that folder; `crash` leaves the folder as a process that was killed would. */
function start(folder: string, disk: { full: boolean } = { full: false }) {
  const errors: unknown[] = [];
  const failures: string[] = [];
  const { database, release } = openFolder(folder);
  const writer = createSqliteWriter(databaseIn(folder));
  const write = async (changes: Changes) => {
    if (disk.full) throw new Error('database or disk is full');
    await writer.write(changes);
  };
  const inbox: OwnInbox = createSqliteInbox(database, write, {
    onError: (error) => errors.push(error),
    onFailure: ({ message }) => failures.push(message),
  });
  const close = async () => {
    await inbox.close().catch(() => {});
    await writer.close();
    database.close();
    release();
  };
  const crash = () => {
    // Nothing that a dead process still had in mind may reach the disk.
    disk.full = true;
    return close();
  };
  return { inbox, errors, failures, close, crash };
}

const opened: { close: () => Promise<void> }[] = [];
const closeAll = async () => {
  for (const { close } of opened.splice(0)) await close();
};

describeInbox('The inbox in SQLite', {
  open: async () => {
    const started = start(newFolder());
    opened.push(started);
    return started;
  },
  close: closeAll,
});

describe('After a crash', () => {
  test('everything that was stored is handed out, as it was', async () => {
    const folder = newFolder();
    const before = start(folder);
    await before.inbox.put(pull(1), hint('a', '2026-01-01T00:00:00Z'));
    await before.inbox.put(pull(2), { ...hint(), urgency: 'sweep' });
    await before.crash();
    const { inbox, close } = start(folder);
    const { entries, handler } = notingHandler();
    inbox.work(handler, 1);
    await empty(inbox);
    await close();
    expect(entries).toEqual([
      { subject: pull(1), deliveryId: 'a', updatedAt: '2026-01-01T00:00:00Z', attempt: 1, putAt: expect.any(Number) },
      { subject: pull(2), deliveryId: null, updatedAt: null, attempt: 1, putAt: expect.any(Number), urgency: 'sweep' },
    ]);
    const last = start(folder);
    expect(await depthOf(last.inbox)).toBe(0);
    await last.close();
  });

  test('what was being handled is tried again a little later, at once where something new is heard', async () => {
    const folder = newFolder();
    const before = start(folder);
    const held = heldHandler();
    before.inbox.work(held.handler, 10);
    for (const number of [1, 2]) await before.inbox.put(pull(number), hint());
    await held.called(2);
    // Stored after it was handed out, so that this is on the disk too.
    await before.inbox.put(pull(3), hint());
    await before.crash();
    const { inbox, close } = start(folder);
    const { entries, handler } = notingHandler();
    inbox.work(handler, 10);
    await inbox.put(pull(2), hint('pushed'));
    await until(() => entries.length === 1);
    expect(entries.map((entry) => [numberOf(entry), entry.attempt])).toEqual([[2, 1]]);
    expect((await inbox.stats()).depth).toBeGreaterThan(0);
    await close();
  });

  test('what was to be tried again later is tried at once where something new was heard before', async () => {
    const folder = newFolder();
    const before = start(folder);
    before.inbox.work(async () => ({ done: false, retryAfter: 600_000 }), 10);
    await before.inbox.put(pull(1), hint());
    await until(async () => (await before.inbox.stats()).depth === 1);
    await before.inbox.stop(1_000);
    await before.inbox.put(pull(1), hint('pushed'));
    await before.crash();
    const { inbox, close } = start(folder);
    const { entries, handler } = notingHandler();
    inbox.work(handler, 10);
    await empty(inbox);
    expect(entries).toMatchObject([{ deliveryId: 'pushed', attempt: 1 }]);
    await close();
  });

  test('tries, waits, deliveries and dead letters are remembered', async () => {
    const folder = newFolder();
    const before = start(folder);
    const outcomes: Record<number, Attempt> = {
      1: { done: false, retryAfter: 600_000 },
      2: { done: false, dead: true, why: 'broken' },
    };
    before.inbox.work(async (entry) => outcomes[numberOf(entry)] ?? done, 10);
    await before.inbox.receive([pull(1), pull(2), pull(3)], { deliveryId: 'a', updatedAt: null });
    await until(async () => (await before.inbox.stats()).deadLetters === 1 && (await depthOf(before.inbox)) === 1);
    await before.close();
    const { inbox, close } = start(folder);
    const { entries, handler } = notingHandler();
    inbox.work(handler, 10);
    expect(await inbox.stats()).toMatchObject({ deadLetters: 1 });
    expect(await inbox.receive([pull(1), pull(2), pull(3)], { deliveryId: 'a', updatedAt: null })).toBe(2);
    await empty(inbox);
    await close();
    expect(entries.map((entry) => [numberOf(entry), entry.attempt])).toEqual([
      [1, 1],
      [2, 1],
    ]);
  });
});

test('A wait of a part of a millisecond is stored as any other', async () => {
  const { inbox, failures, close } = start(newFolder());
  inbox.work(async () => ({ done: false, retryAfter: 600_000.5 }), 10);
  await inbox.put(pull(1), hint());
  await new Promise((resolve) => setTimeout(resolve, 100));
  await inbox.put(pull(2), hint());
  expect(failures).toEqual([]);
  await close();
});

describe('While nothing can be stored', () => {
  test('whoever puts something is told, until it can again', async () => {
    const disk = { full: false };
    const { inbox, failures, close } = start(newFolder(), disk);
    await inbox.put(pull(1), hint());
    disk.full = true;
    await expect(inbox.put(pull(2), hint())).rejects.toThrow(
      'the inbox cannot store anything: database or disk is full',
    );
    await expect(inbox.receive([pull(3)], { deliveryId: 'a', updatedAt: null })).rejects.toThrow('is full');
    expect(failures).toEqual(['the inbox cannot store anything: database or disk is full']);
    disk.full = false;
    await until(() =>
      inbox.receive([pull(3)], { deliveryId: 'a', updatedAt: null }).then(
        (taken) => taken === 1,
        () => false,
      ),
    );
    await close();
  });

  test('what was stored before is worked on, and is looked at again after a restart', async () => {
    const folder = newFolder();
    const disk = { full: false };
    const { inbox, crash } = start(folder, disk);
    await inbox.put(pull(1), hint());
    disk.full = true;
    const { entries, handler } = notingHandler();
    inbox.work(handler, 10);
    await empty(inbox);
    expect(entries).toHaveLength(1);
    await crash();
    const after = start(folder);
    expect(await depthOf(after.inbox)).toBe(1);
    await after.close();
  });
});

describe('The data folder', () => {
  test('and what is in it are for the App’s own user alone', async () => {
    const folder = newFolder();
    const { inbox, close } = start(folder);
    await inbox.put(pull(1), hint());
    const modes = [folder, databaseIn(folder), `${databaseIn(folder)}-wal`].map((path) => statSync(path).mode & 0o777);
    expect(modes).toEqual([0o700, 0o600, 0o600]);
    await close();
  });

  test('is one process’s own, and free as soon as that one has ended', async () => {
    const folder = newFolder();
    const { close } = start(folder);
    expect(() => openFolder(folder)).toThrow(`${folder} belongs to another Countersign that runs.`);
    await close();
    const { database, release } = openFolder(folder);
    database.close();
    release();
  });

  test('that cannot be written to is named, with what is in the way', () => {
    mkdirSync(root, { recursive: true });
    const file = join(root, 'file');
    writeFileSync(file, '');
    expect(() => openFolder(join(file, 'data'))).toThrow(
      `${join(file, 'data')} cannot be used to store anything: ENOTDIR`,
    );
  });

  test('that the system does not let anybody make is named, too', () => {
    // Node.js would try to make all folders of a path again and again here.
    const folder = process.platform === 'linux' ? '/proc/countersign' : join(root, '\0');
    expect(() => openFolder(folder)).toThrow(`${folder} cannot be used to store anything: `);
  });

  test('that belongs to another user names the one who has to be let in', () => {
    const folder = newFolder();
    mkdirSync(folder, { recursive: true, mode: 0o500 });
    chmodSync(root, 0o755);
    const isRoot = process.getuid?.() === 0;
    const module = new URL('../../src/storage/sqlite.ts', import.meta.url).href;
    const script = `import(${JSON.stringify(module)}).then(({ openFolder }) => openFolder(${JSON.stringify(folder)}))`;
    const { stderr } = spawnSync(process.execPath, ['--eval', script], {
      encoding: 'utf8',
      ...(isRoot && { uid: 65_532, gid: 65_532 }),
    });
    const user = isRoot ? 65_532 : process.getuid?.();
    expect(stderr).toContain(
      `${folder} cannot be used to store anything: the user that runs the App (${user}) cannot write there (EACCES).`,
    );
  });

  test('of another version is left alone', () => {
    const folder = newFolder();
    const { database, release } = openFolder(folder);
    database.exec('PRAGMA user_version = 1000');
    database.close();
    release();
    expect(() => openFolder(folder)).toThrow('the database was written by a newer version of Countersign (format 1000');
    expect(() => openExisting(folder)).toThrow('the database was written by a newer version of Countersign');
    const older = connect(databaseIn(folder));
    older.exec('PRAGMA user_version = 1');
    older.close();
    expect(() => openExisting(folder)).toThrow('the database was written by an older version of Countersign');
  });

  test('that nobody has written to is said to be empty', () => {
    const folder = newFolder();
    mkdirSync(folder);
    connect(databaseIn(folder)).close();
    expect(() => openExisting(folder)).toThrow('the database holds nothing of Countersign’s');
  });
});

describe('Another process', () => {
  test('lists dead letters while the App runs, and has them tried again', async () => {
    const folder = newFolder();
    const { inbox, close } = start(folder);
    const { entries, handler } = notingHandler((_, calls) =>
      calls === 1 ? { done: false, dead: true, why: 'broken' } : done,
    );
    inbox.work(handler, 10);
    await inbox.put(pull(1), hint());
    await until(async () => (await inbox.stats()).deadLetters === 1);
    const database = openExisting(folder);
    const deadLetters = createSqliteDeadLetters(database);
    expect((await deadLetters.list()).map(({ key }) => key)).toEqual(['1/octo/hello#1']);
    expect(await deadLetters.retry(['1/octo/hello#1'])).toBe(1);
    await until(() => entries.length === 2);
    database.close();
    await close();
  });
});

describe('What another version has stored', () => {
  const later = '{"kind": "of a later version"}';

  test('is given up where this one cannot read it, and the rest is worked on', async () => {
    const folder = newFolder();
    const before = start(folder);
    for (const number of [1, 2]) await before.inbox.put(pull(number), hint());
    await before.close();
    const database = openExisting(folder);
    database.prepare(`UPDATE entry SET subject = ? WHERE key = '1/octo/hello#1'`).run(later);
    database.close();
    const { inbox, close } = start(folder);
    const { entries, handler } = notingHandler();
    inbox.work(handler, 10);
    await empty(inbox);
    expect(entries.map(numberOf)).toEqual([2]);
    const why = 'this version of Countersign cannot tell what it is';
    expect(await inbox.deadLetters.list()).toMatchObject([{ key: '1/octo/hello#1', subject: null, why }]);
    await close();
  });

  test.each(['{', later])('and was given up keeps nothing else from being tried again: %s', async (subject) => {
    const folder = newFolder();
    const { inbox, failures, close } = start(folder);
    const { entries, handler } = notingHandler((_, calls) =>
      calls <= 2 ? { done: false, dead: true, why: 'broken' } : done,
    );
    inbox.work(handler, 10);
    for (const number of [1, 2]) await inbox.put(pull(number), hint());
    await until(async () => (await inbox.stats()).deadLetters === 2);
    const database = openExisting(folder);
    database.prepare(`UPDATE dead_letter SET subject = ? WHERE key = '1/octo/hello#1'`).run(subject);
    database.close();
    await inbox.deadLetters.retry(['1/octo/hello#1', '1/octo/hello#2']);
    await until(() => entries.length === 3);
    expect(entries.map(numberOf)).toEqual([1, 2, 2]);
    await until(async () => (await inbox.stats()).deadLetters === 1);
    expect(await inbox.deadLetters.list()).toMatchObject([{ key: '1/octo/hello#1', subject: null }]);
    expect(await inbox.deadLetters.drop(['1/octo/hello#1'])).toBe(1);
    expect(failures).toEqual([]);
    await close();
  });
});

test('What would end the process each time that it is looked at is given up, and nothing else', async () => {
  const folder = newFolder();
  const { database, release } = openFolder(folder);
  const row = { subject: pull(1), hint: hint(), attempt: 3, putAt: 0, dueAt: 0, running: true };
  const rows = [
    { ...row, key: 'a', interruptions: 7 },
    { ...row, key: 'b', interruptions: 6 },
  ];
  createWriter(database)({ keys: new Map(rows.map((each) => [each.key, { row: each }])), deliveries: [] }, 0);
  database.close();
  release();
  const { inbox, close } = start(folder);
  await until(async () => (await inbox.stats()).deadLetters === 1);
  const why = 'Countersign ended 8 times while it looked at this';
  expect(await inbox.deadLetters.list()).toMatchObject([{ key: 'a', attempt: 3, why }]);
  expect(await depthOf(inbox)).toBe(1);
  await close();
});

test('A delivery is forgotten once GitHub cannot repeat it any more', () => {
  const { database, release } = openFolder(newFolder());
  const write = createWriter(database);
  const day = 24 * 60 * 60_000;
  const known = () =>
    database
      .prepare('SELECT id FROM delivery ORDER BY id')
      .all()
      .map(({ id }) => id);
  write({ keys: new Map(), deliveries: ['a'] }, day);
  write({ keys: new Map(), deliveries: ['b'] }, 8 * day);
  expect(known()).toEqual(['a', 'b']);
  write({ keys: new Map(), deliveries: ['c'] }, 8 * day + 1);
  expect(known()).toEqual(['b', 'c']);
  database.close();
  release();
});
