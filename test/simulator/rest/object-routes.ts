// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { reads } from '../access.ts';
import { notFound } from '../errors.ts';
import type { TreeItem } from '../git/objects.ts';
import { repositoryUrl } from '../resources/repository.ts';
import type { Repository } from '../state/model.ts';
import { dependencyReviewRoute } from './dependency-review.ts';
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

/** https://docs.github.com/rest/git/trees: at most 100,000 entries; `recursive` with any value. */
async function tree(request: RestRequest) {
  const repository = theRepository(request, reads('contents'));
  const sha = param(request, 'tree_sha');
  const all = await entriesOf(
    repository,
    (await repository.git.commit(sha))?.tree ?? sha,
    '',
    'recursive' in request.query,
  );
  if (all === null) throw notFound('Not Found');
  const url = `${repositoryUrl(request.world, repository)}/git`;
  const kinds = { blob: 'blobs', tree: 'trees', commit: 'commits' } as const;
  const { treeLimit } = request.quirks;
  const shown = all.slice(0, treeLimit).map(({ path, mode, type, oid }) => ({
    path,
    mode: mode.toString(8).padStart(6, '0'),
    type,
    sha: oid,
    ...(type === 'commit' ? {} : { url: `${url}/${kinds[type]}/${oid}` }),
  }));
  return ok({ sha, url: `${url}/trees/${sha}`, tree: shown, truncated: all.length > treeLimit });
}

type TreeEntry = TreeItem & { readonly path: string };

async function entriesOf(
  repository: Repository,
  oid: string,
  above: string,
  recursive: boolean,
): Promise<readonly TreeEntry[] | null> {
  const items = await repository.git.tree(oid);
  if (items === null) return null;
  const nested = items.map(async (item): Promise<readonly TreeEntry[]> => {
    const path = `${above}${item.name}`;
    const below = recursive && item.type === 'tree' ? await entriesOf(repository, item.oid, `${path}/`, true) : null;
    return [{ ...item, path }, ...(below ?? [])];
  });
  return (await Promise.all(nested)).flat();
}

/** Routes about single objects, and about what a comparison of two commits means for dependencies. */
export const objectRoutes: readonly Route[] = [
  { route: 'GET /repos/{owner}/{repo}/git/blobs/{file_sha}', as: 'installation', answer: blob },
  { route: 'GET /repos/{owner}/{repo}/git/trees/{tree_sha}', as: 'installation', answer: tree },
  dependencyReviewRoute,
];
