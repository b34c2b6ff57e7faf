// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { createHash } from 'node:crypto';
import { appendFile, mkdir, readFile, rm, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Simulated, simulatedSchema } from '../../preview/simulated.ts';
import { UserError } from '../user-error.ts';

/** What a simulation has seen so far, kept on disk so that one that was broken off goes on. */
export interface Journal {
  /** What is known of a pull request with that head. */
  known(repository: string, number: number, headSha: string): Simulated | undefined;
  readonly size: number;
  add(one: Simulated): Promise<void>;
  /** Everything was seen: the next simulation begins anew. */
  finish(): Promise<void>;
}

/** What was seen longer ago says little about now, in milliseconds. */
const oldest = 24 * 60 * 60_000;

/**
 * Opens the journal of a simulation. `about` is everything that its results depend on. Its lines hold titles of pull
 * requests, which only their owner shall read. @throws UserError where nothing can be kept there
 */
export async function openJournal(
  about: unknown,
  { restart, env = process.env }: { readonly restart: boolean; readonly env?: NodeJS.ProcessEnv },
): Promise<Journal> {
  const hash = createHash('sha256').update(JSON.stringify(about)).digest('hex').slice(0, 16);
  const home = env.XDG_STATE_HOME || join(env.HOME || homedir(), '.local', 'state');
  const path = join(home, 'countersign', `simulate-${hash}.jsonl`);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 }).catch((error: Error) => {
    throw new UserError(`What was seen cannot be kept: ${error.message}. Set XDG_STATE_HOME to another directory.`);
  });
  if (restart || (await ageOf(path)) > oldest) await rm(path, { force: true });
  const lines = new Map((await read(path)).map((one) => [keyOf(one.repository, one.listed), one]));
  return {
    known: (repository, number, headSha) => lines.get(keyOf(repository, { number, headSha })),
    size: lines.size,
    add: (one) => appendFile(path, `${JSON.stringify(one)}\n`, { mode: 0o600 }),
    finish: () => rm(path, { force: true }),
  };
}

async function ageOf(path: string): Promise<number> {
  try {
    return Date.now() - (await stat(path)).mtimeMs;
  } catch {
    return 0;
  }
}

/** A line that was cut off when the command was stopped, or that another version wrote, is seen again. */
async function read(path: string): Promise<readonly Simulated[]> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return text.split('\n').flatMap((line) => {
    try {
      const { success, data } = simulatedSchema.safeParse(JSON.parse(line));
      return success ? [data] : [];
    } catch {
      return [];
    }
  });
}

function keyOf(repository: string, { number, headSha }: { readonly number: number; readonly headSha: string }): string {
  return `${repository}#${number}@${headSha}`;
}
