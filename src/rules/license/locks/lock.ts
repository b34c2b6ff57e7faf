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

/**
 * In UTF-16 code units. npm writes about 5,000 packages into as much. What a text costs depends on its parts more than on
 * its length, so these are limited too: the App's other work waits meanwhile.
 */
export const longestLock = 2 * 1024 * 1024;
const most: readonly (readonly [parts: string, number])[] = [
  ['\n,', 120_000],
  ['.[', 250_000],
];

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
  const words =
    text.length > longestLock
      ? `The file is longer than ${longestLock / 1024 / 1024} MiB, so its packages are not read.`
      : 'The file has more parts than a lock file of its length should have, so its packages are not read.';
  return isTooLarge(text) ? unreadableLock({ text: [words], line: 1 }) : read(text);
}

function isTooLarge(text: string): boolean {
  return text.length > longestLock || most.some(([parts, limit]) => occurrences(text, parts) > limit);
}

function occurrences(text: string, parts: string): number {
  let found = 0;
  for (const part of parts) {
    for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) found += 1;
  }
  return found;
}

function readerOf(path: string): Reader | null {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const known = byName.get(name);
  if (known !== undefined) return known;
  if (!name.endsWith('.txt')) return null;
  const isRequirements = /(?:^|[-_.])requirements(?:[-_.]|$)/.test(name.slice(0, -4));
  return isRequirements || /(?:^|\/)requirements\/[^/]+$/.test(path) ? readRequirements : null;
}
