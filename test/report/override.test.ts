// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import * as z from 'zod';
import type { Judgement } from '../../src/engine.ts';
import type { AppliedOverride, Ended, Override } from '../../src/overrides/overrides.ts';
import { overrideSettings } from '../../src/overrides/settings.ts';
import { digest, renderCheckRun } from '../../src/report/check-run.ts';
import { reportJson } from '../../src/report/json.ts';
import { renderMarkdown } from '../../src/report/markdown.ts';
import { exitCode, overall } from '../../src/report/outcome.ts';
import { reportSchema } from '../../src/report/report-schema.ts';
import { sarifLog } from '../../src/report/sarif.ts';
import { renderText } from '../../src/report/text.ts';
import { say } from '../../src/rules/text.ts';
import { hostile, html, marker, megabyte, outsideCode, tags } from './hostile.ts';
import { commitFinding, context, finding, judged, mixed, report, sha, verdict } from './sample.ts';

const url = 'https://github.example/octo/demo/pull/12#issuecomment-1';

function override(more: Partial<Override> = {}): Override {
  const said = {
    check: 'dco',
    by: 'mia',
    reason: 'the employer confirmed by mail',
    url,
    comment: 'IC_1',
    at: '2026-01-31T12:00:00Z',
  };
  return { ...said, scope: null, named: true, only: null, ...more };
}

function ended(more: Partial<Ended> = {}): Ended {
  const { named: _, only: __, ...said } = override();
  return { ...said, code: 'unseen', why: say`It was written before.`, ...more };
}

function applied(more: Partial<AppliedOverride> = {}): AppliedOverride {
  return {
    effect: 'whole',
    overrides: [override()],
    covered: 2,
    open: 0,
    lapsed: [],
    withdrawn: [],
    refused: [],
    ...more,
  };
}

const overridden: Judgement = { ...mixed, override: applied() };
const { remedies: _, ...noRemedies } = mixed.verdict;
const plainMixed: Judgement = { ...mixed, verdict: { ...noRemedies, remedies: [] } };

describe('A check that maintainers let pass', () => {
  const output = renderCheckRun(overridden, { ...context, commitUrl: null });

  test('is a success whose title says who decided', () => {
    expect([output.conclusion, output.title]).toEqual(['success', 'Overridden by @mia']);
  });

  test('says what it would have been, who decided, why, where, and how to take it back', () => {
    expect(output.summary).toBe(
      [
        '**Maintainers let this pass.** Without that, action would be required: 2 of 5 commits are not signed off. Every finding is still listed below.',
        '### Overridden',
        `- By \`@mia\` ([comment](${url})): \`the employer confirmed by mail\``,
        'An override holds for what its writer could see, not for what is pushed later. To take it back, write `/override-cancel`, or delete the comment.',
        'Judged by the policy `.github/countersign.yml` of `octo/demo` at `main`.',
      ].join('\n\n'),
    );
  });

  test('lists every finding as before', () => {
    expect(output.text).toBe(renderCheckRun(mixed, { ...context, commitUrl: null }).text);
  });

  test('differs from the one that fails, and from that of somebody else', () => {
    const other = renderCheckRun({ ...mixed, override: applied({ overrides: [override({ by: 'max' })] }) }, context);
    const digests = [mixed, overridden].map((one) => digest(renderCheckRun(one, context)));
    expect(new Set([...digests, digest(other)]).size).toBe(3);
  });

  test.each<[string, Judgement, string]>([
    [
      'could not be judged',
      judged(verdict([finding('gap')])),
      'it would fail, because it could not be judged: A title.',
    ],
    ['only warns', judged(verdict([finding('error')]), 'warn'), 'it would warn: A title.'],
  ])('says what it would have been where it %s', (_, judgement, words) => {
    const { summary, conclusion } = renderCheckRun({ ...judgement, override: applied() }, context);
    expect(conclusion).toBe('success');
    expect(summary).toContain(words);
  });

  test.each<[readonly string[], string]>([
    [['mia', 'max'], 'Overridden by @mia and @max'],
    [['mia', 'max', 'mia'], 'Overridden by @mia and @max'],
    [['a', 'b', 'c', 'd', 'e'], 'Overridden by @a, @b, @c and 2 more'],
    [['mia_corp'], 'Overridden by @mia_corp'],
    [['m<b>'], 'Overridden by “m<b>”'],
  ])('by %j has the title %s', (people, title) => {
    const overrides = people.map((by) => override({ by }));
    expect(renderCheckRun({ ...mixed, override: applied({ overrides }) }, context).title).toBe(title);
  });

  test('says which part each override is for, and that no reason was given', () => {
    const overrides = [
      override({ scope: { path: 'vendor/**' } }),
      override({ scope: { commit: sha('2') }, reason: null }),
    ];
    const { summary } = renderCheckRun({ ...mixed, override: applied({ overrides }) }, context);
    expect(summary).toContain(`- By \`@mia\` for \`vendor/**\` ([comment](${url})): \`the employer`);
    expect(summary).toContain(`- By \`@mia\` for \`2222222\` ([comment](${url})), without a reason`);
  });
});

describe('A check that still fails', () => {
  test('says in its title and below what is overridden, and how to mend the rest', () => {
    const part = { ...mixed, override: applied({ effect: 'part', covered: 1, open: 1 }) };
    const { conclusion, title, summary } = renderCheckRun(part, context);
    expect([conclusion, title]).toEqual([
      'action_required',
      '2 of 5 commits are not signed off; 1 finding of 2 is overridden',
    ]);
    expect(summary).toContain('1 finding of 2 is overridden; the other one stands.\n\n### Overridden\n\n- By `@mia`');
    expect(summary).toContain('### How to fix it');
  });

  test('lists the overrides that do not hold, each with its cause', () => {
    const none = applied({
      effect: 'none',
      overrides: [],
      idle: [override({ named: false }), override({ scope: { path: 'x' } }), override({ only: [] })],
      covered: 0,
      open: 2,
      lapsed: [ended()],
      withdrawn: [ended({ why: say`${'max'} has taken it back.` })],
      refused: [ended({ why: say`${'mia'} may not.` })],
    });
    const { conclusion, summary } = renderCheckRun({ ...plainMixed, override: none }, context);
    const start = `- By \`@mia\` ([comment](${url})): \`the employer confirmed by mail\`\\\n  `;
    expect(conclusion).toBe('action_required');
    expect(summary).toContain(
      `### Without effect\n\n${start}What could not be judged is overridden only by its name, not by \`all\`.\n`,
    );
    expect(summary).toContain('\\\n  No finding is about that.\n');
    expect(summary).toContain('\\\n  It holds for findings that stayed as they were, and there are none of these.\n');
    expect(summary).toContain(`### Lapsed\n\n${start}It was written before.\n`);
    expect(summary).toContain(`### Withdrawn\n\n${start}\`max\` has taken it back.\n`);
    expect(summary).toContain(`### Refused\n\n${start}\`mia\` may not.\n`);
  });

  test('shows how to mend it however many overrides do not hold', () => {
    const lapsed = Array.from({ length: 5000 }, () => ended({ reason: megabyte, why: [{ quoted: megabyte }] }));
    const none = applied({ effect: 'none', overrides: [], lapsed, refused: lapsed, withdrawn: lapsed });
    const { summary } = renderCheckRun({ ...mixed, override: none }, context);
    expect(summary).toContain('… and 4,990 more overrides');
    expect(summary).toContain(`git rebase --signoff ${sha('0')}\ngit push --force-with-lease`);
    expect(Buffer.byteLength(summary)).toBeLessThan(65_535);
  });

  test.each<[string, Judgement, boolean]>([
    ['it fails', mixed, true],
    ['it could not be judged', judged(verdict([finding('gap')])), true],
    ['it passes', judged(verdict([])), false],
    ['it is overridden', overridden, false],
  ])('carries the button where no reason is asked for and %s', (_, judgement, expected) => {
    const buttons = new Set(['dco']);
    const { actions } = renderCheckRun(judgement, { ...context, buttons });
    expect(actions.map(({ identifier }) => identifier)).toEqual(expected ? ['override'] : []);
    for (const { label, description, identifier } of actions) {
      expect([label.length <= 20, description.length <= 40, identifier.length <= 20]).toEqual([true, true, true]);
    }
    expect(renderCheckRun(judgement, context).actions).toEqual([]);
    expect(renderCheckRun(judgement, { ...context, buttons: new Set(['license']) }).actions).toEqual([]);
  });
});

describe('How to override a check', () => {
  const said = (judgement: Judgement, settings: object = {}, more: object = {}) => {
    const overrides = overrideSettings.parse(settings);
    const { summary } = renderCheckRun(judgement, { ...context, overrides, ...more });
    return /^.*`\/override .*$/m.exec(summary)?.[0] ?? null;
  };
  const gap = judged(verdict([finding('gap')]));
  const standard = 'A maintainer can let it pass with a comment that gives a reason: `/override dco because REASON`.';
  const byName =
    'Those whom the policy names can let it pass with a comment that gives a reason: `/override dco because REASON`.';
  const inPart = { ...mixed, override: applied({ effect: 'part', covered: 1, open: 1 }) };

  test.each<[string, Judgement, object, string]>([
    ['fails', mixed, {}, standard],
    ['could not be judged', gap, {}, standard],
    ['could not be judged, where the rule only warns', { ...gap, mode: 'warn' }, {}, standard],
    ['still fails in part', inPart, {}, standard],
    ['needs no reason', mixed, { reason: 'optional' }, 'A maintainer can let it pass with a comment: `/override dco`.'],
    ['only a team may override', mixed, { roles: [], teams: ['octo/legal'] }, byName],
    ['only code owners may override', mixed, { roles: [], CODEOWNERS: true }, byName],
    ['has its own rules', mixed, { roles: [], checks: { dco: { roles: ['Admin'] } } }, standard],
  ])('is told of one that %s', (_, judgement, settings, expected) => {
    expect(said(judgement, settings)).toBe(expected);
  });

  test.each<[string, Judgement, object]>([
    ['passes', judged(verdict([])), {}],
    ['only warns', { ...mixed, mode: 'warn' }, {}],
    ['is overridden', overridden, {}],
    ['nobody may override', mixed, { roles: [] }],
    ['nobody may override, unlike others', mixed, { checks: { dco: { roles: [] } } }],
    ['says nothing that an override could be about', judged({ ...verdict([]), outcome: 'incomplete' }), {}],
    ['judges the policy', judged({ ...verdict([finding('error')]), rule: 'policy' }), {}],
  ])('is not told of one that %s', (_, judgement, settings) => {
    expect(said(judgement, settings)).toBeNull();
  });

  test('is told where it can be done, and after everything that mends it', () => {
    expect(said(mixed, {}, { overrides: undefined })).toBeNull();
    const { summary } = renderCheckRun(mixed, { ...context, overrides: overrideSettings.parse({}) });
    expect(summary.split('\n\n').slice(-3)).toEqual([
      'This check runs again by itself after each push, and when the policy changes.',
      standard,
      expect.stringMatching(/^Judged by the policy /),
    ]);
  });
});

describe('In other forms', () => {
  const all = { ...report, judgements: [overridden] };

  test('what is overridden counts as a pass', () => {
    expect([overall([overridden]), exitCode(all)]).toEqual(['pass', 0]);
    expect(overall([{ ...mixed, override: applied({ effect: 'part' }) }])).toBe('fail');
    expect(overall([{ ...judged(verdict([finding('gap')])), override: applied() }])).toBe('pass');
  });

  test('JSON keeps the outcome and tells of the override, as its schema says', () => {
    const judgement = {
      ...mixed,
      override: applied({ lapsed: [ended()], idle: [override({ scope: { path: 'x' } })] }),
    };
    const json = reportJson({ ...all, judgements: [judgement, mixed] });
    expect(json.judgements[0]).toMatchObject({
      outcome: 'fail',
      override: {
        effect: 'whole',
        overrides: [{ by: 'mia', url }],
        lapsed: [{ code: 'unseen', message: 'It was written before.' }],
      },
    });
    expect(json.judgements[1]?.override).toBeNull();
    const valid = new Ajv2020({ strict: true }).compile(z.toJSONSchema(reportSchema, { target: 'draft-2020-12' }));
    expect(valid(JSON.parse(JSON.stringify(json)))).toBe(true);
  });

  test('text says who and why', () => {
    const text = renderText(all, { color: false, width: 200 });
    expect(text).toContain('✔ DCO: Overridden by @mia\n');
    expect(text).toContain('Without overrides: 2 of 5 commits are not signed off');
    expect(text).toContain(`Overridden by “mia”: “the employer confirmed by mail” (“${url}”)`);
    expect(text).not.toContain('How to fix it');
  });

  test('Markdown mentions nobody', () => {
    expect(renderMarkdown(all)).toContain('## ✅ DCO: Overridden by `@mia`\n');
  });

  test('SARIF suppresses the results, with the reason', () => {
    const [run] = sarifLog(all, { version: '1.0.0' }).runs;
    expect(run?.results?.length).toBeGreaterThan(0);
    for (const { suppressions } of run?.results ?? []) {
      expect(suppressions).toEqual([
        { kind: 'external', status: 'accepted', justification: '“mia”: “the employer confirmed by mail”' },
      ]);
    }
    const [plainRun] = sarifLog({ ...all, judgements: [mixed] }, { version: '1.0.0' }).runs;
    expect(plainRun?.results?.some(({ suppressions }) => suppressions !== undefined)).toBe(false);
  });
});

describe('Whatever a reason, a login, a path or an address holds', () => {
  const effects = fc.constantFrom<AppliedOverride['effect']>('whole', 'part', 'none');

  test('it is inert', () => {
    fc.assert(
      fc.property(hostile, effects, (theirs, effect) => {
        const said = { by: theirs, reason: theirs, url: theirs, scope: { path: theirs } };
        const all = [ended({ ...said, why: [{ quoted: theirs }] })];
        const judgement: Judgement = {
          ...judged(verdict([commitFinding('error', sha('1'), 'Subject')])),
          override: applied({ effect, overrides: [override(said)], idle: [override(said)], lapsed: all, refused: all }),
        };
        const { summary, title } = renderCheckRun(judgement, context);
        const page = html(summary);
        expect(outsideCode(page)).not.toContain(marker);
        const allowed = ['p', 'strong', 'h3', 'ul', 'li', 'a', 'code', 'br'].flatMap((tag) => [tag, `/${tag}`]);
        expect(tags(page).filter((tag) => !allowed.includes(tag))).toEqual([]);
        expect(title).not.toMatch(/[\p{Cc}\u202e\u2066]/u);
        expect(html(renderMarkdown({ ...report, judgements: [judgement] }))).not.toMatch(/<script|<img|evil\.example"/);
      }),
      { numRuns: 200 },
    );
  });
});
