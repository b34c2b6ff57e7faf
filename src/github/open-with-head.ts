// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import * as z from 'zod';
import type { RepositoryRef } from '../inbox/inbox.ts';
import { checked } from './checked.ts';
import type { Client } from './client.ts';
import { withoutMissing } from './missing.ts';

const openWithHeadAnswer = z.object({
  repository: z.record(z.string(), z.object({ state: z.string(), headRefOid: z.string() }).nullable()),
});

/**
 * Which of these pull requests, 50 at most, are open and have that head commit, in the order given: one request, whatever
 * their size. One that is gone, as those of an account are that GitHub blocks, is not. Throws whatever Octokit throws.
 */
export async function openWithHead(
  client: Client,
  { owner, name }: Pick<RepositoryRef, 'owner' | 'name'>,
  numbers: readonly number[],
  headSha: string,
): Promise<readonly number[]> {
  const asked = client.graphql(queryFor(numbers), { owner, name });
  const answer = await withoutMissing(asked, ([, field]) => /^p\d+$/.test(String(field)));
  const { repository } = checked(openWithHeadAnswer, answer, 'the query for pull requests with the same head');
  return numbers.filter((number) => {
    const found = repository[`p${number}`];
    return found?.state === 'OPEN' && found.headRefOid === headSha;
  });
}

function queryFor(numbers: readonly number[]): string {
  return `
query OpenWithHead($owner: String!, $name: String!) {
  rateLimit { cost }
  repository(owner: $owner, name: $name) {
${numbers.map((number) => `    p${number}: pullRequest(number: ${number}) { state headRefOid }`).join('\n')}
  }
}`;
}
