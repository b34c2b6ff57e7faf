// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { decodePart } from '../decode.ts';
import { appRoutes } from './app-routes.ts';
import { checkRoutes } from './check-routes.ts';
import { issueRoutes } from './issue-routes.ts';
import { objectRoutes } from './object-routes.ts';
import { pullRequestRoutes } from './pull-request-routes.ts';
import { releaseRoutes } from './release-routes.ts';
import { repositoryRoutes } from './repository-routes.ts';
import type { Route } from './route.ts';

export const routes: readonly Route[] = [
  ...appRoutes,
  ...checkRoutes,
  ...issueRoutes,
  ...pullRequestRoutes,
  ...releaseRoutes,
  ...repositoryRoutes,
  ...objectRoutes,
];

export interface Match {
  readonly route: Route;
  readonly method: string;
  readonly template: string;
  readonly params: Readonly<Record<string, string>>;
}

/** `{path}` is the one parameter that spans several segments. */
function pattern(template: string): RegExp {
  const source = template.replaceAll(/\{(\w+)\}/g, (_, name) => `(?<${name}>${name === 'path' ? '.+' : '[^/]+'})`);
  return new RegExp(`^${source}$`);
}

const table = routes.map((route) => {
  const [method = '', template = ''] = route.route.split(' ');
  return { route, method, template, pattern: pattern(template) };
});

/** The route for a method and a path below `/api/v3`; undefined where the simulator has none. */
export function match(method: string, path: string): Match | undefined {
  for (const { route, method: expected, template, pattern } of table) {
    const groups = expected === method ? pattern.exec(path)?.groups : undefined;
    if (expected !== method || !pattern.test(path)) continue;
    const params = Object.entries(groups ?? {}).map(([name, value]) => [name, decodePart(value)]);
    return { route, method, template, params: Object.fromEntries(params) };
  }
  return undefined;
}
