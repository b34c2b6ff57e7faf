// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { AnsweringFault } from '../faults.ts';
import type { RestAnswer } from '../rest/route.ts';

/** An answer that is sent as it stands; `reset` breaks the connection in its place. */
export type RawAnswer = Omit<RestAnswer, 'body'> & { readonly text: string; readonly reset?: boolean };

const docs = 'https://docs.github.com/rest/overview/rate-limits-for-the-rest-api';

function json(status: number, body: unknown, headers: Record<string, string> = {}): RawAnswer {
  return {
    status,
    text: JSON.stringify(body),
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  };
}

/** The hourly budget is used up: `x-ratelimit-remaining` is 0 and `x-ratelimit-reset` says until when. */
export function primaryRateLimit(status: number, resetAt: number, installation: number | null): RawAnswer {
  const message = `API rate limit exceeded for installation ID ${installation ?? 0}.`;
  const body = { message, documentation_url: docs, status: String(status) };
  return json(status, body, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(Math.ceil(resetAt / 1000)) });
}

/** Too many requests at once or in a minute. GitHub sometimes leaves `retry-after` out. */
export function secondaryRateLimit(status: number, retryAfter: number | null): RawAnswer {
  const message =
    'You have exceeded a secondary rate limit. Please wait a few minutes before you try again. If you reach out to GitHub Support for help, please include the request ID.';
  const body = { documentation_url: `${docs}#about-secondary-rate-limits`, message, status: String(status) };
  return json(status, body, retryAfter === null ? {} : { 'retry-after': String(retryAfter) });
}

/** GraphQL says that the budget is used up in an answer with status 200. */
export function graphqlRateLimited(resetAt: number, installation: number | null): RawAnswer {
  const message = `API rate limit exceeded for installation ID ${installation ?? 0}.`;
  const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(Math.ceil(resetAt / 1000)) };
  return json(200, { errors: [{ type: 'RATE_LIMITED', message }] }, headers);
}

/** What a fault makes of a request. */
export function faultAnswer(fault: AnsweringFault, installation: number | null, now: number): RawAnswer {
  switch (fault.kind) {
    case 'status':
      return {
        status: fault.status,
        text: '<!DOCTYPE html><html><head><title>Unicorn!</title></head><body>This page is taking too long to load.</body></html>',
        headers: { 'content-type': 'text/html; charset=utf-8' },
      };
    case 'reset':
      return { status: 0, text: '', reset: true };
    case 'malformed':
      return {
        status: 200,
        text: '{"data":{"repository":',
        headers: { 'content-type': 'application/json; charset=utf-8' },
      };
    case 'primary-rate-limit':
      return primaryRateLimit(fault.status ?? 403, now + (fault.resetIn ?? 60) * 1000, installation);
    case 'secondary-rate-limit':
      return secondaryRateLimit(fault.status ?? 403, fault.retryAfter === undefined ? 60 : fault.retryAfter);
    case 'graphql-rate-limited':
      return graphqlRateLimited(now + (fault.resetIn ?? 60) * 1000, installation);
    case 'graphql-timeout': {
      const message = `Something went wrong while executing your query. This may be the result of a timeout, or it could be a GitHub bug. Please include \`SIMULATED\` when reporting this issue.`;
      return json(200, { data: null, errors: [{ message }] });
    }
  }
}
