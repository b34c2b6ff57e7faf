// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { RequestError } from '@octokit/request-error';
import type { leanFetch } from './fetch.ts';

/** The parts of an Octokit that are touched here. */
interface Octokit {
  readonly hook: {
    wrap(
      name: 'request',
      wrapper: (request: (options: Options) => Promise<Answer>, options: Options) => Promise<Answer>,
    ): void;
  };
  readonly log: { debug(fields: object, message: string): unknown };
  auth(options: { type: 'installation' }): Promise<unknown>;
}
interface Options {
  readonly method: string;
  readonly baseUrl: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly request?: { readonly fetch?: typeof leanFetch };
  readonly query?: unknown;
  readonly variables?: unknown;
}
interface Answer {
  readonly status: number;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly data: unknown;
}

/**
 * An Octokit plugin that sends GraphQL's requests itself, with Octokit's token. Octokit expands each as if its address
 * were a template, three times over, and reads the answer with a function that is called for each value, for the sake of
 * whole numbers too large for JavaScript. GraphQL has neither (its Int has 32 bits, larger ids are strings), and its
 * answers are what the App spends its time on: they hold the files of a pull request.
 */
export function directGraphql(octokit: Octokit): Record<string, never> {
  octokit.hook.wrap('request', async (request, options) => {
    if (!options.url.endsWith('/graphql')) return request(options);
    const authentication = await authenticate(octokit);
    // Asking for a token within a request, Octokit sets its clock by GitHub's.
    if (authentication === null) return request(options);
    const answer = await send(options, authentication.token);
    octokit.log.debug({ variables: options.variables }, `GitHub request: POST ${answer.url} - ${answer.status}`);
    // Octokit knows how long a token may be too new for GitHub.
    if (answer.status === 401) return request(options);
    if (answer.status >= 400) {
      throw new RequestError(saidBy(answer.data), answer.status, {
        request: shown(options),
        response: answer as never,
      });
    }
    return answer;
  });
  return {};
}

/** Without a token where none is needed; null where GitHub gives none to whoever asks by this machine's clock. */
async function authenticate(octokit: Octokit): Promise<{ readonly token?: string } | null> {
  try {
    return (await octokit.auth({ type: 'installation' })) as { readonly token?: string };
  } catch (thrown) {
    if ((thrown as { readonly status?: number }).status === 401) return null;
    throw thrown;
  }
}

async function send(options: Options, token: string | undefined): Promise<Answer> {
  const { method, baseUrl, url, query, variables, request } = options;
  try {
    const response = await (request?.fetch ?? fetch)(url.startsWith('/') ? baseUrl + url : url, {
      method,
      headers: {
        ...options.headers,
        'content-type': 'application/json; charset=utf-8',
        ...(token !== undefined && { authorization: `token ${token}` }),
      },
      body: JSON.stringify({ query, variables }),
    });
    const data = read('textNow' in response ? response.textNow() : await response.text());
    return { status: response.status, url: response.url, headers: Object.fromEntries(response.headers), data };
  } catch (thrown) {
    // As Octokit tells of what failed on the way.
    const { message, cause } = thrown as Error;
    const why = cause instanceof Error ? cause.message : message;
    throw new RequestError(why, 500, { request: shown(options), cause: thrown as Error });
  }
}

/** Of what is no JSON, such as the page of a proxy, the text, as Octokit gives it. */
function read(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function saidBy(data: unknown): string {
  if (typeof data === 'string') return data;
  return String((data as { readonly message?: unknown } | null)?.message ?? 'an error without a message');
}

/** As much of the request as an error tells. */
function shown({ method, url, headers }: Options) {
  return { method: method as 'POST', url, headers };
}
