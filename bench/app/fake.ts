// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Message, News } from './fake-github.ts';

const program = fileURLToPath(new URL('fake-github.ts', import.meta.url));

/** The GitHub of the benchmark, in its process. */
export interface Fake {
  readonly host: string;
  /** Requests so far, by operation. */
  requests(): Promise<Readonly<Record<string, number>>>;
  stop(): void;
}

/** `hear` is told of every look that ended, `fail` of every request that had no answer. `latency` in milliseconds. */
export async function startFake(
  latency: number,
  hear: (news: News) => void,
  fail: (why: string) => void,
): Promise<Fake> {
  const child = fork(program, [String(latency)]);
  let tellCounts: (counts: Readonly<Record<string, number>>) => void = () => {};
  const listening = new Promise<number>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The benchmark's GitHub ended with exit code ${code}`)));
    child.on('message', (message: Message) => {
      if (message.kind === 'listening') resolve(message.port);
      if (message.kind === 'posted') message.news.forEach(hear);
      if (message.kind === 'failed') fail(message.why);
      if (message.kind === 'counts') tellCounts(message.requests);
    });
  });
  const port = await listening;
  return {
    host: `127.0.0.1:${port}`,
    requests: () =>
      new Promise((resolve) => {
        tellCounts = resolve;
        child.send('counts');
      }),
    stop: () => {
      child.disconnect();
      void once(child, 'exit');
    },
  };
}
