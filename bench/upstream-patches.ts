// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { baselineIn } from '../src/rules/upstream/baseline.ts';
import { buildroot } from '../src/rules/upstream/conventions/buildroot.ts';
import { dep3 } from '../src/rules/upstream/conventions/dep3.ts';
import { openwrt } from '../src/rules/upstream/conventions/openwrt.ts';
import { suseKernel } from '../src/rules/upstream/conventions/suse-kernel.ts';
import { yocto } from '../src/rules/upstream/conventions/yocto.ts';
import { changesInPatch } from '../src/rules/upstream/patch/changes.ts';
import { machine } from './measure.ts';

console.log(machine());

/** How long the slowest patches of 10 MB that we could think of take; issue 4 allows 200 ms. */
const size = 10_000_000;
const allowed = 200;
const heading = 'diff --git a/a.c b/a.c\nindex 0123456..789abcd 100644\n--- a/a.c\n+++ b/a.c\n@@ -1,9 +1,9 @@\n';
const path = 'target/linux/generic/pending-6.6/100-a.patch';

/** What stands above a part that is repeated up to the size, and that part. */
const patches: [string, string, string][] = [
  ['an ordinary diff', `Why\n\nUpstream-Status: Pending\n---\n${heading}`, '+  int number = function(of, many);\n'],
  ['a diff of empty lines', heading, '\n'],
  ['a diff of short lines', heading, '-\n'],
  ['a diff of signatures', heading, '-- x\n'],
  ['a diff of names', heading, 'diff \n'],
  ['a binary diff', 'diff --git a/a b/a\nindex 1..2\nGIT binary patch\nliteral 9\n', `z${'cmV'.repeat(20)}\n`],
  ['a binary diff of short lines', 'diff --git a/a b/a\nindex 1..2\nGIT binary patch\nliteral 9\n', 'z\n'],
  ['quoted diffs', '', `prose\n${heading} x\n`],
  ['headings of diffs', '', '--- a\n+++ b\nprose\n'],
  ['headings of diffs that are none', '', 'Index: a\n'],
  ['prose', '', 'The quick brown fox jumps over the lazy dog.\n'],
  ['empty lines', '', '\n'],
  ['one line', '', 'x'],
  ['one line of a tag', 'Upstream-Status: Backport [', 'https://'],
  ['one line of brackets', 'Upstream-Status: Submitted [', '['],
  ['brackets that never close', '', 'Upstream-Status: Backport [a\n'],
  ['good tags of Yocto', '', 'Upstream-Status: Backport [https://example.org/1]\n'],
  ['near misses of Yocto', '', 'upstream status : backport(a\n'],
  ['fields of DEP-3', '', 'Forwarded: not needed\nOrigin: upstream https://example.org/1\n'],
  ['continued lines of DEP-3', 'Description: x\n', ' x\n'],
  ['fields in comments', '#!/bin/sh\n', '# Forwarded: no\n'],
  ['tags of Buildroot', '', 'Upstream: see (https://example.org/1)\n'],
  ['tags of SUSE', '', 'Patch-mainline: v1 or v2\nGit-commit: x\nReferences: a#1, b#2\n'],
  ['blanks', 'Upstream-Status:', ' '],
  ['digits and dots', 'Patch-mainline: ', '1.'],
];

for (const [name, above, part] of patches) {
  const text = above + part.repeat(Math.ceil(size / part.length));
  const readers: readonly (readonly [string, () => unknown])[] = [
    ...[yocto, dep3, buildroot, suseKernel, openwrt].map(({ id, read }) => [id, () => read({ path, text })] as const),
    ['the comparison', () => changesInPatch(text)],
    ['the baseline', () => baselineIn(text)],
  ];
  const times = readers.map(([id, read]) => `${id} ${best(read)}`);
  console.log(`10 MB of ${name}, in ms: ${times.join(', ')}`);
}

/** Milliseconds of the quickest of several runs. */
function best(run: () => unknown): string {
  let shortest = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 5; round += 1) {
    const from = performance.now();
    run();
    shortest = Math.min(shortest, performance.now() - from);
  }
  return `${shortest.toFixed(0)}${shortest > allowed ? ' TOO SLOW' : ''}`;
}
