// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { UpstreamAnswer, UpstreamFacts } from '../../contribution/contribution.ts';
import type { UpstreamQuestion } from '../../rules/rule.ts';
import { noUpstreamFacts } from '../../rules/upstream/case.ts';
import { unanswered } from '../../rules/upstream/unanswered.ts';
import { classify } from '../errors.ts';
import type { Fill } from '../needs.ts';
import type { Asking } from '../read-pull-request.ts';
import { isContained } from './contained.ts';
import { readDiff } from './diff.ts';
import { readUpstreamPullRequest } from './pull-request.ts';
import { readPlace } from './repository.ts';

/** Answers a question about an upstream repository. Refused or not found is an answer: nobody knows. */
export async function readUpstream(asking: Asking, question: UpstreamQuestion): Promise<Fill> {
  const found = await answer(asking, question);
  return ({ upstream }) => ({ upstream: withAnswer(upstream, found) });
}

/** The facts with one answer more. */
export function withAnswer(upstream: UpstreamFacts = noUpstreamFacts, found: UpstreamAnswer): UpstreamFacts {
  return { ...upstream, answers: [...upstream.answers, found] };
}

async function answer(asking: Asking, question: UpstreamQuestion): Promise<UpstreamAnswer> {
  try {
    if (!question.trusted && (await readPlace(asking, question.repository)).isPrivate) {
      return unanswered(question, 'the repository is not public, and the policy does not name it');
    }
    switch (question.ask) {
      case 'contained':
        return { ...(await contained(asking, question)) };
      case 'pull-request':
        return await readUpstreamPullRequest(asking, question);
      case 'diff':
        return await readDiff(asking, question);
    }
  } catch (thrown) {
    const failure = classify(thrown, Date.now());
    // A rate limit and a passing fault end when they end: the worker tries again.
    if (failure.kind !== 'gone') throw thrown;
    return unanswered(question, whyGone(thrown));
  }
}

function whyGone(thrown: unknown): string {
  const { status } = thrown as { readonly status?: number };
  return status === 404
    ? 'GitHub finds no such thing, or does not show it to this App'
    : 'GitHub does not let this App see it';
}

async function contained(asking: Asking, question: Extract<UpstreamQuestion, { ask: 'contained' }>) {
  const { ask, repository, branch, commit } = question;
  const name = branch ?? (await readPlace(asking, repository)).defaultBranch;
  const isThere = await isContained(asking, repository, name, commit);
  return { ask, repository, branch, commit, answer: isThere ? 'yes' : 'no', why: null } as const;
}
