// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { androidKernel } from '../../../src/rules/upstream/conventions/android-kernel.ts';
import { chromeosKernel } from '../../../src/rules/upstream/conventions/chromeos-kernel.ts';
import { linuxStable } from '../../../src/rules/upstream/conventions/linux-stable.ts';
import { openshift } from '../../../src/rules/upstream/conventions/openshift.ts';
import { rhelKernel } from '../../../src/rules/upstream/conventions/rhel-kernel.ts';
import { scs } from '../../../src/rules/upstream/conventions/scs.ts';
import { ubuntuKernel } from '../../../src/rules/upstream/conventions/ubuntu-kernel.ts';
import type { Evidence } from '../../../src/rules/upstream/model.ts';
import { otherSha, sha } from './commits.ts';

const conventions = [openshift, androidKernel, chromeosKernel, linuxStable, rhelKernel, ubuntuKernel, scs];

const word = fc.constantFrom(
  'UPSTREAM',
  'upstream',
  'BACKPORT: ',
  'FROMGIT: ',
  'FROMLIST: ',
  'ANDROID: ',
  'CHROMIUM: ',
  'UBUNTU: SAUCE: ',
  'Revert "',
  '"',
  ': ',
  ':',
  '<carry>',
  'revert: ',
  '(cherry picked from commit ',
  '(backported from commit ',
  'commit ',
  ' upstream.',
  '[ Upstream commit ',
  ' ]',
  'This reverts commit ',
  ' which is',
  sha,
  otherSha.slice(0, 9),
  'Upstream Status: ',
  'Upstream-Status: ',
  'Submitted [',
  'Backport',
  ']',
  ')',
  'RHEL Only',
  'Posted',
  'JIRA: ',
  'BugLink: ',
  'Omitted-fix: ',
  'Conflicts:',
  'UPSTREAM-TASK=b:1234567',
  'Link: ',
  'https://example.org/1',
  '<!--',
  '-->',
  '```',
  '\n',
  '\n\n',
  '\r\n',
  '\0',
  '\u202e',
  '\ud800',
  ' ',
);
const text = fc.array(fc.oneof({ arbitrary: word, weight: 5 }, fc.string({ unit: 'binary', maxLength: 8 })), {
  maxLength: 40,
});
const message = text.map((parts) => parts.join(''));

function lengthOf(piece: Evidence): number {
  return JSON.stringify(piece).length;
}

describe.each(conventions.map((convention) => [convention.id, convention] as const))('%s', (_, convention) => {
  test('reads anything, at lines that are there, with evidence of bounded length', () => {
    fc.assert(
      fc.property(message, fc.option(message), (body, pullRequestBody) => {
        const { markers, problems } = convention.read({
          sha,
          subject: body.split('\n')[0] ?? '',
          body,
          pullRequestBody,
        });
        const last = Math.max(body.split('\n').length, (pullRequestBody ?? '').split('\n').length);
        for (const { line } of [...markers, ...problems]) expect(line >= 1 && line <= last).toBe(true);
        expect(markers.flatMap(({ evidence }) => evidence).every((piece) => lengthOf(piece) < 5000)).toBe(true);
      }),
    );
  });

  test('reads its own suggestions', () => {
    const known: Evidence = { kind: 'commit', sha, repository: 'git://example.org/x.git', branch: 'main' };
    const url: Evidence = { kind: 'url', url: 'https://lore.kernel.org/r/1@example.org' };
    for (const state of ['merged', 'accepted', 'submitted', 'downstream-only'] as const) {
      const lines = convention.suggest({ state, evidence: [known, url], modifiers: {} });
      if (lines.length === 0) continue;
      const subject = lines.find((line) => /^[A-Z]+: .*SUBJECT/.test(line)) ?? 'Fix it';
      const body = [subject, '', ...lines.filter((line) => line !== subject)].join('\n').replace('NUMBER', '7');
      const { markers } = convention.read({ sha, subject, body, pullRequestBody: null });
      expect([state, markers.length]).toEqual([state, 1]);
    }
  });

  test('says no more than anybody would look at', () => {
    const line = `commit ${sha} upstream\ncommit ${sha} upstream.\n(cherry picked from ${sha})\nUpstream-status: x: y\nBugLink x\n`;
    const body = `FROMGIT: x\n\n${line.repeat(2000)}`;
    const { markers, problems } = convention.read({ sha, subject: 'FROMGIT: x', body, pullRequestBody: null });
    expect([markers.length <= 100, problems.length <= 20]).toEqual([true, true]);
  });
});
