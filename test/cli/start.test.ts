// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { wantsColor } from '../../src/cli/terminal.ts';
import { bin, countersign, root } from './command.ts';

describe('the command line', () => {
  test('tells its version', async () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    expect(await countersign(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  test.each([[[]], [['check']], [['evaluate']], [['policy', 'validate']]])(
    'explains %j by example',
    async (command) => {
      const { code, stdout } = await countersign([...command, '--help']);
      expect(stdout).toContain('Examples:\n  countersign ');
      expect(stdout).toContain('Exit codes:\n  0  ');
      expect(code).toBe(0);
    },
  );

  test('without a command is used wrongly', async () => {
    const { code, stdout, stderr } = await countersign([]);
    expect(stderr).toContain('Usage: countersign');
    expect([code, stdout]).toEqual([2, '']);
  });
});

describe('on a Node.js that is too old', () => {
  const home = mkdtempSync(join(tmpdir(), 'countersign-start-'));
  afterAll(() => rmSync(home, { recursive: true, force: true }));
  // A checkout without anything but the launcher, on a Node.js that says that it is older than it is.
  const copy = join(home, 'bin/countersign.js');
  cpSync(dirname(bin), dirname(copy), { recursive: true });
  writeFileSync(join(home, 'package.json'), '{"type":"module"}');
  const older = "Object.defineProperty(process.versions, 'node', { value: '20.1.0' })";
  const start = (...args: string[]) =>
    countersign(args, { bin: copy, node: ['--import', `data:text/javascript,${older}`] });

  test('it says which one is needed', async () => {
    const { code, stderr } = await start('check');
    expect(stderr).toMatch(/^error: countersign needs Node\.js 24 or newer, and this is v.*\n$/);
    expect(code).toBe(2);
  });

  test('the App says so, too', async () => {
    const { code, stderr } = await countersign([], {
      bin: join(home, 'bin/app.js'),
      node: ['--import', `data:text/javascript,${older}`],
    });
    expect(stderr).toMatch(/^error: countersign needs Node\.js 24 or newer, and this is v.* npm start\.\n$/);
    expect(code).toBe(2);
  });

  test('a checkout runs on its own, and passes on arguments and exit code', async () => {
    const node = join(home, 'node_modules/.bin/node');
    mkdirSync(join(home, 'node_modules/.bin'), { recursive: true });
    writeFileSync(node, '#!/bin/sh\n[ "$1" = --version ] && echo v24.0.0 && exit\nshift\necho "ran $*"\nexit 7\n');
    chmodSync(node, 0o755);
    expect(await start('check', 'a..b')).toEqual({ code: 7, stdout: 'ran check a..b\n', stderr: '' });
    writeFileSync(node, '#!/bin/sh\necho v22.0.0\n');
    expect((await start('check')).code).toBe(2);
  });

  test('what is missing is said in a line, and is no finding', async () => {
    const { code, stderr } = await countersign(['check'], { bin: copy });
    expect(stderr).toMatch(/^error: countersign cannot run: .*dist\/cli\.js.*\n$/);
    expect(code).toBe(2);
  });
});

describe('colours', () => {
  const terminal = { isTTY: true };
  test.each([
    ['on a terminal', terminal, {}, true],
    ['not in a file or pipe', {}, {}, false],
    ['not where NO_COLOR is set', terminal, { NO_COLOR: '1' }, false],
    ['where NO_COLOR is empty', terminal, { NO_COLOR: '' }, true],
    ['not on a dumb terminal', terminal, { TERM: 'dumb' }, false],
    ['where they are forced', {}, { FORCE_COLOR: '', NO_COLOR: '1' }, true],
    ['not where they are forced off', terminal, { FORCE_COLOR: '0' }, false],
  ])('%s', (_, stream, env, expected) => {
    expect(wantsColor(stream, env)).toBe(expected);
  });
});
