// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { reads, writes } from '../access.ts';
import { notFound } from '../errors.ts';
import { commitResource, diffEntry } from '../resources/commit.ts';
import {
  commentResource,
  pullRequestResource,
  pullRequestSimple,
  reactionContent,
  reactionResource,
} from '../resources/pull-request.ts';
import type { Comment } from '../state/model.ts';
import { comment, commitsOf, filesOf } from '../state/pull-requests.ts';
import { react } from '../state/reactions.ts';
import {
  created,
  ok,
  paginate,
  param,
  type RestRequest,
  type Route,
  theApp,
  thePullRequest,
  theRepository,
} from './route.ts';

/** https://docs.github.com/rest/pulls/pulls#list-commits-on-a-pull-request and #list-pull-requests-files */
const mostCommits = 250;
const mostFiles = 3000;

const readable = reads('pull_requests');
const commentable = writes('issues', 'pull_requests');

function list(request: RestRequest) {
  const repository = theRepository(request, readable);
  const {
    state = 'open',
    base,
    head,
    sort = 'created',
    direction = sort === 'created' ? 'desc' : 'asc',
  } = request.query;
  const time = sort === 'updated' ? 'updatedAt' : 'createdAt';
  const sign = direction === 'desc' ? -1 : 1;
  const all = [...repository.pullRequests.values()]
    .filter((one) => state === 'all' || (state === 'open') === (one.state === 'OPEN'))
    .filter((one) => !base || one.baseRef === base)
    .filter((one) => !head || `${one.headRepository?.owner.login}:${one.headRef}` === head)
    .sort((one, other) => sign * (one[time].getTime() - other[time].getTime() || one.number - other.number));
  const { items, headers } = paginate(request, all);
  return ok(
    items.map((one) => pullRequestSimple(request.world, one)),
    headers,
  );
}

async function commits(request: RestRequest) {
  const one = thePullRequest(request, readable);
  const shas = (await commitsOf(one)).slice(0, Math.min(mostCommits, request.quirks.commitLimit));
  const { items, headers } = paginate(request, shas);
  const found = await Promise.all(items.map((sha) => one.repository.git.commit(sha)));
  const shown = found.flatMap((commit) => (commit ? [commitResource(request.world, one.repository, commit)] : []));
  return ok(shown, headers);
}

async function files(request: RestRequest) {
  const one = thePullRequest(request, readable);
  const { git } = one.repository;
  const from = (await git.mergeBase(one.baseSha, one.headSha)) ?? one.baseSha;
  const [changed, patches] = await Promise.all([filesOf(one), git.patches(from, one.headSha)]);
  const entries = changed
    .slice(0, Math.min(mostFiles, request.quirks.fileLimit))
    .map((file, at) => diffEntry(request.world, one.repository, one.headSha, file, patches[at]));
  const { items, headers } = paginate(request, entries);
  return ok(items, headers);
}

async function addComment(request: RestRequest) {
  const one = thePullRequest(request, commentable);
  const made = await comment(request.world, one, theApp(request).bot, String(request.body.body));
  return created(commentResource(request.world, made));
}

function theComment(request: RestRequest): Comment {
  const repository = theRepository(request, commentable);
  const id = Number(param(request, 'comment_id'));
  const found = [...repository.pullRequests.values()].flatMap((one) => one.comments).find((one) => one.id === id);
  if (!found) throw notFound('Not Found');
  return found;
}

function addReaction(request: RestRequest) {
  const content = reactionContent(String(request.body.content));
  const { reaction, fresh } = react(request.world, theComment(request), theApp(request).bot, content);
  return { status: fresh ? 201 : 200, body: reactionResource(request.world, reaction) };
}

/** Routes about pull requests and what is said on them. */
export const pullRequestRoutes: readonly Route[] = [
  { route: 'GET /repos/{owner}/{repo}/pulls', as: 'installation', answer: list },
  {
    route: 'GET /repos/{owner}/{repo}/pulls/{pull_number}',
    as: 'installation',
    answer: async (request) => ok(await pullRequestResource(request.world, thePullRequest(request, readable))),
  },
  { route: 'GET /repos/{owner}/{repo}/pulls/{pull_number}/commits', as: 'installation', answer: commits },
  { route: 'GET /repos/{owner}/{repo}/pulls/{pull_number}/files', as: 'installation', answer: files },
  { route: 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments', as: 'installation', answer: addComment },
  {
    route: 'POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions',
    as: 'installation',
    answer: addReaction,
  },
];
