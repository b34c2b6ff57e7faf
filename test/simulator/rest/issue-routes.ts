// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { type Need, reads, writes } from '../access.ts';
import { gitHubError, notFound, unprocessable } from '../errors.ts';
import { issueResource } from '../resources/issue.ts';
import { restLogin } from '../state/accounts.ts';
import { editIssue, type IssueInput, openIssue } from '../state/issues.ts';
import type { Issue, Repository } from '../state/model.ts';
import { created, ok, paginate, param, type RestRequest, type Route, theApp, theRepository } from './route.ts';

/** https://docs.github.com/rest/issues/issues: 410 where a repository has issues switched off. */
function withIssues(request: RestRequest, need: Need): Repository {
  const repository = theRepository(request, need);
  if (!repository.hasIssues)
    throw gitHubError('Issues has been disabled in this repository.', { status: 410, type: 'GONE' });
  return repository;
}

function list(request: RestRequest) {
  const repository = withIssues(request, reads('issues'));
  const { state = 'open', creator, sort = 'created', direction = 'desc' } = request.query;
  const time = sort === 'updated' ? 'updatedAt' : 'createdAt';
  const sign = direction === 'desc' ? -1 : 1;
  const all = [...repository.issues.values()]
    .filter((one) => state === 'all' || state.toUpperCase() === one.state)
    .filter((one) => !creator || (!request.quirks.botsAreNoCreators && restLogin(one.author) === creator))
    .sort((one, other) => sign * (one[time].getTime() - other[time].getTime() || one.number - other.number));
  const { items, headers } = paginate(request, all);
  return ok(
    items.map((one) => issueResource(request.world, theApp(request), one)),
    headers,
  );
}

/** Characters of an issue's text that GitHub takes. */
const longestBody = 65_536;

function inputOf(request: RestRequest): IssueInput {
  const { title, body, state, state_reason: reason } = request.body as Partial<Record<string, string>>;
  if (body !== undefined && body.length > longestBody) {
    request.violations.report(
      'limit',
      request.where,
      `the body has ${body.length} characters, more than ${longestBody}`,
    );
    throw unprocessable('Validation Failed', ['body is too long (maximum is 65536 characters)']);
  }
  return {
    ...(title === undefined ? {} : { title }),
    ...(body === undefined ? {} : { body }),
    ...(state === undefined ? {} : { state: state.toUpperCase() as Issue['state'] }),
    ...(reason === undefined ? {} : { stateReason: reason.toUpperCase() as Issue['stateReason'] }),
  };
}

function create(request: RestRequest) {
  const repository = withIssues(request, writes('issues'));
  const app = theApp(request);
  return created(issueResource(request.world, app, openIssue(request.world, repository, app.bot, inputOf(request))));
}

function update(request: RestRequest) {
  const repository = withIssues(request, writes('issues'));
  const issue = repository.issues.get(Number(param(request, 'issue_number')));
  if (!issue) throw notFound('Not Found');
  return ok(issueResource(request.world, theApp(request), editIssue(request.world, issue, inputOf(request))));
}

/** Routes about issues that are no pull requests. */
export const issueRoutes: readonly Route[] = [
  { route: 'GET /repos/{owner}/{repo}/issues', as: 'installation', answer: list },
  { route: 'POST /repos/{owner}/{repo}/issues', as: 'installation', answer: create },
  { route: 'PATCH /repos/{owner}/{repo}/issues/{issue_number}', as: 'installation', answer: update },
];
