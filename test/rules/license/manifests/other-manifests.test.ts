// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { isManifest, readManifest } from '../../../../src/rules/license/manifests/manifest.ts';
import { shown } from './shown.ts';

describe('A gemspec', () => {
  const gemspec = (...lines: readonly string[]) => ['Gem::Specification.new do |s|', ...lines, 'end'].join('\n');
  test.each([
    ['states a license', gemspec("  s.license = 'MIT'"), ['2 spdx: MIT']],
    ['may freeze it and comment on it', gemspec('  s.license = "MIT".freeze # ours'), ['2 spdx: MIT']],
    [
      'states each of a list',
      gemspec('  s.licenses = ["MIT", \'GPL-2.0-only\'.freeze].freeze'),
      ['2 spdx: MIT', '2 spdx: GPL-2.0-only'],
    ],
    [
      'states each of a list over several lines',
      gemspec('  s.licenses = [', "    'MIT',", '    "ISC",', '  ]'),
      ['2 spdx: MIT', '2 spdx: ISC'],
    ],
    ['states each of a list of words', gemspec('  s.licenses = %w[MIT ISC]'), ['2 spdx: MIT', '2 spdx: ISC']],
    ['may add to the list', gemspec("s.licenses << 'MIT'"), ['2 spdx: MIT']],
    ['may stand on one line', "Gem::Specification.new { |s| s.name = 'x'; s.license = 'MIT' }", ['1 spdx: MIT']],
    [
      'counts every statement',
      gemspec("s.license = 'MIT'", "s.license = 'SSPL-1.0'"),
      ['2 spdx: MIT', '3 spdx: SSPL-1.0'],
    ],
    ['is not run: a constant is a problem', gemspec('  s.license = LICENSE'), ['2 problem']],
    ['is not run: a call is a problem', gemspec("  s.license = File.read('LICENSE')"), ['2 problem']],
    ['is not run: interpolation is a problem', gemspec('  s.license = "#{name}"'), ['2 problem']],
    ['is not run: a condition is a problem', gemspec("  s.license = 'MIT' unless proprietary?"), ['2 problem']],
    ['is not run: joined strings are a problem', gemspec("  s.license = 'MIT' + ' AND SSPL-1.0'"), ['2 problem']],
    ['with a list that never ends has a problem', gemspec("  s.licenses = ['MIT',"), ['2 problem']],
    ['does not count comments', gemspec("# s.license = 'MIT'", '=begin', "s.license = 'MIT'", '=end'), []],
    ['does not count what follows its end', `${gemspec()}\n__END__\ns.license = 'MIT'`, []],
    ['does not count comparisons', gemspec("  s.license == 'MIT'"), []],
    ['with an empty license has a problem', gemspec("  s.license = ''"), ['2 problem']],
  ])('%s', (_name, text, expected) => {
    expect(shown('example.gemspec', text)).toEqual(expected);
  });
});

describe('A Chart.yaml', () => {
  test.each([
    [
      "states Artifact Hub's annotation",
      'name: x\nannotations:\n  artifacthub.io/license: Apache-2.0',
      ['3 spdx: Apache-2.0'],
    ],
    ["states Bitnami's annotation", 'annotations: { licenses: Apache-2.0 }', ['1 spdx: Apache-2.0']],
    ['may use an alias', 'a: &l MIT\nannotations:\n  artifacthub.io/license: *l', ['3 spdx: MIT']],
    ['keeps a number as it is written', 'annotations:\n  licenses: 0.10', ['2 spdx: 0.10']],
    ['without annotations states nothing', 'name: x', []],
    ['with empty annotations states nothing', 'annotations:\nname: x', []],
    ['looks at the top alone', 'x:\n  annotations:\n    licenses: MIT', []],
    ['with a list for a license has a problem there', 'annotations:\n  licenses: [MIT]', ['2 problem']],
    ['with merged annotations has a problem there', 'x: &x {licenses: MIT}\nannotations:\n  <<: *x', ['3 problem']],
    ['with annotations by alias has a problem there', 'x: &x {licenses: MIT}\nannotations: *x', ['2 problem']],
    ['with a license given twice has a problem', 'annotations:\n  licenses: MIT\n  licenses: SSPL-1.0', ['2 problem']],
    ['with annotations given twice has a problem', 'annotations:\n  licenses: MIT\nannotations: {}', ['1 problem']],
    ['with a second document has a problem there', 'name: x\n---\nname: y', ['2 problem']],
    ['that is no YAML says where', 'name: x\nannotations: {', ['2 problem']],
    ['that is a list is not read', '- MIT', ['1 problem']],
    ['that is empty is not read', '', ['1 problem']],
  ])('%s', (_name, text, expected) => {
    expect(shown('charts/x/Chart.yaml', text)).toEqual(expected);
  });
});

describe('A debian/copyright', () => {
  const format = 'Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/';
  const files = (license: string) => `${format}\n\nFiles: *\nCopyright: 2026 Ada Example\nLicense: ${license}`;
  test.each([
    [
      'states the license of each paragraph on files',
      `${files('ISC')}\n\nFiles: debian/*\nLicense: Zlib`,
      ['5 spdx: ISC', '8 spdx: Zlib'],
    ],
    ["states the header's license", `${format}\nLicense: ISC`, ['2 spdx: ISC']],
    [
      'does not count a license that is only explained',
      `${files('ISC')}\n\nLicense: SSPL-1.0\n A text.`,
      ['5 spdx: ISC'],
    ],
    ['calls Expat MIT', files('Expat\n Permission is granted …\n .\n Really.'), ['5 spdx: MIT']],
    [
      'tells "or later" from a plus sign',
      files('GPL-2+ or LGPL-2.1 or AGPL-3.0+'),
      ['5 spdx: GPL-2.0-or-later OR LGPL-2.1-only OR AGPL-3.0-or-later'],
    ],
    ['adds the minor version', files('Apache-2 and MPL-2'), ['5 spdx: Apache-2.0 AND MPL-2.0']],
    ['knows licenses without invariant sections', files('GFDL-NIV-1.3+'), ['5 spdx: GFDL-1.3-no-invariants-or-later']],
    [
      'binds "and" after a comma loosely',
      files('GPL-2+ or Artistic-2, and ISC'),
      ['5 spdx: (GPL-2.0-or-later OR Artistic-2.0) AND ISC'],
    ],
    [
      'leaves SPDX identifiers as they are',
      files('BSD-3-Clause OR GPL-2.0-only'),
      ['5 spdx: BSD-3-Clause OR GPL-2.0-only'],
    ],
    ['states an exception as text', files('GPL-2+ with OpenSSL exception'), ['5 text: GPL-2+ with OpenSSL exception']],
    ['does not take public-domain for a license', files('public-domain'), ['5 spdx: LicenseRef-public-domain']],
    ['may write its fields in any case, with comments', `${format}\n# hm\n\nFILES: *\nLICENSE: ISC`, ['5 spdx: ISC']],
    ['without a short name has a problem there', files('\n ISC'), ['5 problem']],
    ['with files without a license has a problem there', `${format}\n\nFiles: *`, ['3 problem']],
    ['with a line that is no field has a problem there', `${files('ISC')}\nwhat`, ['5 spdx: ISC', '6 problem']],
    [
      'with a license given twice has a problem there',
      `${files('ISC')}\nLicense: SSPL-1.0`,
      ['5 spdx: ISC', '6 problem'],
    ],
    ['in prose is not read', 'This package is under the MIT License.', ['1 problem']],
    ['that is empty is not read', '', ['1 problem']],
  ])('%s', (_name, text, expected) => {
    expect(shown('debian/copyright', text)).toEqual(expected);
  });
});

describe('A manifest', () => {
  test.each(['README.md', 'package.json.bak', 'my-package.json', 'copyright', 'pom.xml/notes.txt', 'Pom.xml'])(
    'is not %s',
    (path) => {
      expect(isManifest(path)).toBe(false);
      expect(readManifest(path, '{"license": "MIT"}')).toBeNull();
    },
  );

  test('is known by its name before it is read', () => {
    expect(isManifest('a/b/package.json')).toBe(true);
    expect(isManifest('x/debian/copyright')).toBe(true);
  });
});
