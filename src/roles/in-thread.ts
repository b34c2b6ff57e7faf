// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { setTimeout as sleep } from 'node:timers/promises';
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { type BirpcReturn, createBirpc } from 'birpc';
import type { Logger } from 'pino';
import type { Attempt, Entry } from '../inbox/inbox.ts';
import { interruptionWait } from '../inbox/restore.ts';
import { threadProgram } from '../shipped.ts';
import { within } from '../within.ts';
import { backoff, mostUnexpected } from '../worker/backoff.ts';
import { channelOver, type InMain, type InThread } from './thread-calls.ts';
import type { WorkerOptions, WorkerRole } from './worker.ts';

const threadFile = threadProgram('roles/worker-thread');

/**
 * V8 lets a heap that may not reach 2 GB grow to less than twice of what is in use before it clears it up, and others to
 * four times. In MB; where there is less memory, V8's own limit is lower.
 */
const resourceLimits = {
  maxOldGenerationSizeMb: Math.min(1536, getHeapStatistics().heap_size_limit / 2 ** 20),
};
/** Half of the MB that V8 would take for what is new; the main thread's few of `npm start` would make it clear up too often. */
const semiSpace = 16;

/** How long after its end a thread is started anew, in milliseconds. */
const pause = 1_000;
/** How long a thread may take to stop, in milliseconds: it may be at work on a text that takes long. */
const patience = 10_000;
/** The same to tell its figures; whoever reads them wants the others all the same. */
const figuresPatience = 2_000;
/** How often it is asked whether it still runs, in milliseconds, and how often in a row it may not answer. */
const heartbeat = 10_000;
const mostMissed = 6;

/** The thread with an entry in hand has ended. */
class ThreadEndedError extends Error {
  override readonly name = 'ThreadEndedError';
}

interface Running {
  readonly worker: Worker;
  /** Resolves once it has ended, with why if that is known. */
  readonly ended: Promise<ThreadEndedError>;
}

/** Listened to from the first moment: an error of a thread that nobody hears would end the process. */
function run(file: URL): Running {
  // V8 reads it when it makes the heap, and would let it win over a limit of the thread's own.
  setFlagsFromString(`--max-semi-space-size=${semiSpace}`);
  const worker = new Worker(file, { resourceLimits });
  let cause: Error | undefined;
  worker.on('error', (error: Error) => {
    cause = error;
  });
  const ended = new Promise<ThreadEndedError>((resolve) => {
    worker.once('exit', () => {
      const why = cause === undefined ? '' : `: ${cause.message}`;
      resolve(new ThreadEndedError(`the thread that looks at pull requests has ended${why}`, { cause }));
    });
  });
  return { worker, ended };
}

/** A thread that gets ready while nobody has told it yet what with. */
export interface PreparedThread {
  /** `startWorkerThread`, with that thread at first. Called once. */
  readonly startWorker: (options: WorkerOptions) => Promise<WorkerRole>;
  /** Where it is not needed after all. */
  discard(): Promise<void>;
}

/** Most of a start is reading what the thread consists of, which need not wait for anything. */
export function prepareWorkerThread(file: URL = threadFile): PreparedThread {
  const prepared = run(file);
  return {
    startWorker: (options) => startWorkerThread(options, { file, prepared }),
    discard: async () => {
      await prepared.worker.terminate();
    },
  };
}

export interface ThreadOptions {
  /** What it runs. */
  readonly file?: URL;
  /** One that runs it already. */
  readonly prepared?: Running;
  /** Milliseconds from one question whether it still runs to the next. */
  readonly interval?: number;
}

/**
 * The role in a thread of its own: webhooks are answered while pull requests are judged, however long one takes, and on
 * a second processor where there is one. A thread that ends, such as for want of memory, or that hears nothing for a
 * minute, is replaced; what it had in hand has failed once more. Rejects with ConfigurationError, StorageError.
 */
export async function startWorkerThread(
  options: WorkerOptions,
  { file = threadFile, prepared, interval = heartbeat }: ThreadOptions = {},
): Promise<WorkerRole> {
  const { configuration, credentials, log, limits } = options;
  const settings = { configuration, credentials, ...(limits === undefined ? {} : { limits }) };
  let closing = false;
  let replacing = false;
  /** Whether it has heard that it is to stop; whoever has not is not waited for again. */
  let answers = false;
  let thread = start(prepared ?? run(file));

  async function start({ worker, ended }: Running): Promise<Thread> {
    const rpc = callsOf(worker, options);
    const over = ended.then((error) => {
      if (error.cause !== undefined) log.error({ err: error.cause }, 'the thread that looks at pull requests failed');
      rpc.$close(error);
      if (closing || !replacing) return error;
      thread = replacement();
      thread.catch(({ message }: Error) => log.error(message));
      return error;
    });
    try {
      await Promise.race([rpc.start(settings), over.then((error) => Promise.reject(error))]);
      watch({ rpc, worker }, interval, log);
      return { rpc, worker };
    } catch (error) {
      await worker.terminate();
      throw error;
    }
  }

  /** What is handed out meanwhile waits for it. */
  async function replacement(): Promise<Thread> {
    await sleep(pause, undefined, { ref: false });
    if (closing) throw new ThreadEndedError('the App is stopping');
    try {
      return await start(run(file));
    } catch (error) {
      throw new ThreadEndedError(`no thread to look at pull requests: ${(error as Error).message}`);
    }
  }

  async function handle(entry: Entry): Promise<Attempt> {
    const current = await thread.catch(() => null);
    if (current === null) return untried;
    try {
      return await current.rpc.handle(entry);
    } catch (error) {
      // What a stop interrupts is not to blame for it.
      if (closing) return untried;
      if ((error as Error).name !== 'ThreadEndedError') throw error;
      return afterEnd(entry, error as Error);
    }
  }

  await thread;
  replacing = true;
  return {
    handle,
    figures: () => Promise.race([thread.then(({ rpc }) => rpc.figures()), sleep(figuresPatience, '', { ref: false })]),
    stop: async () => {
      closing = true;
      const stopped = thread.then(({ rpc }) => rpc.stop());
      stopped.then(
        () => {
          answers = true;
        },
        () => {},
      );
      await within(patience, stopped);
    },
    close: async () => {
      closing = true;
      const closed = thread.then(({ rpc }) => rpc.close());
      await within(answers ? patience : 0, closed);
      await thread.then(
        ({ worker }) => worker.terminate(),
        () => {},
      );
    },
  };
}

interface Thread {
  readonly rpc: BirpcReturn<InThread, InMain>;
  readonly worker: Worker;
}

function callsOf(worker: Worker, { inbox, ledger }: WorkerOptions): Thread['rpc'] {
  return createBirpc<InThread, InMain>(
    {
      put: (subject, hint) => inbox.put(subject, hint),
      record: (account) => ledger.record(account),
    },
    channelOver(worker),
  );
}

/** Ends a thread that is caught in something: it would keep its places in the inbox for ever. */
function watch({ rpc, worker }: Thread, interval: number, log: Logger): void {
  let missed = 0;
  const timer = setInterval(() => {
    // Counted by this thread's own turns, so that a machine that slept has nobody ended.
    missed += 1;
    if (missed > mostMissed) {
      log.error('the thread that looks at pull requests does not answer, and is ended');
      void worker.terminate();
      return;
    }
    rpc.ping().then(
      () => {
        missed = 0;
      },
      () => {},
    );
  }, interval);
  timer.unref();
  worker.once('exit', () => clearInterval(timer));
}

/** There was no thread to hand it to. */
const untried: Attempt = { done: false, retryAfter: interruptionWait, counts: false };

/**
 * Several entries are in hand at a time, and nobody knows which of them it was: each is tried again, by itself at last,
 * once no request of that thread can be on its way any more.
 */
function afterEnd({ attempt }: Entry, { message }: Error): Attempt {
  if (attempt >= mostUnexpected) return { done: false, dead: true, why: message };
  return { done: false, retryAfter: Math.max(backoff(attempt), interruptionWait) };
}
