// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { UserError } from './user-error.ts';

/** The user's token for GitHub, where gh looks for it; null where there is none. */
export function tokenIn(env: Readonly<Record<string, string | undefined>>): string | null {
  return env.GH_TOKEN || env.GITHUB_TOKEN || null;
}

/** The same where nothing can be done without. @throws UserError */
export function requireToken(env: Readonly<Record<string, string | undefined>>): string {
  const token = tokenIn(env);
  if (token !== null) return token;
  throw new UserError('GITHUB_TOKEN: not set, nor GH_TOKEN. Set one of them to a token that may read the repository.');
}
