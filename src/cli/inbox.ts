// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { type DeadLetter, type DeadLetters, isReadable } from '../inbox/inbox.ts';
import { inert } from '../report/inert.ts';
import { serialise } from '../report/json.ts';
import { type StoredOptions, withStored } from './stored.ts';
import { UserError } from './user-error.ts';

/** `countersign inbox list`: what was given up and why, the newest first. Always 0. */
export async function list(options: StoredOptions & { readonly format: 'text' | 'json' }): Promise<number> {
  return withStored(options, async ({ deadLetters }) => {
    const all = await deadLetters.list();
    process.stdout.write(options.format === 'json' ? serialise(all.map(asJson)) : asText(all));
    return 0;
  });
}

function asText(all: readonly DeadLetter[]): string {
  if (all.length === 0) return 'Nothing was given up.\n';
  const entries = all.map((letter) => {
    const { key, attempt, why, diedAt } = letter;
    const tries = attempt === 1 ? '1 try' : `${attempt} tries`;
    const note = isReadable(letter)
      ? ''
      : '    written by another version of Countersign, which alone can try it again\n';
    return `${inert(key, 1_000)}\n    given up ${timeOf(diedAt)} after ${tries}: ${inert(why, 1_000)}\n${note}`;
  });
  const count = all.length === 1 ? '1 was' : `${all.length} were`;
  return `${entries.join('')}\n${count} given up. "countersign inbox retry" has them tried again, "drop" forgets them.\n`;
}

function asJson({ key, subject, deliveryId, attempt, why, putAt, diedAt }: DeadLetter) {
  return { id: key, subject, delivery: deliveryId, attempt, why, put: timeOf(putAt), givenUp: timeOf(diedAt) };
}

function timeOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

interface Selection extends StoredOptions {
  readonly all?: boolean;
}

/** `countersign inbox retry`: 0 where each of them will be tried again, which the App does by itself; else 2. */
export async function retry(ids: readonly string[], options: Selection): Promise<number> {
  return withStored(options, async ({ deadLetters }) => {
    const selected = await select(deadLetters, ids, options);
    const count = await deadLetters.retry(selected.filter(isReadable).map(({ key }) => key));
    process.stdout.write(`${count} to be tried again: at once where the App runs, else when it starts.\n`);
    const left = selected.filter((letter) => !isReadable(letter));
    for (const { key } of left)
      process.stderr.write(
        `${inert(key, 1_000)} was written by another version of Countersign: retry it with that one, or drop it.\n`,
      );
    return left.length === 0 ? 0 : 2;
  });
}

/** `countersign inbox drop`: 0 where each of them is forgotten. */
export async function drop(ids: readonly string[], options: Selection): Promise<number> {
  return withStored(options, async ({ deadLetters }) => {
    const count = await deadLetters.drop((await select(deadLetters, ids, options)).map(({ key }) => key));
    process.stdout.write(`${count} forgotten.\n`);
    return 0;
  });
}

/** What is meant: by their ids, the number of the installation left out where the rest tells enough. */
async function select(
  deadLetters: DeadLetters,
  ids: readonly string[],
  { all }: Selection,
): Promise<readonly DeadLetter[]> {
  if (all === true && ids.length > 0) throw new UserError('Give ids or --all, not both.');
  if (all !== true && ids.length === 0)
    throw new UserError('Give the ids that "countersign inbox list" shows, or --all.');
  const known = await deadLetters.list();
  return all === true ? known : ids.flatMap((id) => named(known, id));
}

function named(known: readonly DeadLetter[], id: string): readonly DeadLetter[] {
  const wanted = id.toLowerCase();
  const found = known.filter(({ key }) => {
    const lower = key.toLowerCase();
    return lower === wanted || lower.slice(lower.indexOf('/') + 1) === wanted;
  });
  if (found.length > 0) return found;
  throw new UserError(`Nothing with the id ${id} was given up: see "countersign inbox list".`);
}
