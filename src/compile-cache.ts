// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

/**
 * Has Node.js keep what it compiles of modules that are imported from now on, which halves the time of the next start.
 * Where only this user can write: in the shared temporary directory, Node.js's default, another user could plant code.
 * A place that cannot be written to is no error. NODE_COMPILE_CACHE is heeded by Node.js itself.
 */
export function keepCompiledCode({ NODE_COMPILE_CACHE, XDG_CACHE_HOME, HOME }: NodeJS.ProcessEnv): void {
  const caches = XDG_CACHE_HOME || (HOME && join(HOME, '.cache'));
  if (!NODE_COMPILE_CACHE && caches) enableCompileCache(join(caches, 'countersign'));
}
