// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Judgement } from '../engine.ts';
import type { PolicySource } from '../policy/policy.ts';

/** Everything that a renderer needs of one judged contribution. */
export interface Report {
  /** What was judged, for headings: `owner/name#12`, or a Git range. */
  readonly subject: string;
  readonly base: string;
  readonly head: string;
  /** The policy's own judgement first, where it was made, then the rules'. */
  readonly judgements: readonly Judgement[];
  readonly policySources: readonly PolicySource[];
}
