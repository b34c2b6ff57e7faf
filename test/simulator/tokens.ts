// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { randomUUID } from 'node:crypto';
import { allows, type Token } from './access.ts';
import { gitHubError, notFound, unprocessable } from './errors.ts';
import { coveredRepositories, covers } from './state/app.ts';
import type { Installation, Permissions } from './state/model.ts';
import type { World } from './state/world.ts';

export interface TokenRequest {
  readonly permissions?: Permissions;
  readonly repositories?: readonly string[];
  readonly repository_ids?: readonly number[];
}

export interface Tokens {
  issue(installation: Installation, request: TokenRequest): Token;
  /** The token; throws GitHub's 401 or 403 where it isn't good any more. */
  find(value: string): Token;
  /** Makes every token that was handed out so far invalid, as if it had expired mid-way. */
  revokeAll(): void;
  readonly issued: readonly Token[];
}

export const badCredentials = () => gitHubError('Bad credentials', { status: 401, type: 'UNAUTHORIZED' });

function checkGranted(installation: Installation, wanted: Permissions): void {
  for (const [name, access] of Object.entries(wanted)) {
    if (allows(installation.permissions, { access, anyOf: [name] })) continue;
    throw unprocessable('The permissions requested are not granted to this installation.');
  }
}

function selected(world: World, installation: Installation, request: TokenRequest): ReadonlySet<number> | null {
  const { repositories: names, repository_ids: ids } = request;
  if (!names && !ids) return null;
  const covered = coveredRepositories(world, installation);
  const chosen = covered.filter((one) => names?.includes(one.name) || ids?.includes(one.id));
  if (chosen.length === (names?.length ?? 0) + (ids?.length ?? 0)) return new Set(chosen.map((one) => one.id));
  throw unprocessable(
    'There is at least one repository that does not exist or is not accessible to the parent installation.',
  );
}

export function suspendedError() {
  return gitHubError('This installation has been suspended', { status: 403, type: 'FORBIDDEN' });
}

/** Installation tokens, living `lifetime` seconds; an hour on GitHub. */
export function createTokens(world: World, lifetime: () => number): Tokens {
  const issued: Token[] = [];
  return {
    issued,
    issue(installation, request) {
      if (installation.deleted) throw notFound('Not Found');
      if (installation.suspended) throw suspendedError();
      checkGranted(installation, request.permissions ?? {});
      const token: Token = {
        value: `ghs_${randomUUID().replaceAll('-', '')}${randomUUID().slice(0, 4)}`,
        installation,
        permissions: { ...(request.permissions ?? installation.permissions), metadata: 'read' },
        repositories: selected(world, installation, request),
        expiresAt: new Date(world.now().getTime() + lifetime() * 1000),
        revoked: false,
      };
      issued.push(token);
      return token;
    },
    find(value) {
      const token = issued.find((one) => one.value === value);
      if (!token || token.revoked || token.installation.deleted || token.expiresAt <= world.now())
        throw badCredentials();
      if (token.installation.suspended) throw suspendedError();
      return token;
    },
    revokeAll() {
      for (const token of issued) token.revoked = true;
    },
  };
}

/** The repositories that a token was given for. */
export function tokenRepositories(world: World, token: Token) {
  return [...world.repositories.values()]
    .filter((repository) => covers(token.installation, repository))
    .filter((repository) => token.repositories?.has(repository.id) ?? true);
}
