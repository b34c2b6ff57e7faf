// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import * as z from 'zod';
import { checked } from './checked.ts';
import type { Client } from './client.ts';
import { MovedError } from './errors.ts';

/** GitHub lists no more files of a pull request ("List pull requests files"). */
const mostFiles = 3000;
const filesPerPage = 100;

const filesAnswer = z.array(
  z.object({
    filename: z.string(),
    sha: z.string().nullable(),
    status: z.string(),
    contents_url: z.string(),
  }),
);

interface Place {
  readonly owner: string;
  readonly name: string;
  readonly number: number;
}

/**
 * Object ids of a pull request's changed files, by path, as the head has them; a file that is gone, or that GitHub did
 * not list, is absent. GraphQL tells no object ids, so that this asks REST. Throws MovedError where the head moved.
 */
export async function readContents(
  client: Client,
  place: Place,
  headSha: string,
): Promise<ReadonlyMap<string, string>> {
  const contents = new Map<string, string>();
  for (let page = 1; page <= mostFiles / filesPerPage; page += 1) {
    const { data } = await client.request('GET /repos/{owner}/{repo}/pulls/{pull_number}/files', {
      owner: place.owner,
      repo: place.name,
      pull_number: place.number,
      per_page: filesPerPage,
      page,
    });
    const files = checked(filesAnswer, data, "the list of a pull request's files");
    for (const { filename, sha, status, contents_url } of files) {
      const ref = new URL(contents_url).searchParams.get('ref');
      if (ref !== headSha) throw new MovedError(`the head moved from ${headSha} to ${ref} while its files were read`);
      if (sha !== null && status !== 'removed') contents.set(filename, sha);
    }
    if (files.length < filesPerPage) break;
  }
  return contents;
}

const codeownersPaths = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'];
/** GitHub does not load a larger one ("About code owners"). */
const largestCodeowners = 3 * 1024 * 1024;

const codeownersQuery = `
query Codeowners($owner: String!, $name: String!, $first: String!, $second: String!, $third: String!) {
  rateLimit { cost }
  repository(owner: $owner, name: $name) {
    first: object(expression: $first) { ...Text }
    second: object(expression: $second) { ...Text }
    third: object(expression: $third) { ...Text }
  }
}
fragment Text on GitObject { ... on Blob { byteSize isTruncated text } }`;

const blob = z
  .union([
    z.object({ byteSize: z.int(), isTruncated: z.boolean(), text: z.string().nullable() }),
    // A directory of that name.
    z.object({}),
  ])
  .nullable();
const codeownersAnswer = z.object({ repository: z.object({ first: blob, second: blob, third: blob }) });

/** The CODEOWNERS file of a commit of the base branch: the first that is there, in GitHub's own order. */
export async function readCodeowners(
  client: Client,
  { owner, name }: Omit<Place, 'number'>,
  baseSha: string,
): Promise<{ readonly text: string } | null | 'unread'> {
  const [first, second, third] = codeownersPaths.map((path) => `${baseSha}:${path}`);
  const answer = await client.graphql(codeownersQuery, { owner, name, first, second, third });
  const { repository } = checked(codeownersAnswer, answer, 'the query for CODEOWNERS');
  const found = [repository.first, repository.second, repository.third].find((one) => one !== null && 'text' in one);
  if (found == null || !('text' in found)) return null;
  const readable = found.text !== null && !found.isTruncated && found.byteSize <= largestCodeowners;
  return readable ? { text: found.text ?? '' } : 'unread';
}
