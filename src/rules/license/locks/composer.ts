// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { composerLicense } from '../manifests/composer.ts';
import { readJson, tableOf } from '../manifests/json.ts';
import { gitQualifiers, originQualifiers } from './origin.ts';
import { collectPackages, type Lock, type Packages, type Qualifiers, unreadableLock } from './packages.ts';

type Table = ReadonlyMap<string, unknown>;

/**
 * Reads a composer.lock, which has licenses
 * (https://getcomposer.org/doc/01-basic-usage.md#commit-your-composer-lock-file-to-version-control).
 */
export function readComposerLock(text: string): Lock {
  const json = readJson(text, 2);
  if ('problem' in json) return unreadableLock(json.problem);
  const top = tableOf(json.value);
  const packages = collectPackages();
  for (const section of ['packages', 'packages-dev']) {
    const list = top.get(section) ?? [];
    if (!Array.isArray(list)) {
      packages.complain({ text: ['The packages have to be a list.'], line: json.lineOf(section) });
      continue;
    }
    for (const [index, entry] of list.entries()) addEntry(packages, tableOf(entry), json.lineOf(section, index));
  }
  return packages.lock();
}

function addEntry(packages: Packages, entry: Table, line: number): void {
  const name = entry.get('name');
  const version = entry.get('version');
  if (typeof name !== 'string') {
    packages.complain({ text: ['This package has no name.'], line });
    return;
  }
  const qualifiers = originOf(entry);
  if (qualifiers === null) return;
  const license = licenseOf(entry.get('license'), line);
  packages.add({
    type: 'composer',
    name,
    version: typeof version === 'string' ? version : '',
    qualifiers,
    license,
    line,
  });
}

/** Packagist's packages tell it of each installation; null for a directory of the repository itself. */
function originOf(entry: Table): Qualifiers | null {
  const dist = tableOf(entry.get('dist'));
  const source = tableOf(entry.get('source'));
  if (dist.get('type') === 'path' && source.size === 0) return null;
  if (entry.get('notification-url') === 'https://packagist.org/downloads/') return {};
  const repository = source.get('url');
  const reference = source.get('reference');
  if (typeof repository === 'string') return gitQualifiers(repository, typeof reference === 'string' ? reference : '');
  const archive = dist.get('url');
  return originQualifiers(typeof archive === 'string' ? archive : 'unknown');
}

/** The one expression of the license; null where there is none, or it is not written as Composer has it. */
function licenseOf(license: unknown, line: number): string | null {
  if (license === undefined) return null;
  const [statement, second] = composerLicense(license, () => line);
  if (statement === undefined || second !== undefined || !('form' in statement)) return null;
  return statement.form === 'none' ? 'NONE' : statement.expression;
}
