// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type {} from 'zod';

/**
 * Which of two values of a key is the stricter one, for an organisation's floor. It stands in the table of settings,
 * beside the key's description.
 * - `order`: the values, the strictest first
 * - `list`: `fewer` entries are stricter where each lets something pass (of a single value or null, null is), `more` where
 *   each asks for something; `within` where an empty list means no limit, and each entry lets something pass
 * - `lowest`: the earlier day, the shorter time; null is none at all, and the laxest
 * - `fixed`: values cannot be compared, so that the floor's is the one that holds
 * - `parts`: a list of mappings whose keys are keys of the section too, and as strict as there
 */
export type Comparison =
  | { readonly order: readonly (string | boolean)[] }
  | { readonly list: 'fewer' | 'more' | 'within' }
  | 'lowest'
  | 'fixed'
  | 'parts';

declare module 'zod' {
  interface GlobalMeta {
    /** How values of the key compare. */
    stricter?: Comparison;
    /** The key can undo its section's others: where a floor names the section and not the key, this is its floor. */
    least?: unknown;
    /** The key of the same section that this one replaces for a single check; null: it doesn't. */
    insteadOf?: string;
    /** The key has another key's schema, by its path in the file. */
    sameAs?: string;
  }
}
