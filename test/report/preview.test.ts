// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Difference } from '../../src/preview/differences.ts';
import type { Compared, Listed, Preview } from '../../src/preview/preview.ts';
import type { Simulated } from '../../src/preview/simulated.ts';
import { longestPreview, previewFailed, previewMarkdown } from '../../src/report/preview.ts';
import { renderSimulation } from '../../src/report/simulation.ts';
import { shaOf } from '../helpers/contribution.ts';
import { hostile, html, marker, outsideCode, tags } from './hostile.ts';

const url = 'https://github.example/octo/demo/pull/';
const listed = (number: number, more: Partial<Listed> = {}): Listed => ({
  number,
  title: `Change ${number}`,
  state: 'OPEN',
  headSha: shaOf(number),
  ...more,
});
const difference: Difference = { rule: 'dco', check: 'DCO', before: 'passes', after: 'fails', why: ['one is missing'] };
const compared = (number: number, ...differences: Difference[]): Compared => ({ listed: listed(number), differences });
const preview = (...all: Compared[]): Preview => ({ compared: all, unread: [] });
const unread = (number: number) => ({ listed: listed(number), why: 'Not `found` | here' });

describe('A preview', () => {
  test.each<[string, Preview, RegExp]>([
    ['nothing to compare with', preview(), /There is no other open or merged pull request/],
    ['no difference', preview(compared(1), compared(2)), /The last 2 .* \*\*no result would differ\.\*\*/],
    ['one pull request alone', preview(compared(1, difference)), /\*\*Its result would differ\.\*\*/],
    ['some that differ', preview(compared(1, difference), compared(2)), /The results of 1 pull request would differ/],
    ['nothing that could be read', { compared: [], unread: [unread(1)] }, /None of the last .*#1 could not be judged/s],
    [
      'more that could not be read than it names',
      { compared: [], unread: [1, 2, 3, 4, 5, 6, 7].map(unread) },
      /#1, #2, #3, #4, #5, and 2 more could not be judged/,
    ],
  ])('of %s says so', (_, one, words) => {
    expect(previewMarkdown(one, url)).toMatch(words);
  });

  test('has a row for each result that would differ', () => {
    const two = [difference, { ...difference, check: 'License', before: 'warns' as const }];
    const markdown = previewMarkdown(preview(compared(7, ...two), compared(8)), url);
    expect(markdown).toContain(
      '| [#7](https://github.example/octo/demo/pull/7) `Change 7` | `DCO` | passes | **fails** |',
    );
    expect(markdown).toContain('| `License` | warns | **fails** | one is missing |');
    expect(markdown).not.toContain('Change 8');
  });

  test('keeps to its limit, and counts what it leaves out', () => {
    const long = { ...difference, why: [{ quoted: 'é'.repeat(500) }] };
    const markdown = previewMarkdown(preview(...Array.from({ length: 90 }, (_, index) => compared(index, long))), url);
    expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(longestPreview);
    const rows = markdown.match(/^\| \[#/gm)?.length ?? 0;
    expect(markdown).toContain(`… and ${90 - rows} more results.`);
  });

  test('keeps what strangers wrote in code, and every row in its columns', () => {
    const differences = fc
      .record({ check: hostile, why: fc.array(fc.record({ quoted: hostile }), { maxLength: 3 }) })
      .map((more): Difference => ({ ...difference, ...more }));
    fc.assert(
      fc.property(fc.array(fc.record({ title: hostile, one: differences }), { minLength: 1, maxLength: 4 }), (all) => {
        const rows = all.map(({ title, one }, index) => ({ listed: listed(index, { title }), differences: [one] }));
        expectTable(html(previewMarkdown(preview(...rows), url)), all.length);
        const simulated = rows.map(
          (row): Simulated => ({ ...row, repository: 'octo/demo', url: `${url}1`, unread: null }),
        );
        expectTable(html(renderSimulation(simulated, 'markdown')), all.length);
      }),
    );
  });

  test('that failed says why, in code', () => {
    expect(outsideCode(html(previewFailed(`${marker} <b>`)))).not.toContain(marker);
  });
});

function expectTable(page: string, rows: number): void {
  expect(outsideCode(page)).not.toContain(marker);
  expect(tags(page).filter((tag) => tag === 'td')).toHaveLength(5 * rows);
  const ours = ['h3', 'p', 'strong', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'a', 'code'];
  expect(tags(page).filter((tag) => !ours.includes(tag.replace('/', '')))).toEqual([]);
  for (const [, href] of page.matchAll(/<a href="([^"]*)"/g)) {
    expect(href).toMatch(/^https:\/\/github\.example\/octo\/demo\/pull\/\d+$/);
  }
}

describe('A simulation', () => {
  const recorded = (more: Partial<Simulated>): Simulated => ({
    repository: 'octo/demo',
    url: null,
    listed: listed(1, { title: '' }),
    differences: [difference],
    unread: null,
    ...more,
  });

  test('links no address that is not a pull request’s', () => {
    const evil = 'https://evil.example/x)y/z/pull/1';
    expect(renderSimulation([recorded({ url: evil })], 'markdown')).not.toContain('evil');
  });

  test('lists what could not be judged in every format', () => {
    const one = recorded({ differences: [], unread: 'the policy in force does not hold here' });
    for (const format of ['text', 'json', 'markdown'] as const) {
      expect(renderSimulation([one], format)).toContain('the policy in force does not hold here');
    }
  });
});
