// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { createPostgresInbox } from '../../src/inbox/postgres.ts';
import type { OwnInbox } from '../../src/inbox/scheduler.ts';
import { connectPostgres, type Database, migrate } from '../../src/storage/postgres.ts';
import { createTestDatabase, type TestDatabase } from '../helpers/postgres.ts';
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

let shared: TestDatabase;
/** For looking into the database, beside the inboxes' own connections. */
let database: Database;
const opened: { readonly inbox: OwnInbox; readonly own: Database }[] = [];

async function prepare(): Promise<void> {
  shared = await createTestDatabase();
  database = shared.connect();
  await migrate(database);
}

/** Another process's inbox. */
async function open() {
  const errors: unknown[] = [];
  const failures: string[] = [];
  const own = shared.connect();
  const inbox = await createPostgresInbox(own, {
    onError: (error) => errors.push(error),
    onFailure: ({ message }) => failures.push(message),
  });
  opened.push({ inbox, own });
  return { inbox, errors, failures };
}

async function close(): Promise<void> {
  for (const { inbox, own } of opened.splice(0)) {
    await inbox.stop(0).catch(() => {});
    await inbox.close();
    await own.close();
  }
  await database.query('TRUNCATE countersign.entry, countersign.dead_letter, countersign.delivery');
  await database.query('DELETE FROM countersign_jobs.job');
}

async function cleanUp(): Promise<void> {
  await database.close();
  await shared.drop();
}

describeInbox('The inbox in PostgreSQL', { prepare, open, close, cleanUp });

describe('Several processes', () => {
  beforeAll(prepare);
  afterEach(close);
  afterAll(cleanUp);

  /** As if the workers had last been heard of an hour ago. */
  const silence = () => database.query(`UPDATE countersign_jobs.job SET heartbeat_on = now() - interval '1 hour'`);

  test('share the work, and none looks at what another is looking at', async () => {
    const looking = new Set<number>();
    const looked: number[] = [];
    const [first, second, web] = [await open(), await open(), await open()];
    for (const { inbox } of [first, second]) {
      inbox.work(async (entry) => {
        const number = numberOf(entry);
        if (looking.has(number)) throw new Error(`${number} is looked at twice at once`);
        looking.add(number);
        await new Promise((resolve) => setTimeout(resolve, 2));
        looking.delete(number);
        looked.push(number);
        return done;
      }, 4);
    }
    const numbers = Array.from({ length: 60 }, (_, index) => index + 1);
    await Promise.all(numbers.map((number) => web.inbox.put(pull(number, number % 5), hint())));
    await empty(web.inbox);
    expect([first, second].flatMap(({ errors, failures }) => [...errors, ...failures])).toEqual([]);
    expect(new Set(looked)).toEqual(new Set(numbers));
    expect(looked).toHaveLength(60);
  });

  test('take a delivery once, whichever of them gets it', async () => {
    const [first, second] = [await open(), await open()];
    const delivery = { deliveryId: 'a', updatedAt: null };
    const taken = await Promise.all([first, second].map(({ inbox }) => inbox.receive([pull(1)], delivery)));
    expect([...taken].sort()).toEqual([0, 1]);
  });

  test('look again at what one was looking at that is not heard of any more', async () => {
    const [killed, other] = [await open(), await open()];
    const held = heldHandler();
    // Its one place is taken, so that it takes out nothing else.
    killed.inbox.work(held.handler, 1);
    await killed.inbox.put(pull(1), hint('a'));
    await held.called(1);
    const { entries, handler } = notingHandler();
    other.inbox.work(handler, 10);
    await until(async () => {
      await silence();
      // The wait before another process tries is not what this is about.
      await database.query(`UPDATE countersign_jobs.job SET start_after = now() WHERE state = 'retry'`);
      return entries.length > 0;
    });
    expect(entries).toEqual([
      { subject: pull(1), deliveryId: 'a', updatedAt: null, attempt: 1, putAt: expect.any(Number) },
    ]);
    await empty(other.inbox);
    // It had only been slow. What it wrote may be older than what the other has written.
    held.end(0);
    await until(() => entries.length + held.calls.length === 3);
  });

  test('do not wait with what has ended one of them where something new is heard of it', async () => {
    const [web, worker] = [await open(), await open()];
    for (const number of [1, 2, 3]) await web.inbox.put(pull(number), hint());
    await database.query(`UPDATE countersign_jobs.job SET state = 'retry', start_after = now() + interval '1 hour'`);
    await Promise.all([2, 3].map((number) => web.inbox.put(pull(number), hint('pushed'))));
    const { entries, handler } = notingHandler();
    worker.inbox.work(handler, 1);
    await until(() => entries.length === 2);
    expect(entries.map(numberOf)).toEqual([2, 3]);
    await until(async () => (await depthOf(web.inbox)) === 1);
  });

  test('look at what was given up for ending them where something new is heard of it meanwhile', async () => {
    const { inbox } = await open();
    await inbox.put(pull(1), hint());
    await database.query(
      `UPDATE countersign_jobs.job
       SET state = 'active', retry_count = retry_limit, heartbeat_on = now() - interval '1 hour'`,
    );
    const failed = () => database.query(`SELECT FROM countersign_jobs.job WHERE name = 'look-failed'`);
    await until(async () => (await failed()).length === 1);
    await inbox.put(pull(1), hint('pushed'));
    const { entries, handler } = notingHandler();
    inbox.work(handler, 10);
    await empty(inbox);
    await until(async () => (await failed()).length === 0);
    expect(entries.map(({ deliveryId }) => deliveryId)).toEqual(['pushed']);
    expect((await inbox.stats()).deadLetters).toBe(0);
  });

  test('give up what ends them each time', async () => {
    const { inbox } = await open();
    const held = heldHandler();
    inbox.work(held.handler, 10);
    await inbox.put(pull(1), hint());
    await held.called(1);
    await database.query('UPDATE countersign_jobs.job SET retry_count = retry_limit');
    await until(async () => {
      await silence();
      return (await inbox.stats()).deadLetters === 1;
    });
    expect(await inbox.deadLetters.list()).toMatchObject([
      { key: '1/octo/hello#1', why: 'Countersign ended 8 times while it looked at this' },
    ]);
    expect(await depthOf(inbox)).toBe(0);
  });

  test('see to the rest where something cannot be seen to, and say what', async () => {
    const { inbox, failures } = await open();
    await database.query('ALTER TABLE countersign.dead_letter RENAME TO away');
    await database.query(
      `INSERT INTO countersign.delivery (id, stored_at) VALUES ('old', now() - interval '1 year'), ('new', now())`,
    );
    inbox.work(async () => done, 1);
    const deliveries = () => database.query('SELECT id FROM countersign.delivery');
    await until(async () => (await deliveries()).length === 1);
    expect(await deliveries()).toEqual([{ id: 'new' }]);
    await database.query('ALTER TABLE countersign.away RENAME TO dead_letter');
    expect(failures).toEqual([expect.stringContaining('dead_letter')]);
  });

  test('leave what another version has put to that version, and see to the rest', async () => {
    const { inbox, errors, failures } = await open();
    for (const number of [1, 2]) await inbox.put(pull(number), hint());
    const key = '1/octo/hello#1';
    await database.query(`UPDATE countersign.entry SET subject = '{"kind": "of a later version"}' WHERE key = $1`, [
      key,
    ]);
    const { entries, handler } = notingHandler();
    inbox.work(handler, 10);
    const attempts = () => database.query('SELECT attempt, due_at > now() AS later FROM countersign.entry');
    await until(async () => (await depthOf(inbox)) === 1);
    await until(async () => (await attempts())[0]?.attempt === 2);
    expect(entries.map(numberOf)).toEqual([2]);
    expect(await attempts()).toEqual([{ attempt: 2, later: true }]);
    await database.query('UPDATE countersign.entry SET attempt = 8');
    await database.query('UPDATE countersign_jobs.job SET start_after = now()');
    await empty(inbox);
    expect(await inbox.deadLetters.list()).toMatchObject([
      { key, subject: null, why: 'this version of Countersign cannot tell what it is' },
    ]);
    await inbox.put(pull(1), hint());
    await until(() => entries.length === 2);
    expect([...errors, ...failures]).toEqual([]);
  });

  test('try again what this version can read, however much it cannot', async () => {
    const { inbox, failures } = await open();
    await database.query(
      `INSERT INTO countersign.dead_letter (key, subject, attempt, why, put_at)
       VALUES ('a', '{"kind": "of a later version"}', 1, 'it failed', now()), ('1/octo/hello#1', $1, 1, 'it failed', now())`,
      [JSON.stringify(pull(1))],
    );
    const { entries, handler } = notingHandler();
    inbox.work(handler, 1);
    expect(await inbox.deadLetters.retry(['a', '1/octo/hello#1'])).toBe(2);
    await until(() => entries.length === 1);
    expect(entries.map(numberOf)).toEqual([1]);
    expect(await inbox.deadLetters.list()).toMatchObject([{ key: 'a', subject: null }]);
    expect(await inbox.deadLetters.drop(['a'])).toBe(1);
    expect(failures).toEqual([]);
  });

  test('put what is to be tried again while others put the same', async () => {
    // PGlite has one connection.
    if (shared.url === null) return;
    const { inbox } = await open();
    const key = '1/octo/hello#1';
    const letter = `INSERT INTO countersign.dead_letter (key, subject, attempt, why, put_at) VALUES ($1, $2, 1, 'x', now())`;
    await database.query(letter, [key, JSON.stringify(pull(1))]);
    let retried: Promise<number> | undefined;
    // What a put does, with the other in between.
    await database.transaction(async (sql) => {
      await sql.query(
        `INSERT INTO countersign.entry (key, installation, subject, urgency, priority, attempt)
         VALUES ($1, 1, $2, 'person', 0, 1)`,
        [key, JSON.stringify(pull(1))],
      );
      retried = inbox.deadLetters.retry([key]);
      await until(async () => (await database.query('SELECT FROM pg_locks WHERE NOT granted')).length > 0);
      await sql.query('DELETE FROM countersign.dead_letter WHERE key = $1', [key]);
    });
    expect(await retried).toBe(1);
    expect(await depthOf(inbox)).toBe(1);
  });

  test('look at what has lost its job', async () => {
    const { inbox } = await open();
    for (const number of [1, 2]) await inbox.put(pull(number), hint('a'));
    await database.query(`DELETE FROM countersign_jobs.job WHERE singleton_key = '1/octo/hello#1'`);
    await database.query(`UPDATE countersign.entry SET due_at = now() - interval '1 hour'`);
    const { entries, handler } = notingHandler();
    inbox.work(handler, 10);
    await empty(inbox);
    expect(entries.map(numberOf).sort()).toEqual([1, 2]);
  });

  test('hand back what does not end in time', async () => {
    const [stopped, other] = [await open(), await open()];
    const held = heldHandler();
    stopped.inbox.work(held.handler, 10);
    await stopped.inbox.put(pull(1), hint());
    await held.called(1);
    await expect(stopped.inbox.stop(1)).rejects.toThrow('1 entries still ran after 1 ms, and were handed back');
    const [job] = await database.query('SELECT state::text FROM countersign_jobs.job');
    expect(job).toEqual({ state: 'created' });
    expect(await depthOf(other.inbox)).toBe(1);
  });

  test('go on when the database has ended their connections', async () => {
    // PGlite has none.
    if (shared.url === null) return;
    const { inbox } = await open();
    const { entries, handler } = notingHandler();
    inbox.work(handler, 10);
    await inbox.put(pull(1), hint());
    await empty(inbox);
    await database.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()  AND datname = current_database()',
    );
    await until(() =>
      inbox.put(pull(2), hint()).then(
        () => true,
        () => false,
      ),
    );
    await until(() => entries.length === 2);
  });

  test('are ready once a server that stores something has taken over, however often they are asked', async () => {
    if (shared.url === null) return;
    const { inbox } = await open();
    const name = new URL(shared.url).pathname.slice(1);
    const endAll = () =>
      database.query(
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()  AND datname = current_database()',
      );
    await database.query(`ALTER DATABASE ${name} SET default_transaction_read_only = on`);
    await endAll();
    // The first question may fail for another reason: its connection has ended.
    await inbox.writable();
    for (let question = 0; question < 5; question += 1) expect(await inbox.writable()).toBe(false);
    await database.query(`ALTER DATABASE ${name} RESET default_transaction_read_only`);
    // The connection on which it was asked is left, and the next one is to whoever has taken over.
    await until(() => inbox.writable());
    await inbox.put(pull(1), hint());
  });

  test('do not ask a slow database for more and more at once', async () => {
    const own = shared.connect();
    let under = 0;
    let most = 0;
    let slow = false;
    const slowly: Database = {
      ...own,
      query: async (text, values) => {
        const isUpkeep = slow && text.includes('dead_letter WHERE asked');
        if (!isUpkeep) return own.query(text, values);
        under += 1;
        most = Math.max(most, under);
        await sleep(2_500);
        under -= 1;
        return [];
      },
    };
    const inbox = await createPostgresInbox(slowly, { onError: () => {}, onFailure: () => {} });
    slow = true;
    inbox.work(async () => done, 1);
    await sleep(3_200);
    expect(most).toBe(1);
    await inbox.stop(0);
    await inbox.close();
    await own.close();
  });
});

test.each(['sec#ret', 'sec/ret', 'sec?ret'])(
  'Where a password, %s, breaks the address, nobody is told it',
  async (password) => {
    const nowhere = connectPostgres(`postgres://countersign:${password}@127.0.0.1:1/countersign`);
    const started = createPostgresInbox(nowhere, { onError: () => {}, onFailure: () => {} });
    await expect(started).rejects.toThrow(/^the database cannot be used: DATABASE_URL is no address; .*%23/);
    await nowhere.close();
  },
);

test('Where there is no database, whoever starts is told', async () => {
  const nowhere = connectPostgres('postgres://countersign@127.0.0.1:1/countersign');
  const started = createPostgresInbox(nowhere, { onError: () => {}, onFailure: () => {} });
  await expect(started).rejects.toThrow('the database cannot be used: connect ECONNREFUSED 127.0.0.1:1');
  await nowhere.close();
});
