// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * GitHub's published limits for one installation (REST: "Rate limits for the REST API", GraphQL: "Rate limits and
 * query limits for the GraphQL API"): requests at once, REST and GraphQL together; points a minute for each of the
 * APIs, a read counting 1 and a write 5; and requests that make content, such as comments. The hour's budget is not
 * among them: GitHub tells it with each answer.
 */
export const publishedLimits = {
  concurrent: 100,
  restPerMinute: 900,
  graphqlPerMinute: 2000,
  contentPerMinute: 80,
  contentPerHour: 500,
} as const;

export type Limits = { readonly [Key in keyof typeof publishedLimits]: number };

/** GitHub keeps a budget for each of its APIs. */
export type Api = 'rest' | 'graphql';

/** What a request takes of the limits a minute. */
export interface Cost {
  readonly api: Api;
  readonly points: number;
  /** Whether it makes content: `along` where a verdict is posted with it, which no comment may hold up. */
  readonly content: 'none' | 'only' | 'along';
}

/** What Octokit knows of a request before it is sent. */
export interface RequestOptions {
  readonly method?: string;
  readonly url: string;
  readonly query?: unknown;
}

const read = 1;
const write = 5;

export function costOf({ method = 'GET', url, query }: RequestOptions): Cost {
  if (url.endsWith('/graphql')) {
    const text = String(query);
    const mutates = /^\s*mutation\b/.test(text);
    return { api: 'graphql', points: mutates ? write : read, content: mutates ? contentOf(text) : 'none' };
  }
  const reads = method === 'GET' || method === 'HEAD' || method === 'OPTIONS';
  return { api: 'rest', points: reads ? read : write, content: reads || isUpkeep(url) ? 'none' : 'only' };
}

/** Check runs notify nobody. Whatever else a mutation does may, so that it is counted. */
function contentOf(mutation: string): Cost['content'] {
  const fields = [...mutation.matchAll(/\b\w+(?=\s*\(\s*input:)/g)].map(([field]) => field);
  const checks = fields.filter((field) => /^(?:create|update)CheckRun$/.test(field));
  if (checks.length === fields.length) return 'none';
  return checks.length > 0 ? 'along' : 'only';
}

/** Writes that nobody sees: tokens, check runs, another delivery of a webhook. */
function isUpkeep(url: string): boolean {
  return /\/(?:access_tokens|check-runs|check-suites|deliveries\/[^/]+\/attempts)(?:\/[^/]*)?$/.test(url);
}
