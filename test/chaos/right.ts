// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Repository } from '../simulator/state/model.ts';
import type { Group } from './queues.ts';
import { couldSee, holding, linkOf, whyNot } from './remarks.ts';
import { conclusionOf, runsOn } from './runs.ts';
import type { Watched } from './watched.ts';

/** What DCO has to say of a pull request. */
export function expectedDco(one: Watched): 'SUCCESS' | 'ACTION_REQUIRED' {
  return one.signedOff || holding(one).length > 0 ? 'SUCCESS' : 'ACTION_REQUIRED';
}

/** What is wrong with the check runs on the heads of the pull requests, one line each. */
export function wrongChecks(watched: readonly Watched[]): readonly string[] {
  return watched.flatMap((one) => {
    const { state, number } = one.pullRequest;
    return wrongOn(state.repository, state.headSha, expectedDco(one)).map((why) => `#${number} ${why}`);
  });
}

/** The same for merge groups; of one that was taken out of its queue nobody waits for anything. */
export function wrongGroups(groups: readonly Group[]): readonly string[] {
  return groups
    .filter(({ left }) => left !== 'dequeued')
    .flatMap(({ entry, conclusion }) => {
      const { queue, headSha, pullRequest } = entry;
      return wrongOn(queue.repository, headSha, conclusion).map((why) => `queued #${pullRequest.number} ${why}`);
    });
}

function wrongOn(repository: Repository, sha: string, dco: string): readonly string[] {
  return Object.entries({ Policy: 'SUCCESS', DCO: dco }).flatMap(([name, wanted]) => {
    const said = conclusionOf(repository, sha, name);
    return said === wanted ? [] : [`of ${repository.owner.login} ${name}: ${said}, not ${wanted}`];
  });
}

/** Commands that nobody reacted to or answered, and those that were answered twice, one line each. */
export function wrongAnswers(watched: readonly Watched[]): readonly string[] {
  return watched.flatMap((one) => {
    const { comments } = one.pullRequest.state;
    const answers = comments.filter(({ author }) => author?.kind === 'Bot').map(({ body }) => body);
    return one.remarks.flatMap((remark) => {
      const link = linkOf(one, remark);
      const replies = answers.filter((body) => body.includes(`(${link})`)).length;
      const wanted = answerTo(one, remark);
      if (replies > 1) return [`${link} was answered ${replies} times`];
      if (wanted === 'reply' && replies === 0) return [`${link} was not answered`];
      return wanted === 'reaction' && remark.comment.reactions.length === 0 ? [`${link} got no reaction`] : [];
    });
  });
}

/** What a comment has to get by what is there now; null where it may have got something, or nothing. */
function answerTo(one: Watched, remark: Watched['remarks'][number]): 'reply' | 'reaction' | null {
  const { command, by, deleted, edited, comment, head } = remark;
  const { pullRequest, signedOff, queued } = one;
  // Who merges does not wait for answers.
  if (deleted || queued || by.barred === 'bot') return null;
  const isCurrent = head === pullRequest.state.headSha && couldSee(pullRequest, comment.createdAt);
  if (command === 'slip') return isCurrent && !edited ? 'reply' : null;
  if (command === 'cancel' || signedOff) return null;
  const reasons = whyNot(remark, one);
  if (reasons.size === 0) return 'reaction';
  return reasons.size === 1 && reasons.has('refused') ? 'reply' : null;
}

/** Check runs that were posted more than once on any commit, one line each. */
export function repeatedChecks(repositories: Iterable<Repository>): readonly string[] {
  return [...repositories].flatMap((repository) =>
    [...repository.checkSuites.keys()].flatMap((sha) => {
      const names = runsOn(repository, sha).map(({ name }) => name);
      const twice = [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
      return twice.map((name) => `${repository.owner.login} ${sha.slice(0, 8)} ${name}: posted more than once`);
    }),
  );
}
