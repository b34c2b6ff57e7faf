// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { ProbotOctokit } from 'probot';
import type { Limiter } from './limiter.ts';

/** An Octokit that speaks as one installation of the App, or as the App itself. */
export type Client = InstanceType<typeof ProbotOctokit>;

/**
 * Probot's Octokit under our own limiter. Octokit's throttling plugin writes once a second for the whole process,
 * GraphQL reads included, and its retry plugin sleeps while it holds a place; both are switched off. The options have
 * to be given as a function: an object is merged shallowly and Probot's own defaults win.
 */
export function octokitWith(limiter: Limiter): typeof ProbotOctokit {
  const plugin = limiter.plugin as Parameters<typeof ProbotOctokit.plugin>[0];
  return ProbotOctokit.plugin(plugin).defaults((options: ConstructorParameters<typeof ProbotOctokit>[0]) => ({
    ...options,
    throttle: { ...options?.throttle, enabled: false },
    retry: { ...options?.retry, enabled: false },
    userAgent: 'countersign',
  })) as typeof ProbotOctokit;
}
