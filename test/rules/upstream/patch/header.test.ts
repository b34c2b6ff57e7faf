// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readPatchHeader } from '../../../../src/rules/upstream/patch/header.ts';
import { diff, mail } from '../patches.ts';

const lines = (text: string) => readPatchHeader(text).lines.map((line) => line.text);
const header = 'What it does\n\nWhy';

describe('The header of a patch ends', () => {
  test.each([
    ['at a diff of Git', diff],
    ['at a new file', 'diff --git a/a b/a\nnew file mode 100644\nindex 0000000..e69de29\n'],
    ['at a renamed file', 'diff --git a/a b/b\nsimilarity index 100%\nrename from a\nrename to b\n'],
    ['at a file whose mode changes', 'diff --git a/a b/a\nold mode 100644\nnew mode 100755\n'],
    ['at a combined diff', 'diff --cc a\nindex 1,2..3\n--- a/a\n+++ b/a\n@@@ -1,1 -1,1 +1,1 @@@\n'],
    ['at a diff of directories', 'diff -purN a.orig/a a/a\n--- a.orig/a\n+++ a/a\n@@ -1 +1 @@\n-x\n+y\n'],
    ['at a diff without a heading', '--- a/a\t2026-01-01\n+++ b/a\t2026-01-01\n@@ -1 +1 @@\n-x\n+y\n'],
    ['at a diff of quilt', `Index: b/a\n${'='.repeat(67)}\n--- a.orig/a\n+++ b/a\n@@ -1 +1 @@\n-x\n+y\n`],
    [
      'at a diff of CVS',
      'Index: a\n===================\nRCS file: /cvs/a,v\nretrieving revision 1.1\ndiff -u -r1.1 a\n--- a\n',
    ],
    ['at a context diff', '*** a\t2026\n--- b\t2026\n***************\n*** 1 ****\n! x\n--- 1 ----\n! y\n'],
    [
      'at a binary file',
      'diff --git a/a b/a\nindex 1..2 100644\nGIT binary patch\nliteral 3\nKcmZQz\n\nliteral 0\nHcmV?d\n\n',
    ],
  ])('%s', (_, text) => {
    expect(readPatchHeader(`${header}\n\n${text}`)).toMatchObject({ diffLine: 5, behind: [] });
    expect(lines(`${header}\n\n${text}`)).toEqual(['What it does', '', 'Why', '']);
  });

  test.each([
    ['words that look like a diff', '--- a list of\nthings\n*** and\ndiff - the program'],
    ['a heading without a diff', 'Index: where to look\nSee there'],
    ['an indented diff', `    ${diff.replaceAll('\n', '\n    ')}`],
    ['a diff quoted as in a mail', `> ${diff.replaceAll('\n', '\n> ')}`],
  ])('not at %s', (_, prose) => {
    const above = `${prose}\nWhy`.split('\n');
    expect(readPatchHeader(`${above.join('\n')}\n${diff}`).diffLine).toBe(above.length + 1);
    expect(lines(`${above.join('\n')}\n${diff}`)).toEqual(above.map((line) => line.trimEnd()));
  });

  test('at the patch, not at a diff that prose quotes, whose lines are no part of it', () => {
    const quoted = '--- a/b.c\n+++ b/b.c\n@@ -1,2 +1,2 @@\n context\n-old\n+new\n';
    const text = `This did the harm:\n${quoted}\nTherefore:\n\n${diff}`;
    expect(readPatchHeader(text)).toMatchObject({ diffLine: 11 });
    expect(lines(text)).toEqual(['This did the harm:', 'Therefore:', '']);
  });

  test('at the first diff, where prose follows the last one', () => {
    expect(lines(`Why\n${diff}\nAn afterthought\n`)).toEqual(['Why']);
    expect(readPatchHeader(`Why\n${diff}\nAn afterthought\n`).diffLine).toBe(2);
  });

  test('at the first diff of a mailbox', () => {
    expect(lines(mail('One') + mail('Two'))).not.toContain('Two');
    expect(lines(mail('One').replace(/-- \n.*\n/, '') + mail('Two'))).not.toContain('Two');
  });

  test('nowhere in a file without a diff', () => {
    expect(readPatchHeader('Only\nwords\n')).toEqual({
      lines: [
        { text: 'Only', line: 1 },
        { text: 'words', line: 2 },
      ],
      behind: [],
      diffLine: null,
    });
  });
});

describe('The line ---', () => {
  test('parts what Git keeps from what it drops', () => {
    const { lines: kept, behind, diffLine } = readPatchHeader(mail('Why', 'Changes since v1: none\n a.c | 2 +-\n'));
    expect(kept.at(-1)).toEqual({ text: 'Why', line: 6 });
    expect(behind[0]).toEqual({ text: 'Changes since v1: none', line: 8 });
    expect(diffLine).toBe(12);
  });

  test('parts nothing where nothing stands above it', () => {
    expect(lines(`---\nWhy\n${diff}`)).toEqual(['---', 'Why']);
  });
});

describe('A patch is read', () => {
  test('with line ends of Windows', () => {
    expect(readPatchHeader(mail('Why').replaceAll('\n', '\r\n'))).toEqual(readPatchHeader(mail('Why')));
  });

  test('behind a byte order mark', () => {
    expect(lines(`\uFEFFWhy\n${diff}`)).toEqual(['Why']);
  });

  test('in an encoding that is not UTF-8', () => {
    expect(lines(Buffer.from(`Gr\xfc\xdfe\n${diff}`, 'latin1').toString())).toEqual(['Gr\uFFFD\uFFFDe']);
  });

  test('with sixty thousand lines', () => {
    const text = `${mail('Why').replace('-- \n2.50.1\n', '')}${'+line\n'.repeat(60_000)}`;
    expect(readPatchHeader(text)).toEqual(readPatchHeader(mail('Why')));
  });

  test('with a limit to what is kept of it', () => {
    const { lines: kept } = readPatchHeader(`${'x'.repeat(10_000)}\n${'y\n'.repeat(20_000)}`);
    expect(kept).toHaveLength(10_000);
    expect(kept[0]?.text).toHaveLength(4096);
  });
});

describe('Whatever the text', () => {
  const part = fc.oneof(
    fc.constantFrom(
      '---',
      '--- a',
      '+++ b',
      '@@ -1 +1 @@',
      'diff --git a/a b/a',
      'index 1..2',
      '-- ',
      'Index: a',
      '',
      ' x',
    ),
    fc.constantFrom('GIT binary patch', 'literal 3', `From ${'0'.repeat(40)} Mon`, '*** a', '\r', 'Subject: x'),
    fc.string(),
  );

  test('a line of the header is that line of the file, in order, above the diff', () => {
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const text = parts.join('\n');
        const { lines: kept, behind, diffLine } = readPatchHeader(text);
        const file = text.split('\n');
        const numbers = [...kept, ...behind].map(({ line }) => line);
        for (const one of [...kept, ...behind])
          expect((file[one.line - 1] ?? '').replace(/^\uFEFF/, '').trimEnd()).toBe(one.text);
        expect(numbers).toEqual([...new Set(numbers)].toSorted((a, b) => a - b));
        expect(Math.max(0, ...numbers)).toBeLessThan(diffLine ?? Number.POSITIVE_INFINITY);
      }),
    );
  });
});
