// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { type RuleId, ruleIds } from '../../rules/rules.ts';
import type { ConventionId } from '../../rules/upstream/conventions.ts';
import type { Noticed } from './notice.ts';

/** How checks begin: at once, or with warnings, for good or until a day, `YYYY-MM-DD`. */
export type Start = { readonly mode: 'enforce' } | { readonly mode: 'warn'; readonly enforceFrom: string | null };

/** What whoever writes a policy has decided. */
export interface Choice {
  readonly checks: ReadonlySet<RuleId>;
  /** The notation of the Upstream First rule; null: none, though submodules may be looked at. */
  readonly convention: ConventionId | null;
  readonly start: Start;
}

/** Options of the command that decide something beforehand. */
export interface Decided {
  readonly dco?: boolean;
  readonly license?: boolean;
  /** false: not wanted; text: the notation. */
  readonly upstream?: ConventionId | boolean;
  readonly start: Start | null;
}

/** What is proposed for such a repository, as far as it is not decided yet. */
export function proposedChoice({ conventions, submodules }: Noticed, decided: Decided): Choice {
  const { dco = true, license = true, upstream } = decided;
  const convention = typeof upstream === 'string' ? upstream : (conventions[0]?.id ?? null);
  const wanted = { dco, license, upstream: upstream !== false && (convention !== null || submodules) };
  return {
    checks: new Set(ruleIds.filter((id) => wanted[id])),
    convention: upstream === false ? null : convention,
    start: decided.start ?? { mode: 'enforce' },
  };
}
