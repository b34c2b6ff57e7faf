// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { renderCheckRun } from '../../src/report/check-run.ts';
import { findingsMarkdown } from '../../src/report/findings.ts';
import { renderMarkdown } from '../../src/report/markdown.ts';
import { renderText } from '../../src/report/text.ts';
import { type Finding, outcomeOf, type Verdict } from '../../src/rules/verdict.ts';
import { hostile, html, marker, outsideCode, tags } from './hostile.ts';
import { commitUrl, context, judged, report } from './sample.ts';

const text = fc.array(fc.oneof(fc.constantFrom('It is ', ' and ', '`code`', '.'), fc.record({ quoted: hostile })), {
  maxLength: 4,
});
const sha = fc.oneof(
  fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 40, maxLength: 40 }),
  hostile,
);
const at = fc.oneof(
  fc.constant(null),
  fc.record({ commit: sha, subject: hostile }),
  fc.record({ path: hostile, line: fc.integer({ min: 1, max: 99 }) }),
);
const findings: fc.Arbitrary<Finding[]> = fc.array(
  fc.record({
    code: fc.constant('dco.sample'),
    level: fc.constantFrom('error', 'gap', 'warning', 'note', 'ok'),
    at,
    text,
  }),
  { maxLength: 30 },
);
const remedies = fc.array(
  fc.record({ text, commands: fc.array(hostile, { maxLength: 3 }), paste: hostile }, { requiredKeys: ['text'] }),
  { maxLength: 3 },
);
const verdicts: fc.Arbitrary<Verdict> = fc
  .record({ findings, remedies, title: text })
  .map((parts) => ({ ...parts, rule: 'dco', outcome: outcomeOf(parts.findings) }));

/** Tags of our own Markdown. Links are only ours where they begin with our own URL. */
const ours = new Set(['h1', 'h2', 'h3', 'p', 'ul', 'li', 'br', 'a', 'code', 'pre', 'strong', 'details', 'summary']);

function expectInert(page: string): void {
  expect(tags(page).filter((tag) => !ours.has(tag.replace('/', '')))).toEqual([]);
  expect(outsideCode(page)).not.toContain(marker);
  for (const [, href] of page.matchAll(/<a href="([^"]*)"/g)) {
    expect(href).toMatch(/^https:\/\/github\.example\/octo\/demo\/pull\/12\/commits\/[0-9a-f]{40}$/);
  }
  for (const tag of ['details', 'summary', 'li', 'code', 'pre', 'ul']) {
    expect(tags(page).filter((name) => name === tag)).toHaveLength(
      tags(page).filter((name) => name === `/${tag}`).length,
    );
  }
}

function items(page: string): number {
  return tags(page).filter((tag) => tag === 'li').length;
}

describe('whatever strangers write', () => {
  test('a check run shows it in code only, and each finding as one item', () => {
    fc.assert(
      fc.property(verdicts, (verdict) => {
        const output = renderCheckRun(judged(verdict), context);
        expectInert(html(output.summary));
        expectInert(html(output.text));
        expect(items(html(output.text))).toBe(verdict.findings.length);
      }),
    );
  });

  test('a list cut anywhere is whole Markdown within its limit, and counts what it left out', () => {
    fc.assert(
      fc.property(findings, fc.integer({ min: 0, max: 8000 }), (all, limit) => {
        const markdown = findingsMarkdown(all, commitUrl, limit);
        const page = html(markdown);
        expectInert(page);
        if (limit > 100) expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(limit);
        const left = [...outsideCode(page).matchAll(/… (?:and )?(\d+)/g)].map((match) => Number(match[1]));
        expect(items(page) + left.reduce((sum, number) => sum + number, 0)).toBe(all.length);
      }),
    );
  });

  test('a report in Markdown is one document with the same promise', () => {
    fc.assert(
      fc.property(fc.array(verdicts, { maxLength: 3 }), hostile, (all, subject) => {
        const markdown = renderMarkdown(
          { ...report, subject, judgements: all.map((verdict) => judged(verdict)) },
          { commitUrl },
        );
        expectInert(html(markdown));
        expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(65_000);
      }),
    );
  });

  test('a terminal gets text, our own colours and line breaks, and nothing else that acts', () => {
    fc.assert(
      fc.property(verdicts, hostile, fc.boolean(), (verdict, subject, color) => {
        const page = renderText({ ...report, subject, judgements: [judged(verdict)] }, { color, width: 80 });
        // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not get through
        const withoutColour = color ? page.replace(/\u001b\[(?:1|2|22|3[1-6]|39)m/g, '') : page;
        expect(withoutColour).not.toMatch(/(?![\n\t])[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069\u200b]/u);
      }),
    );
  });
});
