// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { readGemfileLock } from './bundler.ts';
import { readComposerLock } from './composer.ts';
import { readGoMod, readGoSum } from './go.ts';
import { readPomDependencies } from './maven.ts';
import { readNpmLock } from './npm.ts';
import { type Lock, unreadableLock } from './packages.ts';
import { readPnpmLock } from './pnpm.ts';
import { readRequirements } from './requirements.ts';
import { readCargoLock, readPoetryLock, readUvLock } from './toml-locks.ts';
import { readYarnLock } from './yarn.ts';

type Reader = (text: string) => Lock;

/** Lock files by their file's whole name; a new kind is one line here. */
const byName: ReadonlyMap<string, Reader> = new Map([
  ['package-lock.json', readNpmLock],
  ['npm-shrinkwrap.json', readNpmLock],
  ['yarn.lock', readYarnLock],
  ['pnpm-lock.yaml', readPnpmLock],
  ['Cargo.lock', readCargoLock],
  ['go.mod', readGoMod],
  ['go.sum', readGoSum],
  ['uv.lock', readUvLock],
  ['poetry.lock', readPoetryLock],
  ['pom.xml', readPomDependencies],
  ['composer.lock', readComposerLock],
  ['Gemfile.lock', readGemfileLock],
  ['gems.locked', readGemfileLock],
]);

/** In UTF-16 code units: more than the lock files of very large repositories, and a few seconds' work at the worst. */
export const longestLock = 8 * 1024 * 1024;

/** Whether `readLock` reads a file of this path, by its name alone. */
export function isLock(path: string): boolean {
  return readerOf(path) !== null;
}

/**
 * The packages that the lock file at this path names; null where the path is no lock file's. A pom.xml, a go.mod and
 * pip's requirements count, though they pin less. Nothing is run or fetched. Never throws, and takes linear time,
 * whatever the text: it comes from a stranger.
 */
export function readLock(path: string, text: string): Lock | null {
  const read = readerOf(path);
  if (read === null) return null;
  if (text.length <= longestLock) return read(text);
  const words = `The file is longer than ${longestLock / 1024 / 1024} MiB, so its packages are not read.`;
  return unreadableLock({ text: [words], line: 1 });
}

function readerOf(path: string): Reader | null {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const known = byName.get(name);
  if (known !== undefined) return known;
  if (!name.endsWith('.txt')) return null;
  const isRequirements = /(?:^|[-_.])requirements(?:[-_.]|$)/.test(name.slice(0, -4));
  return isRequirements || /(?:^|\/)requirements\/[^/]+$/.test(path) ? readRequirements : null;
}
