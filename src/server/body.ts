// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { IncomingMessage } from 'node:http';

/** The body is larger than allowed. */
export class TooLargeError extends Error {
  override readonly name = 'TooLargeError';
}

/**
 * A request's body as text. Throws TooLargeError as soon as it is known to be over `limit` bytes, by its announced
 * length or by what has arrived, so that an unsigned request cannot fill the memory.
 */
export async function readBody(request: IncomingMessage, limit: number): Promise<string> {
  if (Number(request.headers['content-length'] ?? 0) > limit) throw new TooLargeError();
  const chunks: Buffer[] = [];
  let size = 0;
  // Leaving the loop early must not close the connection that the refusal is written to.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) throw new TooLargeError();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size).toString('utf8');
}
