// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { reads } from '../access.ts';
import { notFound } from '../errors.ts';
import type { TreeItem } from '../git/objects.ts';
import type { PullRequest, Repository } from '../state/model.ts';
import { fullName } from '../state/world.ts';
import { page, pageArguments } from './connection.ts';
import { type Arguments, define } from './define.ts';
import { commitNode, objectNode } from './git-objects.ts';

export interface RefNode {
  readonly kind: 'Ref';
  readonly repository: Repository;
  readonly name: string;
}

/** A ref by its full name, or by a branch's or tag's short one; null where there is none. */
export function refNode(repository: Repository, qualifiedName: string): RefNode | null {
  const candidates = [qualifiedName, `refs/heads/${qualifiedName}`, `refs/tags/${qualifiedName}`];
  const name = candidates.find((candidate) => candidate.startsWith('refs/') && repository.git.refs.has(candidate));
  return name ? { kind: 'Ref', repository, name } : null;
}

function resolveRevision(repository: Repository, revision: string): string | null {
  if (/^[0-9a-f]{40}$/.test(revision)) return revision;
  const name = revision === 'HEAD' ? repository.defaultBranch : revision;
  const ref = refNode(repository, name);
  return ref ? (repository.git.refs.get(ref.name) ?? null) : null;
}

/** `REVISION` or `REVISION:PATH`, as `git rev-parse` reads it. */
async function byExpression(repository: Repository, expression: string) {
  const colon = expression.indexOf(':');
  const sha = resolveRevision(repository, colon === -1 ? expression : expression.slice(0, colon));
  if (!sha) return null;
  if (colon === -1) return byId(repository, sha);
  const item = await repository.git.at(sha, expression.slice(colon + 1));
  return item && objectNode(repository, item);
}

async function byId(repository: Repository, oid: string) {
  const types: readonly TreeItem['type'][] = ['commit', 'blob'];
  for (const type of types) {
    const node = await objectNode(repository, { oid, type });
    if (node) return node;
  }
  const target = await repository.git.tagged(oid);
  if (target) return { kind: 'Tag', repository, oid, target } as const;
  return (await repository.git.tree(oid)) ? objectNode(repository, { oid, type: 'tree' }) : null;
}

function pullRequests(repository: Repository, args: Arguments): PullRequest[] {
  const { states, baseRefName, headRefName, orderBy } = args as {
    states?: string[];
    baseRefName?: string;
    headRefName?: string;
    orderBy?: { field: string; direction: string };
  };
  const time = orderBy?.field === 'UPDATED_AT' ? 'updatedAt' : 'createdAt';
  const sign = orderBy?.direction === 'DESC' ? -1 : 1;
  return [...repository.pullRequests.values()]
    .filter((one) => !states || states.includes(one.state))
    .filter((one) => !baseRefName || one.baseRef === baseRefName)
    .filter((one) => !headRefName || one.headRef === headRefName)
    .sort((one, other) => sign * (one[time].getTime() - other[time].getTime() || one.number - other.number));
}

export const repository = define<Repository>(
  {
    id: (one) => one.nodeId,
    databaseId: (one) => one.id,
    name: (one) => one.name,
    nameWithOwner: fullName,
    url: (one, _, { world }) => `${world.origin}/${fullName(one)}`,
    owner: (one) => one.owner,
    isArchived: (one) => one.archived,
    hasIssuesEnabled: (one) => one.hasIssues,
    isPrivate: (one) => one.isPrivate,
    isFork: (one) => one.parent !== null,
    visibility: (one) => (one.isPrivate ? 'PRIVATE' : 'PUBLIC'),
    repositoryTopics: {
      args: pageArguments,
      resolve: (one, args) =>
        page(
          'repositoryTopics',
          one.topics.map((name) => ({ topic: { name } })),
          args,
        ),
    },
    squashMergeAllowed: (one) => one.merging.squashAllowed,
    squashMergeCommitMessage: (one) => one.merging.squashMessage,
    squashMergeCommitTitle: (one) => one.merging.squashTitle,
    mergeCommitAllowed: (one) => one.merging.mergeAllowed,
    rebaseMergeAllowed: (one) => one.merging.rebaseAllowed,
    defaultBranchRef: { need: reads('contents'), resolve: (one) => refNode(one, `refs/heads/${one.defaultBranch}`) },
    ref: {
      args: ['qualifiedName'],
      need: reads('contents'),
      resolve: (one, { qualifiedName }) => refNode(one, String(qualifiedName)),
    },
    object: {
      args: ['expression', 'oid'],
      need: reads('contents'),
      resolve: (one, { expression, oid }) =>
        typeof oid === 'string' ? byId(one, oid) : byExpression(one, String(expression ?? '')),
    },
    pullRequest: {
      args: ['number'],
      need: reads('pull_requests'),
      resolve: (one, { number }) => {
        const found = one.pullRequests.get(Number(number));
        if (found) return found;
        throw notFound(`Could not resolve to a PullRequest with the number of ${number}.`);
      },
    },
    pullRequests: {
      args: [...pageArguments, 'states', 'baseRefName', 'headRefName', 'orderBy'],
      need: reads('pull_requests'),
      resolve: (one, args) => page('pullRequests', pullRequests(one, args), args),
    },
    mergeQueue: {
      args: ['branch'],
      need: reads('merge_queues'),
      resolve: (one, { branch }) => one.mergeQueues.get(String(branch ?? one.defaultBranch)) ?? null,
    },
  },
  (one) => one,
);

export const repositoryTopic = define<{ readonly topic: { readonly name: string } }>({ topic: (one) => one.topic });
export const topic = define<{ readonly name: string }>({ name: (one) => one.name });

export const ref = define<RefNode>(
  {
    id: (one) => `REF_${Buffer.from(`${one.repository.id}:${one.name}`).toString('base64url')}`,
    name: (one) => one.name.replace(/^refs\/[^/]+\//, ''),
    prefix: (one) => /^refs\/[^/]+\//.exec(one.name)?.[0] ?? '',
    repository: (one) => one.repository,
    target: {
      need: reads('contents'),
      resolve: (one) => commitNode(one.repository, one.repository.git.refs.get(one.name) ?? ''),
    },
  },
  (one) => one.repository,
);
