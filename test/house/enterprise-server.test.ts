// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import * as z from 'zod';
import { files, read, readJson } from './tree.ts';

const oldest =
  /\*\*The oldest release supported is (\d+\.\d+)\.\*\*/.exec(read('docs/operations.md'))?.[1] ?? 'unnamed';
const contract = z.object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) });

/** REST routes as the code writes them, such as `GET /orgs/{org}`. */
function routesInCode(): readonly string[] {
  const sources = files().filter((path) => /^src\/.*\.ts$/.test(path));
  const found = sources.flatMap((path) => [...read(path).matchAll(/'((?:GET|POST|PUT|PATCH|DELETE) \/[^']*)'/g)]);
  return [...new Set(found.map((match) => String(match[1])))];
}

describe(`GitHub Enterprise Server ${oldest}, the oldest supported`, () => {
  test('has every REST route that the code calls', () => {
    const { paths } = contract.parse(readJson(`node_modules/@octokit/openapi/generated/ghes-${oldest}.json`));
    const known = (route: string) => {
      const [method = '', path = ''] = route.split(' ');
      return paths[path]?.[method.toLowerCase()] !== undefined;
    };
    const routes = routesInCode();
    expect(routes.length).toBeGreaterThan(0);
    expect(routes.filter((route) => !known(route))).toEqual([]);
  });
});
