// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Subject } from '../inbox/inbox.ts';
import type { Reason } from './reason.ts';
import type { Redelivery } from './redelivery.ts';

/** Something that the sweep has looked at. */
export interface Look {
  readonly subject: Subject;
  readonly reason: Reason;
}

/** What a sweep did for one installation; in a dry run, what it would do. */
export interface InstallationReport {
  readonly id: number;
  readonly account: string;
  /** `more`: its share of the rate budget is spent, and the next sweep goes on there. */
  readonly outcome: 'done' | 'more' | 'suspended' | 'failed';
  /** Why it failed; null where it did not. */
  readonly why: string | null;
  /** Repositories and open pull requests that were read. */
  readonly repositories: number;
  readonly pullRequests: number;
  readonly looks: readonly Look[];
}

export interface SweepReport {
  readonly redeliveries: readonly Redelivery[];
  /** How many of them GitHub was asked for, and is making. */
  readonly redelivered: number;
  /** Why the deliveries could not be seen to; null where they could. */
  readonly deliveriesFailed: string | null;
  readonly installations: readonly InstallationReport[];
}
