// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { isUtf8 } from 'node:buffer';
import type { PolicyFile } from '../policy/policy.ts';
import { readInput } from './input.ts';

/** In bytes: enough to tell a policy that is too long, which its parser explains, from something else altogether. */
const readLimit = 1024 * 1024;

/** A policy file given by hand. @throws UserError where it cannot be read */
export async function policyFile(path: string): Promise<PolicyFile> {
  const content = await readInput(path, readLimit);
  const text = content.includes(0) || !isUtf8(content) ? null : content.toString('utf8');
  return { repository: null, path, ref: null, oid: null, size: content.length, text };
}
