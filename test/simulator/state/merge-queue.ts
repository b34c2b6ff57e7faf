// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { noreplyAddress } from './accounts.ts';
import { requestSuites } from './checks.ts';
import { announceMerge } from './merging.ts';
import type { Account, MergeMethod, MergeQueue, MergeQueueEntry, PullRequest, Repository } from './model.ts';
import { branchTip, commitsOf } from './pull-requests.ts';
import { buildCommits, type SignedCommit } from './pushes.ts';
import type { World } from './world.ts';

/** Who commits what GitHub builds by itself. */
const gitHub = { name: 'GitHub', email: 'noreply@github.com' };
/** GitHub signs the commits that it builds. */
const signedByGitHub = { valid: true, signer: null, byGitHub: true };

function identityOf(account: Account | null) {
  if (!account) return gitHub;
  return { name: account.name ?? account.login, email: account.emails[0] ?? noreplyAddress(account) };
}

async function shasAndMessages(one: PullRequest) {
  const shas = await commitsOf(one);
  const commits = await Promise.all(shas.map((sha) => one.repository.git.commit(sha)));
  return commits.flatMap((commit) => (commit ? [commit] : []));
}

/** The message that a squash merge proposes, by the repository's settings. */
async function squashMessage(one: PullRequest): Promise<string> {
  const { squashMessage: message, squashTitle } = one.repository.merging;
  const commits = await shasAndMessages(one);
  const only = commits.length === 1 ? commits[0] : undefined;
  const subject = only?.message.split('\n', 1)[0] ?? one.title;
  const title = squashTitle === 'COMMIT_OR_PR_TITLE' && only ? subject : one.title;
  const headline = `${title} (#${one.number})`;
  if (message === 'BLANK') return headline;
  if (message === 'PR_BODY') return `${headline}\n\n${one.body ?? ''}`;
  if (only) return `${headline}\n${only.message.slice(subject.length)}`;
  return `${headline}\n\n${commits.map((commit) => `* ${commit.message.trim()}`).join('\n\n')}`;
}

type Built = Omit<SignedCommit, 'signature'> & { readonly tree: string; readonly parents: readonly string[] };

async function mergedTree(repository: Repository, onto: string, head: string): Promise<string> {
  const base = (await repository.git.mergeBase(onto, head)) ?? onto;
  return repository.git.mergeTrees(base, onto, head);
}

async function rebased(one: PullRequest, onto: string): Promise<Built[]> {
  const { git } = one.repository;
  const built: Built[] = [];
  let tree = (await git.commit(onto))?.tree ?? onto;
  for (const commit of await shasAndMessages(one)) {
    if (commit.parents.length > 1) continue;
    const parent = commit.parents[0] as string;
    tree = git.mergeTrees(parent, tree, commit.sha);
    const { author, message } = commit;
    built.push({ message, author: { name: author.name, email: author.email }, committer: gitHub, tree, parents: [] });
  }
  return built;
}

/** The commits that a queue builds for a pull request on top of what is before it. */
async function buildOn(one: PullRequest, method: MergeMethod, onto: string, by: Account): Promise<Built[]> {
  if (method === 'REBASE') return rebased(one, onto);
  const tree = await mergedTree(one.repository, onto, one.headSha);
  if (method === 'SQUASH') {
    const message = await squashMessage(one);
    return [{ message, author: identityOf(one.author), committer: gitHub, tree, parents: [onto] }];
  }
  const from = `${one.headRepository?.owner.login ?? 'unknown'}/${one.headRef}`;
  const message = `Merge pull request #${one.number} from ${from}\n\n${one.title}`;
  return [{ message, author: identityOf(by), committer: gitHub, tree, parents: [onto, one.headSha] }];
}

export function createMergeQueue(
  world: World,
  repository: Repository,
  branch: string,
  method: MergeMethod,
): MergeQueue {
  const ids = world.identify('MQ');
  const queue: MergeQueue = { kind: 'MergeQueue', ...ids, repository, branch, method, entries: [] };
  repository.mergeQueues.set(branch, world.remember(queue));
  return queue;
}

/**
 * Adds a pull request to the queue: builds the commits of its merge group on
 * `gh-readonly-queue/BASE/pr-N-SHA`, on top of the group before it, and sends `merge_group.checks_requested`.
 */
export async function enqueue(world: World, queue: MergeQueue, pullRequest: PullRequest, by: Account) {
  const { repository, branch, method } = queue;
  const baseSha = queue.entries.at(-1)?.headSha ?? branchTip(repository, branch);
  const name = `gh-readonly-queue/${branch}/pr-${pullRequest.number}-${baseSha}`;
  const built = await buildOn(pullRequest, method, baseSha, by);
  repository.git.setRef(`refs/heads/${name}`, baseSha);
  for (const { parents, ...commit } of built) {
    // A rebased commit follows the one before it; the others name both parents.
    const exact = parents.length > 0 ? { ...commit, parents } : commit;
    buildCommits(repository, name, [{ ...exact, signature: signedByGitHub }]);
  }
  const entry: MergeQueueEntry = {
    kind: 'MergeQueueEntry',
    ...world.identify('MQE'),
    queue,
    pullRequest,
    enqueuer: by,
    state: 'AWAITING_CHECKS',
    headRef: `refs/heads/${name}`,
    headSha: branchTip(repository, name),
    baseSha,
    enqueuedAt: world.now(),
  };
  queue.entries.push(world.remember(entry));
  await world.emit({ event: 'pull_request', action: 'enqueued', pullRequest, sender: by });
  await world.emit({ event: 'push', repository, ref: entry.headRef, before: null, after: entry.headSha, sender: by });
  await requestSuites(world, repository, entry.headSha, name, by);
  await world.emit({ event: 'merge_group', action: 'checks_requested', entry, sender: by });
  return entry;
}

/** Takes an entry out: `merged` moves the base branch to what the queue built and closes the pull request. */
export async function leaveQueue(world: World, entry: MergeQueueEntry, reason: 'merged' | 'dequeued' | 'invalidated') {
  const { queue, pullRequest, enqueuer: sender } = entry;
  const { repository, branch } = queue;
  queue.entries.splice(queue.entries.indexOf(entry), 1);
  await world.emit({ event: 'merge_group', action: 'destroyed', entry, reason, sender });
  repository.git.setRef(entry.headRef, null);
  if (reason !== 'merged') {
    const extra = { reason: 'MANUAL' };
    await world.emit({ event: 'pull_request', action: 'dequeued', pullRequest, sender, extra });
    return;
  }
  const before = branchTip(repository, branch);
  repository.git.setRef(`refs/heads/${branch}`, entry.headSha);
  await announceMerge(world, pullRequest, { before, sha: entry.headSha, by: sender });
}
