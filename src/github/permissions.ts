// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import * as z from 'zod';
import type { Permission, PermissionNeed } from '../overrides/overrides.ts';
import { checked } from './checked.ts';
import type { Client } from './client.ts';
import { classify } from './errors.ts';

export interface ReadPermissions {
  /** By login in lower case. */
  readonly permissions: Readonly<Record<string, Permission>>;
  /** Whether something could not be read for a reason that passes: worth another look. */
  readonly passing: boolean;
}

interface Place {
  readonly owner: string;
  readonly name: string;
}

/**
 * What GitHub says these accounts may do, at this moment: a request for each of them and one for each team. What
 * cannot be read grants nothing. Throws only what the worker has to know: rate limits and a token that is refused.
 */
export async function readPermissions(
  client: Client,
  repository: Place,
  needs: readonly PermissionNeed[],
): Promise<ReadPermissions> {
  let passing = false;
  const attempt = async <Answer>(read: Promise<Answer>, absent: Answer): Promise<Answer | null> => {
    try {
      return await read;
    } catch (thrown) {
      const failure = classify(thrown, Date.now());
      if (failure.kind === 'retry' && (failure.after !== null || failure.refreshToken === true)) throw thrown;
      if ((thrown as { status?: number }).status === 404) return absent;
      if (failure.kind === 'retry') passing = true;
      return null;
    }
  };
  const entries = await Promise.all(
    needs.map(async ({ login, teams }) => {
      const [role, memberships] = await Promise.all([
        attempt(readRole(client, repository, login), { role: 'none', canPush: false }),
        Promise.all(teams.map((team) => attempt(readMembership(client, team, login), false))),
      ]);
      const unread = memberships.includes(null);
      const permission: Permission = {
        role: role?.role ?? null,
        canPush: role?.canPush ?? false,
        teams: unread ? null : teams.filter((_, index) => memberships[index] === true),
      };
      return [login.toLowerCase(), permission] as const;
    }),
  );
  return { permissions: Object.fromEntries(entries), passing };
}

export const permissionAnswer = z.object({ permission: z.string(), role_name: z.string().optional() });

/**
 * "Get repository permissions for a user". `permission` knows maintain only as write; `role_name` is exact, and absent
 * from old versions of GitHub Enterprise Server, where the coarser word then grants less.
 */
async function readRole(client: Client, { owner, name }: Place, username: string) {
  const { data } = await client.request('GET /repos/{owner}/{repo}/collaborators/{username}/permission', {
    owner,
    repo: name,
    username,
  });
  const { permission, role_name } = checked(permissionAnswer, data, 'the question for a permission');
  return { role: role_name ?? permission, canPush: permission === 'write' || permission === 'admin' };
}

export const membershipAnswer = z.object({ state: z.string() });

/** "Get team membership for a user": an invitation that nobody has accepted is pending. Teams' teams count, too. */
async function readMembership(client: Client, team: string, username: string): Promise<boolean> {
  const [org = '', team_slug = ''] = team.split('/');
  const { data } = await client.request('GET /orgs/{org}/teams/{team_slug}/memberships/{username}', {
    org,
    team_slug,
    username,
  });
  return checked(membershipAnswer, data, 'the question for a team membership').state === 'active';
}
