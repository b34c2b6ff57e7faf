// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { gitEnvironment } from './run.ts';

export interface GitObject {
  readonly oid: string;
  readonly type: 'commit' | 'tree' | 'blob' | 'tag';
  readonly content: Buffer;
}

export interface ObjectReader {
  /** The object of that id, or null where the repository has none. */
  read(oid: string): Promise<GitObject | null>;
  close(): void;
}

interface Waiting {
  resolve(object: GitObject | null): void;
  reject(error: Error): void;
}

/** Takes one whole answer of `git cat-file --batch` off the front, or nothing where it has not arrived yet. */
function takeAnswer(buffer: Buffer): { object: GitObject | null; rest: Buffer } | undefined {
  const end = buffer.indexOf(0x0a);
  if (end === -1) return undefined;
  const header = buffer.toString('latin1', 0, end).split(' ');
  const [oid = '', type = '', size = ''] = header;
  if (type === 'missing' || type === 'ambiguous') return { object: null, rest: buffer.subarray(end + 1) };
  const from = end + 1;
  const to = from + Number(size);
  if (buffer.length < to + 1) return undefined;
  const content = Buffer.from(buffer.subarray(from, to));
  return { object: { oid, type: type as GitObject['type'], content }, rest: buffer.subarray(to + 1) };
}

/** Reads objects through one `git cat-file --batch` that starts with the first question and lives until `close`. */
export function openObjectReader(directory: string): ObjectReader {
  const waiting: Waiting[] = [];
  let child: ChildProcessWithoutNullStreams | undefined;
  let pending = Buffer.alloc(0) as Buffer;

  function onData(chunk: Buffer): void {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    for (let answer = takeAnswer(pending); answer; answer = takeAnswer(pending)) {
      pending = answer.rest;
      waiting.shift()?.resolve(answer.object);
    }
  }

  function start(): ChildProcessWithoutNullStreams {
    const started = spawn('git', ['cat-file', '--batch'], { cwd: directory, env: gitEnvironment });
    started.stdout.on('data', onData);
    started.on('exit', () => {
      child = undefined;
      for (const one of waiting.splice(0)) one.reject(new Error('git cat-file ended early'));
    });
    started.stdin.on('error', () => {});
    return started;
  }

  return {
    read(oid) {
      // A name with a line break in it would be two questions and shift every later answer by one.
      if (!/^[0-9a-f]{40,64}$/.test(oid)) return Promise.resolve(null);
      child ??= start();
      child.stdin.write(`${oid}\n`);
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    },
    close() {
      child?.stdin.end();
    },
  };
}
