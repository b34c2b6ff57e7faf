// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { excerpt } from '../../src/cli/excerpt.ts';
import { countersign } from './command.ts';

let cwd: string;
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'countersign-validate-'));
  writeFileSync(join(cwd, 'good.yml'), 'dco:\n  mode: warn\n');
  writeFileSync(join(cwd, 'wrong.yml'), 'dco:\n  mod: warn\n');
  writeFileSync(join(cwd, 'extending.yml'), 'extends: [wrong.yml]\n');
  writeFileSync(join(cwd, 'dco.yml'), 'require:\n  members: false\nunknown: 1\n');
  writeFileSync(join(cwd, 'binary.yml'), Buffer.from([0, 1, 2]));
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

const validate = (...args: string[]) => countersign(['policy', 'validate', ...args], { cwd });

describe('countersign policy validate', () => {
  test('finds nothing wrong with a policy that is right', async () => {
    expect(await validate('good.yml')).toEqual({ code: 0, stdout: 'good.yml: no mistakes\n', stderr: '' });
  });

  test('points at the mistake as compilers do', async () => {
    const { code, stdout } = await validate('wrong.yml', 'good.yml');
    expect(stdout.split('\n')).toEqual([
      expect.stringMatching(/^wrong\.yml:2:3: error: There is no key “mod” in “dco”\. Did you mean “mode”\?$/),
      '  2 |   mod: warn',
      '    |   ^^^',
      'good.yml: no mistakes',
      '',
    ]);
    expect(code).toBe(1);
  });

  test('reads a dco.yml as the DCO App does: what it does not know is a warning', async () => {
    const { code, stdout } = await validate('dco.yml');
    expect(stdout).toMatch(/^dco\.yml:3:1: warning: /);
    expect(code).toBe(0);
  });

  test('looks at every file, and ends with 2 where one cannot be read', async () => {
    const { code, stdout } = await validate('missing.yml', 'wrong.yml', '.');
    expect(stdout).toMatch(/^missing\.yml: error: .*no such file/);
    expect(stdout).toContain('\nwrong.yml:2:3: error: ');
    expect(stdout).toContain('\n.: error: . cannot be read: it is a directory.');
    expect(code).toBe(2);
  });

  test('names the file that a mistake is in, where that is one that the policy extends', async () => {
    const { code, stdout } = await validate('extending.yml');
    expect(stdout).toMatch(/^wrong\.yml:2:3: error: There is no key “mod” in “dco”\. Did you mean “mode”\?$/m);
    expect(code).toBe(1);
  });

  test('prints the same as JSON', async () => {
    const { code, stdout } = await validate('--format', 'json', 'good.yml', 'wrong.yml', 'binary.yml');
    expect(JSON.parse(stdout)).toMatchObject([
      { path: 'good.yml', valid: true, unreadable: null, problems: [] },
      { path: 'wrong.yml', valid: false, problems: [{ code: 'policy.unknown-key', line: 2, column: 3, endColumn: 6 }] },
      { path: 'binary.yml', valid: false, problems: [{ code: 'policy.unreadable' }] },
    ]);
    expect(code).toBe(1);
  });
});

describe('an excerpt', () => {
  const at = (column: number, endColumn: number, line = 1) => ({ line, column, endLine: line, endColumn });

  test.each([
    ['a word', 'key: wrong', at(6, 11), ['  1 | key: wrong', '    |      ^^^^^']],
    ['a place without extent', 'key', at(2, 2), ['  1 | key', '    |  ^']],
    ['wide characters before and in it', '漢: 字', at(4, 5), ['  1 | 漢: 字', '    |     ^^']],
    ['tabs and control characters', '\ta\x1b', at(2, 4), ['  1 | ⇥a\\u{001B}', '    |  ^^^^^^^^^']],
    ['the end of the line', 'a: ', at(4, 4), ['  1 | a: ', '    |    ^']],
    ['a line of many', 'a\r\nb\rc', at(1, 2, 3), ['  3 | c', '    | ^']],
    ['more than one line', 'a: |\n b', { line: 1, column: 4, endLine: 2, endColumn: 3 }, ['  1 | a: |', '    |    ^']],
    ['a line that is not there', 'a', at(1, 1, 7), []],
  ])('shows %s', (_, text, span, lines) => {
    expect(excerpt(text, span)).toEqual(lines);
  });

  test('cuts a long line to what is around the place', () => {
    const [line = '', carets = ''] = excerpt(`${'a'.repeat(9000)}wrong${'b'.repeat(9000)}`, at(9001, 9006));
    expect(line.length).toBeLessThan(120);
    expect(line.slice(carets.indexOf('^'), carets.lastIndexOf('^') + 1)).toBe('wrong');
  });
});
