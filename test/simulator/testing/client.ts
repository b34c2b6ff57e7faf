// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { createSign } from 'node:crypto';
import type { Simulator } from '../index.ts';

type Json = Record<string, unknown>;

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

export interface JwtOptions {
  readonly algorithm?: string;
  readonly claims?: Json;
  readonly key?: string;
}

/** A JSON Web Token of the App's, good unless told otherwise. */
export function jwt(
  { app }: Simulator,
  { algorithm = 'RS256', claims = {}, key = app.privateKey }: JwtOptions = {},
): string {
  const now = Math.floor(Date.now() / 1000);
  const content = `${encode({ alg: algorithm, typ: 'JWT' })}.${encode({ iat: now - 30, exp: now + 300, iss: app.id, ...claims })}`;
  return `${content}.${createSign('RSA-SHA256').update(content).sign(key, 'base64url')}`;
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests reach into answers of every shape, and fail where one is missing
  readonly body: any;
}

interface Call {
  readonly token?: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

async function request(url: string, method: string, { token, body, headers = {} }: Call): Promise<Reply> {
  const response = await fetch(url, {
    method,
    headers: { 'user-agent': 'test', ...(token ? { authorization: `Bearer ${token}` } : {}), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = text.startsWith('{') || text.startsWith('[');
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
}

/** Sends `METHOD /path` to the REST API. */
export function rest(simulator: Simulator, route: string, call: Call = {}): Promise<Reply> {
  const [method = '', path = ''] = route.split(' ');
  return request(`${simulator.url}/api/v3${path}`, method, call);
}

/** A token for the installation, as an App gets it. */
export async function tokenFor(simulator: Simulator, installation: number, body?: Json): Promise<string> {
  const route = `POST /app/installations/${installation}/access_tokens`;
  const reply = await rest(simulator, route, { token: jwt(simulator), ...(body ? { body } : {}) });
  if (reply.status !== 201) throw new Error(`No token: ${JSON.stringify(reply.body)}`);
  return reply.body.token;
}

export async function graphql(
  simulator: Simulator,
  token: string,
  query: string,
  variables: Json = {},
): Promise<Reply> {
  return request(`${simulator.url}/api/graphql`, 'POST', { token, body: { query, variables } });
}

/** A page of the simulator's, as text. */
export async function page(simulator: Simulator, path: string) {
  const response = await fetch(simulator.url + path);
  return { status: response.status, headers: response.headers, text: await response.text() };
}
