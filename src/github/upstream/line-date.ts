// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import * as z from 'zod';
import type { Contribution } from '../../contribution/contribution.ts';
import { checked } from '../checked.ts';
import type { Fill } from '../needs.ts';
import type { Asking } from '../read-pull-request.ts';

const query = `
query LineDate($owner: String!, $name: String!, $commit: GitObjectID!, $path: String!) {
  rateLimit { cost }
  repository(owner: $owner, name: $name) {
    object(oid: $commit) {
      ... on Commit {
        blame(path: $path) { ranges { startingLine endingLine commit { committedDate } } }
      }
    }
  }
}`;

const range = z.object({
  startingLine: z.int(),
  endingLine: z.int(),
  commit: z.object({ committedDate: z.string() }),
});
const blameAnswer = z.object({
  repository: z.object({ object: z.object({ blame: z.object({ ranges: z.array(range) }).optional() }).nullable() }),
});

/** The day on which the commit was made that brought a line of a file, by GitHub's blame; null where it tells none. */
export async function readLineDate(
  { client }: Asking,
  { owner, name }: Pick<NonNullable<Contribution['repository']>, 'owner' | 'name'>,
  { head, path, line }: { readonly head: string; readonly path: string; readonly line: number },
): Promise<Fill> {
  const answer = checked(blameAnswer, await client.graphql(query, { owner, name, commit: head, path }), 'a blame');
  const ranges = answer.repository.object?.blame?.ranges ?? [];
  const found = ranges.find(({ startingLine, endingLine }) => startingLine <= line && line <= endingLine);
  const date = found?.commit.committedDate.slice(0, 10) ?? null;
  return ({ upstream }) => ({
    upstream: {
      answers: upstream?.answers ?? [],
      carried: upstream?.carried ?? [],
      dates: [...(upstream?.dates ?? []), { path, line, date }],
    },
  });
}
