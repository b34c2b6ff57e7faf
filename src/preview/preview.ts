// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { createHash } from 'node:crypto';
import { changesBetween } from '../policy/changes.ts';
import { settingsOf } from '../policy/in-force.ts';
import type { PolicyResolution } from '../policy/policy.ts';
import type { Difference, Pair } from './differences.ts';

/** An open or merged pull request, in the words of a list. */
export interface Listed {
  readonly number: number;
  /** A stranger wrote it. */
  readonly title: string;
  readonly state: 'OPEN' | 'MERGED';
  readonly headSha: string;
}

/** A pull request judged by two policies. */
export interface Compared {
  readonly listed: Listed;
  readonly differences: readonly Difference[];
}

/** One that could not be judged, and why not, as GitHub says. */
export interface Unread {
  readonly listed: Listed;
  readonly why: string;
}

/** What a change of policy would have done to pull requests. */
export interface Preview {
  /** Those that were judged by both, the most recently updated first. */
  readonly compared: readonly Compared[];
  readonly unread: readonly Unread[];
}

/** Pull requests that a preview looks back at. */
export const mostPreviewed = 20;

/**
 * The two policies of a pull request that changes the one in force, where there is something to preview: both can be
 * used, and a setting differs.
 */
export function pairOf(now: PolicyResolution | null, proposed: PolicyResolution | null): Pair | null {
  if (now?.policy == null || proposed?.policy == null) return null;
  return changesBetween(now.policy, proposed.policy).length === 0 ? null : { now: now.policy, next: proposed.policy };
}

/** Equal for pairs with equal settings, whatever files these come from: 16 hexadecimal digits. */
export function pairKey({ now, next }: Pair): string {
  const settings = JSON.stringify([settingsOf(now), settingsOf(next)]);
  return createHash('sha256').update(settings).digest('hex').slice(0, 16);
}
