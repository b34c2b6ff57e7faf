// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { installations } from './pull-requests.ts';
import type { Plan } from './run.ts';

/** What is measured, by name. `size` 1 for figures to be published, less for a quick look. */
export type Scenario = (size: number) => Plan;

const without = { program: 'without limits', warmUp: 500, env: { COUNTERSIGN_CONCURRENCY: '60' } } as const;
const upTo = (count: number, size: number) => Array.from({ length: Math.ceil(count * size) }, (_, index) => index);

const closed =
  (latency: number): Scenario =>
  (size) => ({ ...without, latency, loop: { kind: 'closed', senders: 50 }, indices: upTo(3000, size) });

const open =
  (latency: number, perSecond: number, seconds: number): Scenario =>
  (size) => ({ ...without, latency, loop: { kind: 'open', perSecond }, indices: upTo(perSecond * seconds, size) });

export const scenarios = {
  'closed loop, 50 senders, 0 ms': closed(0),
  'closed loop, 50 senders, 50 ms': closed(50),
  'open loop, 200 a second, 0 ms': open(0, 200, 20),
  'open loop, 200 a second, 50 ms': open(50, 200, 20),
  'open loop, 500 a second, 50 ms': open(50, 500, 6),
  // All of one installation, since the limits are each installation's own; what is compiled costs nothing here.
  'GitHub’s limits, 50 ms': (size) => ({
    program: 'as shipped',
    warmUp: 0,
    latency: 50,
    loop: { kind: 'open', perSecond: 50 },
    indices: upTo(500, size).map((index) => index * installations),
  }),
} as const satisfies Readonly<Record<string, Scenario>>;

export type ScenarioName = keyof typeof scenarios;
