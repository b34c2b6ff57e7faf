// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { createHash } from 'node:crypto';
import type { Finding } from '../rules/verdict.ts';

/** Object ids of the head's files by path, as far as they are known. */
export type Contents = ReadonlyMap<string, string>;

/**
 * The same text for the same finding about the same content, after whatever pushes: a commit by its id, a file by path
 * and object id. null for a finding that is about neither, or about a file of unknown content: nobody can say then
 * that it is still the one that was seen. The first 32 hexadecimal digits of a SHA-256 over code, level, place, content and words.
 */
export function fingerprint(finding: Finding, contents: Contents): string | null {
  const { code, level, at, text } = finding;
  const content = contentOf(at, contents);
  if (content === null) return null;
  return createHash('sha256')
    .update(JSON.stringify([code, level, at, content, text]))
    .digest('hex')
    .slice(0, 32);
}

function contentOf(at: Finding['at'], contents: Contents): string | null {
  if (at === null) return null;
  return 'commit' in at ? at.commit : (contents.get(at.path) ?? null);
}
