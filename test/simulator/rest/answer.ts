// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Token } from '../access.ts';
import { bodyProblems, knowsRoute, operation, queryProblems, responseProblems } from '../contracts/openapi.ts';
import { isGitHubError, unprocessable } from '../errors.ts';
import { toJson } from '../to-json.ts';
import { badCredentials } from '../tokens.ts';
import type { RestAnswer, Services } from './route.ts';
import type { Match } from './router.ts';

/** Who asks: the App with a JSON Web Token, an installation with its token, or nobody in particular. */
export type Principal =
  | { readonly kind: 'app' }
  | { readonly kind: 'installation'; readonly token: Token }
  | { readonly kind: 'nobody' };

export interface Incoming {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly url: string;
}

/** GitHub's JSON for an error. */
export function errorAnswer(error: unknown): RestAnswer {
  if (!isGitHubError(error)) throw error;
  const { status, errors } = error.gitHub;
  const body = {
    message: error.message,
    ...(errors ? { errors } : {}),
    documentation_url: 'https://docs.github.com/rest',
    status: String(status),
  };
  return { status, body };
}

/** The 404 for a route that the simulator doesn't have; says in the violations whether GitHub has it. */
export function noRoute(incoming: Incoming, services: Services): RestAnswer {
  const where = `${incoming.method} ${incoming.path}`;
  const known = knowsRoute(incoming.method, incoming.path);
  const message = known ? 'The simulator does not implement this route' : 'GitHub has no such route';
  services.violations.report(known ? 'not-simulated' : 'contract', where, message);
  const body = { message: 'Not Found', documentation_url: 'https://docs.github.com/rest', status: '404' };
  return { status: 404, body };
}

function checkPrincipal(found: Match, principal: Principal): Token | null {
  if (found.route.as === 'anyone') return principal.kind === 'installation' ? principal.token : null;
  if (found.route.as === 'app' && principal.kind !== 'app') throw badCredentials();
  if (found.route.as === 'installation' && principal.kind !== 'installation') throw badCredentials();
  return principal.kind === 'installation' ? principal.token : null;
}

function requestProblems(found: Match, incoming: Incoming): string[] {
  const contract = operation(found.method, found.template);
  if (!contract) return ['GitHub has no such route'];
  return [...queryProblems(contract, incoming.query), ...bodyProblems(contract, incoming.body)];
}

async function run(found: Match, incoming: Incoming, principal: Principal, services: Services): Promise<RestAnswer> {
  const token = checkPrincipal(found, principal);
  const where = found.route.route;
  const problems = requestProblems(found, incoming);
  for (const problem of problems) services.violations.report('contract', where, problem);
  if (problems.length > 0) throw unprocessable('Invalid request.', problems);
  const body = (incoming.body ?? {}) as Record<string, unknown>;
  const { query, url } = incoming;
  return found.route.answer({ ...services, params: found.params, query, body, url, where, token });
}

/** Answers a REST request: checks it against GitHub's contract, runs the route, and checks the answer likewise. */
export async function answerRest(
  found: Match,
  incoming: Incoming,
  principal: Principal,
  services: Services,
  validateAnswers: boolean,
): Promise<RestAnswer> {
  const answer = await run(found, incoming, principal, services).catch(errorAnswer);
  if (!validateAnswers) return answer;
  const contract = operation(found.method, found.template);
  const body = answer.body === undefined ? undefined : JSON.parse(toJson(answer.body));
  for (const problem of contract ? responseProblems(contract, answer.status, body) : []) {
    services.violations.report('simulator', `${found.route.route} answers ${answer.status}`, problem);
  }
  return answer;
}
