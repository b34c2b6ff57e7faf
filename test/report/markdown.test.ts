// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { renderMarkdown } from '../../src/report/markdown.ts';
import { megabyte } from './hostile.ts';
import { commitFinding, commitUrl, judged, mixed, report, sha, verdict } from './sample.ts';

describe('a report in Markdown', () => {
  const page = renderMarkdown(report);

  test('has a heading for what was judged, and one for each judgement', () => {
    expect(page.match(/^##? .*$/gm)).toEqual([
      '# Countersign: `octo/demo#12`',
      '## ✅ Policy: The policy is valid',
      '## ❌ DCO: 2 of 5 commits are not signed off',
    ]);
  });

  test('says how to fix it before it lists what was found, and names the policy once', () => {
    const parts = [
      '### How to fix it',
      'git rebase --signoff',
      '### ❌ Needs a change: 2 commits',
      'Judged by the policy',
    ];
    const places = parts.map((part) => page.indexOf(part));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places).not.toContain(-1);
    expect(page.match(/Judged by the policy/g)).toHaveLength(1);
  });

  test('links commits only where it is told how', () => {
    expect(page).not.toContain('](');
    expect(renderMarkdown(report, { commitUrl })).toContain(`](${commitUrl}${sha('2')})`);
  });

  test('says so where nothing was judged', () => {
    expect(renderMarkdown({ ...report, judgements: [] })).toContain('No check is switched on');
  });

  test('leaves every judgement its share of the space', () => {
    const flood = judged(
      verdict(Array.from({ length: 5000 }, () => commitFinding('error', sha('1'), megabyte, [{ quoted: megabyte }]))),
    );
    const crowded = renderMarkdown({ ...report, judgements: [flood, mixed] });
    expect(Buffer.byteLength(crowded)).toBeLessThanOrEqual(65_000);
    expect(crowded).toContain('`Mention trailers in the manual`');
    expect(crowded).toContain('Judged by the policy');
  });
});
