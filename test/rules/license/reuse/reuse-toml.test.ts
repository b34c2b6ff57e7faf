// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

// REUSE-IgnoreStart
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readReuseToml, reuseSteps } from '../../../../src/rules/license/reuse/reuse-toml.ts';
import { wildcards } from '../../../../src/rules/license/reuse/wildcards.ts';

const matches = (pattern: string, path: string) => wildcards(reuseSteps(pattern))(path);
const lines = (...all: string[]) => `${all.join('\n')}\n`;

describe('A path in REUSE.toml', () => {
  test.each([
    ['a.c', 'a.c', true],
    ['a.c', 'b/a.c', false],
    ['a.c', 'axc', false],
    ['*.c', 'a.c', true],
    ['*.c', '.c', true],
    ['*.c', 'b/a.c', false],
    ['*', 'a', true],
    ['*', 'a/b', false],
    ['a/*/c', 'a/b/c', true],
    ['a/*/c', 'a/b/b/c', false],
    ['*/c', 'a/c', true],
    ['**', 'a/b/c', true],
    ['**', '', true],
    ['a/**', 'a/b/c', true],
    ['a/**', 'a', false],
    ['a/**', 'ab/c', false],
    ['**/c', 'c', true],
    ['**/c', 'a/b/c', true],
    ['a/**/c', 'a/c', true],
    ['a/**/c', 'a/b/b/c', true],
    ['**.c', 'a/b.c', true],
    ['a**c', 'a/b/c', true],
    ['***', 'a/b', true],
    ['\\*.c', '*.c', true],
    ['\\*.c', 'a.c', false],
    ['a\\\\b', 'a\\b', true],
    ['a\\b', 'ab', true],
    ['a\\', 'a', true],
    ['a?', 'ab', false],
    ['[ab]', 'a', false],
    ['{a,b}', 'a', false],
    ['../a', 'a', false],
    ['./a', 'a', false],
    ['/a', 'a', false],
    ['A', 'a', false],
    ['ä*', 'äö', true],
  ])('%j and %j: %s', (pattern, path, expected) => {
    expect(matches(pattern, path)).toBe(expected);
  });

  test('agrees with a regular expression of the same meaning', () => {
    const part = fc.constantFrom('a', 'b', '/', '*', '**', '**/', '\\*', '.');
    const pattern = fc.array(part, { maxLength: 80 }).map((parts) => parts.join(''));
    const path = fc.array(fc.constantFrom('a', 'b', '/', '*', '.'), { maxLength: 12 }).map((all) => all.join(''));
    fc.assert(
      fc.property(pattern, path, (glob, name) => {
        const source = glob.replace(/\\.|\*\*+\/?|\*|\./g, (part) =>
          part.startsWith('**') ? '.*' : part === '*' ? '[^/]*' : `\\${part.at(-1)}`,
        );
        // Runs that follow each other would make the regular expression go back for ever.
        const short = source.replace(/(?:\.\*|\[\^\/\]\*){2,}/g, (runs) => (runs.includes('.*') ? '.*' : '[^/]*'));
        fc.pre((short.match(/\*/g) ?? []).length <= 8);
        expect(matches(glob, name)).toBe(new RegExp(`^${short}$`).test(name));
      }),
      { numRuns: 1000 },
    );
  });

  test('of many characters matches as one of few does', () => {
    const name = 'ab'.repeat(100);
    expect(matches(name.replaceAll('b', '*'), name)).toBe(true);
    expect(matches(`${name.replaceAll('b', '*')}c`, name)).toBe(false);
    expect(matches(`*${name}`, `x${name}`)).toBe(true);
    expect(matches(`*${name}`, `${name}x`)).toBe(false);
  });
});

describe('REUSE.toml', () => {
  test('is read with its tables and their lines', () => {
    const read = readReuseToml(
      lines(
        'version = 1',
        'SPDX-PackageName = "x"',
        '[[annotations]]',
        'path = "a"',
        'SPDX-FileCopyrightText = "2026 Example"',
        'SPDX-License-Identifier = "MIT"',
        '[[ annotations ]]',
        'path = ["b", "c"]',
        'precedence = "override"',
        'SPDX-License-Identifier = ["MIT", "Zlib"]',
        'SPDX-FileComment = "why"',
      ),
    );
    expect(read).toMatchObject({
      annotations: [
        { precedence: 'closest', copyrights: ['2026 Example'], expressions: ['MIT'], line: 3 },
        { precedence: 'override', copyrights: [], expressions: ['MIT', 'Zlib'], line: 7 },
      ],
    });
  });

  test('may have no table', () => {
    expect(readReuseToml('version = 1\n')).toEqual({ annotations: [] });
  });

  test('does not say a line that it does not know', () => {
    const inline = 'version = 1\nannotations = [{ path = "a", SPDX-License-Identifier = "MIT" }]\n';
    expect(readReuseToml(inline)).toMatchObject({ annotations: [{ expressions: ['MIT'], line: null }] });
  });

  test.each([
    ['no TOML', 'version = \n', { line: 1 }],
    ['a key given twice', 'version = 1\nversion = 1\n', { line: 2 }],
    ['no version', '[[annotations]]\npath = "a"\n', { line: null }],
    ['a version to come', 'version = 2\n', { line: null }],
    ['tables that are none', 'version = 1\nannotations = 1\n', { line: null }],
    ['no path', 'version = 1\n[[annotations]]\n', { line: 2 }],
    ['an empty list of paths', 'version = 1\n[[annotations]]\npath = []\n', { line: 2 }],
    ['another precedence', 'version = 1\n[[annotations]]\npath = "a"\nprecedence = "most"\n', { line: 2 }],
    [
      'a license that is no text',
      'version = 1\n[[annotations]]\npath = "a"\nSPDX-License-Identifier = 1\n',
      { line: 2 },
    ],
    ['nesting without end', `version = 1\nx = ${'['.repeat(5000)}\n`, {}],
    ['a path that is too long', `version = 1\n[[annotations]]\npath = "${'a'.repeat(2000)}"\n`, {}],
    ['too many wildcards', `version = 1\n[[annotations]]\npath = [${'"*",'.repeat(501)}]\n`, {}],
    ['too much of it', `version = 1\n${'# x\n'.repeat(70_000)}`, {}],
  ])('is a problem with %s', (_, text, where) => {
    const read = readReuseToml(text);
    expect(read).toMatchObject({ text: expect.anything(), ...where });
    expect(JSON.stringify(read)).not.toContain('undefined');
  });

  test('keeps keys that would change what objects are to itself', () => {
    const text = 'version = 1\n[__proto__]\nannotations = 1\n[constructor]\nx = 1\n';
    expect(readReuseToml(text)).toEqual({ annotations: [] });
  });

  test('never throws', () => {
    const part = fc.constantFrom(
      'version = 1\n',
      '[[annotations]]\n',
      'path = ',
      '"*"',
      '[',
      ']',
      '"""',
      "'",
      '=',
      '\n',
      '{',
      '\\',
      '#',
    );
    const text = fc.array(fc.oneof(part, fc.string()), { maxLength: 30 }).map((all) => all.join(''));
    fc.assert(
      fc.property(text, (toml) => {
        const read = readReuseToml(toml);
        expect('annotations' in read || read.text.length > 0).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
