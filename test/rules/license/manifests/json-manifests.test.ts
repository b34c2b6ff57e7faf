// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { shown } from './shown.ts';

describe('A package.json', () => {
  test.each([
    [
      'states an expression',
      '{\n  "name": "x",\n  "license": "(MIT OR Apache-2.0)"\n}',
      ['3 spdx: (MIT OR Apache-2.0)'],
    ],
    ['that is UNLICENSED grants nothing', '{"license": "UNLICENSED"}', ['1 none: UNLICENSED']],
    ['that is unlicenced in lower case grants nothing either', '{"license": "unlicenced"}', ['1 none: unlicenced']],
    ['under the Unlicense grants it', '{"license": "Unlicense"}', ['1 spdx: Unlicense']],
    ['may name a file', '{"license": "SEE LICENSE IN docs/LICENSE.md"}', ['1 file: docs/LICENSE.md']],
    ['has to name the file', '{"license": "SEE LICENSE IN "}', ['1 problem']],
    ['may have the old object', '{"license": {"type": "ISC", "url": "https://example.org/"}}', ['1 spdx: ISC']],
    [
      'may have the old list, of which anyone may be chosen',
      '{\n"licenses": [\n {"type": "MIT"},\n {"type": "GPL-2.0 AND ISC"}\n]}',
      ['2 spdx: MIT OR (GPL-2.0 AND ISC)'],
    ],
    ['of a list with one item states that item', '{"licenses": ["MIT"]}', ['1 spdx: MIT']],
    [
      'of a list with a word that grants nothing states each',
      '{"licenses": [\n"MIT",\n"UNLICENSED"]}',
      ['2 spdx: MIT', '3 none: UNLICENSED'],
    ],
    [
      'with both fields states both',
      '{"license": "MIT",\n"licenses": ["SSPL-1.0"]}',
      ['1 spdx: MIT', '2 spdx: SSPL-1.0'],
    ],
    ['without a license states nothing', '{"private": true}', []],
    ['with an empty list states nothing', '{"licenses": []}', []],
    ['with an empty license has a problem there', '{\n"license": " "}', ['2 problem']],
    ['with a number for a license has a problem there', '{\n"license": 5}', ['2 problem']],
    ['with null for a license has a problem there', '{\n"license": null}', ['2 problem']],
    [
      'counts the last of two licenses, as npm does',
      '{"license": "MIT",\n"license": "SSPL-1.0"}',
      ['2 spdx: SSPL-1.0'],
    ],
    ['looks at the top alone', '{"funding": {"license": "MIT"}}', []],
    ['may start with a byte order mark', '\uFEFF{"license": "MIT"}', ['1 spdx: MIT']],
    ['that is no object states nothing', '["MIT"]', []],
    ['with a comment is no JSON', '{\n// no\n"license": "MIT"}', ['2 problem']],
    ['that ends early is no JSON', '{\n"license":\n', ['3 problem']],
    ['that is empty is no JSON', '', ['1 problem']],
    ['that is prose is no JSON', 'MIT', ['1 problem']],
    ['with keys named like a prototype reads them as keys', '{"__proto__": {"license": "MIT"}}', []],
  ])('%s', (_name, text, expected) => {
    expect(shown('packages/a/package.json', text)).toEqual(expected);
  });

  test('tells the line after lists and tables of any depth', () => {
    const text = '{"a": [[[[1]]], {"b": {"c": {"d": {}}}}],\n"e": {"f": {"g": {"h": [{}]}}},\n"license": "MIT"}';
    expect(shown('package.json', text)).toEqual(['3 spdx: MIT']);
  });

  test('cannot break out of an alternative by its parentheses', () => {
    expect(shown('package.json', '{"licenses": ["MIT) OR (MIT", "SSPL-1.0"]}')).toEqual([
      '1 spdx: LicenseRef-MIT-OR-MIT OR SSPL-1.0',
    ]);
  });
});

describe('A composer.json', () => {
  test.each([
    ['states one license', '{\n"license": "MIT"}', ['2 spdx: MIT']],
    ['states a list of which anyone may be chosen', '{"license": ["MIT", "GPL-3.0+"]}', ['1 spdx: MIT OR GPL-3.0+']],
    ['writes operators in lower case', '{"license": "(MIT or GPL-3.0-only)"}', ['1 spdx: (MIT OR GPL-3.0-only)']],
    ['that is proprietary grants nothing', '{"license": "proprietary"}', ['1 none: proprietary']],
    [
      'keeps a name in prose as an alternative of its own',
      '{"license": ["MIT", "My own, really"]}',
      ['1 spdx: MIT OR LicenseRef-My-own-really'],
    ],
    ['with a number in the list has a problem', '{"license": ["MIT",\n5]}', ['1 spdx: MIT', '2 problem']],
  ])('%s', (_name, text, expected) => {
    expect(shown('composer.json', text)).toEqual(expected);
  });
});
