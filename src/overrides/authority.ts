// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { say, type Text } from '../rules/text.ts';
import type { Permission, Scope } from './overrides.ts';
import type { Ownership } from './ownership.ts';
import { loginKey } from './people.ts';
import type { Authority } from './settings.ts';

/** Whether somebody may, and why not in whole sentences. */
export type Answer =
  | { readonly may: true }
  | { readonly may: false; readonly code: 'not-allowed' | 'unknown-permission'; readonly why: Text };

/**
 * Whether that login may override a check, by what GitHub says now. `ownership` is null where the policy does not ask
 * for it. What could not be read never allows anything.
 */
export function mayOverride(
  login: string,
  authority: Authority,
  permission: Permission | null,
  ownership: Ownership | null,
  scope: Scope,
): Answer {
  const key = loginKey(login);
  if (authority.users.some((user) => loginKey(user) === key)) return { may: true };
  const { role, teams } = permission ?? { role: null, teams: null };
  if (role !== null && authority.roles.some((one) => loginKey(one) === loginKey(role))) return { may: true };
  const wanted = authority.teams.map(loginKey);
  if (teams?.some((team) => wanted.includes(loginKey(team)))) return { may: true };
  const owns = ownership === null ? 'no' : ownsAll(key, permission, ownership, scope);
  if (owns === 'yes') return { may: true };
  const unread = (role === null && authority.roles.length > 0) || (teams === null && wanted.length > 0);
  if (unread || owns === 'unknown') {
    const why = say`It could not be read from GitHub whether ${login} may override this check, so they may not. ${'/recheck'} has it read again.`;
    return { may: false, code: 'unknown-permission', why };
  }
  return { may: false, code: 'not-allowed', why: notAllowed(login, authority) };
}

function ownsAll(
  key: string,
  permission: Permission | null,
  { owners, affectedBy }: Ownership,
  scope: Scope,
): 'yes' | 'no' | 'unknown' {
  if (owners === 'unread' || permission === null || permission.role === null) return 'unknown';
  // GitHub asks the same of code owners. It also spares looking at the paths for whoever happens to come by.
  if (!permission.canPush) return 'no';
  const paths = affectedBy(scope);
  if (paths === null) return 'unknown';
  const own = new Set([key, ...(permission.teams ?? []).map(loginKey)]);
  if (paths.length > 0 && paths.every((path) => owners(path).some((owner) => own.has(owner)))) return 'yes';
  return permission.teams === null ? 'unknown' : 'no';
}

function notAllowed(login: string, { roles, teams, users, CODEOWNERS }: Authority): Text {
  const ways = [
    ...(roles.length > 0 ? [say`those with the role ${listed(roles)}`] : []),
    ...(teams.length > 0 ? [say`members of ${listed(teams)}`] : []),
    ...(users.length > 0 ? [listed(users)] : []),
    ...(CODEOWNERS ? [say`the code owners of every affected path`] : []),
  ];
  const who = ways.flatMap((way, index) => (index === 0 ? way : [index === ways.length - 1 ? ' or ' : ', ', ...way]));
  if (ways.length === 0) return say`${login} may not override this check: the policy lets nobody.`;
  return say`${login} may not override this check. The policy lets ${who} do it.`;
}

function listed(words: readonly string[]): Text {
  return words.flatMap((word, index) => (index === 0 ? say`${word}` : say` or ${word}`));
}
