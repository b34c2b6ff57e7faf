// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Repository } from '../state/model.ts';
import { fullName, type World } from '../state/world.ts';
import { iso } from '../time.ts';
import { api, simpleUser } from './account.ts';

/** Addresses of a repository's parts, relative to its own, as URI templates where GitHub has templates. */
const parts: Readonly<Record<string, string>> = {
  forks_url: '/forks',
  keys_url: '/keys{/key_id}',
  collaborators_url: '/collaborators{/collaborator}',
  teams_url: '/teams',
  hooks_url: '/hooks',
  issue_events_url: '/issues/events{/number}',
  events_url: '/events',
  assignees_url: '/assignees{/user}',
  branches_url: '/branches{/branch}',
  tags_url: '/tags',
  blobs_url: '/git/blobs{/sha}',
  git_tags_url: '/git/tags{/sha}',
  git_refs_url: '/git/refs{/sha}',
  trees_url: '/git/trees{/sha}',
  statuses_url: '/statuses/{sha}',
  languages_url: '/languages',
  stargazers_url: '/stargazers',
  contributors_url: '/contributors',
  subscribers_url: '/subscribers',
  subscription_url: '/subscription',
  commits_url: '/commits{/sha}',
  git_commits_url: '/git/commits{/sha}',
  comments_url: '/comments{/number}',
  issue_comment_url: '/issues/comments{/number}',
  contents_url: '/contents/{+path}',
  compare_url: '/compare/{base}...{head}',
  merges_url: '/merges',
  archive_url: '/{archive_format}{/ref}',
  downloads_url: '/downloads',
  issues_url: '/issues{/number}',
  pulls_url: '/pulls{/number}',
  milestones_url: '/milestones{/number}',
  notifications_url: '/notifications{?since,all,participating}',
  labels_url: '/labels{/name}',
  releases_url: '/releases{/id}',
  deployments_url: '/deployments',
};

export function repositoryUrl(world: World, repository: Repository): string {
  return `${api(world)}/repos/${fullName(repository)}`;
}

/** A repository, in REST answers and webhooks alike. */
export function repositoryResource(world: World, one: Repository) {
  const url = repositoryUrl(world, one);
  const page = `${world.origin}/${fullName(one)}`;
  const open = [...one.pullRequests.values()].filter((pullRequest) => pullRequest.state === 'OPEN').length;
  return {
    id: one.id,
    node_id: one.nodeId,
    name: one.name,
    full_name: fullName(one),
    private: one.isPrivate,
    owner: simpleUser(world, one.owner),
    html_url: page,
    description: null,
    fork: one.parent !== null,
    url,
    ...Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, url + part])),
    created_at: iso(one.createdAt),
    updated_at: iso(one.createdAt),
    pushed_at: iso(one.createdAt),
    git_url: `${page.replace('http:', 'git:')}.git`,
    ssh_url: `git@127.0.0.1:${fullName(one)}.git`,
    clone_url: `${page}.git`,
    svn_url: page,
    homepage: null,
    size: 0,
    stargazers_count: 0,
    watchers_count: 0,
    language: null,
    has_issues: one.hasIssues,
    has_projects: false,
    has_downloads: false,
    has_wiki: false,
    has_pages: false,
    has_discussions: false,
    forks_count: 0,
    mirror_url: null,
    archived: one.archived,
    disabled: false,
    open_issues_count: open,
    license: null,
    allow_forking: true,
    is_template: false,
    web_commit_signoff_required: false,
    topics: [...one.topics],
    visibility: one.isPrivate ? 'private' : 'public',
    forks: 0,
    open_issues: open,
    watchers: 0,
    default_branch: one.defaultBranch,
    custom_properties: {},
  };
}

/** What `GET /repos/{owner}/{repo}` adds. Merge settings are left out: GitHub shows them only to who may write. */
export function fullRepositoryResource(world: World, one: Repository) {
  return { ...repositoryResource(world, one), network_count: 0, subscribers_count: 0 };
}
