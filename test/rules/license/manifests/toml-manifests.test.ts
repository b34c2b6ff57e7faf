// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { shown } from './shown.ts';

describe('A Cargo.toml', () => {
  test.each([
    ['states an expression', '[package]\nname = "x"\nlicense = "MIT OR Apache-2.0"', ['3 spdx: MIT OR Apache-2.0']],
    ['may write OR as a slash', '[package]\nlicense = "MIT/Apache-2.0 / ISC"', ['2 spdx: MIT OR Apache-2.0 OR ISC']],
    ['may name a file', '[package]\nlicense-file = "../LICENSE"', ['2 file: ../LICENSE']],
    ['may have both', '[package]\nlicense-file = "L"\nlicense = "MIT"', ['3 spdx: MIT', '2 file: L']],
    ['of a workspace states the license that members share', '[workspace.package]\nlicense = "MIT"', ['2 spdx: MIT']],
    ['of a member leaves it to the workspace', '[package]\nlicense.workspace = true', ['2 elsewhere: null']],
    ['of a member may say so in a table', '[package]\nlicense = { workspace = true }', ['2 elsewhere: null']],
    [
      'that is member and workspace states it once',
      '[package]\nlicense.workspace = true\n[workspace.package]\nlicense = "MIT"',
      ['4 spdx: MIT'],
    ],
    ['may have the old name of the section', '[project]\nlicense = "MIT"', ['2 spdx: MIT']],
    ['may quote its keys', '["package"]\n"license" = \'MIT\'', ['2 spdx: MIT']],
    ['may write its package inline', '# x\npackage = { license = "MIT" }', ['2 spdx: MIT']],
    ['without a license states nothing', '[package]\nname = "x"', []],
    ['with an empty license has a problem', '[package]\nlicense = ""', ['2 problem']],
    ['that gives it twice is no TOML', '[package]\nlicense = "MIT"\nlicense = "ISC"', ['3 problem']],
    ['that is no TOML says where', '[package]\nlicense = MIT', ['2 problem']],
  ])('%s', (_name, text, expected) => {
    expect(shown('crates/a/Cargo.toml', text)).toEqual(expected);
  });

  test('tells the line of a key after strings and lists that hold look-alikes', () => {
    const lines = [
      '[package]',
      'description = """',
      'license = "SSPL-1.0"',
      '[package]"""',
      "readme = '''",
      "license = 'SSPL-1.0' ''''",
      'authors = [',
      '  "a # no comment [", # a comment ]',
      '  "license = 1",',
      ']',
      'license = "MIT"',
    ];
    expect(shown('Cargo.toml', lines.join('\r\n'))).toEqual(['11 spdx: MIT']);
  });
});

describe('A pyproject.toml', () => {
  test.each([
    [
      'states an expression',
      '[project]\nlicense = "MIT AND (Apache-2.0 OR BSD-2-Clause)"',
      ['2 spdx: MIT AND (Apache-2.0 OR BSD-2-Clause)'],
    ],
    ['may have the old table with a text', '[project]\nlicense = {text = "BSD"}', ['2 text: BSD']],
    ['may have the old table with a file', '[project.license]\nfile = "COPYING"', ['1 file: COPYING']],
    ['with an empty table has a problem', '[project]\nlicense = {}', ['2 problem']],
    ['with a list has a problem', '[project]\nlicense = ["MIT"]', ['2 problem']],
    [
      'states a classifier that means one license',
      '[project]\nclassifiers = [\n "Topic :: Utilities",\n "License :: OSI Approved",\n "License :: OSI Approved :: MIT License",\n]',
      ['5 spdx: MIT'],
    ],
    [
      'states a classifier that means several as text',
      '[project]\nclassifiers = ["License :: OSI Approved :: BSD License"]',
      ['2 text: License :: OSI Approved :: BSD License'],
    ],
    [
      'does not take GPLv3 for one that says which versions follow',
      '[project]\nclassifiers = ["License :: OSI Approved :: GNU General Public License v3 (GPLv3)"]',
      ['2 text: License :: OSI Approved :: GNU General Public License v3 (GPLv3)'],
    ],
    [
      'that is proprietary by its classifier grants nothing',
      '[project]\nclassifiers = ["License :: Other/Proprietary License"]',
      ['2 none: License :: Other/Proprietary License'],
    ],
    ['may leave the license to the build', '[project]\ndynamic = ["version", "license"]', ['2 elsewhere: null']],
    ["reads Poetry's section", '[tool.poetry]\nlicense = "MIT"', ['2 spdx: MIT']],
    [
      "that is proprietary by Poetry's word grants nothing",
      '[tool.poetry]\nlicense = "Proprietary"',
      ['2 none: Proprietary'],
    ],
    ['without a project states nothing', '[build-system]\nrequires = []', []],
  ])('%s', (_name, text, expected) => {
    expect(shown('pyproject.toml', text)).toEqual(expected);
  });
});

describe('A setup.cfg', () => {
  test.each([
    ['states a license in prose', '[metadata]\nname = x\nlicense = BSD', ['3 text: BSD']],
    ['may have a colon and capitals', '[metadata]\nLicense: MIT', ['2 text: MIT']],
    ['may name a file as the license', '[metadata]\nlicense = file: LICENSE.txt', ['2 file: LICENSE.txt']],
    ['may name a license file', '[metadata]\nlicense_file = LICENSE.txt', ['2 file: LICENSE.txt']],
    ['states an expression', '[metadata]\nlicense_expression = MIT OR ISC', ['2 spdx: MIT OR ISC']],
    [
      'states classifiers line by line',
      '[metadata]\nclassifiers =\n  # a comment\n\n  Topic :: Utilities\n  License :: OSI Approved :: ISC License (ISCL)\n[options]\nlicense = no',
      ['6 spdx: ISC'],
    ],
    [
      'joins a license that goes on',
      '[metadata]\nlicense =\n  GPL, but only\n  on Sundays',
      ['3 text: GPL, but only\non Sundays'],
    ],
    ['without a license states nothing', '[metadata]\nlicense =\n', []],
    ['adds up what it gives twice', '[metadata]\nlicense = MIT\nlicense = SSPL', ['2 text: MIT\nSSPL']],
    ['with a line outside any section says so', 'license = MIT', ['1 problem']],
    ['with a line that is nothing says so', '[metadata]\nlicense', ['2 problem']],
    ['with an open section says so', '[metadata\nlicense = MIT', ['1 problem']],
  ])('%s', (_name, text, expected) => {
    expect(shown('setup.cfg', text)).toEqual(expected);
  });
});
