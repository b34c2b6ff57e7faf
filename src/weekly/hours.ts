// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { createHash } from 'node:crypto';
import type { RepositoryRef } from '../inbox/inbox.ts';

const hour = 60 * 60_000;
const hoursOfWeek = 7 * 24;

/** The hour (a whole number since 1970) of a time in milliseconds since then. */
export function hourOf(time: number): number {
  return Math.floor(time / hour);
}

/** Milliseconds until the next hour begins. */
export function untilNextHour(time: number): number {
  return hour - (time % hour);
}

/**
 * Whether a repository's turn of the week comes in one of these hours, both included. The name alone decides, so that nothing has to be kept, and
 * the repositories of an installation spread over the week.
 */
export function isDue({ owner, name }: Pick<RepositoryRef, 'owner' | 'name'>, from: number, to: number): boolean {
  const digest = createHash('sha256').update(`${owner}/${name}`.toLowerCase()).digest();
  const turn = digest.readUInt32BE(0) % hoursOfWeek;
  const first = from + ((((turn - from) % hoursOfWeek) + hoursOfWeek) % hoursOfWeek);
  return first <= to;
}
