// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { PackageURL } from 'packageurl-js';
import { longestLock, readLock } from '../../../../src/rules/license/locks/lock.ts';
import { shown } from './shown.ts';

const paths = [
  'package-lock.json',
  'yarn.lock',
  'pnpm-lock.yaml',
  'Cargo.lock',
  'go.mod',
  'go.sum',
  'requirements.txt',
  'uv.lock',
  'poetry.lock',
  'pom.xml',
  'composer.lock',
  'Gemfile.lock',
];

const pieces = [
  ...['{"packages":{', '"node_modules/a":{', '"version":"1.0.0"', '"dependencies":{', '}', ']', '[', ',', '"', '\\'],
  ...[
    'a@1.0.0:\n',
    'packages:\n',
    '  a@1.0.0:\n',
    '    resolution: {',
    'tarball: ',
    '  version "1.0.0"\n',
    '  resolution: "',
    '@',
    '? ',
  ],
  ...['[[package]]\n', 'name = "a"\n', 'version = "1"\n', 'source = {', 'git = "x"', '}\n', '"""', "'''"],
  ...['require ', 'require (\n', 'replace ', ' => ', ' v1.0.0', ')\n', ' h1:abc=\n', '//'],
  ...['a==1.0', ' @ ', 'https://', 'git+', '#egg=', '-e ', '--hash=', '\\\n', ';', '['],
  ...[
    '<project>',
    '<dependencies>',
    '<dependency>',
    '<groupId>',
    '</groupId>',
    '<artifactId>a</artifactId>',
    '</dependency>',
    '$',
    '{a}',
  ],
  ...[
    'GEM\n',
    'GIT\n',
    '  remote: ',
    '    a (1.0.0)\n',
    '    ',
    '(',
    ')',
    '\n',
    '\r\n',
    ' ',
    '  ',
    '\t',
    '\0',
    '\uD800',
    '\uFEFF',
    '%',
    '/',
    '.',
  ],
];
const text = fc.oneof(
  { weight: 3, arbitrary: fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((some) => some.join('')) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
);

describe('Whatever a lock file holds', () => {
  test.each(paths)('%s is read without an exception, into package URLs', (path) => {
    fc.assert(
      fc.property(text, (written) => {
        const lock = readLock(path, written);
        for (const { purl } of lock?.packages ?? []) expect(PackageURL.fromString(purl).toString()).toBe(purl);
        const last = written.split(/\r\n|\r|\n/).length;
        const lines = [...(lock?.packages ?? []), ...(lock?.problem ? [lock.problem] : [])].map((one) => one.line ?? 1);
        expect(lines.filter((line) => !(line >= 1 && line <= last))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test('is a problem where an address cannot stand in a package URL', () => {
    const lock = readLock('requirements.txt', 'require @ %');
    expect([lock?.packages, lock?.problem?.line]).toEqual([[], 1]);
  });

  test('is a problem where it is too long', () => {
    expect(shown('yarn.lock', '\n'.repeat(longestLock + 1))).toEqual(['1 problem']);
  });

  test.each([
    ['package-lock.json', `{"packages":[${'1,'.repeat(130_000)}1]}`],
    ['Cargo.lock', `a${'.a'.repeat(260_000)}=1`],
    ['Cargo.lock', 'a=1\n'.repeat(130_000)],
  ])('is not read where it has more parts than a lock file has: %s', (path, text) => {
    expect(readLock(path, text)?.problem?.text.join('')).toContain('more parts');
  });

  test('says so where it names more packages than are kept', () => {
    const text = Array.from({ length: 10_001 }, (_, at) => `p${at}==1`).join('\n');
    const lock = readLock('requirements.txt', text);
    expect(lock?.packages).toHaveLength(10_000);
    expect(lock?.problem?.line).toBe(10_001);
  });

  test('is a problem where it nests without end', () => {
    expect(shown('package-lock.json', '{"dependencies":{"a":'.repeat(1_000))).toEqual(['1 problem']);
  });
});

describe('A name in a lock file', () => {
  test('never stands for another package', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (name) => {
        const lock = readLock('package-lock.json', JSON.stringify({ packages: { [`node_modules/x${name}`]: {} } }));
        const [first] = lock?.packages ?? [];
        if (first === undefined) return expect(lock?.problem).not.toBeNull();
        const { namespace, name: own, version, qualifiers } = PackageURL.fromString(first.purl);
        const read = [namespace, own].filter((part) => part !== undefined).join('/');
        // npm's purls are in lower case, and what lies below a further node_modules is the package there.
        const last = `x${name}`.split('node_modules/').at(-1)?.toLowerCase();
        return expect([read, version, qualifiers]).toEqual([last, undefined, undefined]);
      }),
    );
  });
});
