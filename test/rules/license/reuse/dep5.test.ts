// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { dep5Steps, readDep5 } from '../../../../src/rules/license/reuse/dep5.ts';
import { wildcards } from '../../../../src/rules/license/reuse/wildcards.ts';

const format = 'Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n\n';

describe('A path in .reuse/dep5', () => {
  test.each([
    ['a.c', 'a.c', true],
    ['a.c', 'b/a.c', false],
    ['*', 'a/b/c', true],
    ['*.c', 'b/a.c', true],
    ['a?c', 'abc', true],
    ['a?c', 'a/c', true],
    ['a?c', 'ac', false],
    ['a??*', 'abc', true],
    ['?', '', false],
    ['\\*', '*', true],
    ['\\*', 'a', false],
    ['\\?', '?', true],
    ['a\\\\b', 'a\\b', true],
    ['[a]', 'a', false],
  ])('%j and %j: %s', (pattern, path, expected) => {
    expect(wildcards(dep5Steps(pattern) ?? [])(path)).toBe(expected);
  });

  test.each(['a\\', '\\a'])('%j is no path', (pattern) => {
    expect(dep5Steps(pattern)).toBeNull();
  });
});

describe('.reuse/dep5', () => {
  test('is read', () => {
    const files = readDep5(
      `${format}Files: a b/*\n c\nCopyright: 2026 Ada Example\n 2025 Example\nLicense: MIT OR Zlib\n Some text.\n\nLicense: MIT\n`,
    );
    expect(files).toMatchObject([
      { expression: 'MIT OR Zlib', copyrights: ['2026 Ada Example', '2025 Example'], line: 7 },
    ]);
    const [first] = 'text' in files ? [] : files;
    expect(['a', 'b/x/y', 'c', 'd'].map((path) => first?.covers(path))).toEqual([true, true, true, false]);
  });

  test.each([
    ['no format', 'Files: *\nCopyright: x\nLicense: MIT\n', 1],
    ['no license', `${format}Files: *\nCopyright: x\n`, 3],
    ['no copyright', `${format}Files: *\nLicense: MIT\n`, 3],
    ['no file', `${format}Files:\nCopyright: x\nLicense: MIT\n`, 3],
    ['a path that is none', `${format}Files: a\\b\nCopyright: x\nLicense: MIT\n`, 3],
    ['a line that is no field', `${format}Files: *\nand so on\n`, 4],
    ['too many wildcards', `${format}Files: ${'* '.repeat(501)}\nCopyright: x\nLicense: MIT\n`, null],
    ['too much of it', `${format}${'# x\n'.repeat(70_000)}`, null],
  ])('is a problem with %s', (_, text, line) => {
    expect(readDep5(text)).toMatchObject({ text: expect.anything(), line });
  });

  test('never throws', () => {
    const part = fc.constantFrom(format, 'Files: *\n', 'License: ', 'Copyright: x\n', '\n', ' ', '\\', ':', '\t');
    const text = fc.array(fc.oneof(part, fc.string()), { maxLength: 30 }).map((all) => all.join(''));
    fc.assert(
      fc.property(text, (dep5) => {
        expect(readDep5(dep5)).toBeDefined();
      }),
      { numRuns: 500 },
    );
  });
});
