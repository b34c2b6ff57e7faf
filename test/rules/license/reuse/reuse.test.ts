// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

// REUSE-IgnoreStart
import { describe, expect, test } from '@jest/globals';
import { readHeader } from '../../../../src/rules/license/headers/header.ts';
import { isCovered } from '../../../../src/rules/license/reuse/covered.ts';
import { licensingOf, reuseLicense } from '../../../../src/rules/license/reuse/reuse.ts';
import { isReuseFile, readReuseFiles, reusePathsFor } from '../../../../src/rules/license/reuse/reuse-files.ts';

const table = (path: string, expression: string | null, more: { precedence?: string; copyright?: string } = {}) =>
  [
    '[[annotations]]',
    `path = "${path}"`,
    ...(more.precedence === undefined ? [] : [`precedence = "${more.precedence}"`]),
    ...(more.copyright === undefined ? [] : [`SPDX-FileCopyrightText = "${more.copyright}"`]),
    ...(expression === null ? [] : [`SPDX-License-Identifier = "${expression}"`]),
    '',
  ].join('\n');
const toml = (...tables: string[]) => `version = 1\n${tables.join('')}`;
const tag = (expression: string) => `SPDX-License-Identifier: ${expression}\n`;
const holder = (name: string) => `SPDX-FileCopyrightText: ${name}\n`;
const dep5 = (files: string, license: string) =>
  `Format: x\n\nFiles: ${files}\nCopyright: 2026 Example\nLicense: ${license}\n`;

/** `license; copyright` of a path in a tree, `!` before them where the file's own comments don't count. */
function licensing(path: string, tree: Record<string, string | null>): string {
  const own = tree[path];
  const header = own == null ? null : readHeader(path, own);
  const found = licensingOf(path, header, readReuseFiles(new Map(Object.entries(tree))));
  if ('problem' in found) return 'problem';
  const texts = (claims: readonly { text: string }[]) => claims.map(({ text }) => text).join(' & ');
  const copyrights = texts(found.copyrights).replaceAll('SPDX-FileCopyrightText: ', '');
  return `${found.override ? '!' : ''}${texts(found.expressions)}; ${copyrights}`;
}

describe('A file is under', () => {
  test.each<[what: string, tree: Record<string, string | null>, expected: string]>([
    ['what its header says', { 'a/b.c': `// ${tag('MIT')}// ${holder('X')}` }, 'MIT; X'],
    ['nothing where nothing speaks for it', { 'a/b.c': '' }, '; '],
    ['what its sidecar says', { 'a/b.c.license': `${tag('MIT')}${holder('X')}` }, '!MIT; X'],
    ['its sidecar and not its header', { 'a/b.c': `// ${tag('MIT')}`, 'a/b.c.license': tag('Zlib') }, '!Zlib; '],
    ['no header beside an empty sidecar', { 'a/b.c': `// ${tag('MIT')}`, 'a/b.c.license': '' }, '!; '],
    ["not another file's sidecar", { 'a/c.c.license': tag('MIT') }, '; '],

    ['REUSE.toml', { 'REUSE.toml': toml(table('a/*', 'MIT', { copyright: 'X' })) }, 'MIT; X'],
    ['REUSE.toml in its own directory', { 'a/REUSE.toml': toml(table('b.c', 'MIT')) }, 'MIT; '],
    ['no REUSE.toml of another directory', { 'c/REUSE.toml': toml(table('**', 'MIT')) }, '; '],
    ['no REUSE.toml whose paths lead elsewhere', { 'a/REUSE.toml': toml(table('a/b.c', 'MIT')) }, '; '],
    [
      'the last table that matches',
      { 'REUSE.toml': toml(table('**', 'MIT'), table('a/**', 'Zlib'), table('c', 'ISC')) },
      'Zlib; ',
    ],
    [
      'the last table alone, for what it leaves out too',
      { 'REUSE.toml': toml(table('**', 'MIT', { copyright: 'X' }), table('a/**', null, { copyright: 'Y' })) },
      '; Y',
    ],

    ['its header before REUSE.toml', { 'a/b.c': `// ${tag('MIT')}`, 'REUSE.toml': toml(table('**', 'Zlib')) }, 'MIT; '],
    [
      'its header, and REUSE.toml for the copyright that it leaves out',
      { 'a/b.c': `// ${tag('MIT')}`, 'REUSE.toml': toml(table('**', 'Zlib', { copyright: 'X' })) },
      'MIT; X',
    ],
    [
      'its sidecar before REUSE.toml',
      { 'a/b.c.license': tag('MIT'), 'REUSE.toml': toml(table('**', 'Zlib')) },
      '!MIT; ',
    ],
    [
      'the closest REUSE.toml',
      { 'REUSE.toml': toml(table('**', 'MIT', { copyright: 'X' })), 'a/REUSE.toml': toml(table('**', 'Zlib')) },
      'Zlib; X',
    ],

    [
      'its header and REUSE.toml that aggregates',
      { 'a/b.c': `// ${tag('MIT')}`, 'REUSE.toml': toml(table('**', 'Zlib', { precedence: 'aggregate' })) },
      'MIT & Zlib; ',
    ],
    [
      'REUSE.toml that aggregates and the closest one',
      {
        'REUSE.toml': toml(table('**', 'MIT', { precedence: 'aggregate' })),
        'a/REUSE.toml': toml(table('**', 'Zlib')),
      },
      'Zlib & MIT; ',
    ],

    [
      'REUSE.toml that overrides, and not its header',
      {
        'a/b.c': `// ${tag('MIT')}// ${holder('X')}`,
        'REUSE.toml': toml(table('**', 'Zlib', { precedence: 'override' })),
      },
      '!Zlib; ',
    ],
    [
      'REUSE.toml that overrides, and not its sidecar',
      { 'a/b.c.license': tag('MIT'), 'REUSE.toml': toml(table('**', 'Zlib', { precedence: 'override' })) },
      '!Zlib; ',
    ],
    [
      'the override that is closest to the root',
      {
        'REUSE.toml': toml(table('**', 'MIT', { precedence: 'override' })),
        'a/REUSE.toml': toml(table('**', 'Zlib', { precedence: 'override' })),
      },
      '!MIT; ',
    ],
    [
      'the override below a table that is only to stand in',
      {
        'REUSE.toml': toml(table('**', 'MIT', { copyright: 'X' })),
        'a/REUSE.toml': toml(table('**', 'Zlib', { precedence: 'override' })),
      },
      '!Zlib; ',
    ],
    [
      'the override and what aggregates above it, not below it',
      {
        'REUSE.toml': toml(table('**', 'MIT', { precedence: 'aggregate' })),
        'a/REUSE.toml': toml(table('**', 'Zlib', { precedence: 'override' })),
        'a/x/REUSE.toml': toml(table('**', 'ISC', { precedence: 'aggregate' })),
      },
      '!Zlib & MIT; ',
    ],

    ['.reuse/dep5', { '.reuse/dep5': dep5('a/*', 'MIT') }, 'MIT; 2026 Example'],
    [
      'its header and .reuse/dep5',
      { 'a/b.c': `// ${tag('MIT')}`, '.reuse/dep5': dep5('*', 'Zlib') },
      'MIT & Zlib; 2026 Example',
    ],
    [
      'its sidecar and .reuse/dep5',
      { 'a/b.c.license': tag('MIT'), '.reuse/dep5': dep5('*', 'Zlib') },
      '!MIT & Zlib; 2026 Example',
    ],
    [
      'the last paragraph that matches',
      { '.reuse/dep5': `${dep5('*', 'MIT')}\nFiles: a/*\nCopyright: Y\nLicense: Zlib\n` },
      'Zlib; Y',
    ],
    ['no .reuse/dep5 of another directory', { 'a/.reuse/dep5': dep5('*', 'MIT') }, '; '],
  ])('%s', (_, tree, expected) => {
    const path = 'a/x/REUSE.toml' in tree ? 'a/x/b.c' : 'a/b.c';
    expect(licensing(path, tree)).toBe(expected);
  });

  test.each<[what: string, tree: Record<string, string | null>]>([
    ['the root', { 'REUSE.toml': 'version = ' }],
    ['its own directory', { 'a/REUSE.toml': 'version = 2' }],
    ['a file that is no text', { 'REUSE.toml': null }],
    ['its sidecar', { 'a/b.c.license': null }],
    ['.reuse/dep5', { '.reuse/dep5': 'x' }],
    ['two ways that exclude each other', { '.reuse/dep5': dep5('*', 'MIT'), 'REUSE.toml': toml() }],
  ])('nobody knows what where %s can not be read', (_, tree) => {
    expect(licensing('a/b.c', { 'a/b.c': `// ${tag('MIT')}`, ...tree })).toBe('problem');
  });

  test.each<[what: string, tree: Record<string, string | null>]>([
    ['another directory', { 'c/REUSE.toml': 'version = ' }],
    ['another sidecar', { 'a/c.c.license': null }],
  ])('what it says where only %s can not be read', (_, tree) => {
    expect(licensing('a/b.c', { 'a/b.c': `// ${tag('MIT')}`, ...tree })).toBe('MIT; ');
  });
});

describe('A problem', () => {
  test('says file, line and column', () => {
    const { problems } = readReuseFiles(new Map([['a/REUSE.toml', 'version = 1\nx = \n']]));
    expect(problems).toMatchObject([{ at: { path: 'a/REUSE.toml', line: 2, column: expect.any(Number) } }]);
  });
});

describe('What REUSE files alone say', () => {
  const ask = (tree: Record<string, string>, own: string | null = null) =>
    reuseLicense(
      'a/b.c',
      readReuseFiles(new Map(Object.entries(tree))),
      own === null ? null : readHeader('a/b.c', own),
    );

  test('comes with its source', () => {
    expect(ask({ 'a/REUSE.toml': toml(table('**', 'MIT')) })).toEqual({
      expression: 'MIT',
      source: { path: 'a/REUSE.toml', line: 2 },
      override: false,
      aggregate: false,
    });
    expect(ask({ 'a/b.c.license': `\n${tag('MIT')}` })).toMatchObject({
      source: { path: 'a/b.c.license', line: 2 },
      override: true,
    });
    expect(ask({ '.reuse/dep5': dep5('*', 'MIT') })).toMatchObject({
      source: { path: '.reuse/dep5', line: 5 },
      aggregate: true,
    });
  });

  test('joins several with AND', () => {
    expect(ask({ 'a/b.c.license': tag('MIT') + tag('Zlib OR ISC') })).toMatchObject({
      expression: '(MIT) AND (Zlib OR ISC)',
    });
  });

  test('leaves out what only stands in for a header that is there', () => {
    const both = {
      'REUSE.toml': toml(table('**', 'MIT', { precedence: 'aggregate' })),
      'a/REUSE.toml': toml(table('**', 'Zlib')),
    };
    expect(ask(both)).toMatchObject({ expression: '(Zlib) AND (MIT)', aggregate: true });
    expect(ask(both, `// ${tag('ISC')}`)).toMatchObject({ expression: 'MIT', aggregate: true });
    expect(ask({ 'a/REUSE.toml': toml(table('**', 'Zlib')) }, `// ${tag('ISC')}`)).toBeNull();
  });

  test('is null where they say nothing', () => {
    expect(ask({ 'REUSE.toml': toml(table('c', 'MIT')) })).toBeNull();
  });
});

describe('Which files', () => {
  test('can speak for a path', () => {
    expect(reusePathsFor('a/b/c.png')).toEqual([
      'a/b/c.png.license',
      'a/b/REUSE.toml',
      'a/REUSE.toml',
      'REUSE.toml',
      '.reuse/dep5',
    ]);
    expect(reusePathsFor('c.png')).toEqual(['c.png.license', 'REUSE.toml', '.reuse/dep5']);
  });

  test.each(['REUSE.toml', 'a/REUSE.toml', '.reuse/dep5', 'a.png.license'])('are for REUSE: %s', (path) => {
    expect(isReuseFile(path)).toBe(true);
    expect(isCovered(path)).toBe(false);
  });

  test.each([
    'LICENSES/MIT.txt',
    'LICENSE',
    'a/LICENSE.md',
    'LICENCE-MIT',
    'COPYING.LESSER',
    '.reuse/x',
    'sbom.spdx.json',
    'a.spdx',
  ])('are not covered: %s', (path) => {
    expect(isCovered(path)).toBe(false);
    expect(isReuseFile(path)).toBe(false);
  });

  test.each(['a.c', 'a/LICENSES/x', 'LICENSEE', 'NOTICE', 'license.ts', 'a.spdx.c', 'a/.reuse/dep5'])(
    'are covered: %s',
    (path) => {
      expect(isCovered(path)).toBe(true);
      expect(isReuseFile(path)).toBe(false);
    },
  );
});
