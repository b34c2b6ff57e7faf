// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { shown } from './shown.ts';

/** A package-lock.json of version 3, one line for each package after the first two. */
function npmLock(packages: Record<string, unknown>): string {
  const lines = Object.entries(packages).map(([path, entry]) => `${JSON.stringify(path)}: ${JSON.stringify(entry)}`);
  return `{"lockfileVersion": 3,\n"packages": {\n${lines.join(',\n')}\n}}`;
}

const lodash = 'https://registry.npmjs.org/lodash/-/lodash-4.17.21.tgz';

describe('A package-lock.json', () => {
  test.each([
    [
      'gives name, version and license',
      { 'node_modules/lodash': { version: '4.17.21', resolved: lodash, license: 'MIT' } },
      ['3 pkg:npm/lodash@4.17.21 (MIT)'],
    ],
    ['may leave out where from', { 'node_modules/lodash': { version: '4.17.21' } }, ['3 pkg:npm/lodash@4.17.21']],
    ['names scoped packages', { 'node_modules/@a/b': { version: '1.0.0' } }, ['3 pkg:npm/%40a/b@1.0.0']],
    [
      'names nested packages by the innermost folder',
      { 'packages/x/node_modules/@a/b/node_modules/c': { version: '1.0.0' } },
      ['3 pkg:npm/c@1.0.0'],
    ],
    [
      'names each package once',
      { 'node_modules/a': { version: '1.0.0' }, 'node_modules/b/node_modules/a': { version: '1.0.0' } },
      ['3 pkg:npm/a@1.0.0'],
    ],
    [
      'goes by the name behind an alias',
      { 'node_modules/x': { name: 'lodash', version: '1.0.0' } },
      ['3 pkg:npm/lodash@1.0.0'],
    ],
    [
      'leaves out what is the repository’s own',
      { '': { version: '1.0.0' }, 'packages/a': { version: '1.0.0' }, 'node_modules/a': { link: true } },
      [],
    ],
    [
      'does not pass what is fetched for the repository’s own',
      { 'packages/a': { version: '1.0.0', name: 'a', resolved: 'https://example.org/a.tgz' } },
      ['3 pkg:npm/a@1.0.0?download_url=https%3A%2F%2Fexample.org%2Fa.tgz'],
    ],
    ['may have the old form of a license', { 'node_modules/a': { license: { type: 'MIT' } } }, ['3 pkg:npm/a (MIT)']],
    ['may have a license that is none', { 'node_modules/a': { license: 5 } }, ['3 pkg:npm/a']],
    ['with a version that is none has a problem', { 'node_modules/a': { version: {} } }, ['3 problem']],
    ['with a name that is none has a problem', { 'node_modules/': { version: '1.0.0' } }, ['3 problem']],
    ['with a name with blanks has a problem', { 'node_modules/a b': { version: '1.0.0' } }, ['3 problem']],
  ])('%s', (_name, packages, expected) => {
    expect(shown('package-lock.json', npmLock(packages))).toEqual(expected);
    expect(shown('a/npm-shrinkwrap.json', npmLock(packages))).toEqual(expected);
  });

  test.each([
    [
      'another host',
      'https://registry.example.org/lodash/-/lodash-4.17.21.tgz',
      'download_url=https%3A%2F%2Fregistry.example.org%2Flodash%2F-%2Flodash-4.17.21.tgz',
    ],
    [
      'the registry, but another package',
      lodash.replaceAll('lodash', 'evil'),
      'download_url=https%3A%2F%2Fregistry.npmjs.org%2Fevil%2F-%2Fevil-4.17.21.tgz',
    ],
    [
      'the registry, but another version',
      lodash.replace('4.17.21', '4.0.0'),
      'download_url=https%3A%2F%2Fregistry.npmjs.org%2Flodash%2F-%2Flodash-4.0.0.tgz',
    ],
    ['a file', 'file:lodash.tgz', 'download_url=file%3Alodash.tgz'],
    [
      'version control, without the password',
      'git+ssh://git:secret@example.org/lodash.git#abc',
      'vcs_url=git%2Bssh%3A%2F%2Fexample.org%2Flodash.git%23abc',
    ],
  ])('says so when a package comes from %s', (_name, resolved, qualifier) => {
    const text = npmLock({ 'node_modules/lodash': { version: '4.17.21', resolved } });
    expect(shown('package-lock.json', text)).toEqual([`3 pkg:npm/lodash@4.17.21?${qualifier}`]);
  });

  test('tells the line of each package, whatever stands in those before', () => {
    const text = npmLock({
      '': { workspaces: ['a', 'b'], dependencies: { a: '1', b: { c: [1, {}] } } },
      'node_modules/a': { version: '1.0.0', engines: { node: '>=24' }, funding: [{ url: 'https://example.org' }] },
      'node_modules/b': { version: '2.0.0' },
    });
    expect(shown('package-lock.json', text)).toEqual(['4 pkg:npm/a@1.0.0', '5 pkg:npm/b@2.0.0']);
  });

  test('of version 1 names what is nested too', () => {
    const text = JSON.stringify({
      lockfileVersion: 1,
      dependencies: {
        a: { version: '1.0.0', dependencies: { b: { version: '2.0.0', dependencies: { c: { version: '3.0.0' } } } } },
        d: { version: 'npm:@e/f@4.0.0' },
        g: { version: 'git+https://example.org/g.git#abc' },
        h: { version: 'file:../h' },
      },
    });
    expect(shown('package-lock.json', text)).toEqual([
      '1 pkg:npm/a@1.0.0',
      '1 pkg:npm/%40e/f@4.0.0',
      '1 pkg:npm/g?vcs_url=git%2Bhttps%3A%2F%2Fexample.org%2Fg.git%23abc',
      '1 pkg:npm/b@2.0.0',
      '1 pkg:npm/c@3.0.0',
    ]);
  });

  test('of version 2 cannot hide a package from newer clients among those for older ones', () => {
    const text = JSON.stringify({
      lockfileVersion: 2,
      packages: { 'node_modules/a': { version: '1.0.0', license: 'MIT' } },
      dependencies: { a: { version: '1.0.0' }, b: { version: '2.0.0' } },
    });
    expect(shown('package-lock.json', text)).toEqual(['1 pkg:npm/a@1.0.0 (MIT)', '1 pkg:npm/b@2.0.0']);
  });

  test.each([
    ['no JSON', '{\n"packages": }', '2 problem'],
    ['no lock file', '{"name": "x"}', '1 problem'],
    ['a list', '[]', '1 problem'],
  ])('that is %s has a problem', (_name, text, problem) => {
    expect(shown('package-lock.json', text)).toEqual([problem]);
  });
});
