// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Need, Token } from '../access.ts';
import { demand, sees } from '../access.ts';
import { notFound } from '../errors.ts';
import type { Quirks } from '../graphql/define.ts';
import type { RateLimiter } from '../rate-limit.ts';
import type { App, PullRequest, Repository } from '../state/model.ts';
import { appOf, findRepository, type World } from '../state/world.ts';
import type { Tokens } from '../tokens.ts';
import type { Violations } from '../violations.ts';
import type { Webhooks } from '../webhooks/webhooks.ts';

/** What every route may use. */
export interface Services {
  readonly world: World;
  readonly tokens: Tokens;
  readonly violations: Violations;
  readonly webhooks: Webhooks;
  readonly limiter: RateLimiter;
  readonly quirks: Quirks;
}

export interface RestRequest extends Services {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
  /** The request's address without its query, for links to other pages. */
  readonly url: string;
  readonly where: string;
  /** null for the App itself. */
  readonly token: Token | null;
}

export interface RestAnswer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Route {
  /** Method and path template as in GitHub's contract. */
  readonly route: `${'GET' | 'POST' | 'PATCH'} ${string}`;
  /** Who may ask: the App with its JSON Web Token, an installation with its token, or anybody. */
  readonly as: 'app' | 'installation' | 'anyone';
  answer(request: RestRequest): RestAnswer | Promise<RestAnswer>;
}

export const ok = (body: unknown, headers: Readonly<Record<string, string>> = {}): RestAnswer => ({
  status: 200,
  body,
  headers,
});
export const created = (body: unknown): RestAnswer => ({ status: 201, body });

export function param(request: RestRequest, name: string): string {
  return request.params[name] ?? '';
}

export function theApp(request: RestRequest): App {
  return appOf(request.world);
}

export function theToken(request: RestRequest): Token {
  if (!request.token) throw new Error(`${request.where} is answered without a token`);
  return request.token;
}

/** The repository that the path names, where the token may see it and has the permission. */
export function theRepository(request: RestRequest, need: Need): Repository {
  const token = theToken(request);
  const found = findRepository(request.world, param(request, 'owner'), param(request, 'repo'));
  if (!found || !sees(token, found)) throw notFound('Not Found');
  demand(token, found, need, request.where, request.violations);
  return found;
}

export function thePullRequest(request: RestRequest, need: Need): PullRequest {
  const repository = theRepository(request, need);
  const number = Number(param(request, 'pull_number') || param(request, 'issue_number'));
  const found = repository.pullRequests.get(number);
  if (!found) throw notFound('Not Found');
  return found;
}

/** The page that was asked for, at most 100 a page, and the `link` header that leads on. */
export function paginate<Item>(request: RestRequest, items: readonly Item[], usual = 30) {
  const size = Math.min(100, Math.max(1, Number(request.query.per_page ?? usual)));
  const number = Math.max(1, Number(request.query.page ?? 1));
  const last = Math.max(1, Math.ceil(items.length / size));
  const link = (page: number, rel: string) => {
    const query = new URLSearchParams({ ...request.query, per_page: String(size), page: String(page) });
    return `<${request.url}?${query}>; rel="${rel}"`;
  };
  const links = [
    ...(number > 1 ? [link(number - 1, 'prev'), link(1, 'first')] : []),
    ...(number < last ? [link(number + 1, 'next'), link(last, 'last')] : []),
  ];
  const headers: Record<string, string> = links.length > 0 ? { link: links.join(', ') } : {};
  return { items: items.slice((number - 1) * size, number * size), number, headers };
}
