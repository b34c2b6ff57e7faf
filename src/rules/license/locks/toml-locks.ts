// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { type Json, tableOf } from '../manifests/json.ts';
import { readToml } from '../manifests/toml.ts';
import { gitQualifiers, originQualifiers, registryQualifiers } from './origin.ts';
import { collectPackages, type Lock, type Named, type Qualifiers, unreadableLock } from './packages.ts';

type Table = ReadonlyMap<string, unknown>;

/** null: the package is the repository's own. */
type Origin = (entry: Table) => Qualifiers | null;

/**
 * Reads a Cargo.lock. Packages without a source are the workspace's own
 * (https://doc.rust-lang.org/cargo/guide/cargo-toml-vs-cargo-lock.html).
 */
export function readCargoLock(text: string): Lock {
  return readPackages(text, 'cargo', (entry) => cargoOrigin(stringOf(entry.get('source'))));
}

/**
 * Reads a uv.lock. Packages that lie in a directory are the repository's own
 * (https://docs.astral.sh/uv/concepts/projects/layout/#the-lockfile).
 */
export function readUvLock(text: string): Lock {
  return readPackages(text, 'pypi', (entry) => uvOrigin(tableOf(entry.get('source'))));
}

/** Reads a poetry.lock (https://python-poetry.org/docs/basic-usage/#installing-with-poetrylock). */
export function readPoetryLock(text: string): Lock {
  return readPackages(text, 'pypi', (entry) => poetryOrigin(tableOf(entry.get('source'))));
}

function readPackages(text: string, type: Named['type'], originOf: Origin): Lock {
  const toml = readToml(text);
  if ('problem' in toml) return unreadableLock(toml.problem);
  const listed = tableOf(toml.value).get('package');
  const packages = collectPackages();
  if (listed !== undefined && !Array.isArray(listed)) {
    return unreadableLock({ text: ['The packages have to be a list.'], line: toml.lineOf('package') });
  }
  for (const [index, entry] of (listed ?? []).entries()) {
    const named = namedBy(tableOf(entry), index, type, { toml, originOf });
    if (named === 'own') continue;
    if (named === null) {
      packages.complain({ text: ['This package has no name.'], line: toml.lineOf('package', index) });
    } else packages.add(named);
  }
  return packages.lock();
}

function namedBy(
  entry: Table,
  index: number,
  type: Named['type'],
  { toml, originOf }: { toml: Json; originOf: Origin },
): Named | 'own' | null {
  const name = stringOf(entry.get('name'));
  if (name === '') return null;
  const qualifiers = originOf(entry);
  if (qualifiers === null) return 'own';
  return { type, name, version: stringOf(entry.get('version')), qualifiers, line: toml.lineOf('package', index) };
}

const crates = ['registry+https://github.com/rust-lang/crates.io-index', 'sparse+https://index.crates.io'];

function cargoOrigin(source: string): Qualifiers | null {
  if (source === '') return null;
  if (source.startsWith('git+')) return originQualifiers(source);
  return registryQualifiers(source, crates);
}

const pypi = ['https://pypi.org/simple'];

function uvOrigin(source: Table): Qualifiers | null {
  if (source.has('git')) return gitQualifiers(stringOf(source.get('git')), '');
  const address = stringOf(source.get('url')) || stringOf(source.get('path'));
  if (address !== '') return originQualifiers(address);
  const isOwn = ['virtual', 'editable', 'directory'].some((kind) => source.has(kind));
  return isOwn ? null : registryQualifiers(stringOf(source.get('registry')), pypi);
}

function poetryOrigin(source: Table): Qualifiers | null {
  const url = stringOf(source.get('url'));
  const type = stringOf(source.get('type'));
  if (source.size === 0) return {};
  if (type === 'directory') return null;
  if (type === 'git') return gitQualifiers(url, stringOf(source.get('resolved_reference')));
  if (type === 'legacy') return registryQualifiers(url, pypi);
  return originQualifiers(url);
}

function stringOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
