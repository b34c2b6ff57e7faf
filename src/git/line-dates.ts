// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { UpstreamFacts } from '../contribution/contribution.ts';
import type { Need } from '../rules/rule.ts';
import { dayOf } from './day.ts';
import { GitError, git, gitOutput } from './git.ts';

type Wanted = Extract<Need, { readonly fact: 'line-date' }>;
type Dates = UpstreamFacts['dates'];

/** A `git blame` for each takes longer than one walk through history from here on. */
const fewEnough = 20;
const atOnce = 8;

/**
 * The day on which each line came into its file. A few are blamed one by one, which follows renames; for many, history
 * is walked once, in which a rename counts as the day of the line. @throws GitError
 */
export async function readDates(wanted: readonly Wanted[]): Promise<Dates> {
  if (wanted.length > fewEnough) return walk(wanted);
  const dates: Dates = [];
  for (let at = 0; at < wanted.length; at += atOnce) {
    dates.push(...(await Promise.all(wanted.slice(at, at + atOnce).map(blame))));
  }
  return dates;
}

async function blame({ head, path, line }: Wanted): Promise<Dates[number]> {
  const args = ['-c', 'blame.ignoreRevsFile=', 'blame', '--porcelain', `-L${line},${line}`, head, '--', path];
  const { code, stdout } = await git(args);
  if (code !== 0) throw new GitError(`git blame cannot tell how old line ${line} of ${path} is.`);
  const seconds = /^committer-time (\d+)$/m.exec(stdout.toString('utf8'))?.[1];
  return { path, line, date: dayOf(seconds ?? '') };
}

/** Settings of the clone must not decide what the output looks like. */
const options = [
  '--no-color',
  '--no-ext-diff',
  '--no-textconv',
  '--no-show-signature',
  '--no-notes',
  '--no-renames',
  '--src-prefix=a/',
  '--dst-prefix=b/',
  '--patch',
  '--unified=0',
  '--format=%x00%ct',
];
const mostPathBytes = 60_000;

async function walk(wanted: readonly Wanted[]): Promise<Dates> {
  const dates: Dates = [];
  for (const batch of batches(wanted)) {
    const reader = historyReader(batch);
    const paths = batch.map(({ path }) => path);
    const head = batch[0]?.head ?? 'HEAD';
    const args = ['-c', 'core.quotePath=false', '--literal-pathspecs', 'log', ...options, head, '--', ...paths];
    await gitOutput(args, { onData: reader.take });
    dates.push(...batch.map(({ path, line }) => ({ path, line, date: reader.dateOf(path, line) })));
  }
  return dates;
}

function* batches(wanted: readonly Wanted[]): Generator<Wanted[]> {
  let batch: Wanted[] = [];
  let bytes = 0;
  for (const one of wanted) {
    const size = Buffer.byteLength(one.path) + 1;
    if (batch.length > 0 && bytes + size > mostPathBytes) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(one);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}

/** Longer lines than any marker are not put together. */
const longestLine = 64 * 1024;

/** Newest commits come first, so that the first one that adds a line which is still there is the one that brought it. */
function historyReader(wanted: readonly Wanted[]) {
  const byPath = Map.groupBy(wanted, ({ path }) => path);
  const found = new Map<Wanted, string | null>();
  let [rest, path] = ['', ''];
  let date: string | null = null;

  const takeLine = (line: string) => {
    if (line.startsWith('\0')) date = dayOf(line.slice(1));
    else if (line.startsWith('+++ b/')) path = line.slice(6).replace(/\t$/, '');
    else if (line.startsWith('+')) {
      for (const one of byPath.get(path) ?? []) if (!found.has(one) && isIn(line.slice(1), one)) found.set(one, date);
    }
  };
  const take = (chunk: Buffer) => {
    const lines = (rest + chunk.toString('utf8')).split('\n');
    rest = (lines.pop() ?? '').slice(0, longestLine);
    for (const line of lines) takeLine(line);
  };
  const dateOf = (file: string, line: number) => {
    const one = byPath.get(file)?.find((need) => need.line === line);
    return one === undefined ? null : (found.get(one) ?? null);
  };
  return { take, dateOf };
}

/** A marker's text has its blanks folded, may go on for several lines, and may be cut off. */
function isIn(line: string, { text }: Wanted): boolean {
  const folded = line.replaceAll(/\s+/g, ' ').trim();
  return folded !== '' && (text === folded || text.startsWith(folded) || folded.startsWith(text.replace(/…$/, '')));
}
