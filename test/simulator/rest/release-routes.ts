// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { reads } from '../access.ts';
import { simpleUser } from '../resources/account.ts';
import { repositoryUrl } from '../resources/repository.ts';
import { fullName } from '../state/world.ts';
import { iso } from '../time.ts';
import { ok, paginate, type RestRequest, type Route, theRepository } from './route.ts';

function list(request: RestRequest) {
  const repository = theRepository(request, reads('contents'));
  const api = repositoryUrl(request.world, repository);
  const page = `${request.world.origin}/${fullName(repository)}`;
  const all = repository.releases.map(({ tag, at }, index) => ({
    url: `${api}/releases/${index + 1}`,
    html_url: `${page}/releases/tag/${tag}`,
    assets_url: `${api}/releases/${index + 1}/assets`,
    upload_url: `${api}/releases/${index + 1}/assets{?name,label}`,
    tarball_url: `${api}/tarball/${tag}`,
    zipball_url: `${api}/zipball/${tag}`,
    id: index + 1,
    node_id: `RE_${index + 1}`,
    tag_name: tag,
    target_commitish: repository.defaultBranch,
    name: tag,
    body: null,
    draft: false,
    prerelease: false,
    created_at: iso(at),
    published_at: iso(at),
    author: simpleUser(request.world, repository.owner),
    assets: [],
  }));
  const { items, headers } = paginate(request, all.toReversed(), 100);
  return ok(items, headers);
}

/** Routes about releases. */
export const releaseRoutes: readonly Route[] = [
  { route: 'GET /repos/{owner}/{repo}/releases', as: 'installation', answer: list },
];
