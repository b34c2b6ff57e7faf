// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { newErrand } from '../../src/github/errand.ts';
import { createFigures } from '../helpers/figures.ts';

const inbox = { depth: 3, oldestAgeMs: 1500, deadLetters: 2 };
type Told = Parameters<typeof tellAll>[0];

/** The lines of some figures after something was told, but for those that begin at 0 and still are. */
async function figures(tell: (told: Told) => void, names: RegExp, stats = async () => inbox): Promise<string[]> {
  const { observer, text } = createFigures();
  tell(observer);
  const lines = (await text(stats)).split('\n');
  return lines.filter((line) => names.test(line) && !/^#|^countersign_(?:webhooks|sweeps)_total.* 0$/.test(line));
}
function tellAll(observer: ReturnType<typeof createFigures>['observer']): void {
  observer.held('7', 60_000);
}

const verdict = (rule: string, outcome: string) => ({ verdict: { rule, outcome } });
const judged = (written: number, putAt: number | null = Date.now()) => ({
  kind: 'pull-request' as const,
  attempt: { done: true as const },
  errand: { ...newErrand('person'), requests: 3, points: 2 },
  putAt,
  look: {
    looked: true as const,
    headSha: 'a',
    written,
    again: null,
    previewWanted: false,
    judgements: [
      verdict('dco', 'pass'),
      { ...verdict('license', 'fail'), override: { overrides: [{}] } },
      { ...verdict('upstream', 'fail'), override: { overrides: [] } },
    ] as never,
  },
});

describe('Webhooks are counted', () => {
  test('by event and result', async () => {
    expect(
      await figures((told) => {
        for (const [event, status] of [
          ['push', 200],
          ['push', 200],
          ['pull_request', 500],
          ['ping', 400],
        ] as const)
          told.webhook({ event, status, seconds: 0.01 });
      }, /^countersign_webhooks_total|_answer_seconds_count/),
    ).toEqual([
      'countersign_webhooks_total{event="pull_request",result="failed"} 1',
      'countersign_webhooks_total{event="push",result="stored"} 2',
      'countersign_webhooks_total{event="ping",result="malformed"} 1',
      'countersign_webhook_answer_seconds_count 2',
    ]);
  });

  test('together where strangers name the event', async () => {
    const told = await figures((observer) => {
      for (let number = 0; number < 100; number += 1) {
        observer.webhook({ event: `event${number}`, status: 400, seconds: 0 });
        observer.webhook({ event: null, status: 401, seconds: 0 });
      }
    }, /^countersign_webhooks_total/);
    expect(told).toEqual([
      'countersign_webhooks_total{event="other",result="unsigned"} 100',
      'countersign_webhooks_total{event="other",result="malformed"} 100',
    ]);
  });
});

test('What is alerted on when it increases is there before it first does', async () => {
  const text = await createFigures().text(async () => inbox);
  expect(text.split('\n')).toEqual(
    expect.arrayContaining([
      'countersign_webhooks_total{event="pull_request",result="stored"} 0',
      'countersign_webhooks_total{event="pull_request",result="failed"} 0',
      'countersign_webhooks_total{event="other",result="unsigned"} 0',
      'countersign_webhooks_total{event="other",result="busy"} 0',
      'countersign_sweeps_total{result="failed"} 0',
    ]),
  );
});

describe('The inbox', () => {
  test('is asked when the figures are read', async () => {
    expect(await figures(() => {}, /^countersign_(?:inbox|dead)/)).toEqual([
      'countersign_inbox_depth 3',
      'countersign_inbox_oldest_age_seconds 1.5',
      'countersign_dead_letters 2',
      'countersign_inbox_readable 1',
    ]);
  });

  test('that does not answer takes no other figure with it', async () => {
    const away = async () => {
      throw new Error('the database is away');
    };
    expect(await figures(tellAll, /^countersign_(?:inbox_readable|github_holds)/, away)).toEqual([
      'countersign_inbox_readable 0',
      'countersign_github_holds_total{installation="7"} 1',
    ]);
  });
});

describe('A look', () => {
  test('that wrote check runs counts its verdicts, its overrides, what it cost and how long it took', async () => {
    expect(
      await figures(
        (told) => told.attempted(judged(2)),
        /^countersign_(?:verdicts|overrides|attempts|.*_(?:sum|count)\{)/,
      ),
    ).toEqual([
      'countersign_attempts_total{kind="pull-request",result="done"} 1',
      expect.stringMatching(/^countersign_judgement_seconds_sum/),
      'countersign_judgement_seconds_count{kind="pull-request"} 1',
      'countersign_look_api_points_sum{kind="pull-request"} 2',
      'countersign_look_api_points_count{kind="pull-request"} 1',
      'countersign_look_api_requests_sum{kind="pull-request"} 3',
      'countersign_look_api_requests_count{kind="pull-request"} 1',
      'countersign_verdicts_total{rule="dco",outcome="pass"} 1',
      'countersign_verdicts_total{rule="license",outcome="fail"} 1',
      'countersign_verdicts_total{rule="upstream",outcome="fail"} 1',
      'countersign_overrides_total{rule="license"} 1',
    ]);
  });

  test('that found everything right already counts only as an attempt and by what it cost', async () => {
    expect(
      await figures((told) => told.attempted(judged(0)), /^countersign_(?:verdicts|judgement_seconds_count|attempts)/),
    ).toEqual(['countersign_attempts_total{kind="pull-request",result="done"} 1']);
  });

  test.each([
    ['retry', { done: false as const, retryAfter: 1 }],
    ['held', { done: false as const, retryAfter: 1, counts: false }],
    ['dead', { done: false as const, dead: true as const, why: 'x' }],
  ])('that failed counts as %s', async (result, attempt) => {
    const failed = { ...judged(1), attempt, look: null };
    expect(await figures((told) => told.attempted(failed), /^countersign_attempts/)).toEqual([
      `countersign_attempts_total{kind="pull-request",result="${result}"} 1`,
    ]);
  });
});

describe('A sweep', () => {
  const look = (reason: 'daily' | 'no-checks') => ({
    subject: { kind: 'installation' as const, installationId: 1 },
    reason,
  });
  const installation = { id: 1, account: 'octo', why: null, repositories: 1, pullRequests: 3 };

  test('counts what it found, what it had made up for, and what it cost', async () => {
    const installations = [
      { ...installation, outcome: 'done' as const, looks: [look('daily'), look('daily'), look('no-checks')] },
      { ...installation, outcome: 'failed' as const, looks: [look('daily')] },
    ];
    const report = { redeliveries: [], redelivered: 2, deliveriesFailed: null, installations };
    expect(
      await figures(
        (told) => told.swept({ report, errand: { ...newErrand('sweep'), points: 5 } }),
        /^countersign_sweep/,
      ),
    ).toEqual([
      'countersign_sweeps_total{result="done"} 1',
      'countersign_sweep_passes_total{outcome="done"} 1',
      'countersign_sweep_passes_total{outcome="failed"} 1',
      'countersign_sweep_looks_total{reason="daily"} 3',
      'countersign_sweep_looks_total{reason="no-checks"} 1',
      'countersign_sweep_redeliveries_total 2',
      'countersign_sweep_points_total 5',
    ]);
  });

  test('that failed as a whole counts what it cost all the same', async () => {
    const failed = { report: null, errand: { ...newErrand('sweep'), points: 1 } };
    expect(await figures((told) => told.swept(failed), /^countersign_sweep(?:s|_points)_total/)).toEqual([
      'countersign_sweeps_total{result="failed"} 1',
      'countersign_sweep_points_total 1',
    ]);
  });
});

describe('Requests to GitHub', () => {
  const answered = (installation: string, status = 200) => ({
    installation,
    api: 'graphql' as const,
    status,
    points: 2,
    seconds: 0.1,
  });

  test('are counted by installation, with the points that they cost', async () => {
    expect(
      await figures((told) => {
        told.answered(answered('7'));
        told.answered(answered('7', 502));
        told.answered(answered('app', 0));
      }, /^countersign_github_(?:requests|points)/),
    ).toEqual([
      'countersign_github_requests_total{installation="7",api="graphql",result="2xx"} 1',
      'countersign_github_requests_total{installation="7",api="graphql",result="5xx"} 1',
      'countersign_github_requests_total{installation="app",api="graphql",result="none"} 1',
      'countersign_github_points_total{installation="7",api="graphql"} 4',
      'countersign_github_points_total{installation="app",api="graphql"} 2',
    ]);
  });

  test('tell what is left of the hour', async () => {
    const budget = { limit: 5000, remaining: 4000, resetAt: 1_800_000_000_000 };
    expect(await figures((told) => told.budget('7', 'rest', budget), /^countersign_github_budget/)).toEqual([
      'countersign_github_budget_remaining{installation="7",api="rest"} 4000',
      'countersign_github_budget_limit{installation="7",api="rest"} 5000',
      'countersign_github_budget_reset_seconds{installation="7",api="rest"} 1800000000',
    ]);
  });

  test('of more than two hundred installations are counted together', async () => {
    const lines = await figures((told) => {
      for (let number = 0; number < 1000; number += 1) {
        told.answered(answered(String(number)));
        told.budget(String(number), 'rest', { limit: 1, remaining: 1, resetAt: 0 });
      }
    }, /^countersign_github_(?:requests_total|budget_remaining)/);
    expect(lines).toHaveLength(401);
    expect(lines).toContain('countersign_github_requests_total{installation="other",api="graphql",result="2xx"} 800');
  });
});
