// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { Counter, type Registry } from 'prom-client';
import type { SweepObserver } from '../sweep/sweeper-of-app.ts';

/** What sweeps found, had made up for, and cost. */
export function sweepMetrics(registry: Registry): SweepObserver {
  const counter = <Label extends string>(name: string, help: string, labelNames: Label[] = []) =>
    new Counter({ name, help, labelNames, registers: [registry] });
  const sweeps = counter('countersign_sweeps_total', 'Sweeps: done, or failed as a whole.', ['result']);
  const passes = counter(
    'countersign_sweep_passes_total',
    'Passes over an installation that a sweep went on with: done, more (to be continued), suspended, or failed.',
    ['outcome'],
  );
  const looks = counter('countersign_sweep_looks_total', 'What sweeps had looked at, by the reason.', ['reason']);
  const redeliveries = counter(
    'countersign_sweep_redeliveries_total',
    'Failed webhooks that GitHub was asked for again.',
  );
  const points = counter('countersign_sweep_points_total', "Points of GitHub's hourly budgets that sweeps cost.");

  // As for webhooks: the first that fails has to show as an increase.
  for (const result of ['done', 'failed']) sweeps.inc({ result }, 0);
  return {
    swept: ({ report, errand }) => {
      sweeps.inc({ result: report === null ? 'failed' : 'done' });
      points.inc(errand.points);
      redeliveries.inc(report?.redelivered ?? 0);
      for (const { outcome, looks: found } of report?.installations ?? []) {
        passes.inc({ outcome });
        for (const { reason } of found) looks.inc({ reason });
      }
    },
  };
}
