// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { applyOverrides } from '../../src/overrides/apply.ts';
import { renderCheckRun } from '../../src/report/check-run.ts';
import { botOf, shaOf, userOf } from '../helpers/contribution.ts';
import { hostile } from '../report/hostile.ts';
import { context } from '../report/sample.ts';
import {
  at,
  comment,
  contribution,
  decide,
  judgement,
  maintainer,
  onCommit,
  onFile,
  outcome,
  run,
  scene,
  whoseNeeded,
} from './conversation.ts';
import { inTime } from './in-time.ts';

const override = '/override dco because so';

describe('Whose permission is read', () => {
  const logins = (comments: readonly ReturnType<typeof comment>[], more = {}) =>
    whoseNeeded(scene({ comments, ...more })).map(({ login }) => login);

  test('is that of everybody who wants to override or cancel, once', () => {
    const comments = [comment(override), comment(override, { by: 'MIA' }), comment('/override-cancel', { by: 'max' })];
    expect(logins(comments)).toEqual(['max', 'MIA']);
  });

  test.each([
    ['prose', comment('Looks good.')],
    ['a slip', comment('/override foo because so')],
    ['/recheck', comment('/recheck')],
    ['a bot', comment(override, { author: botOf('robot[bot]') })],
    ['nobody', comment(override, { author: null })],
    ['an edited override', comment(override, { edited: true })],
    ['a hidden cancellation', comment('/override-cancel', { minimised: true })],
  ])('is not that of %s', (_, one) => {
    expect(logins([one])).toEqual([]);
  });

  test('is nobody’s where nothing stands in the way, or the policy is broken', () => {
    expect(logins([comment(override)], { judgements: [judgement([])] })).toEqual([]);
    expect(logins([comment(override)], { policy: null })).toEqual([]);
  });

  test('comes with the teams that the policy names for the checks in question', () => {
    const policy = 'overrides: {teams: [org/legal], checks: {dco: {teams: [org/dco, Org/DCO]}}}';
    const judgements = [judgement([onCommit(shaOf(1))]), judgement([onCommit(shaOf(1))], 'license')];
    const teams = (body: string) => whoseNeeded(scene({ comments: [comment(body)], policy, judgements }))[0]?.teams;
    expect(teams(override)).toEqual(['Org/DCO']);
    expect(teams('/override license because so')).toEqual(['org/legal']);
    expect(teams('/override all because so')).toEqual(['Org/DCO', 'org/legal']);
  });

  test('is that of the 20 who wrote last, and the others may nothing', () => {
    const comments = Array.from({ length: 60 }, (_, index) =>
      comment(override, { by: `user-${index}`, second: 20 + index }),
    );
    const asked = logins(comments);
    expect(asked).toHaveLength(20);
    expect(asked).toContain('user-59');
    expect(asked).not.toContain('user-39');
    const permissions = Object.fromEntries(asked.map((login) => [login, maintainer]));
    expect(outcome(scene({ comments, permissions })).all).toContain('refused user-39 unknown-permission');
  });
});

describe('Thousands of comments', () => {
  const body = Array.from({ length: 19 }, () => override).join('\n');
  const comments = Array.from({ length: 3000 }, (_, index) =>
    comment(`${body}\n/override-cancel`, { by: `user-${index % 400}`, createdAt: at(20), publishedAt: at(20) }),
  );

  test('are decided about, and shown, before the test runs out of time', async () => {
    const question = scene({ comments: [...comments, comment(override, { second: 30 })] });
    const [judged] = await inTime(() => applyOverrides(question.judgements, decide(question)));
    expect(judged?.override?.effect).toBe('whole');
    const { summary } = await inTime(() => renderCheckRun(judged ?? judgement([]), context));
    expect(Buffer.byteLength(summary)).toBeLessThan(65_535);
    expect(summary).toMatch(/… and [\d,]+ more overrides/);
  });
});

describe('Paths that take long to match', () => {
  test('are not matched for people who cannot push', async () => {
    const files = Array.from({ length: 12_000 }, (_, index) => onFile(`${'a'.repeat(200)}${index}`));
    const comments = Array.from({ length: 100 }, (_, index) => {
      const lines = Array.from(
        { length: 20 },
        (_, line) => `/override dco for ${'*a'.repeat(200)}${index}-${line} because so`,
      );
      return comment(lines.join('\n'), { by: 'rob' });
    });
    const policy = 'overrides: {CODEOWNERS: true}';
    const question = scene({ comments, policy, judgements: [judgement(files)], codeowners: { text: '* @rob' } });
    expect(await inTime(() => whoseNeeded(question))).toHaveLength(1);
    expect(new Set((await inTime(() => outcome(question))).all)).toEqual(new Set(['refused rob not-allowed']));
  }, 10_000);
});

describe('Directories', () => {
  test('as deep as they may be are looked through once for each finding about one', async () => {
    const changed = Array.from({ length: 3000 }, (_, index) => ({
      path: `${index % 1000}/${'x/'.repeat(2000)}${index}`,
      change: 'added' as const,
    }));
    const question = scene({
      comments: [comment(override, { by: 'wim' })],
      policy: 'overrides: {CODEOWNERS: true}',
      judgements: [judgement(Array.from({ length: 1000 }, (_, index) => onFile(String(index))))],
      codeowners: { text: '* @wim' },
      contribution: { ...contribution, files: changed, totals: { commits: 2, files: changed.length } },
    });
    expect((await inTime(() => outcome(question))).all).toEqual(['granted wim']);
  }, 10_000);
});

describe('Whatever people write', () => {
  const body = fc
    .array(
      fc.oneof(hostile, fc.constantFrom('\n', override, '/override ', ' for ', ' because ', 'dco', '/override-cancel')),
      {
        maxLength: 8,
      },
    )
    .map((parts) => parts.join(''));
  const written = fc.record({
    body,
    by: fc.constantFrom('mia', 'max', 'ada', 'wim', 'zoe', '__proto__', 'toString'),
    second: fc.integer({ min: 0, max: 59 }),
    edited: fc.boolean(),
    minimised: fc.boolean(),
  });

  test('a decision is made, the same each time and in whatever order the comments are listed', () => {
    fc.assert(
      fc.property(fc.array(written, { maxLength: 6 }), (all) => {
        const comments = all.map(({ body: text, ...more }) => comment(text, more));
        const question = scene({ comments });
        expect(decide(question)).toEqual(decide(structuredClone(question)));
        expect(outcome(scene({ comments: comments.toReversed() })).passes).toBe(outcome(question).passes);
      }),
      { numRuns: 300 },
    );
  });

  test('only a comment of a maintainer, unchanged and unhidden, after the result, grants anything', () => {
    fc.assert(
      fc.property(fc.array(written, { maxLength: 6 }), (all) => {
        const comments = all.map(({ body: text, ...more }) => comment(text, more));
        const granted = decide(scene({ comments })).perCheck.get('dco')?.granted ?? [];
        for (const { by, at: when, comment: id } of granted) {
          const one = comments.find((said) => said.id === id);
          expect(['mia', 'max']).toContain(by);
          expect(when > at(10)).toBe(true);
          expect([one?.edited, one?.minimised, one?.body.includes('/override')]).toEqual([false, false, true]);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('there is one reply to a comment at most, and none to a bot', () => {
    fc.assert(
      fc.property(fc.array(written, { maxLength: 6 }), fc.boolean(), (all, bots) => {
        const comments = all.map(({ body: text, by, ...more }) =>
          comment(text, { ...more, author: bots ? botOf(`${by}[bot]`) : userOf(by) }),
        );
        const { replies } = decide(scene({ comments, runs: [run(1)] }));
        expect(new Set(replies.map(({ to }) => to.id)).size).toBe(replies.length);
        if (bots) expect(replies).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
