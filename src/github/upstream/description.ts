// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import * as z from 'zod';
import type { Contribution, Facts } from '../../contribution/contribution.ts';
import { checked } from '../checked.ts';
import type { Fill } from '../needs.ts';
import type { Asking } from '../read-pull-request.ts';

const pullRequest = z.object({ body: z.string().nullable() });

/** "Get a pull request": its description, which only some of the policies ask for. */
export async function readDescription(
  { client }: Asking,
  { owner, name }: Pick<NonNullable<Contribution['repository']>, 'owner' | 'name'>,
  part: Facts,
): Promise<Fill> {
  if (part.pullRequest === null) return () => ({});
  const { data } = await client.request('GET /repos/{owner}/{repo}/pulls/{pull_number}', {
    owner,
    repo: name,
    pull_number: part.pullRequest.number,
  });
  const body = checked(pullRequest, data, 'the request for a pull request').body ?? '';
  return (one) => (one.pullRequest === null ? {} : { pullRequest: { ...one.pullRequest, body } });
}
