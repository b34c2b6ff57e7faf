// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Metafile } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Directories of the packages whose code is in a bundle, from the project's root, sorted. */
export function bundledPackages(metafiles: readonly Metafile[]): readonly string[] {
  const files = metafiles.flatMap(({ inputs }) => Object.keys(inputs));
  const directories = files.map((file) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0]);
  return [...new Set(directories.filter((directory) => directory !== undefined))].sort();
}

/**
 * Their names, versions and licenses, with the texts that those ask to pass on. A package that holds none gets the text in
 * LICENSES/ and its author's name; throws where there is neither.
 */
export function notices(directories: readonly string[]): string {
  const head = 'The files beside this one hold code of the following packages, each under its own license.\n';
  return [head, ...directories.map(notice)].join(`\n${'='.repeat(80)}\n\n`);
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly author?: string | { readonly name: string };
}

function notice(directory: string): string {
  const manifest: Manifest = JSON.parse(readFileSync(join(root, directory, 'package.json'), 'utf8'));
  const { name, version, license } = manifest;
  const files = readdirSync(join(root, directory), { withFileTypes: true }).filter((entry) => entry.isFile());
  const own = files.map((file) => file.name).filter((file) => /^(?:licen[cs]e|copying|notice)/i.test(file));
  const texts =
    own.length > 0 ? own.map((file) => read(directory, file)) : [`${authorOf(manifest)}${textOf(manifest)}`];
  return `${name} ${version} (${license})\n\n${texts.join('\n\n')}\n`;
}

function authorOf({ author }: Manifest): string {
  const name = typeof author === 'object' ? author.name : author;
  return name === undefined ? '' : `Author: ${name}\n\n`;
}

function textOf({ name, license }: Manifest): string {
  if (!existsSync(join(root, 'LICENSES', `${license}.txt`))) throw new Error(`${name} holds no text of its ${license}`);
  return read('LICENSES', `${license}.txt`);
}

function read(directory: string, file: string): string {
  return readFileSync(join(root, directory, file), 'utf8').trimEnd();
}
