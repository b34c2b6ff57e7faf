// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { PullRequestHandle } from '../simulator/handles/pull-request.ts';
import { holding, type Remark } from './remarks.ts';
import { expectedDco } from './right.ts';

/** A pull request, and what its checks have to say by what was done so far. */
export interface Watched {
  readonly pullRequest: PullRequestHandle;
  signedOff: boolean;
  /** Oldest first, with those that were deleted. */
  readonly remarks: Remark[];
  /** What DCO had to say, one after the other. */
  readonly truths: { readonly head: string; readonly conclusion: string }[];
  /** Whether it is in the merge queue, or was merged. */
  queued: boolean;
  /** The webhook that tells what was done last, as `toldBy` names it: whoever looks after it sees all that was done. */
  told: string;
}

/** Keeps what has to be said from now on. */
export function note(one: Watched): void {
  const { headSha: head } = one.pullRequest.state;
  const conclusion = expectedDco(one);
  const last = one.truths.at(-1);
  if (last?.head !== head || last.conclusion !== conclusion) one.truths.push({ head, conclusion });
  const held = one.signedOff ? [] : holding(one);
  for (const remark of one.remarks) {
    const holds = held.includes(remark);
    if (holds && !remark.holds) remark.grants += 1;
    remark.holds = holds;
  }
}
