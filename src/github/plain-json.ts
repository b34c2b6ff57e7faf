// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

interface Hooked {
  readonly hook: {
    wrap(
      name: 'request',
      wrapper: (request: (options: Options) => Promise<Response>, options: Options) => Promise<Response>,
    ): void;
  };
}
interface Options {
  readonly url: string;
  request?: object;
}
interface Response {
  readonly data: unknown;
}

/**
 * An Octokit plugin that reads GraphQL's answers with `JSON.parse`. Octokit itself calls a function of its own for each
 * value, for the sake of whole numbers too large for JavaScript. GraphQL has none (its Int has 32 bits, larger ids are
 * strings), and its answers are what the App spends its time on: they hold the files of a pull request.
 */
export function plainJson(octokit: Hooked): Record<string, never> {
  octokit.hook.wrap('request', async (request, options) => {
    if (!options.url.endsWith('/graphql')) return request(options);
    // Changed in place: the hooks further in have these options already, whatever they are called with.
    options.request = { ...options.request, parseSuccessResponseBody: false };
    const response = await request(options);
    return { ...response, data: await read(response.data as ReadableStream) };
  });
  return {};
}

/** Of what is no JSON, such as the page of a proxy, the text, as Octokit gives it. */
async function read(body: ReadableStream): Promise<unknown> {
  const text = await new globalThis.Response(body).text();
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
