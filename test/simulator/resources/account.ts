// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { restLogin } from '../state/accounts.ts';
import type { Account, App, Installation } from '../state/model.ts';
import type { World } from '../state/world.ts';
import { iso } from '../time.ts';

/** The base of REST addresses. */
export function api(world: World): string {
  return `${world.origin}/api/v3`;
}

/** A «Simple User», in REST answers and webhooks alike. */
export function simpleUser(world: World, account: Account) {
  const login = restLogin(account);
  const page = account.kind === 'Bot' ? `${world.origin}/apps/${account.login}` : `${world.origin}/${login}`;
  const url = `${api(world)}/users/${encodeURIComponent(login)}`;
  return {
    login,
    id: account.id,
    node_id: account.nodeId,
    avatar_url: `${world.origin}/avatars/${account.id}`,
    gravatar_id: '',
    url,
    html_url: page,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: account.kind,
    site_admin: false,
  };
}

/** The same for an account that may have been deleted. */
export function maybeUser(world: World, account: Account | null) {
  return account && simpleUser(world, account);
}

/** The `organization` of a webhook. */
export function organizationOf(world: World, account: Account) {
  const url = `${api(world)}/orgs/${account.login}`;
  return {
    login: account.login,
    id: account.id,
    node_id: account.nodeId,
    url,
    repos_url: `${url}/repos`,
    events_url: `${url}/events`,
    hooks_url: `${url}/hooks`,
    issues_url: `${url}/issues`,
    members_url: `${url}/members{/member}`,
    public_members_url: `${url}/public_members{/member}`,
    avatar_url: `${world.origin}/avatars/${account.id}`,
    description: '',
  };
}

/** An App, which REST calls an «integration». */
export function appResource(world: World, app: App) {
  return {
    id: app.id,
    slug: app.slug,
    node_id: app.nodeId,
    owner: simpleUser(world, app.owner),
    name: app.name,
    description: '',
    external_url: `${world.origin}/apps/${app.slug}`,
    html_url: `${world.origin}/apps/${app.slug}`,
    created_at: iso(app.createdAt),
    updated_at: iso(app.createdAt),
    permissions: app.permissions,
    events: app.events,
  };
}

export function installationResource(world: World, app: App, one: Installation) {
  const settings = one.account.kind === 'Organization' ? `organizations/${one.account.login}/settings` : 'settings';
  return {
    id: one.id,
    account: simpleUser(world, one.account),
    repository_selection: one.selection,
    access_tokens_url: `${api(world)}/app/installations/${one.id}/access_tokens`,
    repositories_url: `${api(world)}/installation/repositories`,
    html_url: `${world.origin}/${settings}/installations/${one.id}`,
    app_id: app.id,
    app_slug: app.slug,
    target_id: one.account.id,
    target_type: one.account.kind === 'Organization' ? 'Organization' : 'User',
    permissions: one.permissions,
    events: one.events,
    created_at: iso(one.createdAt),
    updated_at: iso(one.updatedAt),
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [],
    suspended_by: maybeUser(world, one.suspended?.by ?? null),
    suspended_at: iso(one.suspended?.at ?? null),
  };
}
