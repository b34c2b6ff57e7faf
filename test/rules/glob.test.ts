// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { glob, globProblem } from '../../src/rules/glob.ts';

describe('a glob', () => {
  test.each([
    ['README.md', 'README.md'],
    ['*.md', 'README.md'],
    ['*', '.hidden'],
    ['docs/*.md', 'docs/use.md'],
    ['docs/**', 'docs/use.md'],
    ['docs/**', 'docs/deep/down/use.md'],
    ['docs/', 'docs/deep/use.md'],
    ['/docs/use.md', 'docs/use.md'],
    ['**/use.md', 'use.md'],
    ['**/use.md', 'a/b/use.md'],
    ['a/**/z', 'a/z'],
    ['a/**/z', 'a/b/c/z'],
    ['a/**/c/**/z', 'a/b/c/c/d/z'],
    ['**', 'anything/at/all'],
    ['?.txt', 'ü.txt'],
    ['?.txt', '😀.txt'],
    ['a*b*c', 'axbxbxc'],
    ['pages/\\[slug\\].tsx', 'pages/[slug].tsx'],
    ['\\*', '*'],
  ])('%s matches %s', (pattern, name) => {
    expect(globProblem(pattern)).toBeNull();
    expect(glob(pattern)(name)).toBe(true);
  });

  test.each([
    ['*.md', 'docs/use.md'],
    ['docs/*', 'docs/deep/use.md'],
    ['docs/**', 'docs'],
    ['docs/**', 'docs-old/use.md'],
    ['README.md', 'readme.md'],
    ['README.md', 'README.md.exe'],
    ['a/**/z', 'az'],
    ['?', ''],
    ['?.txt', '.txt'],
    ['\\*', 'x'],
    ['a.c', 'abc'],
  ])('%s does not match %s', (pattern, name) => {
    expect(glob(pattern)(name)).toBe(false);
  });

  test.each([
    ['', 'must name something'],
    ['/', 'must name something'],
    ['docs\\', 'must not end in a lone backslash'],
    ['*.{md,txt}', 'must hold { as \\{ only, since it has no special meaning in these globs'],
    ['[ab].md', 'must hold [ as \\[ only, since it has no special meaning in these globs'],
    ['!docs/**', 'must hold ! as \\! only, since it has no special meaning in these globs'],
  ])('can’t be %j: it %s', (pattern, problem) => {
    expect(globProblem(pattern)).toBe(problem);
  });

  test('says the same as a regular expression', () => {
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 8 });
    const name = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 12 });
    fc.assert(
      fc.property(pattern, name, (written, text) => {
        const same = written
          .replace(/\*+/g, (stars) => (written === '**' && stars === '**' ? '.+' : '.*'))
          .replaceAll('?', '.');
        fc.pre(written !== '' && text !== '');
        expect(glob(written)(text)).toBe(new RegExp(`^${same}$`).test(text));
      }),
    );
  });

  test('takes no more steps than pattern times name, where a regular expression would never end', () => {
    expect(glob(`${'*a'.repeat(30)}b`)('a'.repeat(4000))).toBe(false);
    expect(glob(`${'**/a/'.repeat(30)}b`)('a/'.repeat(2000))).toBe(false);
  });
});
