// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { parse } from 'yaml';
import { reads } from '../access.ts';
import { forbidden, notFound } from '../errors.ts';
import type { DependencyChange, Repository } from '../state/model.ts';
import { ok, param, type RestRequest, type Route, theRepository } from './route.ts';

/** What a test says that changes, and what the workflows at the two commits tell of themselves. */
async function dependencyReview(request: RestRequest) {
  const repository = theRepository(request, reads('contents'));
  if (repository.dependencyReview === null) {
    throw forbidden('Dependency review is not supported on this repository.');
  }
  const [base = '', head = ''] = param(request, 'basehead').split('...');
  const mergeBase = await repository.git.mergeBase(base, head);
  if (mergeBase === null) throw notFound('Not Found');
  const [before, after] = await Promise.all([actionsAt(repository, mergeBase), actionsAt(repository, head)]);
  const actions = [
    ...[...after].filter(([key]) => !before.has(key)).map(([, action]) => action),
    ...[...before].filter(([key]) => !after.has(key)).map(([, action]) => ({ ...action, change: 'removed' as const })),
  ];
  return ok([...repository.dependencyReview, ...actions].map(changeResource));
}

function changeResource({ change = 'added', manifest, purl, license }: DependencyChange) {
  const [, type = '', name = '', version = ''] = /^pkg:([^/]+)\/(.+?)(?:@([^@/]+))?$/.exec(purl) ?? [];
  return {
    change_type: change,
    manifest,
    ecosystem: type === 'githubactions' ? 'actions' : type,
    name,
    version: decodeURIComponent(version),
    package_url: purl,
    license,
    source_repository_url: null,
    vulnerabilities: [],
    scope: 'runtime',
  };
}

/** Actions and reusable workflows of other repositories, without a license, as GitHub names them. */
async function actionsAt({ git }: Repository, commit: string): Promise<Map<string, DependencyChange>> {
  const found = new Map<string, DependencyChange>();
  const directory = '.github/workflows';
  const item = await git.at(commit, directory);
  for (const { name, oid, type } of (item && (await git.tree(item.oid))) ?? []) {
    if (type !== 'blob' || !/\.ya?ml$/.test(name)) continue;
    const manifest = `${directory}/${name}`;
    for (const use of usesIn(parse((await git.blob(oid))?.toString('utf8') ?? ''))) {
      const [, action, ref = ''] = /^([\w-]+\/[^@]+)@(.+)$/.exec(use) ?? [];
      if (action === undefined) continue;
      const purl = `pkg:githubactions/${action}@${encodeURIComponent(versionOf(ref)).replaceAll('*', '%2A')}`;
      found.set(`${manifest} ${purl}`, { manifest, purl, license: null });
    }
  }
  return found;
}

function usesIn(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) =>
    key === 'uses' && typeof value === 'string' ? [value] : usesIn(value),
  );
}

/** `4.*.*` for `v4`; commits and branches as they are. */
function versionOf(ref: string): string {
  const [, version, rest = ''] = /^v?(\d+(?:\.\d+){0,2})(\D.*)?$/.exec(ref) ?? [];
  if (version === undefined) return ref;
  return rest === '' ? [...version.split('.'), '*', '*'].slice(0, 3).join('.') : version + rest;
}

export const dependencyReviewRoute: Route = {
  route: 'GET /repos/{owner}/{repo}/dependency-graph/compare/{basehead}',
  as: 'installation',
  answer: dependencyReview,
};
