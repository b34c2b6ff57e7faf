// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

// Time that the conventions of commit messages take for hostile messages of 10 MB; issue 4 allows 200 ms.
// Run by hand: node_modules/.bin/node bench/upstream-commits.ts

import { androidKernel } from '../src/rules/upstream/conventions/android-kernel.ts';
import { chromeosKernel } from '../src/rules/upstream/conventions/chromeos-kernel.ts';
import { customConvention } from '../src/rules/upstream/conventions/custom.ts';
import { customSettings } from '../src/rules/upstream/conventions/custom-settings.ts';
import { linuxStable } from '../src/rules/upstream/conventions/linux-stable.ts';
import { openshift } from '../src/rules/upstream/conventions/openshift.ts';
import { rhelKernel } from '../src/rules/upstream/conventions/rhel-kernel.ts';
import { scs } from '../src/rules/upstream/conventions/scs.ts';
import { ubuntuKernel } from '../src/rules/upstream/conventions/ubuntu-kernel.ts';
import type { Convention } from '../src/rules/upstream/model.ts';

const size = 10_000_000;
const allowed = 200;
const sha = 'c31e73121f4c1ec41143423ac6ce3ce6dafdcec1';

const custom = customConvention(
  customSettings.parse({
    in: 'pull-request',
    documentation: 'https://example.org/patches',
    marks: [
      { state: 'merged', line: '(a*)*(a*)*(a|a)*b', write: 'b' },
      { state: 'merged', line: '.*commit (?P<commit>[0-9a-f]{40}).*upstream.*', write: 'commit COMMIT upstream' },
    ],
  }),
);

/** What is repeated up to the size. */
const parts: Readonly<Record<string, string>> = {
  'line feeds': '\n',
  'one letter': 'a',
  'lines of one letter': `${'a'.repeat(900)}\n`,
  blanks: ' ',
  brackets: '[',
  'short trailers': 'X: y\n',
  'lines that name a commit': `commit ${sha} upstream.\n`,
  'lines that almost name a commit': `commit ${sha} upstream\n`,
  'parentheses that never close': `(cherry picked from commit ${sha}\n`,
  'half a parenthesis, again and again': '(cherry-picked from ',
  'tags of a subject': 'UPSTREAM: BACKPORT: ',
  'states without end': 'Upstream-Status: ',
  'near misses': 'upstream status: x\n',
  'addresses without end': 'BugLink: https://bugs.launchpad.net/',
  'links to a list': 'Link: https://lore.kernel.org/\n',
  'comments that never close': '<!--',
  fences: '```\n',
};

const conventions = [openshift, androidKernel, chromeosKernel, linuxStable, rhelKernel, ubuntuKernel, scs, custom];

for (const [name, part] of Object.entries(parts)) {
  const body = `FROMLIST: x\n\n${part.repeat(Math.ceil(size / part.length))}`;
  for (const convention of conventions) {
    const milliseconds = best(convention, body);
    if (milliseconds < 10) continue;
    const mark = milliseconds > allowed ? '  TOO SLOW' : '';
    console.log(`${milliseconds.toFixed(0).padStart(5)} ms  ${convention.id}: ${name}${mark}`);
  }
}

/** Milliseconds of the quickest of three runs. */
function best(convention: Convention, body: string): number {
  const times = [1, 2, 3].map(() => {
    const from = performance.now();
    if (convention.reads === 'commit' || convention.reads === 'pull-request') {
      convention.read({ sha, subject: '', body, pullRequestBody: body });
    }
    return performance.now() - from;
  });
  return Math.min(...times);
}
