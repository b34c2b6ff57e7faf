// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { classify } from '../github/errors.ts';
import { mostMarked } from '../github/mark.ts';
import { openWithHead } from '../github/open-with-head.ts';
import {
  type Asking,
  type PullRequestFacts,
  type PullRequestRef,
  readPullRequest,
} from '../github/read-pull-request.ts';
import type { CheckRunOutput } from '../report/check-run.ts';
import type { Crowd } from '../report/crowd.ts';
import { isOverridden } from '../report/override.ts';
import type { Result } from './judging.ts';

/** Anybody can open pull requests, and each look at one of them reads and judges all that share its head. */
const mostSharing = 10;

/** The open pull requests that have the same head as another; or how many, where those are too many to be judged with it. */
export type Sharing = { readonly others: readonly PullRequestFacts[] } | { readonly crowd: Crowd };

/**
 * A check run belongs to a commit, and every pull request with that head shows it: whoever opens a second one, into a
 * branch where the policy is easier or where the commits already are, could turn the first one green. Every run
 * therefore names the pull requests whose result it is, and the strictest of their results is posted. Once there were
 * more than can be named, none can be left out: a strict one might be among those without a name.
 */
export async function readSharing(asking: Asking, ref: PullRequestRef, { posted }: PullRequestFacts): Promise<Sharing> {
  const named = new Set([...posted.runs.values()].flatMap(({ mark }) => mark?.pullRequests ?? []));
  if (named.size >= mostMarked) return { crowd: { numbers: ascending(named).slice(0, mostMarked), full: true } };
  named.delete(ref.number);
  const known = ascending(named);
  const open = known.length > mostSharing ? await openWithHead(asking.client, ref, known, posted.headSha) : known;
  if (open.length > mostSharing) {
    const numbers = ascending([...open, ref.number]);
    return { crowd: { numbers, full: numbers.length >= mostMarked } };
  }
  const others = await Promise.all(open.map((number) => readIfThere(asking, { ...ref, number })));
  return {
    others: others
      .filter((other) => other !== null)
      .filter((other) => other.state === 'OPEN' && other.posted.headSha === posted.headSha),
  };
}

function ascending(numbers: Iterable<number>): readonly number[] {
  return [...numbers].sort((a, b) => a - b);
}

/** null for a pull request that is gone, as those of an account are that GitHub blocks. */
async function readIfThere(asking: Asking, ref: PullRequestRef): Promise<PullRequestFacts | null> {
  try {
    return await readPullRequest(asking, ref);
  } catch (thrown) {
    if (classify(thrown, Date.now()).kind === 'gone') return null;
    throw thrown;
  }
}

const leniency: readonly CheckRunOutput['conclusion'][] = ['failure', 'action_required', 'neutral', 'success'];

/**
 * Of each check run the strictest output, by name: one that passes by an override rather than one that passes anyway;
 * of equal ones the first. `numbers` are the pull requests that they are of, two or more.
 */
export function strictest(results: readonly Result[], numbers: readonly number[]): readonly CheckRunOutput[] {
  const byName = new Map<string, Result>();
  for (const result of results) {
    const known = byName.get(result.output.name);
    if (known === undefined || lenience(result) < lenience(known)) byName.set(result.output.name, result);
  }
  return [...byName.values()].map(({ output }) => ({
    ...output,
    summary: `${output.summary}\n\n${explain(numbers)}`,
    // Nobody could tell in which of them it was pressed.
    actions: [],
  }));
}

function lenience({ judgement, output }: Result): number {
  const place = leniency.indexOf(output.conclusion);
  return isOverridden(judgement) ? place - 0.5 : place;
}

function explain(numbers: readonly number[]): string {
  const named = numbers.slice(0, 10).map((number) => `#${number}`);
  const all = numbers.length > named.length ? `${named.join(', ')} and others` : named.join(' and ');
  return `${all} have the same head commit and share its checks; this is the strictest of their results. An override counts in the pull request that it is written in. Once the others are closed, comment \`/recheck\`.`;
}
