// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { say, type Text } from '../rules/text.ts';
import type { Check } from './checks.ts';
import type { Question } from './overrides.ts';
import { compare, type Request } from './requests.ts';
import { runMark } from './run-mark.ts';

type Matter = Pick<Question, 'contribution'> & {
  readonly conversation: Pick<Question['conversation'], 'runs' | 'moves'>;
};

/** Why somebody cannot have had this head in mind, or null where they could. */
type Unseen = { readonly code: 'unseen' | 'older-head'; readonly why: Text } | null;

/** Tells what could be seen by whoever wrote a comment, from what was posted on the present head and when. */
export interface Sight {
  /** Whether the check's first result on this head was there before the comment was. */
  unseen(request: Request, check: Check): Unseen;
  /** Whether any result of ours was: nobody is answered who wrote before there was one. */
  isCurrent(createdAt: string): boolean;
}

export function sightOf({ contribution, conversation }: Matter): Sight {
  const { head, pullRequest } = contribution;
  const mark = pullRequest === null ? null : runMark(pullRequest.number, conversation.moves);
  const first = new Map<string, string>();
  for (const run of conversation.runs) {
    if (run.headSha !== head.sha || run.mark === null || run.mark !== mark || run.startedAt === null) continue;
    const before = first.get(run.name);
    if (before === undefined || compare(run.startedAt, before) < 0) first.set(run.name, run.startedAt);
  }
  // GitHub's times are whole seconds, within which nobody reads a result and answers it.
  const isAfter = (createdAt: string, name: string) => {
    const posted = first.get(name);
    return posted !== undefined && compare(createdAt, posted) > 0;
  };
  return {
    isCurrent: (createdAt) => [...first.keys()].some((name) => isAfter(createdAt, name)),
    unseen({ comment, subjectHead }, { name }) {
      if (subjectHead !== null && subjectHead !== head.sha) {
        return {
          code: 'older-head',
          why: say`It is about the commit ${subjectHead}, and the newest one is ${head.sha}.`,
        };
      }
      if (isAfter(comment.createdAt, name)) return null;
      return {
        code: 'unseen',
        why: say`It was written before this check’s first result on the commit ${head.sha} was there to be seen.`,
      };
    },
  };
}
