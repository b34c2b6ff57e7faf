// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { demand, reads } from '../access.ts';
import { notFound } from '../errors.ts';
import { emptyTree } from '../git/store.ts';
import { simpleUser } from '../resources/account.ts';
import { commitResource, diffEntry } from '../resources/commit.ts';
import { fullRepositoryResource, repositoryUrl } from '../resources/repository.ts';
import type { Repository, Role } from '../state/model.ts';
import { roleOf } from '../state/repositories.ts';
import { fullName } from '../state/world.ts';
import { ok, paginate, param, type RestRequest, type Route, theRepository, theToken } from './route.ts';

/** A commit id, a branch, a tag or a full ref; null where the repository has none such. */
export function resolveRef(repository: Repository, ref: string): string | null {
  if (/^[0-9a-f]{40}$/.test(ref)) return ref;
  const names = [ref, `refs/${ref}`, `refs/heads/${ref}`, `refs/tags/${ref}`];
  const name = names.find((one) => one.startsWith('refs/') && repository.git.refs.has(one));
  return name ? (repository.git.refs.get(name) ?? null) : null;
}

async function theCommit(repository: Repository, ref: string) {
  const sha = resolveRef(repository, ref);
  const found = sha && (await repository.git.commit(sha));
  if (!found) throw notFound(`No commit found for SHA: ${ref}`);
  return found;
}

async function commit(request: RestRequest) {
  const repository = theRepository(request, reads('contents'));
  const found = await theCommit(repository, param(request, 'ref'));
  const from = found.parents[0] ?? emptyTree;
  const [files, patches] = await Promise.all([
    repository.git.diff(from, found.sha),
    repository.git.patches(from, found.sha),
  ]);
  const sum = (key: 'additions' | 'deletions') => files.reduce((total, file) => total + file[key], 0);
  const entries = files.map((file, at) => diffEntry(request.world, repository, found.sha, file, patches[at]));
  const { items, headers } = paginate(request, entries, 300);
  const stats = {
    additions: sum('additions'),
    deletions: sum('deletions'),
    total: sum('additions') + sum('deletions'),
  };
  return ok({ ...commitResource(request.world, repository, found), stats, files: items }, headers);
}

async function compare(request: RestRequest) {
  const repository = theRepository(request, reads('contents'));
  const { git } = repository;
  const [base = '', head = ''] = param(request, 'basehead').split('...');
  const [from, to] = await Promise.all([theCommit(repository, base), theCommit(repository, plainRef(head))]);
  const mergeBase = await git.mergeBase(from.sha, to.sha);
  if (!mergeBase) throw notFound(`No common ancestor between ${base} and ${head}.`);
  const [ahead, behind] = await Promise.all([git.range(from.sha, to.sha), git.range(to.sha, from.sha)]);
  const { items, number, headers } = paginate(request, ahead, 250);
  const commits = await Promise.all(items.map((sha) => theCommit(repository, sha)));
  const show = (one: typeof from) => commitResource(request.world, repository, one);
  const url = `${repositoryUrl(request.world, repository)}/compare/${base}...${head}`;
  const page = `${request.world.origin}/${fullName(repository)}/compare/${base}...${head}`;
  const [files, patches] = await Promise.all([git.diff(mergeBase, to.sha), git.patches(mergeBase, to.sha)]);
  const body = {
    url,
    html_url: page,
    permalink_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    base_commit: show(from),
    merge_base_commit: show(await theCommit(repository, mergeBase)),
    status: comparison(ahead.length, behind.length),
    ahead_by: ahead.length,
    behind_by: behind.length,
    total_commits: ahead.length,
    commits: commits.map(show),
    // «The response includes details about files only on the first page.»
    files:
      number === 1
        ? files.slice(0, 300).map((file, at) => diffEntry(request.world, repository, to.sha, file, patches[at]))
        : [],
  };
  return ok(body, headers);
}

/** `owner:branch` of a fork is read through the shared objects; only ids and own branches are simulated. */
function plainRef(ref: string): string {
  return ref.includes(':') ? ref.slice(ref.indexOf(':') + 1) : ref;
}

function comparison(ahead: number, behind: number): string {
  if (ahead > 0 && behind > 0) return 'diverged';
  if (ahead > 0) return 'ahead';
  return behind > 0 ? 'behind' : 'identical';
}

async function contents(request: RestRequest) {
  const repository = theRepository(request, reads('contents'));
  const ref = request.query.ref ?? repository.defaultBranch;
  const sha = resolveRef(repository, ref);
  const path = param(request, 'path').replace(/\/+$/, '');
  const item = sha ? await repository.git.at(sha, path) : null;
  const content = item?.type === 'blob' ? await repository.git.blob(item.oid) : null;
  if (!sha || !item || !content) throw notFound('Not Found');
  const url = repositoryUrl(request.world, repository);
  const encoded = path.split('/').map(encodeURIComponent).join('/');
  const self = `${url}/contents/${encoded}?ref=${encodeURIComponent(ref)}`;
  const git = `${url}/git/blobs/${item.oid}`;
  const html = `${request.world.origin}/${fullName(repository)}/blob/${encodeURIComponent(ref)}/${encoded}`;
  // Past a megabyte GitHub leaves the content out.
  const large = content.length > 1 << 20;
  return ok({
    type: 'file',
    encoding: large ? 'none' : 'base64',
    size: content.length,
    name: item.name,
    path,
    content: large ? '' : content.toString('base64'),
    sha: item.oid,
    url: self,
    git_url: git,
    html_url: html,
    download_url: html.replace('/blob/', '/raw/'),
    _links: { self, git, html },
  });
}

/** REST's older, coarser word for a role. */
function legacyPermission(role: Role): string {
  const coarse: Partial<Record<Role, string>> = { maintain: 'write', triage: 'read' };
  return coarse[role] ?? role;
}

function permission(request: RestRequest) {
  const repository = theRepository(request, reads('metadata'));
  const user = request.world.accounts.get(param(request, 'username').toLowerCase());
  if (!user) throw notFound(`${param(request, 'username')} is not a user`);
  const role = roleOf(repository, user);
  return ok({
    permission: legacyPermission(role),
    role_name: role,
    user: { ...simpleUser(request.world, user), role_name: role },
  });
}

function membership(request: RestRequest) {
  const organisation = request.world.accounts.get(param(request, 'org').toLowerCase());
  if (organisation?.kind !== 'Organization') throw notFound('Not Found');
  const token = theToken(request);
  demand(token, null, reads('members'), request.where, request.violations);
  // Another organisation's members are none of this installation's business: only its public ones would be shown.
  const own = token.installation.account === organisation;
  const member = own && organisation.members.has(param(request, 'username').toLowerCase());
  if (member) return { status: 204 };
  throw notFound(`User does not exist or is not a member of the organization`);
}

function teamMembership(request: RestRequest) {
  const organisation = request.world.accounts.get(param(request, 'org').toLowerCase());
  const token = theToken(request);
  demand(token, null, reads('members'), request.where, request.violations);
  const own = token.installation.account === organisation;
  const members = own ? organisation?.teams.get(param(request, 'team_slug')) : undefined;
  if (members?.has(param(request, 'username').toLowerCase()) !== true) throw notFound('Not Found');
  return ok({ url: request.url, role: 'member', state: 'active' });
}

/** Routes about a repository's content and its people. */
export const repositoryRoutes: readonly Route[] = [
  {
    route: 'GET /repos/{owner}/{repo}',
    as: 'installation',
    answer: (request) => ok(fullRepositoryResource(request.world, theRepository(request, reads('metadata')))),
  },
  { route: 'GET /repos/{owner}/{repo}/commits/{ref}', as: 'installation', answer: commit },
  { route: 'GET /repos/{owner}/{repo}/compare/{basehead}', as: 'installation', answer: compare },
  { route: 'GET /repos/{owner}/{repo}/contents/{path}', as: 'installation', answer: contents },
  { route: 'GET /repos/{owner}/{repo}/collaborators/{username}/permission', as: 'installation', answer: permission },
  { route: 'GET /orgs/{org}/members/{username}', as: 'installation', answer: membership },
  {
    route: 'GET /orgs/{org}/teams/{team_slug}/memberships/{username}',
    as: 'installation',
    answer: teamMembership,
  },
];
