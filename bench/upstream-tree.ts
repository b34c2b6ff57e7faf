// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

// Measures `countersign check --all` of a tree of patch files; issue 4 allows 3 s for 2,000.
// Run by hand: npm run bench:upstream, or node_modules/.bin/node bench/upstream-tree.ts [PATCHES [RUNS]]

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { machine, median, time } from './measure.ts';

const command = fileURLToPath(new URL('../bin/countersign.js', import.meta.url));
const patches = Number(process.argv[2] ?? 2000);
const runs = Number(process.argv[3] ?? 5);
const allowed = 3000;

const statuses = [
  'Pending [waits for a release]',
  'Submitted [https://example.org/1]',
  'Inappropriate [ours alone]',
  '',
];

/** One commit with patches of some 40 lines each; every fourth says nothing. */
function build(directory: string): void {
  execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', directory]);
  const change = Array.from({ length: 15 }, (_, line) => `-old line ${line}\n+new line ${line}\n`).join('');
  const files = Array.from({ length: patches }, (_, index) => {
    const status = statuses[index % statuses.length];
    const said = status === '' ? '' : `Upstream-Status: ${status}\n`;
    const text = `From: Ada Example <ada@example.org>\nSubject: [PATCH] Change ${index}\n\n${said}---\n--- a/x${index}.c\n+++ b/x${index}.c\n@@ -1,15 +1,15 @@\n${change}`;
    return `M 644 inline recipes/${index % 100}/${index}.patch\ndata ${text.length}\n${text}\n`;
  });
  const policy = 'upstream: { preset: yocto }\nlicense: { mode: off }\n';
  const input = `commit refs/heads/main\ncommitter Ada Example <ada@example.org> 1767323045 +0000\ndata 5\nTree\nM 644 inline .github/countersign.yml\ndata ${policy.length}\n${policy}\n${files.join('')}`;
  execFileSync('git', ['-C', directory, 'fast-import', '--quiet'], { input });
}

const directory = mkdtempSync(join(tmpdir(), 'countersign-bench-'));
try {
  build(directory);
  const check = [process.execPath, command, 'check', '--all', 'main'];
  // Once without counting, so that every run finds the same caches warm. Some patches say nothing: exit code 1.
  await time(check, directory, 1);
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) times.push((await time(check, directory, 1)).all);
  const milliseconds = median(times);
  console.log(machine());
  const mark = milliseconds > allowed ? '  TOO SLOW' : '';
  console.log(
    `countersign check --all, ${patches} patches: ${milliseconds.toFixed(0)} ms, median of ${runs} runs${mark}`,
  );
} finally {
  rmSync(directory, { recursive: true, force: true });
}
