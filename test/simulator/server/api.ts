// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { IncomingMessage } from 'node:http';
import { gitHubError } from '../errors.ts';
import { answer as answerGraphQL, type GraphQLRequest, type Understood, understand } from '../graphql/execute.ts';
import { type Resource, rateLimitHeaders } from '../rate-limit.ts';
import { answerRest, errorAnswer, type Incoming, noRoute, type Principal } from '../rest/answer.ts';
import type { RestAnswer, Services } from '../rest/route.ts';
import { type Match, match } from '../rest/router.ts';
import { iso } from '../time.ts';
import { badCredentials } from '../tokens.ts';
import { graphqlRateLimited, primaryRateLimit, type RawAnswer, secondaryRateLimit } from './fault-answers.ts';
import { principalOf } from './principal.ts';

/** A request to one of the two APIs, understood as far as possible before it is answered. */
export interface Call {
  readonly incoming: Incoming;
  readonly operation: string;
  readonly resource: Resource;
  readonly isMutation: boolean;
  /** Points of the hour's budget. */
  readonly points: number;
  readonly graphql: Understood | null;
  readonly match: Match | undefined;
}

export function callOf(incoming: Incoming, path: string): Call {
  if (path === '/api/graphql') {
    const { query = '', variables, operationName } = (incoming.body ?? {}) as Partial<GraphQLRequest>;
    const graphql = understand({ query, variables: variables ?? {}, ...(operationName ? { operationName } : {}) });
    const operation = `${graphql.isMutation ? 'mutation' : 'query'} ${graphql.name}`;
    const { isMutation, cost } = graphql;
    return { incoming, operation, resource: 'graphql', isMutation, points: cost.points, graphql, match: undefined };
  }
  const found = match(incoming.method, incoming.path);
  const operation = found?.route.route ?? `${incoming.method} ${incoming.path}`;
  const isMutation = incoming.method !== 'GET';
  // «Making a request against this endpoint doesn't count against your rate limit.»
  const points = found?.template === '/rate_limit' ? 0 : 1;
  return { incoming, operation, resource: 'core', isMutation, points, graphql: null, match: found };
}

/** Points of the secondary limit: a read is 1, a write 5. */
export function secondaryPoints(call: Call): number {
  return call.isMutation ? 5 : 1;
}

function exceeded(call: Call, principal: Principal, services: Services): RawAnswer | null {
  const installation = principal.kind === 'installation' ? principal.token.installation : null;
  const found = services.limiter.charge(installation, call.resource, call.points, secondaryPoints(call));
  if (!found) return null;
  if (found.kind === 'secondary') return secondaryRateLimit(403, found.retryAfter);
  const { resetAt } = found.budget;
  const id = installation?.id ?? null;
  return call.graphql ? graphqlRateLimited(resetAt, id) : primaryRateLimit(403, resetAt, id);
}

async function graphqlAnswer(call: Call, understood: Understood, principal: Principal, services: Services) {
  if (principal.kind !== 'installation') throw badCredentials();
  const { token } = principal;
  const { limiter } = services;
  const rateLimit = () => {
    const { limit, used, resetAt } = limiter.budget(token.installation, 'graphql');
    const { points: cost, nodes: nodeCount } = understood.cost;
    return { cost, limit, nodeCount, used, remaining: Math.max(0, limit - used), resetAt: iso(new Date(resetAt)) };
  };
  const body = await answerGraphQL(understood, { ...services, token, operation: call.operation, rateLimit });
  return { status: 200, body };
}

export interface Answered {
  readonly answer: RestAnswer | RawAnswer;
  readonly installation: number | null;
}

/** Answers a call as GitHub would: who asks, what is left of the budget, then the API itself. */
export async function answerCall(
  call: Call,
  request: IncomingMessage,
  services: Services,
  validateAnswers: boolean,
): Promise<Answered> {
  let installation: number | null = null;
  try {
    if (!request.headers['user-agent']) throw missingUserAgent(call, services);
    const principal = principalOf(request, services);
    installation = principal.kind === 'installation' ? principal.token.installation.id : null;
    const limited = exceeded(call, principal, services);
    const account = principal.kind === 'installation' ? principal.token.installation : null;
    const headers = rateLimitHeaders(services.limiter.budget(account, call.resource), call.resource);
    if (limited) return { installation, answer: { ...limited, headers: { ...headers, ...limited.headers } } };
    const answer = await apiAnswer(call, principal, services, validateAnswers);
    return { installation, answer: { ...answer, headers: { ...headers, ...answer.headers } } };
  } catch (error) {
    return { installation, answer: errorAnswer(error) };
  }
}

function apiAnswer(
  call: Call,
  principal: Principal,
  services: Services,
  validate: boolean,
): Promise<RestAnswer> | RestAnswer {
  if (call.graphql) return graphqlAnswer(call, call.graphql, principal, services);
  return call.match
    ? answerRest(call.match, call.incoming, principal, services, validate)
    : noRoute(call.incoming, services);
}

function missingUserAgent(call: Call, services: Services) {
  const message = 'Request forbidden by administrative rules. Please make sure your request has a User-Agent header';
  services.violations.report('contract', call.operation, message);
  return gitHubError(message, { status: 403, type: 'FORBIDDEN' });
}
