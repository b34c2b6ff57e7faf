// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

// Measures the inbox in PostgreSQL: what web processes put, what worker processes take out, and what it takes on the
// disk. A look at a pull request is a wait of 50 ms here, so that the database is measured and not GitHub.
// Run by hand, with a server on which databases can be made: npm run bench:scaling [-- postgres://… [ENTRIES]]

import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { cpus, release, type } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Subject } from '../src/inbox/inbox.ts';
import { createPostgresInbox } from '../src/inbox/postgres.ts';
import type { OwnInbox } from '../src/inbox/scheduler.ts';
import { createPostgresLedger } from '../src/ledger/postgres.ts';
import { connectPostgres, type Database, migrate } from '../src/storage/postgres.ts';

const look = 50;
const concurrency = 20;
const installations = 50;
const processes = [1, 2, 4];
const [server = 'postgres://postgres@127.0.0.1:5432/postgres', count = '6000'] = process.argv.slice(2);
const entries = Number(count);

const role = process.env.SCALING_ROLE;
if (role === undefined) await measure();
else await take(process.env.SCALING_DATABASE ?? '', role);

/** One of the processes that are measured: says when it is ready, and begins when it is told to. */
async function take(url: string, part: string): Promise<void> {
  const database = connectPostgres(url);
  const inbox = await createPostgresInbox(database, { onError: console.error, onFailure: console.error });
  process.send?.('ready');
  const before = process.cpuUsage();
  const [range] = (await once(process, 'message')) as [{ from: number; to: number }];
  if (part === 'web') await putAll(inbox, range);
  else {
    inbox.work(async () => {
      await sleep(look);
      return { done: true };
    }, concurrency);
    await once(process, 'message');
    await inbox.stop(10_000);
  }
  await inbox.close();
  await database.close();
  const { user, system } = process.cpuUsage(before);
  process.send?.((user + system) / 1000);
  process.disconnect();
}

/** A hundred at a time, as webhooks come in. */
async function putAll(inbox: OwnInbox, { from, to }: { from: number; to: number }): Promise<void> {
  let next = from;
  const one = async () => {
    while (next < to) {
      next += 1;
      await inbox.receive([subject(next)], { deliveryId: randomUUID(), updatedAt: '2026-01-01T00:00:00Z' });
    }
  };
  await Promise.all(Array.from({ length: 100 }, one));
}

function subject(number: number): Subject {
  const installationId = 1_000_000 + (number % installations);
  const repository = { installationId, owner: `organisation-${installationId}`, name: `repository-${number % 997}` };
  return { kind: 'pull-request', repository, number };
}

async function measure(): Promise<void> {
  const admin = connectPostgres(server);
  const name = `countersign_bench_${process.pid}`;
  await admin.query(`CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const database = connectPostgres(url.href);
  try {
    await migrate(database);
    console.log(`${cpus().length} × ${cpus()[0]?.model.trim()}, ${type()} ${release()}, Node.js ${process.version}`);
    console.log(String((await database.query('SELECT version()'))[0]?.version).split(' on ', 1)[0]);
    console.log(
      `${entries} entries of ${installations} installations; a look takes ${look} ms, ${concurrency} at a time`,
    );
    for (const workers of processes) await measureOnce(database, url.href, workers);
    await measureSizes(database);
  } finally {
    await database.close();
    await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
    await admin.close();
  }
}

async function measureOnce(database: Database, url: string, number: number): Promise<void> {
  const put = await run(url, 'web', number, async () => {});
  const again = await run(url, 'web', number, async () => {});
  const taken = await run(url, 'worker', number, async (children) => {
    while (Number((await database.query('SELECT count(*) AS left FROM countersign.entry'))[0]?.left) > 0)
      await sleep(20);
    for (const child of children) child.send('stop');
  });
  const tell = ({ elapsed, cpu }: Run) =>
    `${Math.round(entries / (elapsed / 1000))} a second, ${(cpu / entries).toFixed(2)} ms of CPU each`;
  console.log(`${number} processes: webhooks stored: ${tell(put)}; again, of what waits: ${tell(again)};`);
  console.log(`  entries looked at: ${tell(taken)}`);
}

interface Run {
  /** Milliseconds from the moment when all of the processes begin until all is done. */
  readonly elapsed: number;
  /** Milliseconds of CPU that they took together, without the database. */
  readonly cpu: number;
}

async function run(
  url: string,
  part: string,
  number: number,
  until: (children: readonly ReturnType<typeof fork>[]) => Promise<void>,
): Promise<Run> {
  const env = { ...process.env, SCALING_ROLE: part, SCALING_DATABASE: url };
  const children = Array.from({ length: number }, () => fork(fileURLToPath(import.meta.url), { env }));
  await Promise.all(children.map((child) => once(child, 'message')));
  const cpus = children.map((child) => once(child, 'message') as Promise<[number]>);
  const begin = performance.now();
  for (const [index, child] of children.entries()) {
    child.send({ from: Math.floor((entries * index) / number), to: Math.floor((entries * (index + 1)) / number) });
  }
  await until(children);
  const drained = performance.now();
  const cpu = (await Promise.all(cpus)).reduce((sum, [each]) => sum + each, 0);
  return { elapsed: (part === 'web' ? performance.now() : drained) - begin, cpu };
}

/** Bytes on the disk for each row, indexes included. */
async function measureSizes(database: Database): Promise<void> {
  const inbox = await createPostgresInbox(database, { onError: console.error, onFailure: console.error });
  await database.query('TRUNCATE countersign.delivery');
  await putAll(inbox, { from: 0, to: entries });
  const ledger = createPostgresLedger(database);
  const entry = {
    kind: 'result',
    host: 'github.com',
    repository: 'organisation-1000001/repository-1',
    check: 'dco',
  } as const;
  const rest = { by: null, code: 'success', findings: {}, reason: null, link: null, policyCommit: 'a'.repeat(40) };
  await Promise.all(
    Array.from({ length: entries }, (_, index) => {
      const topic = `result organisation-1000001/repository-1#${index} dco`;
      const line = { ...entry, ...rest, pullRequest: index, head: 'b'.repeat(40) };
      return ledger.record({ statements: [{ topic, state: `success ${'b'.repeat(40)}`, entry: line }], all: null });
    }),
  );
  await inbox.close();
  const tables = ['countersign.entry', 'countersign.delivery', 'countersign.ledger', 'countersign_jobs.job_common'];
  for (const table of tables) {
    await database.query(`VACUUM FULL ${table}`);
    const [row] = await database.query('SELECT pg_total_relation_size($1::regclass) AS bytes', [table]);
    console.log(`${table}: ${Math.round(Number(row?.bytes) / entries)} bytes a row`);
  }
}
