// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import * as z from 'zod';
import { renderSarif, sarifLog } from '../../src/report/sarif.ts';
import { say } from '../../src/rules/text.ts';
import type { Finding } from '../../src/rules/verdict.ts';
import { hostile } from './hostile.ts';
import { commitFinding, finding, judged, report, sha, verdict } from './sample.ts';

const text = z.strictObject({ text: z.string().min(1) });
const line = z.int().min(1);

/** SARIF 2.1.0 as far as we write it, strict, with what GitHub's code scanning asks for beyond it. */
const sarif = z.strictObject({
  $schema: z.url(),
  version: z.literal('2.1.0'),
  runs: z.tuple([
    z.strictObject({
      tool: z.strictObject({
        driver: z.strictObject({
          name: z.literal('Countersign'),
          semanticVersion: z.string().regex(/^\d+\.\d+\.\d+/),
          rules: z.array(
            z.strictObject({ id: z.string().min(1), shortDescription: text, fullDescription: text, help: text }),
          ),
        }),
      }),
      columnKind: z.literal('utf16CodeUnits'),
      invocations: z.tuple([
        z.strictObject({
          executionSuccessful: z.boolean(),
          toolExecutionNotifications: z.array(z.strictObject({ level: z.literal('warning'), message: text })),
        }),
      ]),
      results: z
        .array(
          z.strictObject({
            ruleId: z.string(),
            ruleIndex: z.int().nonnegative(),
            level: z.enum(['error', 'warning', 'note']),
            message: text,
            locations: z.tuple([
              z.strictObject({
                physicalLocation: z.strictObject({
                  artifactLocation: z.strictObject({
                    uri: z.string().regex(/^(?:[\w.~!*'()/-]|%[0-9A-F]{2})+$/),
                    uriBaseId: z.literal('%SRCROOT%'),
                  }),
                  region: z.strictObject({
                    startLine: line,
                    startColumn: line.optional(),
                    endLine: line.optional(),
                    endColumn: line.optional(),
                  }),
                }),
                logicalLocations: z
                  .tuple([
                    z.strictObject({ name: z.string(), fullyQualifiedName: z.string(), kind: z.literal('commit') }),
                  ])
                  .optional(),
              }),
            ]),
            partialFingerprints: z
              .strictObject({ primaryLocationLineHash: z.string().regex(/^[0-9a-f]{16}:1$/) })
              .optional(),
          }),
        )
        .max(25_000),
    }),
  ]),
});

function runOf(findings: readonly Finding[], mode: 'enforce' | 'warn' = 'enforce') {
  const log = sarif.parse(
    JSON.parse(renderSarif({ ...report, judgements: [judged(verdict(findings), mode)] }, { version: '0.1.0' })),
  );
  return log.runs[0];
}

describe('a report as SARIF', () => {
  test('has a result for each finding that is not in order', () => {
    const { results, tool } = sarif.parse(sarifLog(report, { version: '0.1.0' })).runs[0];
    expect(results.map(({ ruleId, level }) => [ruleId, level])).toEqual([
      ['dco.missing', 'error'],
      ['dco.mismatch', 'error'],
    ]);
    expect(results.map(({ ruleIndex }) => tool.driver.rules[ruleIndex]?.id)).toEqual(['dco.missing', 'dco.mismatch']);
    expect(results[0]?.message.text).toBe(
      '2222222 Read trailers from the last paragraph: There is no sign-off. Its author is “Ada Example <ada@example.org>”.',
    );
  });

  test('gives each result a place in a file, as GitHub demands', () => {
    const { results } = runOf([
      finding('error', { path: 'a b/ü#?.c', line: 3, column: 5, endLine: 3, endColumn: 9 }),
      commitFinding('error', sha('1'), 'Subject'),
      finding('error'),
    ]);
    expect(results.map(({ locations: [{ physicalLocation: at }] }) => [at.artifactLocation.uri, at.region])).toEqual([
      ['a%20b/%C3%BC%23%3F.c', { startLine: 3, startColumn: 5, endLine: 3, endColumn: 9 }],
      ['.github/countersign.yml', { startLine: 1 }],
      ['.github/countersign.yml', { startLine: 1 }],
    ]);
    expect(results[1]?.locations[0].logicalLocations?.[0].fullyQualifiedName).toBe(sha('1'));
  });

  test('tells commits apart that stand at the same line', () => {
    const { results } = runOf([
      commitFinding('error', sha('1'), 'Subject'),
      commitFinding('error', sha('2'), 'Subject'),
      commitFinding('error', sha('2'), 'Subject', say`Another reason.`),
    ]);
    expect(new Set(results.map(({ partialFingerprints }) => partialFingerprints?.primaryLocationLineHash)).size).toBe(
      3,
    );
  });

  test('orders and names levels as SARIF does', () => {
    const levels = (['note', 'ok', 'warning', 'gap', 'error'] as const).map((level) => finding(level));
    expect(runOf(levels).results.map(({ level }) => level)).toEqual(['error', 'error', 'warning', 'note']);
    expect(runOf([finding('error')], 'warn').results[0]?.level).toBe('warning');
  });

  test('says whether it could be judged', () => {
    expect(runOf([finding('error')]).invocations[0].executionSuccessful).toBe(true);
    expect(runOf([finding('gap')]).invocations[0].executionSuccessful).toBe(false);
  });

  test('makes no links of what strangers wrote', () => {
    const { results } = runOf([finding('error', null, say`${'[x](https://evil.example)'}`)]);
    expect(results[0]?.message.text).toBe('“[x] (https://evil.example)”');
  });

  test('stays within the 25,000 results that GitHub takes, and says so', () => {
    const many = Array.from({ length: 25_010 }, (_, index) => finding(index < 20 ? 'note' : 'error'));
    const { results, invocations } = runOf(many);
    expect(results).toHaveLength(25_000);
    expect(results.filter(({ level }) => level === 'note')).toHaveLength(10);
    expect(invocations[0].toolExecutionNotifications[0]?.message.text).toMatch(/^10 findings left out/);
  });

  test('keeps its shape whatever strangers wrote', () => {
    fc.assert(
      fc.property(hostile, hostile, (path, quoted) => {
        const { results } = runOf([
          finding('error', { path }, say`${quoted}`),
          commitFinding('error', quoted, path, say`${quoted}`),
        ]);
        expect(results).toHaveLength(2);
        for (const { message } of results) expect(message.text).not.toContain('](');
      }),
    );
  });
});
