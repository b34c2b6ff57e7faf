// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseDcoApp } from '../../src/policy/dco-app.ts';
import { largestFile, parsePolicy } from '../../src/policy/parse.ts';
import { readYaml } from '../../src/policy/yaml.ts';
import { listed, plain } from './help.ts';

/** Texts made of the characters and words that mean something to YAML or to the policy. */
const pieces = [
  'dco',
  'mode',
  'exempt',
  'paths',
  '&a',
  '*a',
  '<<',
  '!t',
  '__proto__',
  '%YAML 1.1',
  '---',
  '...',
  '"',
  "'",
];
const signs = [
  ':',
  ': ',
  '-',
  '- ',
  '?',
  '? ',
  ',',
  '[',
  ']',
  '{',
  '}',
  '|',
  '>',
  '#',
  '\n',
  '\n  ',
  '\t',
  '\r',
  '\0',
  '\\',
  '~',
  '1',
];
const yamlish = fc.array(fc.constantFrom(...pieces, ...signs), { maxLength: 60 }).map((parts) => parts.join(''));
const rubbish = fc.oneof(yamlish, fc.string({ unit: 'binary', maxLength: 200 }));

describe('whatever the text, it is either a policy or a list of problems in places that the text has', () => {
  const parsers = [
    ['countersign.yml', parsePolicy],
    ['dco.yml', parseDcoApp],
  ] as const;

  test.each(parsers)('%s', (_, parse) => {
    fc.assert(
      fc.property(rubbish, (text) => {
        const { written, problems } = parse(text);
        expect(written === null).toBe(problems.some(({ severity }) => severity === 'error'));
        const lines = text.split('\n');
        for (const problem of problems) {
          expect(problem.line).toBeGreaterThanOrEqual(1);
          expect(problem.endLine).toBeLessThanOrEqual(lines.length);
          expect(problem.column).toBeGreaterThanOrEqual(1);
          expect(problem.endLine > problem.line || problem.endColumn >= problem.column).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('a bomb is defused', () => {
  /** The regular expressions of the YAML parser end the process when the stack is nearly full, so it must not get there. */
  test.each([
    ['brackets', `${'['.repeat(30_000)}${']'.repeat(30_000)}`],
    ['open brackets', '['.repeat(65_000)],
    ['braces', '{a: '.repeat(16_000)],
    ['dashes', '- '.repeat(32_000)],
    ['question marks', '? '.repeat(32_000)],
    ['colons', ': '.repeat(32_000)],
    ['indentation', Array.from({ length: 300 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
  ])('nesting by %s', (_, text) => {
    expect(parsePolicy(text).problems).toMatchObject([{ code: 'policy.too-deep', line: expect.any(Number) }]);
  });

  test('aliases of aliases', () => {
    const text = 'a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n';
    const aliases = listed(parsePolicy(text).problems).filter((problem) => problem.includes('policy.alias'));
    expect(aliases.map((problem) => problem.split(' ')[0])).toEqual(['3:8', '3:12', '4:5', '4:9']);
  });

  test('more aliases than anybody needs', () => {
    const text = `dco:\n  exempt:\n    paths: [&a x${', *a'.repeat(21)}]\n`;
    expect(listed(parsePolicy(text).problems)).toEqual([
      '3:99 policy.alias This file has more than 20 aliases (*). Write the values out.',
    ]);
  });

  test('one byte more than 64 KiB', () => {
    const comment = `#${'é'.repeat(largestFile / 2 - 1)}`;
    expect(parsePolicy(`${comment}#`).problems).toEqual([]);
    expect(listed(parsePolicy(`${comment}##`).problems)).toEqual([
      '1:1 policy.too-large The file has 65537 bytes. A policy file may have 65536 (64 KiB) at most: shorten it.',
    ]);
  });

  test('a flood of mistakes ends in a count', () => {
    const keys = Array.from({ length: 9000 }, (_, index) => `k${index}:`);
    const { problems } = parsePolicy(keys.join('\n'));
    expect(problems).toHaveLength(50);
    expect(listed(problems.slice(-1))).toEqual([
      '50:1 policy.more 8951 more problems from here on are not listed. Mend those above first.',
    ]);
  });

  test('a long word is quoted only in part', () => {
    const [problem] = parsePolicy(`${'k'.repeat(1000)}: 1\n`).problems;
    expect(plain(problem?.text ?? [])).toContain(`\`${'k'.repeat(80)}…\``);
  });
});

test('values have no prototype that a key could reach', () => {
  const { root } = readYaml('a: {__proto__: {b: 1}, c: 2}');
  const value = root?.value;
  expect(Object.getPrototypeOf(value)).toBeNull();
  expect(JSON.stringify(value)).toBe('{"a":{"c":2}}');
});
