// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

// Plain JavaScript that an old Node.js can read, too; before it reads TypeScript, Node.js takes a while to get ready.

import { existsSync } from 'node:fs';
import module from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A file of this checkout, or of the package. */
export function inPackage(path) {
  return fileURLToPath(new URL(`../${path}`, import.meta.url));
}

/** Where only this user can write: in the shared temporary directory another user could plant compiled code. */
function cacheDirectory() {
  const { XDG_CACHE_HOME, HOME, USERPROFILE } = process.env;
  const home = HOME || USERPROFILE;
  const caches = XDG_CACHE_HOME || (home && join(home, '.cache'));
  return caches && join(caches, 'countersign');
}

/** Has Node.js keep what it compiles, in threads of this process, too. It heeds NODE_COMPILE_CACHE by itself. */
function keepCompiledCode() {
  const directory = cacheDirectory();
  if (process.env.NODE_COMPILE_CACHE || !directory) return;
  process.env.NODE_COMPILE_CACHE = directory;
  module.enableCompileCache(directory);
}

/** Imports `src/NAME.ts`, or `dist/NAME.js` in the package: Node.js runs no TypeScript under node_modules. */
export async function load(name) {
  keepCompiledCode();
  return import(existsSync(inPackage(`src/${name}.ts`)) ? `../src/${name}.ts` : `../dist/${name}.js`);
}
