// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Need, Token } from '../access.ts';
import type { Repository } from '../state/model.ts';
import type { World } from '../state/world.ts';
import type { Violations } from '../violations.ts';

export interface Quirks {
  /** Commits that a pull request's list stops after, its total staying true, as GitHub's REST list does after 250. */
  commitLimit: number;
  /** The same for changed files; 3,000 on GitHub. */
  fileLimit: number;
  /** Entries that a recursive tree stops after; 100,000 on GitHub. */
  treeLimit: number;
  /** Whether a list of issues by creator leaves out those of bots, as was seen of GitHub Enterprise Cloud. */
  botsAreNoCreators: boolean;
}

/** What a resolver knows beside its source and arguments. */
export interface Context {
  readonly world: World;
  readonly token: Token;
  readonly violations: Violations;
  readonly quirks: Quirks;
  readonly operation: string;
  readonly rateLimit: () => Readonly<Record<string, unknown>>;
}

export type Arguments = Readonly<Record<string, unknown>>;
export type Resolve<Source> = (source: Source, args: Arguments, context: Context) => unknown;

export interface Field {
  /** Arguments that the resolver honours; any other is an error, not ignored. */
  readonly args: readonly string[];
  readonly need: Need | null;
  readonly repository: ((source: unknown) => Repository) | null;
  readonly resolve: Resolve<unknown>;
}

export type TypeFields = Readonly<Record<string, Field>>;

interface FieldOptions<Source> {
  readonly args?: readonly string[];
  readonly need?: Need;
  readonly resolve: Resolve<Source>;
}

/**
 * The fields of one GraphQL type that the simulator implements. `repository` says which repository a source belongs
 * to, so that the permission that a field needs can be checked against the token.
 */
export function define<Source>(
  fields: Readonly<Record<string, Resolve<Source> | FieldOptions<Source>>>,
  repository: ((source: Source) => Repository) | null = null,
): TypeFields {
  const entries = Object.entries(fields).map(([name, given]) => {
    const options = typeof given === 'function' ? { resolve: given } : given;
    const field: Field = {
      args: options.args ?? [],
      need: options.need ?? null,
      repository: repository as Field['repository'],
      resolve: options.resolve as Resolve<unknown>,
    };
    return [name, field] as const;
  });
  return Object.fromEntries(entries);
}
