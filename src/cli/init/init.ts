// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { loadPresets, presetPath } from '../../policy/presets.ts';
import { type ConventionId, conventionIds } from '../../rules/upstream/conventions.ts';
import { shipped } from '../../shipped.ts';
import { inertLines } from '../terminal.ts';
import { UserError } from '../user-error.ts';
import { ask, dayProblem } from './ask.ts';
import { type Choice, proposedChoice, type Start } from './choice.ts';
import { describeNoticed } from './describe.ts';
import { type Noticed, notice } from './notice.ts';
import { propose } from './propose.ts';
import { readSurroundings, type Surroundings } from './surroundings.ts';
import { policyText, presetText } from './write.ts';

/** Options of `countersign policy init`, as they are given. */
interface InitOptions {
  readonly preset?: string;
  readonly dco?: boolean;
  readonly license?: boolean;
  readonly upstream?: string | boolean;
  readonly warn?: boolean;
  readonly enforceFrom?: string;
  readonly schema?: string;
  readonly yes?: boolean;
  readonly force?: boolean;
  readonly print?: boolean;
}

const ownPath = '.github/countersign.yml';
const otherPath = '.github/countersign.yaml';

/** `countersign policy init`: writes a first policy for the repository around the current directory. */
export async function init(options: InitOptions): Promise<number> {
  const today = new Date().toISOString().slice(0, 10);
  const start = startOf(options, today);
  const around = await readSurroundings();
  const path = join(around.root, existsSync(join(around.root, otherPath)) ? otherPath : ownPath);
  if (options.print !== true && options.force !== true) refuseToOverwrite(path);
  const schema = schemaOf(options) ?? schemaIn(around.root);
  const text = await textFor(options, { around, start, today, schema });
  if (text === null) {
    process.stderr.write('Nothing was written.\n');
    return 2;
  }
  if (options.print === true) process.stdout.write(text);
  else await write(around.root, path, text, options.force === true);
  return 0;
}

interface Asked {
  readonly around: Surroundings;
  readonly start: Start | null;
  readonly today: string;
  readonly schema: string | null;
}

async function textFor(options: InitOptions, { around, start, today, schema }: Asked): Promise<string | null> {
  if (options.preset !== undefined) {
    return presetText(options.preset, readPreset(options.preset), start ?? { mode: 'enforce' }, schema);
  }
  const noticed = await notice(around);
  const proposed = proposedChoice(noticed, { ...options, upstream: conventionOf(options.upstream), start });
  process.stderr.write(inertLines(describeNoticed(noticed, around.files)));
  const choice = options.yes === true ? proposed : await askHere(noticed, proposed, today);
  return choice === null ? null : policyText(propose(noticed, choice), schema);
}

function askHere(noticed: Noticed, proposed: Choice, today: string): Promise<Choice | null> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    throw new UserError(
      'There is no terminal to ask on. Take what is proposed with --yes, or name a preset with --preset.',
    );
  }
  return ask(noticed, proposed, today, { input: process.stdin, output: process.stderr });
}

function startOf({ warn, enforceFrom }: InitOptions, today: string): Start | null {
  if (enforceFrom === undefined) return warn === true ? { mode: 'warn', enforceFrom: null } : null;
  const problem = dayProblem(enforceFrom, today);
  if (problem !== null) throw new UserError(`--enforce-from ${enforceFrom}: ${problem}`);
  return { mode: 'warn', enforceFrom };
}

function conventionOf(given: string | boolean | undefined): ConventionId | boolean {
  if (given === undefined || typeof given === 'boolean') return given ?? true;
  const found = conventionIds.find((id) => id === given && id !== 'custom');
  if (found !== undefined) return found;
  const names = conventionIds.filter((id) => id !== 'custom').join(', ');
  const more = given === 'custom' ? 'For a notation of your own, begin with --preset custom.' : `Use one of ${names}.`;
  throw new UserError(`--upstream ${given}: there is no such notation. ${more}`);
}

function readPreset(name: string): string {
  const names = [...loadPresets().keys()];
  if (!names.includes(name)) throw new UserError(`There is no preset ${name}. The presets are ${names.join(', ')}.`);
  return readFileSync(presetPath(name), 'utf8');
}

/** It goes into a comment of one line. */
function schemaOf({ schema }: InitOptions): string | undefined {
  if (schema === undefined || /^\S+$/.test(schema)) return schema;
  throw new UserError(`--schema ${schema}: has to be an address, or a path, without blanks.`);
}

function refuseToOverwrite(path: string): void {
  if (!existsSync(path)) return;
  throw new UserError(
    `There is a policy already: ${fromHere(path)}. Look at what would be proposed with --print, or replace it with --force.`,
  );
}

/** The schema of the command that runs, where it is installed in the repository: an address that holds for everybody. */
function schemaIn(root: string): string | null {
  const schema = shipped('schemas/policy.json');
  const path = relative(join(root, '.github'), schema);
  const inside = path.startsWith(`..${sep}`) && !path.startsWith(`..${sep}..`);
  return inside && existsSync(schema) ? path.split(sep).join('/') : null;
}

async function write(root: string, path: string, text: string, force: boolean): Promise<void> {
  const name = fromHere(path);
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text, { flag: force ? 'w' : 'wx' });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UserError(`${name} cannot be written: ${reasons[code ?? ''] ?? message}.`);
  }
  process.stdout.write(`${[`Wrote ${name}.`, '', ...nextSteps(name, followsReuse(root))].join('\n')}\n`);
}

const reasons: Readonly<Record<string, string>> = {
  EEXIST: 'something else is in its place, or in that of its directory',
  ENOTDIR: 'its path goes through a file',
  EISDIR: 'it is a directory',
  EACCES: 'you may not write there',
  EPERM: 'you may not write there',
  EROFS: 'nobody may write there',
  ENOSPC: 'the disk is full',
};

/** As the user's other commands take it. */
function fromHere(path: string): string {
  return relative('.', path);
}

function followsReuse(root: string): boolean {
  return ['REUSE.toml', '.reuse/dep5', 'LICENSES'].some((path) => existsSync(join(root, path)));
}

function nextSteps(path: string, reuse: boolean): string[] {
  return [
    'Next:',
    `  countersign check --policy ${path}        what it says of your branch`,
    `  countersign check --all --policy ${path}  what it says of every file here`,
    ...(reuse ? ['  This repository follows REUSE: write into the file whose it is, and under which license.'] : []),
    '  Commit it and open a pull request. Its check Policy says whether the file is in order; once merged, it holds.',
  ];
}
