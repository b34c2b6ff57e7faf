// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import * as z from 'zod';
import { files, read, readJson, root } from './tree.ts';

const versions = z.record(z.string(), z.string()).default({});
const manifest = z.object({
  version: z.string(),
  files: z.array(z.string()).default([]),
  dependencies: versions,
  devDependencies: versions,
  optionalDependencies: versions,
  overrides: versions,
});
const pack = z.array(
  z.object({ size: z.number(), files: z.array(z.object({ path: z.string(), size: z.number(), mode: z.number() })) }),
);

/** What `npm pack` would pack of the checkout as it is. */
function packed(): z.output<typeof pack>[number] {
  const output = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    // Windows starts npm through a script.
    shell: process.platform === 'win32',
  });
  const [first] = pack.parse(JSON.parse(output));
  if (first === undefined) throw new Error('npm pack named no package');
  return first;
}

const manifests = files().filter((path) => /(?:^|\/)package\.json$/.test(path));
const own = manifest.parse(readJson('package.json'));

describe('package.json', () => {
  test.each(manifests)('every version in %s is exact', (path) => {
    const { dependencies, devDependencies, optionalDependencies, overrides } = manifest.parse(readJson(path));
    const all = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies, ...overrides });
    expect(all.filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version))).toEqual([]);
  });

  test('everything that it says is packed exists, or is what the build makes', () => {
    expect(own.files.filter((path) => path !== 'dist/' && !existsSync(join(root, path)))).toEqual([]);
  });

  test('every package that the code imports is among its dependencies', () => {
    const sources = files().filter((path) => /^(?:src|bin)\/.*\.[jt]s$/.test(path));
    // `import type` is gone at run time.
    const imports = /^(?:import|export) (?!type )(?:[^'=;]* from )?'([^'.][^']*)';$/gm;
    const required = /createRequire\(import\.meta\.url\)\('([^'.][^']*)'\)/g;
    const late = /\bimport\('([^'.][^']*)'\)/g;
    const specifiers = sources.flatMap((path) =>
      [imports, required, late].flatMap((form) => [...read(path).matchAll(form)]),
    );
    const names = specifiers.map((match) => /^(?:@[^/]+\/)?[^/]+/.exec(String(match[1]))?.[0] ?? '');
    const packages = new Set(names.filter((name) => !name.startsWith('node:')));
    expect(packages.size).toBeGreaterThan(0);
    expect([...packages].filter((name) => own.dependencies[name] === undefined)).toEqual([]);
    expect(Object.keys(own.dependencies).filter((name) => !packages.has(name))).toEqual([]);
  });

  test('its version heads the change log', () => {
    expect(/^## (\S+)/m.exec(read('CHANGELOG.md'))?.[1]).toBe(own.version);
  });
});

describe('package-lock.json', () => {
  const lock = z
    .object({
      packages: z.record(
        z.string(),
        z.object({ integrity: z.string().optional(), resolved: z.string().optional(), link: z.boolean().optional() }),
      ),
    })
    .parse(readJson('package-lock.json'));
  const locked = Object.entries(lock.packages).filter(([path, { link }]) => path.includes('node_modules/') && !link);

  test('every package is locked by a strong hash', () => {
    expect(locked.length).toBeGreaterThan(100);
    expect(locked.filter(([, { integrity }]) => !integrity?.startsWith('sha512-')).map(([path]) => path)).toEqual([]);
  });

  test('no package names a host, so that the lock works with any registry', () => {
    expect(locked.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path)).toEqual([]);
  });
});

describe('the packed package', () => {
  const { files: contents, size } = packed();
  const paths = contents.map(({ path }) => path);

  test('holds what runs, its presets, its schemas and its licenses', () => {
    expect(paths).toEqual(expect.arrayContaining(['package.json', 'README.md', 'app.yml', 'bin/countersign.js']));
    expect(paths).toEqual(expect.arrayContaining(['LICENSES/AGPL-3.0-or-later.txt', 'policies/default.yml']));
  });

  test('holds nothing that only development needs', () => {
    const roots = new Set(paths.map((path) => path.split('/')[0]));
    const expected = ['LICENSES', 'README.md', 'app.yml', 'bin', 'data', 'dist', 'package.json', 'policies', 'schemas'];
    expect([...roots].filter((name) => !expected.includes(String(name)))).toEqual([]);
  });

  test('drags no Node.js along', () => {
    expect(paths.filter((path) => /(?:^|\/)node(?:\.exe)?$|node_modules/.test(path))).toEqual([]);
    expect(Object.keys({ ...own.dependencies, ...own.optionalDependencies }).filter((n) => /^node/.test(n))).toEqual(
      [],
    );
    expect(size).toBeLessThan(3_000_000);
  });
});
