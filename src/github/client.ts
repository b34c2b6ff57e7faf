// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { ProbotOctokit } from 'probot';
import { directGraphql } from './direct-graphql.ts';
import { leanFetch } from './fetch.ts';
import type { Limiter } from './limiter.ts';
import { createReads } from './reads.ts';
import { soundAnswers } from './sound-answers.ts';

/** An Octokit that speaks as one installation of the App, or as the App itself. */
export type Client = InstanceType<typeof ProbotOctokit>;

type Options = NonNullable<ConstructorParameters<typeof ProbotOctokit>[0]>;

/**
 * Probot's Octokit under our own limiter. Octokit's throttling plugin writes once a second for the whole process,
 * GraphQL reads included, and its retry plugin sleeps while it holds a place; both are switched off. The options have
 * to be given as a function: an object is merged shallowly and Probot's own defaults win.
 */
export function octokitWith(limiter: Limiter): typeof ProbotOctokit {
  type Plugin = Parameters<typeof ProbotOctokit.plugin>[0];
  // The last one is asked first: what need not be sent takes nothing of a limit.
  const plugins = [
    directGraphql as unknown as Plugin,
    soundAnswers as unknown as Plugin,
    limiter.plugin as Plugin,
    createReads() as Plugin,
  ];
  return ProbotOctokit.plugin(...plugins).defaults((options: Options) => ({
    ...options,
    auth: authAtHome(options),
    request: { fetch: leanFetch, ...options.request },
    throttle: { ...options.throttle, enabled: false },
    retry: { ...options.retry, enabled: false },
    userAgent: 'countersign',
  })) as typeof ProbotOctokit;
}

/**
 * Asked for a token outside of a request, Octokit's App authentication goes to api.github.com, whatever server the App
 * is configured for. A token that was refused could then not be renewed on GitHub Enterprise Server.
 */
function authAtHome({ auth, baseUrl }: Options): Options['auth'] {
  if (auth?.request === undefined || baseUrl === undefined) return auth;
  return { ...auth, request: auth.request.defaults({ baseUrl }) };
}
