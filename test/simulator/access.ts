// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { forbidden } from './errors.ts';
import { covers } from './state/app.ts';
import type { Access, Installation, Permissions, Repository } from './state/model.ts';
import type { Violations } from './violations.ts';

/** An installation token as it was handed out. */
export interface Token {
  readonly value: string;
  readonly installation: Installation;
  readonly permissions: Permissions;
  /** Ids that the token was narrowed to; null: all of the installation's. */
  readonly repositories: ReadonlySet<number> | null;
  readonly expiresAt: Date;
  revoked: boolean;
}

/** A permission by its name in `app.yml`, and the least access to it; with several, each suffices. */
export interface Need {
  readonly access: Access;
  readonly anyOf: readonly string[];
}

export const reads = (...anyOf: string[]): Need => ({ access: 'read', anyOf });
export const writes = (...anyOf: string[]): Need => ({ access: 'write', anyOf });

const rank: Readonly<Record<Access, number>> = { read: 1, write: 2, admin: 3 };

export function allows(permissions: Permissions, need: Need): boolean {
  return need.anyOf.some((name) => rank[permissions[name] ?? 'read'] >= rank[need.access] && name in permissions);
}

/** Whether the token was given for that repository. */
export function holds(token: Token, repository: Repository): boolean {
  return covers(token.installation, repository) && (token.repositories?.has(repository.id) ?? true);
}

/** Whether GitHub shows the repository to the token at all: its own, and everybody's public ones. */
export function sees(token: Token, repository: Repository): boolean {
  return !repository.isPrivate || holds(token, repository);
}

/**
 * Throws GitHub's «Resource not accessible by integration», and records it, unless the token has the permission.
 * GitHub lets any token read what is public. The simulator is stricter on the installation's own repositories, so
 * that an App that works with a public repository works with a private one too.
 */
export function demand(
  token: Token,
  repository: Repository | null,
  need: Need,
  where: string,
  violations: Violations,
): void {
  const own = repository === null || holds(token, repository);
  if (own && allows(token.permissions, need)) return;
  if (!own && repository && !repository.isPrivate && need.access === 'read') return;
  const wanted = need.anyOf.map((name) => `${name}: ${need.access}`).join(' or ');
  violations.report('permission', where, own ? `needs ${wanted}` : 'is outside of what the token was given for');
  throw forbidden();
}
