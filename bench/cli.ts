// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

// Measures `countersign check` beside the least that it could take: `git log` over the same range.
// Run by hand: npm run bench:cli [-- COMMITS [RUNS]]

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { machine, median, type Run, start, time } from './measure.ts';

const command = fileURLToPath(new URL('../bin/countersign.js', import.meta.url));
const commits = Number(process.argv[2] ?? 10_000);
const runs = Number(process.argv[3] ?? 9);
const smallRange = 5;
const logFormat = '--format=%H%x00%P%x00%an%x00%ae%x00%cn%x00%ce%x00%B%x00';

/** Bytes: the most memory that the command and every process below it held at one time, sampled. Linux only. */
function memory(argv: readonly string[], cwd: string): Promise<number> {
  return new Promise((resolve) => {
    const child = start(argv, cwd);
    let peak = 0;
    const timer = setInterval(() => {
      peak = Math.max(peak, resident(child.pid ?? 0));
    }, 2);
    child.stdout.resume();
    child.on('close', () => {
      clearInterval(timer);
      resolve(peak);
    });
  });
}

function resident(pid: number): number {
  try {
    const own = Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
    const below = children === '' ? [] : children.split(' ');
    return below.reduce((sum, child) => sum + resident(Number(child)), own);
  } catch {
    // The process ended between the two reads.
    return 0;
  }
}

/**
 * A branch of signed-off commits on top of one root, in a bare repository. Streamed, since starting a process takes
 * longer the more memory this one holds.
 */
async function build(directory: string): Promise<void> {
  execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', directory]);
  const git = spawn('git', ['-C', directory, 'fast-import', '--quiet'], { stdio: ['pipe', 'ignore', 'inherit'] });
  await Promise.all([pipeline(fastImport, git.stdin), once(git, 'close')]);
}

function* fastImport(): Generator<string> {
  const reason = 'A sentence that says why the line had to change.\n'.repeat(4);
  for (let index = 0; index <= commits; index += 1) {
    const message = `Change line ${index}\n\n${reason}\nSigned-off-by: Ada Example <ada@example.org>\n`;
    yield `commit refs/heads/main\ncommitter Ada Example <ada@example.org> ${1767323045 + index} +0000\ndata ${message.length}\n${message}`;
    const content = `line ${index}\n`;
    yield `M 644 inline file\ndata ${content.length}\n${content}\n`;
  }
}

async function measure(name: string, argv: readonly string[], cwd: string): Promise<void> {
  // Once without counting, so that every run finds the same caches warm.
  await time(argv, cwd);
  const measured: Run[] = [];
  for (let run = 0; run < runs; run += 1) measured.push(await time(argv, cwd));
  const [first, all] = [median(measured.map((run) => run.first)), median(measured.map((run) => run.all))];
  const peak = process.platform === 'linux' ? await memory(argv, cwd) : 0;
  const size = peak === 0 ? 'not measured' : `${(peak / 1e6).toFixed(0)} MB`;
  console.log(`| ${name} | ${first.toFixed(0)} ms | ${all.toFixed(0)} ms | ${size} |`);
}

const directory = mkdtempSync(join(tmpdir(), 'countersign-bench-'));
try {
  await build(directory);
  const check = (range: string) => [process.execPath, command, 'check', '--policy', 'dco-only', range];
  const log = (range: string) => ['git', 'log', logFormat, range];
  const [small, large] = [`main~${smallRange}..main`, `main~${commits}..main`];
  console.log(machine());
  console.log(`Median of ${runs} runs, most memory of all its processes at one time\n`);
  console.log('| | first output | all | memory |\n| --- | --- | --- | --- |');
  await measure(`git log, ${smallRange} commits`, log(small), directory);
  await measure(`countersign check, ${smallRange} commits`, check(small), directory);
  await measure(`git log, ${commits} commits`, log(large), directory);
  await measure(`countersign check, ${commits} commits`, check(large), directory);
} finally {
  rmSync(directory, { recursive: true, force: true });
}
