// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import * as z from 'zod';
import type { Contribution } from '../contribution/contribution.ts';
import { day } from './day.ts';
import type { Verdict } from './verdict.ts';

/** A fact that costs a request of its own, so that a source reads it only when a rule asks. */
export type Need =
  | { readonly fact: 'membership'; readonly login: string }
  | { readonly fact: 'commit-paths'; readonly sha: string }
  /** What a merge commit itself changes. */
  | { readonly fact: 'merge-paths'; readonly sha: string; readonly parents: readonly string[] }
  | ContributionNeed;

/** A fact about the pull request, or the range, whose newest commit is `head`. */
export type ContributionNeed = { readonly head: string } & (
  | { readonly fact: 'files' }
  | { readonly fact: 'former-paths' }
  | { readonly fact: 'merge-base' }
  | { readonly fact: 'contents'; readonly lookups: readonly Lookup[] }
  | { readonly fact: 'dependencies'; readonly base: string }
  | { readonly fact: 'submodule'; readonly url: string; readonly sha: string }
  | { readonly fact: 'actions'; readonly actions: readonly ActionPlace[] }
  | { readonly fact: 'description' }
  | { readonly fact: 'carried'; readonly repository: string; readonly branch: string | null }
  /** The commits that the head has and upstream's branch has not, of a tree that is looked at as a whole. */
  | { readonly fact: 'fork-commits'; readonly repository: string; readonly branch: string | null }
  | { readonly fact: 'line-date'; readonly path: string; readonly line: number; readonly text: string }
  | { readonly fact: 'upstream'; readonly question: UpstreamQuestion }
);

/** A question about an upstream repository (`owner/name`) on the configured GitHub; a branch of null is the default one. */
export type UpstreamQuestion =
  | {
      readonly ask: 'contained';
      readonly repository: string;
      readonly branch: string | null;
      readonly commit: string;
      /** Whether the policy names the repository; of others only public ones are asked. */
      readonly trusted: boolean;
    }
  | { readonly ask: 'pull-request'; readonly repository: string; readonly number: number; readonly trusted: boolean }
  | { readonly ask: 'diff'; readonly repository: string; readonly commit: string; readonly trusted: boolean };

/** Where a GitHub Action lies. */
export interface ActionPlace {
  /** `owner/name`, in lower case. */
  readonly repository: string;
  /** A tag, a branch or a commit. */
  readonly ref: string;
  /** Empty: at the root. */
  readonly directory: string;
}

/** A path in a commit. */
export interface Lookup {
  readonly commit: string;
  readonly path: string;
  /** Whether the text is wanted whole, however large (within the source's limits), and not only its beginning. */
  readonly whole: boolean;
}

/** What every rule's section of the policy has. */
export interface CommonSettings {
  readonly mode: 'enforce' | 'warn' | 'off';
  /** `YYYY-MM-DD`: the day from which, at 00:00 UTC, `warn` is `enforce`; null where it stays as it is. */
  readonly enforceFrom: string | null;
  readonly name: string;
}

/** Keys common to every rule's section; `name` is the default name of its check run. */
export function commonSettings(name: string) {
  return {
    mode: z
      .enum(['enforce', 'warn', 'off'])
      .default('enforce')
      .meta({
        description:
          'enforce: a failing verdict asks for action and blocks where the check is required. ' +
          'warn: it is shown and blocks nothing. off: the rule is not run and no check run is posted.',
        examples: ['warn'],
        stricter: { order: ['enforce', 'warn', 'off'] },
        least: 'enforce',
      }),
    enforceFrom: day
      .nullable()
      .default(null)
      .meta({
        description:
          'With mode: warn, the day from which the rule is enforced, from 00:00 UTC on. Until then its check says so.',
        examples: ['2027-01-31'],
        stricter: 'lowest',
      }),
    name: z
      .string()
      .min(1)
      .max(100)
      .regex(/^[^\p{Cc}\p{Cf}]*$/u, { error: 'must not hold control or invisible characters' })
      .default(name)
      .meta({
        description: "The check run's name, as branch protection refers to it.",
        examples: [name],
        stricter: 'fixed',
      }),
  };
}

/**
 * A rule: a pure function from a contribution and its own settings to a verdict.
 * It performs no I/O, reads no clock and does not know where the facts came from.
 */
export interface Rule<Settings extends CommonSettings> {
  /** Its key in the policy file and in findings' codes. */
  readonly id: string;
  /** Its settings: one table for validation, defaults, JSON Schema and the reference page. */
  readonly settings: z.ZodType<Settings>;
  /**
   * Facts that would change the verdict and have not been read. Asked again once they are there, since one fact may
   * call for another; what was asked for before is not asked for again.
   */
  needs(contribution: Contribution, settings: Settings): readonly Need[];
  judge(contribution: Contribution, settings: Settings): Verdict;
}
