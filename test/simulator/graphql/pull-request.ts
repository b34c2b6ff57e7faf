// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { reads } from '../access.ts';
import type { ChangedFile } from '../git/diff.ts';
import type { Comment, PullRequest, Reaction, Remark, Review, ReviewComment, TimelineEvent } from '../state/model.ts';
import { association, commitsOf, filesOf } from '../state/pull-requests.ts';
import { appOf, fullName } from '../state/world.ts';
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
    timelineItems: {
      args: [...pageArguments, 'itemTypes'],
      resolve: (one, args) => {
        const wanted = new Set((args.itemTypes as string[] | undefined)?.map(typeOfItem));
        return page(
          'timelineItems',
          one.timeline.filter(({ kind }) => wanted.size === 0 || wanted.has(kind)),
          args,
        );
      },
    },
  },
  (one) => one.repository,
);

/** `BASE_REF_CHANGED_EVENT` is the type `BaseRefChangedEvent`. */
function typeOfItem(name: string): string {
  return name.toLowerCase().replaceAll(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase());
}

export const headRefForcePushedEvent = define<Extract<TimelineEvent, { kind: 'HeadRefForcePushedEvent' }>>({
  id: (one) => one.nodeId,
  createdAt: (one) => iso(one.createdAt),
  afterCommit: (one) => commitNode(one.repository, one.after),
});

export const baseRefChangedEvent = define<TimelineEvent>({
  id: (one) => one.nodeId,
  createdAt: (one) => iso(one.createdAt),
});

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

const remark = {
  id: (one: Remark) => one.nodeId,
  databaseId: (one: Remark) => one.id,
  body: (one: Remark) => one.body,
  author: (one: Remark) => one.author,
  authorAssociation: (one: Remark) => association(one.pullRequest.repository, one.author),
  createdAt: (one: Remark) => iso(one.createdAt),
  publishedAt: (one: Remark) => iso('submittedAt' in one ? one.submittedAt : one.createdAt),
  lastEditedAt: (one: Remark) => iso(one.editedAt),
  includesCreatedEdit: (one: Remark) => one.editedAt !== null,
  isMinimized: (one: Remark) => one.minimised,
  viewerDidAuthor: (one: Remark, _: unknown, { world }: Context) => one.author === appOf(world).bot,
  pullRequest: (one: Remark) => one.pullRequest,
  reactionGroups: (one: Remark, _: unknown, { world }: Context) =>
    reactionContents.map((content) => ({
      content,
      viewerHasReacted: one.reactions.some((made) => made.content === content && made.author === appOf(world).bot),
    })),
};

/** All eight are listed, whether or not anybody has reacted so. */
const reactionContents = ['THUMBS_UP', 'THUMBS_DOWN', 'LAUGH', 'HOORAY', 'CONFUSED', 'HEART', 'ROCKET', 'EYES'];

export const reactionGroup = define<{ content: string; viewerHasReacted: boolean }>({
  content: (one) => one.content,
  viewerHasReacted: (one) => one.viewerHasReacted,
});

export const comment = define<Comment>(
  {
    ...remark,
    updatedAt: (one) => iso(one.updatedAt),
    url: (one, _, context) => `${pullRequestUrl(one.pullRequest, context)}#issuecomment-${one.id}`,
  },
  (one) => one.pullRequest.repository,
);

export const review = define<Review>(
  {
    ...remark,
    state: (one) => one.state,
    updatedAt: (one) => iso(one.editedAt ?? one.submittedAt),
    submittedAt: (one) => iso(one.submittedAt),
    commit: (one) => commitNode(one.pullRequest.repository, one.sha),
    url: (one, _, context) => `${pullRequestUrl(one.pullRequest, context)}#pullrequestreview-${one.id}`,
    comments: { args: pageArguments, resolve: (one, args) => page('comments', one.comments, args) },
  },
  (one) => one.pullRequest.repository,
);

export const reviewComment = define<ReviewComment>(
  {
    ...remark,
    updatedAt: (one) => iso(one.updatedAt),
    url: (one, _, context) => `${pullRequestUrl(one.pullRequest, context)}#discussion_r${one.id}`,
    path: (one) => one.path,
    originalCommit: (one) => commitNode(one.pullRequest.repository, one.review.sha),
    commit: (one) => commitNode(one.pullRequest.repository, one.pullRequest.headSha),
    pullRequestReview: (one) => one.review,
  },
  (one) => one.pullRequest.repository,
);

export const reaction = define<Reaction>({
  id: (one) => one.nodeId,
  databaseId: (one) => one.id,
  content: (one) => one.content,
  createdAt: (one) => iso(one.createdAt),
});
