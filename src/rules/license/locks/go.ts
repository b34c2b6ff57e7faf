// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { linesOf } from '../manifests/lines.ts';
import { originQualifiers } from './origin.ts';
import { collectPackages, type Lock, type Packages } from './packages.ts';

interface Module {
  readonly path: string;
  readonly version: string;
  readonly line: number;
}

interface Replacement {
  readonly path: string;
  /** '' for a directory. */
  readonly version: string;
}

interface Reading {
  readonly packages: Packages;
  readonly required: Module[];
  /** By module path, or by path and version where it holds for that version alone. */
  readonly replaced: Map<string, Replacement>;
  /** The directive whose block is open. */
  block: string | null;
}

/** Directives of which none brings in a module. A new one is unknown until it is listed here: it might. */
const others = ['module', 'go', 'toolchain', 'godebug', 'exclude', 'retract', 'tool', 'ignore'];

/**
 * Reads the modules that a go.mod requires, as its replacements have them (https://go.dev/ref/mod#go-mod-file).
 * Module paths keep their case: they differ by it.
 */
export function readGoMod(text: string): Lock {
  const packages = collectPackages();
  const reading: Reading = { packages, required: [], replaced: new Map(), block: null };
  for (const [index, line] of linesOf(text).entries()) readLine(reading, wordsOf(line), index + 1);
  for (const module of reading.required) addModule(reading, module);
  return packages.lock();
}

/** The words of a line without its comment; paths may be quoted. */
function wordsOf(line: string): readonly string[] {
  const comment = line.indexOf('//');
  return (comment === -1 ? line : line.slice(0, comment))
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => word.replace(/^(["`])(.*)\1$/, '$2'));
}

function readLine(reading: Reading, words: readonly string[], line: number): void {
  const [first] = words;
  if (first === undefined) return;
  if (reading.block !== null) {
    if (first === ')') reading.block = null;
    else readDirective(reading, reading.block, words, line);
  } else if (words[1] === '(' && words.length === 2) reading.block = first;
  // `require(` is written without a space too.
  else if (first.endsWith('(') && words.length === 1) reading.block = first.slice(0, -1);
  else readDirective(reading, first, words.slice(1), line);
}

function readDirective(reading: Reading, directive: string, words: readonly string[], line: number): void {
  if (others.includes(directive)) return;
  const [path = '', version = ''] = words;
  if (directive === 'require' && words.length === 2) reading.required.push({ path, version, line });
  else if (directive === 'replace' && words.includes('=>')) readReplacement(reading, words);
  else {
    const text = ['This line is not as in a go.mod, so not all of its modules can be told.'];
    reading.packages.complain({ text, line });
  }
}

function readReplacement(reading: Reading, words: readonly string[]): void {
  const arrow = words.indexOf('=>');
  const [path = '', version = ''] = words.slice(arrow + 1);
  reading.replaced.set(words.slice(0, arrow).join('@'), { path, version });
}

function addModule({ packages, replaced }: Reading, { path, version, line }: Module): void {
  const replacement = replaced.get(`${path}@${version}`) ?? replaced.get(path);
  const to = replacement?.version ? replacement : { path, version };
  // Without a version it is a directory, in this repository or beside it, that goes by the module's name.
  const qualifiers = replacement?.version === '' ? originQualifiers(replacement.path) : {};
  packages.add({ type: 'golang', name: to.path, version: to.version, qualifiers, line });
}

/** Reads the modules of a go.sum whose content was fetched, not only their go.mod (https://go.dev/ref/mod#go-sum-files). */
export function readGoSum(text: string): Lock {
  const packages = collectPackages();
  for (const [index, line] of linesOf(text).entries()) {
    const [name = '', version = '', hash = '', ...more] = line.split(' ');
    if (line.trim() === '' || version.endsWith('/go.mod')) continue;
    if (hash.startsWith('h1:') && more.length === 0) packages.add({ type: 'golang', name, version, line: index + 1 });
    else packages.complain({ text: ['This line is not as in a go.sum.'], line: index + 1 });
  }
  return packages.lock();
}
