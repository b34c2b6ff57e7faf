// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { IncomingMessage } from 'node:http';

/** The body is larger than allowed. */
export class TooLargeError extends Error {
  override readonly name = 'TooLargeError';
}

/** The body may be as large as it is, but other bodies hold the memory that it would need. */
export class BusyError extends Error {
  override readonly name = 'BusyError';
}

/** The memory that all bodies share while they arrive and are looked at. */
export interface BodyMemory {
  /** Takes `more` bytes for a body that holds `held` already; false where it has to do without. */
  take(held: number, more: number): boolean;
  give(bytes: number): void;
}

/**
 * Bytes that each body has for itself: a webhook of the usual size has less, so that it finds room whatever others hold.
 * There are no more bodies than connections, whose number is limited.
 */
export const ownShare = 64 * 1024;

/**
 * Beyond its own share a body may hold as much as it leaves free for all others, and no more. So those that are large,
 * or that an attacker never finishes, share what there is.
 */
export function createBodyMemory(bytes: number): BodyMemory {
  let free = bytes;
  const beyond = (size: number) => Math.max(0, size - ownShare);
  return {
    take: (held, more) => {
      const shared = beyond(held + more);
      const taken = shared - beyond(held);
      if (taken > 0 && shared > free - taken) return false;
      free -= taken;
      return true;
    },
    give: (returned) => {
      free += beyond(returned);
    },
  };
}

/**
 * What `use` makes of a request's body as text; the memory is given back when it is done. Throws TooLargeError as soon
 * as the body is known to be over `limit` bytes, by its announced length or by what has arrived, and BusyError where
 * `memory` has no room for it.
 */
export async function withBody<Result>(
  request: IncomingMessage,
  limit: number,
  memory: BodyMemory,
  use: (body: string) => Promise<Result>,
): Promise<Result> {
  if (Number(request.headers['content-length'] ?? 0) > limit) throw new TooLargeError();
  const chunks: Buffer[] = [];
  let held = 0;
  try {
    // Leaving the loop early must not close the connection that the refusal is written to.
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      if (held + chunk.length > limit) throw new TooLargeError();
      // By what arrives, not by what is announced: announcing costs an attacker nothing.
      if (!memory.take(held, chunk.length)) throw new BusyError();
      held += chunk.length;
      chunks.push(chunk);
    }
    return await use(Buffer.concat(chunks.splice(0), held).toString('utf8'));
  } finally {
    memory.give(held);
  }
}

/** How much is read of a body that nobody wants. */
const mostDiscarded = 32 * 1024 * 1024;

/**
 * Lets the rest of a refused body pass without keeping it: a peer that still sends when the connection is closed gets a
 * reset in place of the answer. What never ends is cut off.
 */
export function discardRest(request: IncomingMessage): void {
  let passed = 0;
  request.on('data', (chunk: Buffer) => {
    passed += chunk.length;
    if (passed > mostDiscarded) request.destroy();
  });
}
