// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { findPackageJSON } from 'node:module';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * The absolute path of a file that ships with Countersign, as `policies/default.yml`. It is found from package.json,
 * since the code that asks may lie at any depth: in `src/`, or in a file of `dist/` that holds much of it.
 */
export function shipped(path: string): string {
  return join(packageDirectory(), path);
}

/** What a thread runs, as `roles/worker-thread`: `.ts` in `src/`, `.js` in `dist/`, whichever this file is in. */
export function threadProgram(name: string): URL {
  const ending = extname(fileURLToPath(import.meta.url));
  return pathToFileURL(shipped(ending === '.ts' ? `src/${name}.ts` : `dist/${name}.js`));
}

function packageDirectory(): string {
  const manifest = findPackageJSON(import.meta.url);
  if (manifest === undefined) throw new Error('Countersign lies in no package: its package.json is missing');
  return dirname(manifest);
}
