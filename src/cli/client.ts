// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { readGitHub } from '../configuration.ts';
import { type Client, octokitWith } from '../github/client.ts';
import { createLimiter } from '../github/limiter.ts';
import { publishedLimits } from '../github/limits.ts';
import { UserError } from './user-error.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Requests under way at a time: GitHub takes 900 a minute from one user. */
const atOnce = 4;

/** An Octokit that speaks to the GitHub at `GHE_HOST`, as for the App. */
interface UserClient {
  readonly client: Client;
  /** Such as `github.com`. */
  readonly host: string;
  close(): void;
}

/** With that token. @throws UserError where GHE_HOST is no host */
export function clientWith(token: string, env: Environment): UserClient {
  const { host, apiUrl } = addressIn(env);
  const limiter = createLimiter({ ...publishedLimits, concurrent: atOnce });
  const Octokit = octokitWith(limiter);
  return { client: new Octokit({ auth: { token }, baseUrl: apiUrl }), host, close: () => limiter.close() };
}

function addressIn(env: Environment) {
  try {
    return readGitHub(env);
  } catch (error) {
    throw new UserError((error as Error).message);
  }
}
