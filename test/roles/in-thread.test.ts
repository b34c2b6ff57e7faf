// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { afterEach, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import type { Configuration } from '../../src/configuration.ts';
import type { Entry, Subject } from '../../src/inbox/inbox.ts';
import type { Account } from '../../src/ledger/ledger.ts';
import { prepareWorkerThread, startWorkerThread } from '../../src/roles/in-thread.ts';
import type { WorkerRole } from '../../src/roles/worker.ts';
import { StorageError } from '../../src/storage/error.ts';
import type { Locked } from './obedient-thread.ts';

const file = new URL('obedient-thread.ts', import.meta.url);
const repository = { installationId: 1, owner: 'octo', name: 'hello' };
const subject: Subject = { kind: 'pull-request', repository, number: 1 };
const entry = (deliveryId: string, attempt = 1): Entry => ({ subject, deliveryId, updatedAt: null, attempt });

const put: Subject[] = [];
const recorded: Account[] = [];
let storing: () => Promise<void> = async () => {};
let worker: WorkerRole | null = null;

function options(defaultPolicy = 'default') {
  const configuration = { defaultPolicy } as Configuration;
  const credentials = { appId: 1, privateKey: '', webhookSecrets: ['a'] } as const;
  const inbox = {
    put: async (one: Subject) => {
      await storing();
      put.push(one);
    },
  };
  const ledger = {
    record: async (account: Account) => {
      recorded.push(account);
      return 1;
    },
  };
  return { configuration, credentials, log: pino({ level: 'silent' }), inbox, ledger };
}

async function start(defaultPolicy = 'default', interval = 60_000): Promise<WorkerRole> {
  worker = await startWorkerThread(options(defaultPolicy), { file, interval });
  return worker;
}

afterEach(async () => {
  storing = async () => {};
  await worker?.stop();
  await worker?.close();
  worker = null;
});

describe('A worker in a thread', () => {
  test('puts into the inbox and records in the ledger of the main thread', async () => {
    const { handle } = await start();
    expect(await handle(entry('put'))).toEqual({ done: true });
    expect(put).toEqual([subject]);
    expect(await handle(entry('record'))).toEqual({ done: true });
    expect(recorded).toEqual([{ statements: [], all: { topics: 'a', links: new Set(['b']) } }]);
  });

  test('is told by its name what went wrong over there, and tells it so', async () => {
    const { handle } = await start();
    await expect(handle(entry('disk full'))).rejects.toMatchObject({ name: 'StorageError', message: 'disk full' });
    storing = async () => {
      throw new StorageError('nowhere to put it');
    };
    await expect(handle(entry('put'))).rejects.toMatchObject({ name: 'StorageError', message: 'nowhere to put it' });
  });

  test('is told of causes that cannot be cloned', async () => {
    const { handle } = await start();
    await expect(handle(entry('cause'))).rejects.toMatchObject({
      name: 'StorageError',
      message: 'disk full',
      cause: { message: 'no space', cause: expect.stringContaining('request') },
    });
    await expect(handle(entry('no error'))).rejects.toMatchObject({ name: 'AbortError', message: 'given up' });
  });

  test('leaves the main thread alone however long it is at work', async () => {
    const { handle } = await start();
    const locked: Locked = { lock: new Int32Array(new SharedArrayBuffer(4)) };
    const handled = handle({ ...entry('block'), ...locked });
    // One thread alone would never come to this.
    await new Promise((resolve) => setImmediate(resolve));
    Atomics.store(locked.lock, 0, 1);
    Atomics.notify(locked.lock, 0);
    expect(await handled).toEqual({ done: true });
  });

  test('that ends has what it had in hand tried again, and is replaced', async () => {
    const { handle } = await start();
    const attempts = await Promise.all([handle(entry('end')), handle(entry('put', 3))]);
    for (const attempt of attempts) expect(attempt).toMatchObject({ done: false, retryAfter: expect.any(Number) });
    let attempt = await handle(entry('put'));
    while (!attempt.done) attempt = await handle(entry('put'));
    expect(attempt).toEqual({ done: true });
  });

  test('that ends time and again over an entry has it given up', async () => {
    const { handle } = await start();
    expect(await handle(entry('end', 8))).toEqual({
      done: false,
      dead: true,
      why: 'the thread that looks at pull requests has ended',
    });
  });

  test('that is caught in something is ended, and replaced', async () => {
    const { handle } = await start('default', 100);
    const locked: Locked = { lock: new Int32Array(new SharedArrayBuffer(4)) };
    expect(await handle({ ...entry('block'), ...locked })).toMatchObject({ done: false });
    let attempt = await handle(entry('put'));
    while (!attempt.done) attempt = await handle(entry('put'));
    expect(attempt).toEqual({ done: true });
  });

  test('that ends while the App stops has nothing counted against what it had in hand', async () => {
    const { handle, stop } = await start();
    await stop();
    expect(await handle(entry('end', 8))).toMatchObject({ done: false, counts: false });
    expect(await handle(entry('put', 8))).toMatchObject({ done: false, counts: false });
  });

  test('that cannot start says what a person has to mend', async () => {
    await expect(start('missing')).rejects.toMatchObject({ name: 'ConfigurationError', message: 'no' });
  });

  test('that ends before it is told what to do ends nothing else, and says why', async () => {
    const { startWorker } = prepareWorkerThread(new URL('broken-thread.ts', import.meta.url));
    // Longer than the thread needs to come to its end.
    await new Promise((resolve) => setTimeout(resolve, 500));
    await expect(startWorker(options())).rejects.toThrow(
      'the thread that looks at pull requests has ended: this installation is broken',
    );
  });

  test('gives its figures', async () => {
    expect(await (await start()).figures()).toBe('figures');
  });
});
