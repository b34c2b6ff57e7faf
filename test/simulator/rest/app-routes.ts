// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { notFound } from '../errors.ts';
import { appResource, installationResource } from '../resources/account.ts';
import { repositoryResource } from '../resources/repository.ts';
import { installationOn } from '../state/app.ts';
import type { Installation } from '../state/model.ts';
import { findRepository } from '../state/world.ts';
import { iso } from '../time.ts';
import { type TokenRequest, tokenRepositories } from '../tokens.ts';
import { deliveryRoutes } from './delivery-routes.ts';
import { created, ok, paginate, param, type RestRequest, type Route, theApp, theToken } from './route.ts';

function theInstallation(request: RestRequest): Installation {
  const id = Number(param(request, 'installation_id'));
  const found = request.world.installations.find((one) => one.id === id && !one.deleted);
  if (!found) throw notFound('Not Found');
  return found;
}

async function accessToken(request: RestRequest) {
  const installation = theInstallation(request);
  const token = request.tokens.issue(installation, request.body as TokenRequest);
  const narrowed = token.repositories !== null;
  return created({
    token: token.value,
    expires_at: iso(token.expiresAt),
    permissions: token.permissions,
    repository_selection: narrowed ? 'selected' : installation.selection,
    ...(narrowed
      ? { repositories: tokenRepositories(request.world, token).map((one) => repositoryResource(request.world, one)) }
      : {}),
  });
}

function convertManifest(request: RestRequest) {
  const app = theApp(request);
  return created({
    ...appResource(request.world, app),
    client_id: app.clientId,
    client_secret: 'client secret of the simulated App',
    webhook_secret: app.webhookSecret,
    pem: app.privateKey,
  });
}

function rateLimits(request: RestRequest) {
  const installation = request.token?.installation ?? null;
  const show = (resource: 'core' | 'graphql') => {
    const { limit, used, resetAt } = request.limiter.budget(installation, resource);
    return { limit, used, remaining: Math.max(0, limit - used), reset: Math.ceil(resetAt / 1000), resource };
  };
  const core = show('core');
  return ok({ resources: { core, graphql: show('graphql'), search: { ...core, resource: 'search' } }, rate: core });
}

/** Routes about the App itself and its installations. */
export const appRoutes: readonly Route[] = [
  { route: 'GET /app', as: 'app', answer: (request) => ok(appResource(request.world, theApp(request))) },
  {
    route: 'GET /app/installations',
    as: 'app',
    answer(request) {
      const all = request.world.installations.filter((one) => !one.deleted);
      const { items, headers } = paginate(request, all);
      return ok(
        items.map((one) => installationResource(request.world, theApp(request), one)),
        headers,
      );
    },
  },
  {
    route: 'GET /app/installations/{installation_id}',
    as: 'app',
    answer: (request) => ok(installationResource(request.world, theApp(request), theInstallation(request))),
  },
  {
    route: 'GET /repos/{owner}/{repo}/installation',
    as: 'app',
    answer(request) {
      const repository = findRepository(request.world, param(request, 'owner'), param(request, 'repo'));
      const found = repository && installationOn(request.world, repository);
      if (!found) throw notFound('Not Found');
      return ok(installationResource(request.world, theApp(request), found));
    },
  },
  { route: 'POST /app/installations/{installation_id}/access_tokens', as: 'app', answer: accessToken },
  ...deliveryRoutes,
  {
    route: 'GET /installation/repositories',
    as: 'installation',
    answer(request) {
      const all = tokenRepositories(request.world, theToken(request));
      const { items, headers } = paginate(request, all);
      const repositories = items.map((one) => repositoryResource(request.world, one));
      return ok({ total_count: all.length, repositories }, headers);
    },
  },
  { route: 'POST /app-manifests/{code}/conversions', as: 'anyone', answer: convertManifest },
  { route: 'GET /rate_limit', as: 'anyone', answer: rateLimits },
  {
    route: 'GET /meta',
    as: 'anyone',
    answer: () => ok({ verifiable_password_authentication: false, installed_version: '3.17.0' }),
  },
];
