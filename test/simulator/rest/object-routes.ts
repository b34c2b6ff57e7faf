// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { reads } from '../access.ts';
import { forbidden, notFound } from '../errors.ts';
import { repositoryUrl } from '../resources/repository.ts';
import type { DependencyChange } from '../state/model.ts';
import { ok, param, type RestRequest, type Route, theRepository } from './route.ts';

async function blob(request: RestRequest) {
  const repository = theRepository(request, reads('contents'));
  const sha = param(request, 'file_sha');
  const content = await repository.git.blob(sha);
  if (!content) throw notFound('Not Found');
  return ok({
    sha,
    node_id: `B_${sha}`,
    size: content.length,
    url: `${repositoryUrl(request.world, repository)}/git/blobs/${sha}`,
    content: content.toString('base64'),
    encoding: 'base64',
  });
}

function change({ change = 'added', manifest, purl, license }: DependencyChange) {
  const [, ecosystem = '', name = '', version = ''] = /^pkg:([^/]+)\/(.+?)(?:@([^@/]+))?$/.exec(purl) ?? [];
  const more = { source_repository_url: null, vulnerabilities: [], scope: 'runtime' };
  return { change_type: change, manifest, ecosystem, name, version, package_url: purl, license, ...more };
}

function dependencyReview(request: RestRequest) {
  const repository = theRepository(request, reads('contents'));
  if (repository.dependencyReview === null) {
    throw forbidden('Dependency review is not supported on this repository.');
  }
  return ok(repository.dependencyReview.map(change));
}

/** Routes about single objects, and about what a comparison of two commits means for dependencies. */
export const objectRoutes: readonly Route[] = [
  { route: 'GET /repos/{owner}/{repo}/git/blobs/{file_sha}', as: 'installation', answer: blob },
  {
    route: 'GET /repos/{owner}/{repo}/dependency-graph/compare/{basehead}',
    as: 'installation',
    answer: dependencyReview,
  },
];
