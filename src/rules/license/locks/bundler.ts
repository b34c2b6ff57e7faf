// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { linesOf } from '../manifests/lines.ts';
import { gitQualifiers, registryQualifiers } from './origin.ts';
import { collectPackages, type Lock, type Packages, type Qualifiers } from './packages.ts';

interface Source {
  readonly kind: string;
  remote: string;
  revision: string;
}

const sources = ['GEM', 'GIT', 'PATH', 'PLUGIN SOURCE'];
const gems = ['https://rubygems.org'];

/**
 * Reads a Gemfile.lock: the gems of each source, four blanks in; six blanks in are their own dependencies, which stand
 * at four elsewhere. Gems of a path are the repository's own.
 */
export function readGemfileLock(text: string): Lock {
  const packages = collectPackages();
  let source: Source | null = null;
  for (const [index, line] of linesOf(text).entries()) {
    if (/^\S/.test(line))
      source = sources.includes(line.trim()) ? { kind: line.trim(), remote: '', revision: '' } : null;
    else if (source !== null && line.trim() !== '') readLine(packages, source, line, index + 1);
    if (/^[<=>]{7}/.test(line)) {
      packages.complain({ text: ['A merge conflict was left in this file.'], line: index + 1 });
    }
  }
  return packages.lock();
}

function readLine(packages: Packages, source: Source, line: string, number: number): void {
  const option = /^ {2}(remote|revision|type): (.*)$/.exec(line);
  if (option?.[1] === 'remote') source.remote = option[2] ?? '';
  if (option?.[1] === 'revision') source.revision = option[2] ?? '';
  if (!/^ {4}\S/.test(line) || source.kind === 'PATH') return;
  const [, name, version, platform] = /^ {4}(\S{1,300}) \(([^\s()-]{1,300})(?:-([^\s()]{1,300}))?\)$/.exec(line) ?? [];
  if (name === undefined || version === undefined) {
    packages.complain({
      text: ['This line is not as Bundler writes it, so that its gem cannot be told.'],
      line: number,
    });
    return;
  }
  const qualifiers = { ...originOf(source), ...(platform === undefined ? {} : { platform }) };
  packages.add({ type: 'gem', name, version, qualifiers, line: number });
}

function originOf({ kind, remote, revision }: Source): Qualifiers {
  return kind === 'GEM' ? registryQualifiers(remote, gems) : gitQualifiers(remote, revision);
}
