// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import * as z from 'zod';
import { checked } from '../checked.ts';
import type { Asking } from '../read-pull-request.ts';
import { type Memory, remembered } from './memory.ts';

export const repositoryAnswer = z.object({ private: z.boolean(), default_branch: z.string() });

export interface UpstreamPlace {
  readonly isPrivate: boolean;
  readonly defaultBranch: string;
}

/** `owner/name` as the parameters of a route. */
export function partsOf(repository: string): { readonly owner: string; readonly repo: string } {
  const [owner = '', repo = ''] = repository.split('/');
  return { owner, repo };
}

/** "Get a repository": whether everybody can see it, and its default branch. Asked once for each look. */
export function readPlace(asking: Asking, repository: string): Promise<UpstreamPlace> {
  const own: Memory = looks(asking);
  return remembered(own, `place ${repository}`, async () => {
    const { data } = await asking.client.request('GET /repos/{owner}/{repo}', partsOf(repository));
    const answer = checked(repositoryAnswer, data, 'the request for an upstream repository');
    return { isPrivate: answer.private, defaultBranch: answer.default_branch };
  });
}

/** What may change is remembered for as long as one look takes: each look has an object of its own. */
const byLook = new WeakMap<Asking, Memory>();

function looks(asking: Asking): Memory {
  const known = byLook.get(asking) ?? new Map<string, Promise<unknown>>();
  byLook.set(asking, known);
  return known;
}
