// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { LruMap } from 'toad-cache';
import * as z from 'zod';
import { currentErrand } from './errand.ts';
import { membershipAnswer, permissionAnswer } from './permissions.ts';
import { repositoryAnswer } from './upstream/repository.ts';

/** The parts of an Octokit that are touched here. */
interface Hooked {
  readonly hook: {
    wrap(name: 'request', wrapper: (request: Request, options: ReadOptions) => unknown): void;
  };
}
interface OctokitOptions {
  readonly auth?: { readonly installationId?: number };
}
interface ReadOptions {
  readonly method?: string;
  readonly url: string;
  readonly headers: Record<string, unknown>;
}
type Request = (options: ReadOptions) => unknown;
interface Answer {
  readonly status: number;
  readonly headers?: { readonly etag?: string };
  readonly data?: unknown;
}

/**
 * Small answers that rarely change and are asked for again and again, whoever's pull request it is; and what they are to
 * be like. One that is not as documented would hold for as long as GitHub says that nothing has changed.
 */
const rarelyChange: ReadonlyMap<string, z.ZodType> = new Map<string, z.ZodType>([
  ['/orgs/{org}/members/{username}', z.object({ status: z.literal(204) })],
  ['/repos/{owner}/{repo}/collaborators/{username}/permission', z.object({ data: permissionAnswer })],
  ['/orgs/{org}/teams/{team_slug}/memberships/{username}', z.object({ data: membershipAnswer })],
  ['/repos/{owner}/{repo}', z.object({ data: repositoryAnswer })],
]);
/** At about a kilobyte each. */
const mostKept = 5000;

/**
 * An Octokit plugin that has a REST read done once. A read that is under way already is not sent a second time. Of what
 * rarely changes the last answer is kept and GitHub asked only whether it still holds: a 304 costs nothing of the hour's
 * budget ("Best practices for using the REST API"), and what was taken away is never granted from memory.
 */
export function createReads(): (octokit: Hooked, octokitOptions: OctokitOptions) => Record<string, never> {
  const kept = new LruMap<Answer>(mostKept);
  const underWay = new Map<string, Promise<unknown>>();

  function once(key: string, read: () => Promise<unknown>): Promise<unknown> {
    const known = underWay.get(key);
    if (known !== undefined) return known;
    const reading = read().finally(() => underWay.delete(key));
    underWay.set(key, reading);
    return reading;
  }

  /** GitHub's answer, or the kept one where GitHub says that it still holds. */
  async function conditionally(
    key: string,
    options: ReadOptions,
    request: Request,
    shape: z.ZodType,
  ): Promise<unknown> {
    const known = kept.get(key);
    // Changed in place: the hooks further in have these options already, whatever they are called with.
    if (known?.headers?.etag !== undefined) options.headers['if-none-match'] = known.headers.etag;
    try {
      const answer = (await request(options)) as Answer;
      if (answer.headers?.etag !== undefined && shape.safeParse(answer).success) kept.set(key, answer);
      else kept.delete(key);
      return answer;
    } catch (thrown) {
      if (known !== undefined && (thrown as { readonly status?: number }).status === 304) return known;
      // Gone or forbidden is an answer as well, and the kept one is none any more.
      kept.delete(key);
      throw thrown;
    }
  }

  return (octokit, octokitOptions) => {
    const installation = octokitOptions.auth?.installationId ?? 'app';
    octokit.hook.wrap('request', (request, options) => {
      if (options.method !== 'GET') return request(options);
      // What one installation sees is not another's, and what a sweep has to wait for is not what a person has to.
      const key = `${installation} ${currentErrand().urgency} ${JSON.stringify({ ...options, request: undefined })}`;
      const shape = rarelyChange.get(options.url);
      return once(key, async () =>
        shape === undefined ? request(options) : conditionally(key, options, request, shape),
      );
    });
    return {};
  };
}
