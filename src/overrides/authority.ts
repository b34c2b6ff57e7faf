// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Facts } from '../contribution/contribution.ts';
import { glob } from '../rules/glob.ts';
import { say, type Text } from '../rules/text.ts';
import { blocking, type Check } from './checks.ts';
import { type OwnersOf, readCodeowners } from './codeowners.ts';
import type { Conversation, Permission, Scope } from './overrides.ts';
import { loginKey } from './people.ts';
import type { Authority } from './settings.ts';

/** Whether somebody may, and why not in whole sentences. */
export type Answer =
  | { readonly may: true }
  | { readonly may: false; readonly code: 'not-allowed' | 'unknown-permission'; readonly why: Text };

/** What CODEOWNERS says of an override. */
export interface Ownership {
  readonly owners: OwnersOf | 'unread';
  /** null: not all of them are known. */
  readonly paths: readonly string[] | null;
}

/**
 * Whether that login may override a check, by what GitHub says now. `ownership` is null where the policy does not ask
 * for it. What could not be read never allows anything.
 */
export function mayOverride(
  login: string,
  authority: Authority,
  permission: Permission | null,
  ownership: Ownership | null,
): Answer {
  const key = loginKey(login);
  if (authority.users.some((user) => loginKey(user) === key)) return { may: true };
  const { role, teams } = permission ?? { role: null, teams: null };
  if (role !== null && authority.roles.some((one) => loginKey(one) === loginKey(role))) return { may: true };
  const wanted = authority.teams.map(loginKey);
  if (teams?.some((team) => wanted.includes(loginKey(team)))) return { may: true };
  const owns = ownership === null ? 'no' : ownsAll(key, permission, ownership);
  if (owns === 'yes') return { may: true };
  const unread = (role === null && authority.roles.length > 0) || (teams === null && wanted.length > 0);
  if (unread || owns === 'unknown') {
    const why = say`It could not be read from GitHub whether ${login} may override this check, so they may not. ${'/recheck'} has it read again.`;
    return { may: false, code: 'unknown-permission', why };
  }
  return { may: false, code: 'not-allowed', why: notAllowed(login, authority) };
}

function ownsAll(key: string, permission: Permission | null, { owners, paths }: Ownership): 'yes' | 'no' | 'unknown' {
  if (owners === 'unread' || paths === null || permission === null || permission.role === null) return 'unknown';
  // GitHub asks the same of code owners.
  if (!permission.canPush || paths.length === 0) return 'no';
  const own = new Set([key, ...(permission.teams ?? []).map(loginKey)]);
  if (paths.every((path) => owners(path).some((owner) => own.has(owner)))) return 'yes';
  return permission.teams === null ? 'unknown' : 'no';
}

function notAllowed(login: string, { roles, teams, users, CODEOWNERS }: Authority): Text {
  const ways = [
    ...(roles.length > 0 ? [say`those with the role ${listed(roles)}`] : []),
    ...(teams.length > 0 ? [say`members of ${listed(teams)}`] : []),
    ...(users.length > 0 ? [listed(users)] : []),
    ...(CODEOWNERS ? [say`the code owners of every affected path`] : []),
  ];
  const who = ways.flatMap((way, index) => (index === 0 ? way : [', ', ...way]));
  if (ways.length === 0) return say`${login} may not override this check: the policy lets nobody.`;
  return say`${login} may not override this check. The policy lets ${who} do it.`;
}

function listed(words: readonly string[]): Text {
  return words.flatMap((word, index) => (index === 0 ? say`${word}` : say` or ${word}`));
}

/** What CODEOWNERS has to be asked about an override of that check, or null where the policy does not want it asked. */
export function ownershipOf(
  check: Check,
  scope: Scope,
  { CODEOWNERS }: Authority,
  { codeowners }: Pick<Conversation, 'codeowners'>,
  contribution: Facts,
): Ownership | null {
  if (!CODEOWNERS || codeowners === null) return null;
  const owners = codeowners === 'unread' ? codeowners : readOnce(codeowners);
  return { owners, paths: affectedPaths(check, scope, contribution) };
}

const read = new WeakMap<object, OwnersOf>();
/** A file is asked about many overrides in one look. */
function readOnce(file: { readonly text: string }): OwnersOf {
  const known = read.get(file) ?? readCodeowners(file.text);
  read.set(file, known);
  return known;
}

/** The paths that an override lets in: those of its findings where each names one, else every path that is changed. */
function affectedPaths(check: Check, scope: Scope, { files, totals }: Facts): readonly string[] | null {
  const findings = blocking(check.judgement);
  const inFiles = findings.flatMap(({ at }) => (at !== null && 'path' in at ? [at.path] : []));
  if (scope !== null && 'path' in scope) return inFiles.filter(glob(scope.path));
  if (scope === null && inFiles.length > 0 && inFiles.length === findings.length) return inFiles;
  // A renamed file's old path is affected as well, and is not among the facts.
  if (files === null || files.length !== totals.files || files.some(({ change }) => change === 'renamed')) return null;
  return files.map(({ path }) => path);
}

/** The teams that have to be asked whether they hold somebody who wants to override that check. */
export function teamsAsked({ teams }: Authority, ownership: Ownership | null): readonly string[] {
  const owners = ownership === null || ownership.owners === 'unread' ? [] : teamsAmong(ownership);
  return [...new Map([...teams, ...owners].map((team) => [loginKey(team), team])).values()];
}

function teamsAmong({ owners, paths }: Ownership): readonly string[] {
  if (owners === 'unread') return [];
  return (paths ?? []).flatMap(owners).filter((owner) => owner.includes('/'));
}
