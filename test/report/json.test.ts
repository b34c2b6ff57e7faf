// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { renderJson, reportJson } from '../../src/report/json.ts';
import { reportJsonSchema, reportSchema } from '../../src/report/report-schema.ts';
import { say } from '../../src/rules/text.ts';
import { hostile, megabyte } from './hostile.ts';
import { finding, judged, report, sha, verdict } from './sample.ts';

const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(reportJsonSchema());

describe('a report as JSON', () => {
  test('holds what was judged, by what, and what came of it', () => {
    expect(JSON.parse(renderJson(report))).toMatchObject({
      version: 1,
      subject: 'octo/demo#12',
      base: sha('0'),
      head: sha('5'),
      outcome: 'fail',
      policySources: [{ repository: 'octo/demo', path: '.github/countersign.yml', ref: 'main' }],
      judgements: [
        {
          name: 'Policy',
          rule: 'policy',
          mode: 'enforce',
          outcome: 'pass',
          title: 'The policy is valid',
          findings: [],
        },
        { name: 'DCO', rule: 'dco', mode: 'enforce', outcome: 'fail', title: '2 of 5 commits are not signed off' },
      ],
    });
  });

  test('holds each finding both in parts and as a message', () => {
    const text = say`Signed off by ${'Ada\u202E'}.`;
    const at = { path: 'a.yml', line: 1, column: 2 };
    const json = JSON.parse(renderJson({ ...report, judgements: [judged(verdict([finding('error', at, text)]))] }));
    expect(json.judgements[0].findings).toEqual([
      {
        code: 'dco.sample',
        level: 'error',
        at,
        text: ['Signed off by ', { quoted: 'Ada\u202E' }, '.'],
        message: 'Signed off by “Ada\\u{202E}”.',
      },
    ]);
  });

  test('holds remedies whole, with nothing left undefined', () => {
    const remedies = [
      { text: ['Paste.'], paste: 'a\nb' },
      { text: ['Run.'], commands: ['git push'] },
    ];
    const json = JSON.parse(renderJson({ ...report, judgements: [judged(verdict([], remedies))] }));
    expect(json.judgements[0].remedies).toEqual([
      { text: ['Paste.'], message: 'Paste.', commands: [], paste: 'a\nb' },
      { text: ['Run.'], message: 'Run.', commands: ['git push'], paste: null },
    ]);
  });

  test('fits its schema, both as zod and as JSON Schema have it, and prints nothing that acts', () => {
    fc.assert(
      fc.property(hostile, hostile, (subject, quoted) => {
        const judgement = judged(verdict([finding('error', { commit: sha('1'), subject }, say`A ${quoted}.`)]));
        const of = { ...report, judgements: [judgement] };
        expect(reportSchema.parse(reportJson(of))).toEqual(reportJson(of));
        const printed = renderJson(of);
        expect(validate(JSON.parse(printed)) || validate.errors).toBe(true);
        expect(printed).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}]/u);
        expect(JSON.parse(printed)).toEqual(JSON.parse(JSON.stringify(reportJson(of))));
      }),
    );
  });

  test('bounds what strangers wrote', () => {
    const at = { commit: sha('1'), subject: megabyte };
    const json = renderJson({ ...report, judgements: [judged(verdict([finding('error', at, say`${megabyte}`)]))] });
    expect(json.length).toBeLessThan(10_000);
  });
});
