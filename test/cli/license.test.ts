// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createRepository, type Repository } from '../git/repository.ts';
import { countersign } from './command.ts';

const tag = (expression: string) => `SPDX-License-${'Identifier'}: ${expression}`;
const isc =
  'Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted, provided that the above copyright notice and this permission notice appear in all copies.\n\nTHE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES WITH REGARD TO THIS SOFTWARE INCLUDING ALL IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR ANY SPECIAL, DIRECT, INDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY DAMAGES WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN ACTION OF CONTRACT, NEGLIGENCE OR OTHER TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF THIS SOFTWARE.\n';

let repository: Repository;
const run = (...args: string[]) => countersign(args, { cwd: repository.directory });
const write = (path: string, content: string | Buffer) => writeFileSync(join(repository.directory, path), content);

beforeAll(() => {
  repository = createRepository();
  const files = {
    LICENSE: isc,
    'good.ts': `// ${tag('MIT')}\n`,
    'bad.py': `# ${tag('JSON')}\n`,
    'none.go': 'package main\n',
  };
  repository.branch('main', null, [{ message: 'unsigned\n', files }]);
  write('LICENSE', isc);
  write('good.ts', `// ${tag('MIT')}\n`);
  write('package.json', '{"license": "UNLICENSED"}\n');
  write('composer.json', '{"license": ');
  write('image.png', Buffer.from([0x89, 0x50, 0]));
});
afterAll(() => repository.remove());

describe('countersign license', () => {
  test('names the licenses of texts, headers, manifests and expressions', async () => {
    const { stdout, code } = await run('license', 'LICENSE', 'good.ts', 'MIT OR GPL-2.0+');
    expect(stdout).toMatch(/^LICENSE:1: “ISC” .*; OSI-approved; permissive$/m);
    expect(stdout).toMatch(/^good\.ts:1: The header says “MIT”; OSI-approved; permissive$/m);
    expect(stdout).toContain('canonical: MIT OR GPL-2.0-or-later');
    expect(code).toBe(0);
  });

  test.each([
    ['package.json', 'Perhaps Unlicense is meant'],
    ['LicenseRef-Ours', 'not known whether OSI-approved'],
    ['CC-BY-4.0', 'not OSI-approved'],
    ['BSD', 'not known'],
    ['COPYNG', 'There is no file of that name either.'],
  ])('ends with 1 for %s', async (name, words) => {
    const { stdout, code } = await run('license', name);
    expect(stdout).toContain(words);
    expect(code).toBe(1);
  });

  test('reads what is no plain file, as a shell hands it over', async () => {
    execFileSync('mkfifo', [join(repository.directory, 'pipe')]);
    const [{ stdout }] = await Promise.all([
      run('license', 'pipe'),
      writeFile(join(repository.directory, 'pipe'), isc),
    ]);
    expect(stdout).toMatch(/^pipe:1: .*“ISC”; OSI-approved/);
  });

  test.each(['image.png', 'absent/LICENSE', 'absent.txt', 'composer.json'])(
    'ends with 2 for %s, saying why',
    async (name) => {
      const { stdout, code } = await run('license', name);
      expect(stdout).toContain(`${name}: error: `);
      expect(code).toBe(2);
    },
  );

  test('gives the same as data', async () => {
    const { stdout } = await run('license', '--format', 'json', 'LICENSE', 'MIT');
    expect(JSON.parse(stdout)).toMatchObject([
      { name: 'LICENSE', kind: 'file', found: [{ expression: 'ISC', osi: 'yes', line: 1 }] },
      { name: 'MIT', kind: 'expression', found: [{ canonical: 'MIT' }] },
    ]);
  });
});

describe('countersign check --all', () => {
  test('judges the licenses of every file, and no commits', async () => {
    const { stdout, code } = await run('check', '--all', '--policy', 'reuse');
    // The rules about commits are left out, and no file is said to have switched them off.
    expect(stdout).not.toContain('dco.mode');
    expect(stdout).toMatch(/bad\.py, line 1/);
    expect(stdout).toMatch(/none\.go/);
    expect(stdout).not.toContain('good.ts');
    expect(stdout).not.toContain('DCO');
    expect(code).toBe(1);
  });

  test('carries suggestions into SARIF and JSON', async () => {
    const sarif = JSON.parse((await run('check', '--all', '--policy', 'reuse', '--format', 'sarif')).stdout);
    const results: { fixes?: unknown[] }[] = sarif.runs[0].results;
    expect(JSON.stringify(results.flatMap(({ fixes }) => fixes ?? []))).toContain('SPDX-License-Identifier');
    const json = JSON.parse((await run('check', '--all', '--policy', 'reuse', '--format', 'json')).stdout);
    expect(JSON.stringify(json)).toContain('"suggestion"');
  });

  test('refuses a revision that is not there', async () => {
    const { stderr, code } = await run('check', '--all', 'absent');
    expect(stderr).toContain('Unknown revision: absent');
    expect(code).toBe(2);
  });
});
