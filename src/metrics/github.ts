// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { RequestObserver } from '../github/limiter.ts';

const seconds = [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30];
/** Installations that have figures of their own. An App for everybody may have thousands, and each label costs memory. */
const mostInstallations = 200;
const others = 'other';

/** Requests to GitHub, and what is left of its budgets. */
export function gitHubMetrics(registry: Registry): RequestObserver {
  const registers = [registry];
  const nameOf = installationNames();
  const requests = new Counter({
    name: 'countersign_github_requests_total',
    help: "Requests to GitHub, by installation (app: the App's own), API and result.",
    labelNames: ['installation', 'api', 'result'],
    registers,
  });
  const duration = new Histogram({
    name: 'countersign_github_request_seconds',
    help: 'From a request to GitHub to its answer.',
    labelNames: ['api'],
    buckets: seconds,
    registers,
  });
  const labelNames = ['installation', 'api'];
  const points = new Counter({
    name: 'countersign_github_points_total',
    help: "Points spent of GitHub's hourly budgets, by installation and API.",
    labelNames,
    registers,
  });
  const ofBudget = (name: string, help: string) => new Gauge({ name, help, labelNames, registers });
  const remaining = ofBudget('countersign_github_budget_remaining', 'Points left of the hour, as GitHub told last.');
  const limit = ofBudget('countersign_github_budget_limit', 'Points an hour, as GitHub told last.');
  const reset = ofBudget('countersign_github_budget_reset_seconds', 'When that hour ends, in seconds since 1970.');
  const holds = new Counter({
    name: 'countersign_github_holds_total',
    help: 'Answers of GitHub that asked to leave an installation alone for a while.',
    labelNames: ['installation'],
    registers,
  });

  return {
    answered: ({ installation, api, status, points: spent, seconds: lasted }) => {
      const name = nameOf(installation);
      requests.inc({ installation: name, api, result: resultOf(status) });
      points.inc({ installation: name, api }, spent);
      duration.observe({ api }, lasted);
    },
    budget: (installation, api, budget) => {
      const labels = { installation: nameOf(installation), api };
      // One figure cannot tell what is left to several.
      if (labels.installation === others) return;
      remaining.set(labels, budget.remaining);
      limit.set(labels, budget.limit);
      reset.set(labels, budget.resetAt / 1000);
    },
    held: (installation) => holds.inc({ installation: nameOf(installation) }),
  };
}

/** The first installations by their number, those that come after them together. */
function installationNames(): (installation: string) => string {
  const named = new Set<string>();
  return (installation) => {
    if (named.has(installation)) return installation;
    if (named.size >= mostInstallations) return others;
    named.add(installation);
    return installation;
  };
}

/** `2xx` and so on; `none` where no answer came. */
function resultOf(status: number): string {
  return status === 0 ? 'none' : `${Math.floor(status / 100)}xx`;
}
