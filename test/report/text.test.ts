// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { renderText } from '../../src/report/text.ts';
import { say } from '../../src/rules/text.ts';
import type { Verdict } from '../../src/rules/verdict.ts';
import { finding, judged, report, sha, verdict } from './sample.ts';

const plain = { color: false, width: 80 };

function only(of: Verdict, mode: 'enforce' | 'warn' = 'enforce') {
  return { ...report, policySources: [], judgements: [judged(of, mode)] };
}

describe('a report in a terminal', () => {
  test('shows what fails and how to fix it, and sums up what is in order', () => {
    expect(renderText(report, plain)).toBe(`octo/demo#12  0000000 … 5555555

✔ Policy: The policy is valid

✖ DCO: 2 of 5 commits are not signed off

  ✖ 2222222 Read trailers from the last paragraph
    There is no sign-off. Its author is “Ada Example <ada@example.org>”.
  ✖ 5555555 Mention trailers in the manual
    It is signed off by “Ada <ada@old.example>”, who is neither its author nor
    its committer, “Ada Example <ada@example.org>”.
  ✔ 3 commits in order

  How to fix it, in one of these ways
    1. If you may contribute these changes under the project’s license, sign off
       every commit of this branch. Nothing but the commit messages changes.

      git rebase --signoff ${sha('0')}
      git push --force-with-lease

    2. Or leave the commits as they are, and add an empty commit with this
       message.

      git commit --allow-empty --signoff --edit
      git push

------------------------
DCO Remediation Commit for Ada Example <ada@example.org>

I, Ada Example <ada@example.org>, hereby add my Signed-off-by to this commit: ${sha('2')}
------------------------

Judged by the policy “.github/countersign.yml” of “octo/demo” at “main”.
Something needs a change.
`);
  });

  test('lists what is in order where asked to', () => {
    const text = renderText(report, { ...plain, verbose: true });
    expect(text).toContain("  ✔ 3333333 Merge branch 'main' into trailers\n    Merge commits need no sign-off.\n");
    expect(text).not.toContain('3 commits in order');
  });

  test('says the same in colour', () => {
    const colored = renderText(report, { ...plain, color: true });
    expect(colored).toContain('\u001b[31m✖\u001b[39m');
    expect(stripVTControlCharacters(colored)).toBe(renderText(report, plain));
  });

  test('needs no options for one remedy', () => {
    const text = renderText(only(verdict([finding('error')], [{ text: ['Do this.'], commands: ['git push'] }])), plain);
    expect(text).toContain('\n  How to fix it\n    Do this.\n\n      git push\n');
  });

  test('offers no choice among remedies that mend a part each', () => {
    const remedies = [
      { text: ['Do this.'], partial: true },
      { text: ['Do that.'], partial: true },
    ] as const;
    const text = renderText(only(verdict([finding('error')], remedies)), plain);
    expect(text).toContain('\n  How to fix it\n    Do this.\n\n    Do that.\n');
  });

  test('wraps at the width it is given', () => {
    const text = renderText(only(verdict([finding('error', null, say`${'word '.repeat(39)}`)])), {
      ...plain,
      width: 50,
    });
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(50);
  });

  test('cuts a subject to one line', () => {
    const text = renderText(only(verdict([finding('error', { commit: sha('1'), subject: 'x'.repeat(300) })])), plain);
    expect(text).toMatch(/\n {2}✖ 1111111 x+…\n {4}A reason\.\n/);
    expect(text.split('\n').find((line) => line.includes('xxx'))).toHaveLength(80);
  });

  test.each<[string, ReturnType<typeof only>, string, string]>([
    ['pass', only(verdict([])), '✔ DCO: A title', 'Nothing stands in the way.'],
    ['fail', only(verdict([finding('error')])), '✖ DCO: A title', 'Something needs a change.'],
    [
      'fail that only warns',
      only(verdict([finding('error')]), 'warn'),
      '⚠ DCO: A title (only warns)',
      'Nothing stands in the way.',
    ],
    ['incomplete', only(verdict([finding('gap')])), '? DCO: A title', 'It could not be judged.'],
    [
      'not-applicable',
      only({ ...verdict([]), outcome: 'not-applicable' }),
      '- DCO: A title',
      'Nothing stands in the way.',
    ],
  ])('%s is said first and last', (_, of, first, last) => {
    const lines = renderText(of, plain).trimEnd().split('\n');
    expect([lines[2], lines.at(-1)]).toEqual([first, last]);
  });

  test('says so where no check is on', () => {
    expect(renderText({ ...report, judgements: [] }, plain)).toContain('No check is switched on');
  });
});
