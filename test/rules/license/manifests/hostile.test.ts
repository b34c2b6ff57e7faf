// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  isManifest,
  longestChart,
  longestManifest,
  readManifest,
} from '../../../../src/rules/license/manifests/manifest.ts';
import { shown } from './shown.ts';

const paths = [
  'package.json',
  'composer.json',
  'Cargo.toml',
  'pyproject.toml',
  'setup.cfg',
  'pom.xml',
  'a.nuspec',
  'a.csproj',
  'a.gemspec',
  'Chart.yaml',
  'debian/copyright',
];

/** Pieces of every format, so that random texts get past its first line. */
const pieces = [
  ...[
    'license',
    'licenses',
    'classifiers',
    'annotations',
    'metadata',
    'project',
    'package',
    'MIT',
    'UNLICENSED',
    'file',
  ],
  ...[
    '"',
    "'",
    '"""',
    "'''",
    '{',
    '}',
    '[',
    ']',
    '(',
    ')',
    ':',
    ': ',
    ',',
    '=',
    ' = ',
    '#',
    '/',
    '\\',
    '-',
    '- ',
    '.',
    '*a',
    '&a',
  ],
  ...[
    '<',
    '>',
    '</',
    '/>',
    '<!DOCTYPE',
    '<![CDATA[',
    ']]>',
    '&amp;',
    '&a;',
    '<?xml',
    '<!--',
    '%w[',
    's.license = ',
    '__END__',
  ],
  ...[
    '[project]\n',
    '[metadata]\n',
    '[package]\n',
    '[[package]]\n',
    'annotations:\n  ',
    'Format: x\n',
    'Files: *\n',
    'License: ',
  ],
  ...[
    '\n',
    '\r\n',
    '\n\n',
    ' ',
    '  ',
    '\t',
    '\0',
    '\uFEFF',
    '\uD800',
    '\u2028',
    '1',
    '1e999',
    '2026-13-45',
    'true',
    'null',
    '__proto__',
  ],
];
const text = fc.oneof(
  { weight: 3, arbitrary: fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((some) => some.join('')) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
);

describe('Whatever a manifest holds', () => {
  test.each(paths)('%s is read without an exception, with lines that the text has', (path) => {
    fc.assert(
      fc.property(text, (written) => {
        const manifest = readManifest(path, written);
        const last = written.split(/\r\n|\r|\n/).length;
        const lines = [...(manifest?.declared ?? []), ...(manifest?.problem ? [manifest.problem] : [])].map(
          (one) => one.line,
        );
        expect(lines.filter((line) => !(line >= 1 && line <= last))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test.each(paths)('%s that is too long is a problem', (path) => {
    const longest = path === 'Chart.yaml' ? longestChart : longestManifest;
    expect(shown(path, ' '.repeat(longest + 1))).toEqual(['1 problem']);
  });

  test.each([
    ['package.json', '['],
    ['package.json', '{"a":'],
    ['composer.json', '{"license":['],
    ['Cargo.toml', 'a=['],
    ['Cargo.toml', 'a={a='],
    ['pom.xml', '<a>'],
    ['Chart.yaml', '['],
    ['Chart.yaml', '- '],
    ['Chart.yaml', '? '],
  ])('%s that nests by %j without end is a problem', (path, opening) => {
    const start = opening.startsWith('a=') ? 'a=' : '';
    const manifest = readManifest(path, start + opening.replace(/^a=/, '').repeat(20_000));
    expect(manifest).toMatchObject({ declared: [], problem: { line: 1 } });
  });

  test('a JSON that nests as deeply as it may is read', () => {
    const nested = `${'['.repeat(250)}${']'.repeat(250)}`;
    expect(shown('package.json', `{"x": ${nested}, "license": "MIT"}`)).toEqual(['1 spdx: MIT']);
  });

  test('a key of half a million characters is read', () => {
    const items = '1,'.repeat(100_000);
    expect(shown('package.json', `{"${'k'.repeat(500_000)}": [${items}1],\n"license": "MIT"}`)).toEqual([
      '2 spdx: MIT',
    ]);
    expect(shown('Cargo.toml', `${'k'.repeat(500_000)} = [${items}1]\n[package]\nlicense = "MIT"`)).toEqual([
      '3 spdx: MIT',
    ]);
  });

  test('a path of any kind is a manifest or not, and reading agrees', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.constantFrom(...paths)), (path) => {
        expect(readManifest(path, '') !== null).toBe(isManifest(path));
      }),
    );
  });
});

describe('A pom.xml that tries to expand entities', () => {
  const bomb = [
    '<!DOCTYPE project [',
    '<!ENTITY a "aaaaaaaaaa">',
    '<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">',
    ']>',
  ];
  const license = '<licenses><license><name>&b;</name></license></licenses>';

  test.each([
    ['of its own', `${bomb.join('\n')}\n<project>${license}</project>`, '4 problem'],
    ['of another file', '<!DOCTYPE project [<!ENTITY b SYSTEM "file:///etc/passwd">]>\n<project/>', '1 problem'],
    ['of a parameter', '<!DOCTYPE project [<!ENTITY % b SYSTEM "https://example.org/"> %b;]>\n<project/>', '1 problem'],
    ['that nobody declared', `<project>\n${license}</project>`, '2 problem'],
  ])('%s is not read', (_name, text, problem) => {
    expect(shown('pom.xml', text)).toEqual([problem]);
  });
});

describe('What a manifest writes where a license belongs', () => {
  test('stays in one statement, however it looks', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (written) => {
        const license = `x${written}x`;
        const manifest = readManifest('package.json', JSON.stringify({ license }));
        expect(manifest?.declared).toEqual([{ expression: license, form: 'spdx', line: 1 }]);
      }),
    );
  });

  test('stays one alternative of several, however it looks', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'MIT ()ORANDWH-+:"&'), minLength: 1 }), (written) => {
        const manifest = readManifest('composer.json', JSON.stringify({ license: [`x${written}x`, 'SSPL-1.0'] }));
        const expression = manifest?.declared[0]?.expression ?? '';
        expect(manifest?.declared).toHaveLength(1);
        expect(expression.endsWith(' OR SSPL-1.0')).toBe(true);
        expect(outsideParentheses(expression.slice(0, -' OR SSPL-1.0'.length))).not.toMatch(/ (?:AND|OR|WITH) /);
      }),
    );
  });
});

/** The text without what stands between parentheses; a parenthesis that closes nothing stays. */
function outsideParentheses(expression: string): string {
  let depth = 0;
  let outside = '';
  for (const character of expression) {
    if (character === '(') depth += 1;
    if (depth === 0) outside += character;
    if (character === ')' && depth > 0) depth -= 1;
  }
  return outside;
}
