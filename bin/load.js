// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

// Plain JavaScript that an old Node.js can read, too, so that it can say which one is needed; before it reads TypeScript,
// Node.js takes a while to get ready.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import module from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const oldestMajor = 24;

export const isRecent = Number.parseInt(process.versions.node, 10) >= oldestMajor;

/** A checkout's `npm ci` brings a Node.js of its own; the packed package does not. Whether it ran. */
export function runOnCheckoutsNode() {
  const node = inPackage(`node_modules/.bin/node${process.platform === 'win32' ? '.exe' : ''}`);
  if (!existsSync(node) || majorOf(node) < oldestMajor) return false;
  const { status, signal, error } = spawnSync(node, process.argv.slice(1), { stdio: 'inherit' });
  if (error !== undefined) return false;
  if (signal !== null) process.kill(process.pid, signal);
  process.exitCode = status === null ? 2 : status;
  return true;
}

function majorOf(node) {
  const { stdout } = spawnSync(node, ['--version'], { encoding: 'utf8' });
  return Number.parseInt(String(stdout).slice(1), 10) || 0;
}

/** `instead`: what helps in a checkout. */
export function refuse(instead) {
  process.stderr.write(
    `error: countersign needs Node.js ${oldestMajor} or newer, and this is ${process.version}. ` +
      `Install a newer one (https://nodejs.org), or in a checkout of countersign run ${instead}.\n`,
  );
  process.exitCode = 2;
}

/** A file of this checkout, or of the package. */
function inPackage(path) {
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
