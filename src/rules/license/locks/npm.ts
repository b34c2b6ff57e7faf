// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { type Json, readJson, tableOf } from '../manifests/json.ts';
import { npmOrigin } from './npm-registry.ts';
import { collectPackages, type Lock, type Packages, unreadableLock } from './packages.ts';

type Table = ReadonlyMap<string, unknown>;

/**
 * Reads a package-lock.json or npm-shrinkwrap.json: `packages` of versions 2 and 3, which has licenses, and
 * `dependencies` of versions 1 and 2 (https://docs.npmjs.com/cli/configuring-npm/package-lock-json). Workspaces and
 * links are the repository's own and left out.
 */
export function readNpmLock(text: string): Lock {
  const json = readJson(text, 2);
  if ('problem' in json) return unreadableLock(json.problem);
  const top = tableOf(json.value);
  if (!top.has('packages') && !top.has('dependencies') && !top.has('lockfileVersion')) {
    return unreadableLock({ text: ['This is not an npm lock file: it lists no packages.'], line: 1 });
  }
  const packages = collectPackages();
  const listed = tableOf(top.get('packages'));
  for (const [path, entry] of listed) addEntry(packages, path, tableOf(entry), json);
  addNested(packages, top, json);
  return packages.lock();
}

const folder = 'node_modules/';

function addEntry(packages: Packages, path: string, entry: Table, json: Json): void {
  const start = path.lastIndexOf(folder);
  const isOwn = start === -1 && entry.get('resolved') === undefined;
  if (isOwn || entry.get('link') === true) return;
  const name = entry.get('name') ?? (start === -1 ? path : path.slice(start + folder.length));
  addPackage(packages, name, entry, json.lineOf('packages', path));
}

function addPackage(packages: Packages, name: unknown, entry: Table, line: number): void {
  const version = entry.get('version');
  if (typeof name !== 'string' || (version !== undefined && typeof version !== 'string')) {
    packages.complain({ text: ['This package has no name, or a version that is none.'], line });
    return;
  }
  const origin = npmOrigin(name, version ?? '', entry.get('resolved'));
  packages.add({ type: 'npm', name, ...origin, license: licenseOf(entry.get('license')), line });
}

/** npm writes a license as the package.json has it, the old object with a `type` included. */
function licenseOf(license: unknown): string | null {
  const value = typeof license === 'string' ? license : tableOf(license).get('type');
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

/**
 * The packages of `dependencies` that `packages` does not name: older clients install from there. Depth is limited by
 * the JSON reader, and no recursion is needed.
 */
function addNested(packages: Packages, top: Table, json: Json): void {
  const known = new Set([...tableOf(top.get('packages')).keys()]);
  const queue = [{ table: tableOf(top.get('dependencies')), folder: '', root: '' }];
  for (const { table, folder: above, root } of queue) {
    for (const [name, value] of table) {
      const entry = tableOf(value);
      const path = `${above}${folder}${name}`;
      if (!known.has(path)) addOld(packages, name, entry, json.lineOf('dependencies', root || name));
      const nested = tableOf(entry.get('dependencies'));
      if (nested.size > 0) queue.push({ table: nested, folder: `${path}/`, root: root || name });
    }
  }
}

/** Version 1 writes an origin other than the registry, or an alias (`npm:name@1.0.0`), in the place of the version. */
function addOld(packages: Packages, name: string, entry: Table, line: number): void {
  const version = entry.get('version');
  if (typeof version === 'string' && version.startsWith('file:')) return;
  const alias = typeof version === 'string' ? /^npm:(.+)@([^@]*)$/.exec(version) : null;
  if (alias !== null) {
    addPackage(packages, alias[1], new Map([...entry, ['version', alias[2]]]), line);
    return;
  }
  const elsewhere = typeof version === 'string' && version.includes(':');
  addPackage(
    packages,
    name,
    elsewhere ? new Map([...entry, ['version', undefined], ['resolved', version]]) : entry,
    line,
  );
}
