// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import * as z from 'zod';
import type { Contribution, Dependencies } from '../contribution/contribution.ts';
import { checked } from './checked.ts';
import { classify } from './errors.ts';
import type { Fill } from './needs.ts';
import type { Asking } from './read-pull-request.ts';

const changes = z.array(
  z.object({
    change_type: z.enum(['added', 'removed']),
    manifest: z.string(),
    name: z.string(),
    version: z.string(),
    package_url: z.string().nullable(),
    license: z.string().nullable(),
  }),
);

/**
 * "Get a diff of the dependencies between commits". GitHub answers 403 or 404 where the dependency graph is off, not
 * licensed for a private repository, or not there on a GitHub Enterprise Server; that is said, never taken for "none".
 */
export async function readDependencies(
  { client }: Asking,
  { owner, name }: Pick<NonNullable<Contribution['repository']>, 'owner' | 'name'>,
  { base, head }: { readonly base: string; readonly head: string },
): Promise<Fill> {
  const dependencies = await ask();
  return () => ({ dependencies });

  async function ask(): Promise<Dependencies> {
    try {
      const route = 'GET /repos/{owner}/{repo}/dependency-graph/compare/{basehead}';
      const { data, headers } = await client.request(route, { owner, repo: name, basehead: `${base}...${head}` });
      // GitHub's contract has a `link` header here and no parameter for a page: what is left out nobody can ask for.
      if (/rel="next"/.test(headers.link ?? '')) return { read: false, why: 'GitHub answered only a part of it' };
      return { read: true, changes: checked(changes, data, 'the dependency review').map(toChange) };
    } catch (thrown) {
      const { status } = thrown as { readonly status?: number };
      if ((status !== 403 && status !== 404) || classify(thrown, Date.now()).kind !== 'gone') throw thrown;
      return { read: false, why: reasons[status] };
    }
  }
}

const reasons = {
  403: 'GitHub does not allow it: the dependency graph is switched off, or not licensed for this repository',
  404: 'this GitHub has no dependency review for this repository',
} as const;

function toChange(one: z.output<typeof changes>[number]) {
  return {
    change: one.change_type,
    manifest: one.manifest,
    purl: one.package_url === '' ? null : one.package_url,
    name: one.name,
    version: one.version,
    license: one.license,
  };
}
