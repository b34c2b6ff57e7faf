// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { reads } from '../access.ts';
import type { ChangedFile } from '../git/diff.ts';
import type { Comment, PullRequest, Reaction, Review } from '../state/model.ts';
import { association, commitsOf, filesOf } from '../state/pull-requests.ts';
import { fullName } from '../state/world.ts';
import { iso } from '../time.ts';
import { page, pageArguments } from './connection.ts';
import { type Context, define } from './define.ts';
import { commitNode } from './git-objects.ts';
import { refNode } from './repository.ts';

const pullRequestUrl = (one: PullRequest, { world }: Context) =>
  `${world.origin}/${fullName(one.repository)}/pull/${one.number}`;

async function totals(one: PullRequest) {
  const files = await filesOf(one);
  const sum = (count: (file: ChangedFile) => number) => files.reduce((total, file) => total + count(file), 0);
  return { files: files.length, additions: sum((file) => file.additions), deletions: sum((file) => file.deletions) };
}

export const pullRequest = define<PullRequest>(
  {
    id: (one) => one.nodeId,
    databaseId: (one) => one.id,
    number: (one) => one.number,
    url: (one, _, context) => pullRequestUrl(one, context),
    title: (one) => one.title,
    body: (one) => one.body ?? '',
    state: (one) => one.state,
    closed: (one) => one.state !== 'OPEN',
    merged: (one) => one.state === 'MERGED',
    isDraft: (one) => one.draft,
    locked: () => false,
    author: (one) => one.author,
    authorAssociation: (one) => association(one.repository, one.author),
    repository: (one) => one.repository,
    baseRepository: (one) => one.repository,
    baseRefName: (one) => one.baseRef,
    baseRefOid: (one) => one.baseSha,
    baseRef: (one) => refNode(one.repository, `refs/heads/${one.baseRef}`),
    headRefName: (one) => one.headRef,
    headRefOid: (one) => one.headSha,
    headRef: (one) => one.headRepository && refNode(one.headRepository, `refs/heads/${one.headRef}`),
    headRepository: (one) => one.headRepository,
    headRepositoryOwner: (one) => one.headRepository?.owner ?? null,
    isCrossRepository: (one) => one.headRepository !== one.repository,
    createdAt: (one) => iso(one.createdAt),
    updatedAt: (one) => iso(one.updatedAt),
    closedAt: (one) => iso(one.closedAt),
    mergedAt: (one) => iso(one.merged?.at ?? null),
    mergeable: () => 'MERGEABLE',
    isInMergeQueue: (one) => queueEntry(one) !== null,
    mergeQueueEntry: { need: reads('merge_queues'), resolve: queueEntry },
    additions: async (one) => (await totals(one)).additions,
    deletions: async (one) => (await totals(one)).deletions,
    changedFiles: async (one) => (await totals(one)).files,
    commits: {
      args: pageArguments,
      resolve: async (one, args, { quirks }) => {
        const shas = await commitsOf(one);
        const part = page('commits', shas.slice(0, quirks.commitLimit), args, shas.length);
        const commits = await Promise.all(part.nodes.map((sha) => commitNode(one.repository, sha)));
        return { ...part, nodes: commits.map((commit) => ({ pullRequest: one, commit })) };
      },
    },
    files: {
      args: pageArguments,
      resolve: async (one, args, { quirks }) => {
        const files = await filesOf(one);
        return page('files', files.slice(0, quirks.fileLimit), args, files.length);
      },
    },
    comments: {
      args: [...pageArguments, 'orderBy'],
      need: reads('issues', 'pull_requests'),
      resolve: (one, args) => {
        const { field, direction } = (args.orderBy ?? {}) as { field?: string; direction?: string };
        const sorted = [...one.comments];
        if (field === 'UPDATED_AT') sorted.sort((a, b) => a.updatedAt.getTime() - b.updatedAt.getTime() || a.id - b.id);
        return page('comments', direction === 'DESC' ? sorted.reverse() : sorted, args);
      },
    },
    reviews: {
      args: [...pageArguments, 'states'],
      resolve: (one, args) => {
        const states = args.states as string[] | undefined;
        return page(
          'reviews',
          one.reviews.filter((review) => !states || states.includes(review.state)),
          args,
        );
      },
    },
  },
  (one) => one.repository,
);

function queueEntry(one: PullRequest) {
  const queue = one.repository.mergeQueues.get(one.baseRef);
  return queue?.entries.find((entry) => entry.pullRequest === one) ?? null;
}

export const pullRequestCommit = define<{ pullRequest: PullRequest; commit: { git: { sha: string } } }>({
  id: (one) => `PRC_${Buffer.from(`${one.pullRequest.id}:${one.commit.git.sha}`).toString('base64url')}`,
  commit: (one) => one.commit,
  pullRequest: (one) => one.pullRequest,
  url: (one, _, context) => `${pullRequestUrl(one.pullRequest, context)}/commits/${one.commit.git.sha}`,
});

export const changedFile = define<ChangedFile>({
  path: (one) => one.path,
  changeType: (one) => one.change,
  additions: (one) => one.additions,
  deletions: (one) => one.deletions,
});

export const comment = define<Comment>(
  {
    id: (one) => one.nodeId,
    databaseId: (one) => one.id,
    body: (one) => one.body,
    author: (one) => one.author,
    authorAssociation: (one) => association(one.pullRequest.repository, one.author),
    createdAt: (one) => iso(one.createdAt),
    updatedAt: (one) => iso(one.updatedAt),
    lastEditedAt: (one) => (one.updatedAt > one.createdAt ? iso(one.updatedAt) : null),
    includesCreatedEdit: (one) => one.updatedAt > one.createdAt,
    isMinimized: () => false,
    url: (one, _, context) => `${pullRequestUrl(one.pullRequest, context)}#issuecomment-${one.id}`,
    pullRequest: (one) => one.pullRequest,
  },
  (one) => one.pullRequest.repository,
);

export const review = define<Review>(
  {
    id: (one) => one.nodeId,
    databaseId: (one) => one.id,
    body: (one) => one.body,
    author: (one) => one.author,
    authorAssociation: (one) => association(one.pullRequest.repository, one.author),
    state: (one) => one.state,
    createdAt: (one) => iso(one.createdAt),
    updatedAt: (one) => iso(one.createdAt),
    submittedAt: (one) => iso(one.createdAt),
    commit: (one) => commitNode(one.pullRequest.repository, one.sha),
    url: (one, _, context) => `${pullRequestUrl(one.pullRequest, context)}#pullrequestreview-${one.id}`,
  },
  (one) => one.pullRequest.repository,
);

export const reaction = define<Reaction>({
  id: (one) => one.nodeId,
  databaseId: (one) => one.id,
  content: (one) => one.content,
  createdAt: (one) => iso(one.createdAt),
});
