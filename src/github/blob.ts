// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import * as z from 'zod';
import { checked } from './checked.ts';
import type { Asking } from './read-pull-request.ts';

const blob = z.object({ content: z.string(), encoding: z.string() });

/** "Get a blob": the whole of a text that GraphQL cut off. Bytes that are no UTF-8 become U+FFFD. */
export async function readWholeBlob(
  { client }: Asking,
  { owner, name }: { readonly owner: string; readonly name: string },
  oid: string,
): Promise<{ readonly binary: boolean; readonly text: string | null; readonly truncated: boolean }> {
  const { data } = await client.request('GET /repos/{owner}/{repo}/git/blobs/{file_sha}', {
    owner,
    repo: name,
    file_sha: oid,
  });
  const { content, encoding } = checked(blob, data, 'the request for a blob');
  const bytes = Buffer.from(content, encoding === 'base64' ? 'base64' : 'utf8');
  // The rule by which Git itself calls a file binary looks at the first 8,000 bytes; here is no reason to stop there.
  if (bytes.includes(0)) return { binary: true, text: null, truncated: false };
  return { binary: false, text: bytes.toString('utf8'), truncated: false };
}
