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

describe('A yarn.lock', () => {
  test('of Yarn 1 names packages, behind aliases too', () => {
    const text = `# THIS IS AN AUTOGENERATED FILE. DO NOT EDIT THIS FILE DIRECTLY.
# yarn lockfile v1


"@a/b@^1.0.0", "@a/b@^1.1.0":
  version "1.2.0"
  resolved "https://registry.yarnpkg.com/@a/b/-/b-1.2.0.tgz#0123"
  integrity sha512-abc
  dependencies:
    lodash "^4.0.0"

lodash@^4.0.0, lodash@^4.1.0:
  version "4.17.21"
  resolved "${lodash}#0123"

"x@npm:lodash@^3.0.0":
  version "3.0.0"

"mine@file:./mine":
  version "0.0.0"

"other@git+https://example.org/other.git":
  version "1.0.0"
  resolved "git+https://example.org/other.git#abc"
`;
    expect(shown('yarn.lock', text)).toEqual([
      '5 pkg:npm/%40a/b@1.2.0',
      '12 pkg:npm/lodash@4.17.21',
      '16 pkg:npm/lodash@3.0.0',
      '22 pkg:npm/other@1.0.0?vcs_url=git%2Bhttps%3A%2F%2Fexample.org%2Fother.git%23abc',
    ]);
  });

  test('of later Yarns names packages, behind aliases and patches too', () => {
    const text = `__metadata:
  version: 8
  cacheKey: 10c0

"@a/b@npm:^1.0.0, @a/b@npm:^1.1.0":
  version: 1.2.0
  resolution: "@a/b@npm:1.2.0"
  dependencies:
    lodash: "npm:^4.0.0"
  languageName: node
  linkType: hard

"x@npm:lodash@^3.0.0":
  version: 3.0.0
  resolution: "lodash@npm:3.0.0"

"p@patch:p@npm%3A1.0.0#~/.yarn/patches/p.patch":
  version: 1.0.0
  resolution: "p@patch:p@npm%3A1.0.0#~/.yarn/patches/p.patch::version=1.0.0&hash=abc"

? "long@npm:^1.0.0, long@npm:^1.0.1"
:
  version: 1.0.1
  resolution: "long@npm:1.0.1"

"mine@workspace:.":
  version: 0.0.0-use.local
  resolution: "mine@workspace:."

"g@https://example.org/g.git":
  version: 1.0.0
  resolution: "g@https://example.org/g.git#commit=abc"
`;
    expect(shown('yarn.lock', text)).toEqual([
      '5 pkg:npm/%40a/b@1.2.0',
      '13 pkg:npm/lodash@3.0.0',
      '17 pkg:npm/p@1.0.0',
      '21 pkg:npm/long@1.0.1',
      '30 pkg:npm/g@1.0.0?vcs_url=https%3A%2F%2Fexample.org%2Fg.git%23commit%3Dabc',
    ]);
  });

  test.each([
    ['a line outside any package', '  version "1.0.0"', '1 problem'],
    ['a package without a version', 'a@1:\n  resolved "x"', '1 problem'],
    ['a line that is no key', 'a@1\n  version "1.0.0"', '1 problem'],
    [
      'a field in quotes, which might say where from',
      'a@1:\n  version "1"\n  "resolved" "https://example.org"',
      '3 problem',
    ],
    ["YAML's own brackets", '{a: 1}', '1 problem'],
  ])('with %s has a problem', (_name, text, problem) => {
    expect(shown('yarn.lock', text)).toEqual([problem]);
  });
});

describe('A pnpm-lock.yaml', () => {
  test.each([
    [
      'of version 9 names packages',
      "packages:\n\n  '@a/b@1.0.0':\n    resolution: {integrity: sha512-abc==}\n    engines: {node: '>=18'}\n\n  c@2.0.0:\n    resolution: {integrity: sha512-abc==}\n\nsnapshots:\n\n  d@1.0.0(c@2.0.0): {}",
      ['3 pkg:npm/%40a/b@1.0.0', '7 pkg:npm/c@2.0.0'],
    ],
    [
      'of version 6 names packages without their peers',
      'packages:\n  /@a/b@1.0.0(c@2.0.0)(@d/e@3.0.0):\n    resolution: {integrity: sha512-abc}\n    dev: true',
      ['2 pkg:npm/%40a/b@1.0.0'],
    ],
    [
      'of version 5 names packages without their peers',
      'packages:\n  /@a/b/1.0.0_@d+e@3.0.0:\n    resolution: {integrity: sha512-abc}\n  /c/2.0.0_b@1.0.0:\n    resolution:\n      integrity: sha512-abc',
      ['2 pkg:npm/%40a/b@1.0.0', '4 pkg:npm/c@2.0.0'],
    ],
    [
      'says when a package comes from an archive',
      'packages:\n  a@https://example.org/a.tgz:\n    resolution: {tarball: https://example.org/a.tgz}\n    version: 1.0.0',
      ['2 pkg:npm/a@1.0.0?download_url=https%3A%2F%2Fexample.org%2Fa.tgz'],
    ],
    [
      'says when a package comes from version control',
      'packages:\n  example.org/b/abc:\n    resolution: {commit: abc, repo: https://example.org/b.git, type: git}\n    name: b\n    version: 1.0.0',
      ['2 pkg:npm/b@1.0.0?vcs_url=git%2Bhttps%3A%2F%2Fexample.org%2Fb.git'],
    ],
    [
      'says when an archive goes by the name of a registry’s package',
      "packages:\n  a@1.0.0:\n    resolution: {integrity: x, tarball: 'https://example.org/a.tgz'}",
      ['2 pkg:npm/a@1.0.0?download_url=https%3A%2F%2Fexample.org%2Fa.tgz'],
    ],
    ['leaves out directories', 'packages:\n  a@file:../a:\n    resolution: {directory: ../a, type: directory}', []],
    ['without packages names none', "lockfileVersion: '9.0'\nimporters:\n  .: {}\n", []],
  ])('%s', (_name, text, expected) => {
    expect(shown('pnpm-lock.yaml', text)).toEqual(expected);
  });

  test.each([
    ['packages in brackets', 'packages: {a@1.0.0: {}}', '1 problem'],
    ['packages indented otherwise', 'packages:\n   a@1.0.0:\n     resolution: {integrity: x}', '2 problem'],
    ['an entry in brackets', 'packages:\n  a@1.0.0: {resolution: {integrity: x}}', '2 problem'],
    ['a key in quotes at the top', '"packages":\n  a@1.0.0:\n    resolution: {integrity: x}', '1 problem'],
    ['no resolution', 'packages:\n  a@1.0.0:\n    dev: true', '2 problem'],
    ['a resolution in quotes', "packages:\n  a@1.0.0:\n    resolution: {'tarball': https://example.org}", '2 problem'],
    ['an alias for a resolution', 'packages:\n  a@1.0.0:\n    resolution: *a', '2 problem'],
    [
      'two resolutions',
      'packages:\n  a@1.0.0:\n    resolution: {integrity: x}\n    resolution: {integrity: y}',
      '2 problem',
    ],
  ])('with %s has a problem', (_name, text, problem) => {
    expect(shown('pnpm-lock.yaml', text)).toEqual([problem]);
  });
});
