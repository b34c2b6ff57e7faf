// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { Counter, Histogram, type Registry } from 'prom-client';
import type { Attempt } from '../inbox/inbox.ts';
import type { AttemptMade, WorkerObserver } from '../worker/worker.ts';

/** In seconds. People wait for seconds, rate limits last minutes, outages hours. */
const latencies = [0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 900, 3600, 21_600, 86_400];
const counts = [1, 2, 3, 4, 5, 7, 10, 15, 25, 50, 100, 250];

/** What the worker did and what it found. */
export function lookMetrics(registry: Registry): WorkerObserver {
  const registers = [registry];
  const attempts = new Counter({
    name: 'countersign_attempts_total',
    help: 'Attempts to look at something: done, retry after a failure, held by a rate limit, or dead (given up).',
    labelNames: ['kind', 'result'],
    registers,
  });
  const ofLook = (name: string, help: string, buckets: number[]) =>
    new Histogram({ name, help, labelNames: ['kind'], buckets, registers });
  const latency = ofLook(
    'countersign_judgement_seconds',
    'From a webhook to the check runs written for it.',
    latencies,
  );
  const points = ofLook('countersign_look_api_points', "Points of GitHub's hourly budget that a look cost.", counts);
  const requests = ofLook('countersign_look_api_requests', 'Requests to GitHub that a look took.', counts);
  const verdicts = new Counter({
    name: 'countersign_verdicts_total',
    help: 'Verdicts of the looks that wrote check runs, by rule and outcome.',
    labelNames: ['rule', 'outcome'],
    registers,
  });
  const overrides = new Counter({
    name: 'countersign_overrides_total',
    help: "Those among them that a maintainer's override holds for, by rule.",
    labelNames: ['rule'],
    registers,
  });

  function judged({ look, kind, putAt }: AttemptMade): void {
    if (look === null || !look.looked || look.written === 0) return;
    // Its verdicts were counted when they were posted without the preview.
    if (kind === 'preview') return;
    if (putAt !== null) latency.observe({ kind }, Math.max(0, Date.now() - putAt) / 1000);
    for (const { verdict, override } of look.judgements) {
      verdicts.inc({ rule: verdict.rule, outcome: verdict.outcome });
      if (override !== undefined && override.overrides.length > 0) overrides.inc({ rule: verdict.rule });
    }
  }

  return {
    attempted: (made) => {
      const { kind, attempt, look, errand } = made;
      attempts.inc({ kind, result: resultOf(attempt) });
      if (look === null) return;
      points.observe({ kind }, errand.points);
      requests.observe({ kind }, errand.requests);
      judged(made);
    },
  };
}

function resultOf(attempt: Attempt): string {
  if (attempt.done) return 'done';
  if ('dead' in attempt) return 'dead';
  return attempt.counts === false ? 'held' : 'retry';
}
