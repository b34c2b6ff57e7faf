// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import spdx from 'spdx-license-list/full.js';
import { fileOf, judgeChange, lines, type Tree, tag, words } from './trees.ts';

const text = (id: keyof typeof spdx) => spdx[id]?.licenseText ?? '';
const isc = readFileSync(new URL('../../../LICENSES/ISC.txt', import.meta.url), 'utf8');
const mit = text('MIT');
const apache = text('Apache-2.0');
const used = { headersFor: 'new' };

describe('A clean change', () => {
  test('is said to be clean in one line', () => {
    const verdict = judgeChange({ head: { 'a.ts': `// ${tag('MIT')}\n` } });
    expect(verdict).toMatchObject({ outcome: 'pass', title: ['All licenses are in order'] });
    expect(lines(verdict)).toEqual(['ok clean']);
    expect(words(verdict)).toContain('source files (1)');
  });

  test('of nothing, or of files that go, is not applicable', () => {
    expect(judgeChange({ head: {} }).outcome).toBe('not-applicable');
    const base = { 'a.ts': `// ${tag('MIT')}\n` };
    expect(judgeChange({ base, head: { 'a.ts': null } }).outcome).toBe('not-applicable');
  });

  test.each<[string, Tree, Tree]>([
    ['an old file without a header is edited', { 'a.ts': 'let a;\n' }, { 'a.ts': 'let b;\n' }],
    [
      'a deprecated id gets its name of today',
      { 'a.ts': `// ${tag('GPL-2.0+')}\n` },
      { 'a.ts': `// ${tag('GPL-2.0-or-later')}\n` },
    ],
    [
      'a notice becomes the tag that says the same',
      {
        'a.ts':
          '// This Source Code Form is subject to the terms of the Mozilla Public\n// License, v. 2.0. If a copy of the MPL was not distributed with this\n// file, You can obtain one at https://mozilla.org/MPL/2.0/.\n',
      },
      { 'a.ts': `// ${tag('MPL-2.0')}\n` },
    ],
    ['the license file gets another year', { LICENSE: isc }, { LICENSE: isc.replace('2004', '2026') }],
    [
      'an old header that is not acceptable stays',
      { 'a.ts': `// ${tag('JSON')}\n` },
      { 'a.ts': `// ${tag('JSON')}\nlet a;\n` },
    ],
    ['a tag stands in a string', {}, { 'a.test.ts': `// ${tag('MIT')}\nconst text = '${tag('JSON')}';\n` }],
    ['a symbolic link comes in', {}, { link: fileOf('a.ts', { mode: 'symlink' }) }],
    ['an empty file comes in', {}, { 'empty.ts': '' }],
  ])('is one where %s', (_, base, head) => {
    expect(lines(judgeChange({ base, head, settings: used }))).toEqual(['ok clean']);
  });
});

describe('License files: the alarm is raised where', () => {
  test.each<[string, Tree, Tree, string[]]>([
    ['one becomes another', { LICENSE: mit }, { LICENSE: apache }, ['error relicensed LICENSE:1']],
    [
      'one becomes another that is not OSI-approved',
      { LICENSE: mit },
      { LICENSE: text('JSON') },
      ['error relicensed LICENSE:1', 'error not-acceptable LICENSE:1'],
    ],
    ['one is removed', { LICENSE: mit }, { LICENSE: null }, ['error removed LICENSE']],
    ['a nested one is removed', { 'lib/COPYING': mit }, { 'lib/COPYING': null }, ['error removed lib/COPYING']],
    ['one is emptied', { LICENSE: mit }, { LICENSE: '' }, ['error unrecognised LICENSE']],
    ['NOTICE is removed', { NOTICE: 'Ours\n' }, { NOTICE: null }, ['error notice-removed NOTICE']],
  ])('%s', (_, base, head, expected) => {
    expect(lines(judgeChange({ base, head }))).toEqual(expected);
  });

  const picture = fileOf('', { binary: true, text: null, size: 9 });
  const own = 'Ask us first, and pay.\n';
  test.each<[string, Tree, Tree, string[]]>([
    ['one becomes binary', { LICENSE: mit }, { LICENSE: picture }, ['error unrecognised LICENSE']],
    [
      'one becomes too large to be read',
      { LICENSE: mit },
      { LICENSE: fileOf('', { text: null, truncated: true, size: 50_000_000 }) },
      ['error unrecognised LICENSE'],
    ],
    [
      'one becomes a symbolic link to nothing',
      { LICENSE: mit },
      { LICENSE: fileOf('../LICENSE', { mode: 'symlink' }) },
      ['error unrecognised LICENSE'],
    ],
    [
      'one becomes a symbolic link to another',
      { 'lib/LICENSE': mit, COPYING: apache },
      { 'lib/LICENSE': fileOf('../COPYING', { mode: 'symlink' }) },
      ['error relicensed lib/LICENSE:1'],
    ],
  ])('%s, also where what is unknown only warns', (_, base, head, expected) => {
    expect(lines(judgeChange({ base, head, settings: { unknown: 'warn' } }))).toEqual(expected);
  });

  test.each<[string, Tree, Tree]>([
    [
      'one of our own gets another year',
      { LICENSE: `Copyright 2025 Ada\n\n${own}` },
      { LICENSE: `Copyright 2026 Ada\n\n${own}` },
    ],
    ['one of our own gets other line breaks', { LICENSE: own }, { LICENSE: own.replace('\n', '\r\n') }],
    [
      'one becomes a symbolic link to the same',
      { 'lib/LICENSE': mit, LICENSE: mit },
      { 'lib/LICENSE': fileOf('../LICENSE', { mode: 'symlink' }) },
    ],
    ['a symbolic link to one comes in', { LICENSE: mit }, { 'lib/LICENSE': fileOf('../LICENSE', { mode: 'symlink' }) }],
  ])('not where %s', (_, base, head) => {
    expect(lines(judgeChange({ base, head }))).toEqual(['ok clean']);
  });

  test.each<[string, Tree, Tree, Readonly<Record<string, string>>, string]>([
    [
      'goes',
      { 'vendor/x/LICENSE': mit, 'vendor/x/src/a.c': '' },
      { 'vendor/x/LICENSE': null, 'vendor/x/src/a.c': null },
      {},
      'note removed-with-code vendor/x/LICENSE',
    ],
    [
      'goes, with what licenses it beside it',
      { 'x/licenses/LICENSE': mit, 'x/a.c': '' },
      { 'x/licenses/LICENSE': null, 'x/a.c': null },
      {},
      'note removed-with-code x/licenses/LICENSE',
    ],
    [
      'stays in part',
      { 'x/LICENSE': mit, 'x/a.c': '', 'x/b.c': '' },
      { 'x/LICENSE': null, 'x/a.c': null },
      {},
      'error removed x/LICENSE',
    ],
    [
      'stays beside it',
      { 'x/legal/LICENSE': mit, 'x/a.c': '' },
      { 'x/legal/LICENSE': null },
      {},
      'error removed x/legal/LICENSE',
    ],
    [
      'moves elsewhere',
      { 'x/LICENSE': mit, 'x/a.c': '', 'x/b.c': '' },
      { 'x/LICENSE': null, 'x/b.c': null, 'x/a.c': null, 'y/a.c': '' },
      { 'y/a.c': 'x/a.c' },
      'error removed x/LICENSE',
    ],
    ['is all there is', { LICENSE: mit, 'a.c': '' }, { LICENSE: null, 'a.c': null }, {}, 'error removed LICENSE'],
  ])('one is removed, unless its code goes with it: where that %s', (_, base, head, renamed, expected) => {
    expect(lines(judgeChange({ base, head, renamed }))).toContain(expected);
  });

  test('words are put in, showing them', () => {
    const verdict = judgeChange({
      base: { LICENSE: mit },
      head: { LICENSE: mit.replace('without restriction', 'without restriction except by banks') },
    });
    expect(lines(verdict)[0]).toMatch(/^error unrecognised LICENSE/);
    expect(words(verdict)).toContain('except by banks');
  });

  test.each<[string, string, string, Tree, string[]]>([
    ['away from all code', 'LICENSE', 'docs/LICENSE', {}, ['error removed LICENSE']],
    ['away from code that stays', 'x/LICENSE', 'y/LICENSE', { 'x/a.c': '' }, ['error removed x/LICENSE']],
    ['with its code', 'x/LICENSE', 'y/LICENSE', {}, ['ok clean']],
    ['up, above more code', 'x/LICENSE', 'LICENSE', { 'x/a.c': '' }, ['ok clean']],
    ['to where REUSE wants it', 'LICENSE', 'LICENSES/MIT.txt', {}, ['ok clean']],
    ['to another name', 'x/LICENSE', 'x/COPYING', { 'x/a.c': '' }, ['ok clean']],
  ])('one is moved %s', (_, from, to, more, expected) => {
    const base = { [from]: mit, ...more };
    const verdict = judgeChange({ base, head: { [from]: null, [to]: mit }, renamed: { [to]: from } });
    expect(lines(verdict)).toEqual(expected);
  });

  test('one is renamed to something else', () => {
    const verdict = judgeChange({
      base: { LICENSE: mit },
      head: { LICENSE: null, 'old.txt': mit },
      renamed: { 'old.txt': 'LICENSE' },
    });
    expect(lines(verdict)).toContain('error removed LICENSE');
  });
});

describe('License files that come in', () => {
  test.each<[string, Tree, string[]]>([
    ['are accepted where they are OSI-approved', { 'lib/LICENSE': mit }, ['ok clean']],
    ['are not where they are not', { 'lib/LICENSE': text('JSON') }, ['error not-acceptable lib/LICENSE:1']],
    [
      'are unknown where they hold no license',
      { 'lib/LICENSE': 'Ask us first, and pay.\n' },
      ['error unknown-text lib/LICENSE:1'],
    ],
    [
      'are unknown where they are binary',
      { 'lib/LICENSE': fileOf('', { binary: true, text: null, size: 9 }) },
      ['error unknown-text lib/LICENSE'],
    ],
    [
      'are unknown where they are 50 MB',
      { 'lib/LICENSE': fileOf('', { text: null, truncated: true, size: 50_000_000 }) },
      ['error unknown-text lib/LICENSE'],
    ],
    [
      'have to be what their name in LICENSES/ says',
      { 'LICENSES/MIT.txt': isc },
      ['error mislabelled LICENSES/MIT.txt'],
    ],
  ])('%s', (_, head, expected) => {
    expect(lines(judgeChange({ head }))).toEqual(expected);
  });
});

describe('A file that may only be called a license', () => {
  const page = '# Licenses\n\nWhich license a part of this has, and how the rule judges it, this page tells.\n';
  const names = ['docs/rules/license.md', 'docs/copying.txt', 'lib/licence', 'docs/License.rst'];

  test.each(names)('is none where its text is none: %s', (path) => {
    expect(judgeChange({ head: { [path]: page } }).outcome).toBe('pass');
    expect(lines(judgeChange({ base: { [path]: page }, head: { [path]: `${page}More.\n` } }))).toEqual(['ok clean']);
    expect(judgeChange({ base: { [path]: page }, head: { [path]: null } }).outcome).toBe('not-applicable');
  });

  test('is none where it is binary', () => {
    const head = { 'data/license-texts.br': fileOf('', { binary: true, text: null, size: 9 }) };
    expect(lines(judgeChange({ head }))).toEqual(['ok clean']);
  });

  test('has a header like any other file', () => {
    const head = { 'docs/license.md': `<!--\n${tag('JSON')}\n-->\n${page}` };
    expect(lines(judgeChange({ head }))).toEqual(['error not-acceptable docs/license.md:2']);
  });

  test.each<[string, string, Tree, Tree, string[]]>([
    ['its name is in capitals', 'docs/LICENSE.md', {}, { 'docs/LICENSE.md': page }, ['error unknown-text']],
    ['it lies in LICENSES/', 'LICENSES/own.txt', {}, { 'LICENSES/own.txt': page }, ['error unknown-text']],
    ['it lies at the root', 'license', {}, { license: page }, ['error unknown-text']],
    ['it lies in code from elsewhere', 'vendor/x/license', {}, { 'vendor/x/license': page }, ['error unknown-text']],
    ['it holds a license', 'lib/license', {}, { 'lib/license': text('JSON') }, ['error not-acceptable']],
    ['it held a license', 'lib/license', { 'lib/license': mit }, { 'lib/license': page }, ['error unrecognised']],
    [
      'a license goes away',
      'lib/license',
      { 'lib/license': mit, 'lib/a.c': '' },
      { 'lib/license': null },
      ['error removed'],
    ],
    [
      'it is too large to be read',
      'lib/license',
      {},
      { 'lib/license': fileOf('', { truncated: true, text: null, size: 50_000_000 }) },
      ['error unknown-text'],
    ],
  ])('is one where %s: %s', (_, path, base, head, expected) => {
    const found = lines(judgeChange({ base, head }));
    expect(found.slice(0, 1).map((line) => line.split(` ${path}`)[0])).toEqual(expected);
  });

  test('is one where a license was renamed to it', () => {
    const verdict = judgeChange({
      base: { LICENSE: mit },
      head: { LICENSE: null, 'docs/license.md': page },
      renamed: { 'docs/license.md': 'LICENSE' },
    });
    expect(lines(verdict)[0]).toMatch(/^error unrecognised docs.license\.md/);
  });
});

describe('Headers', () => {
  test.each<[string, Tree, Tree, string[]]>([
    [
      'that change are an alarm',
      { 'a.ts': `// ${tag('MIT')}\n` },
      { 'a.ts': `// ${tag('ISC')}\n` },
      ['error tag-changed a.ts:1'],
    ],
    [
      'that vanish are an alarm',
      { 'a.ts': `// ${tag('MIT')}\n` },
      { 'a.ts': 'let a;\n' },
      ['error tag-removed a.ts:1'],
    ],
    [
      'of several tags need every one acceptable',
      {},
      { 'a.ts': `// ${tag('MIT')}\n// ${tag('JSON')}\n` },
      ['error not-acceptable a.ts:1'],
    ],
    ['with a choice need one acceptable', {}, { 'a.ts': `// ${tag('MIT OR JSON')}\n` }, ['ok clean']],
    ['of LicenseRef- are unknown', {}, { 'a.ts': `// ${tag('LicenseRef-Ours')}\n` }, ['error unknown a.ts:1']],
    ['of NONE are not acceptable', {}, { 'a.ts': `// ${tag('NONE')}\n` }, ['error not-acceptable a.ts:1']],
    [
      'that hide behind a NUL byte are an alarm',
      { 'a.ts': `// ${tag('MIT')}\n` },
      { 'a.ts': fileOf('', { binary: true, text: null, size: 9 }) },
      ['error tag-removed a.ts'],
    ],
    [
      'further down are reported',
      {},
      { 'a.ts': `// ${tag('MIT')}\nlet a;\n// ${tag('ISC')}\n` },
      ['warning stray a.ts:3'],
    ],
    [
      'in a .license file count',
      {},
      { 'a.png': fileOf('', { binary: true, text: null, size: 9 }), 'a.png.license': tag('JSON') },
      ['error not-acceptable a.png', 'error not-acceptable a.png.license:1'],
    ],
  ])('%s', (_, base, head, expected) => {
    expect(lines(judgeChange({ base, head, settings: used }))).toEqual(expected);
  });

  const png = fileOf('', { binary: true, text: null, size: 9 });
  const toml = `version = 1\n[[annotations]]\npath = "**"\nSPDX-License-${'Identifier'} = "MIT"\n`;
  test.each<[string, Tree, Tree, string[]]>([
    ['are an alarm where nothing else says it', {}, {}, ['error tag-removed a.png.license']],
    ['are none where REUSE.toml says it', { 'REUSE.toml': toml }, {}, []],
    [
      'are an alarm where it is another then',
      { 'REUSE.toml': toml.replace('MIT', 'ISC') },
      {},
      ['error tag-changed a.png.license'],
    ],
    ['are none where the file goes too', {}, { 'a.png': null }, []],
  ])('of a .license file that is removed %s', (_, base, head, expected) => {
    const before = { 'a.png': png, 'a.png.license': tag('MIT'), ...base };
    const found = lines(judgeChange({ base: before, head: { 'a.png.license': null, ...head }, settings: used }));
    expect(found).toEqual(expected);
  });

  test('of a .license file may move into the file itself', () => {
    const base = { 'a.ts': 'let a;\n', 'a.ts.license': tag('MIT') };
    const head = { 'a.ts': `// ${tag('MIT')}\nlet a;\n`, 'a.ts.license': null };
    expect(lines(judgeChange({ base, head }))).toEqual(['ok clean']);
  });

  test('of a .license file do not get lost by a rename', () => {
    const base = { 'a.png': png, 'a.png.license': tag('MIT') };
    const head = { 'a.png.license': null, 'b.png.license': tag('MIT') };
    const verdict = judgeChange({ base, head, renamed: { 'b.png.license': 'a.png.license' } });
    expect(lines(verdict)).toEqual(['error tag-removed a.png.license']);
  });

  test('of a file of 50 MB are unknown', () => {
    const head = { 'a.ts': fileOf('', { text: null, truncated: true, size: 50_000_000 }) };
    expect(lines(judgeChange({ head }))).toContain('error too-large a.ts');
  });

  test('lose a copyright notice', () => {
    const line = (name: string) => `// SPDX-${'FileCopyrightText'}: 2020 ${name}\n// ${tag('MIT')}\n`;
    const verdict = judgeChange({ base: { 'a.ts': line('Ada Example') }, head: { 'a.ts': line('Ben Example') } });
    expect(lines(verdict)).toEqual(['warning copyright-removed a.ts:1']);
  });
});

describe('A new file without a header', () => {
  test('is only mentioned where the repository uses no tags', () => {
    const verdict = judgeChange({ head: { 'a.ts': 'let a;\n', 'b.ts': 'let b;\n' } });
    expect(lines(verdict)).toEqual(['note no-header']);
    expect(verdict.outcome).toBe('pass');
  });

  test.each<[string, Tree, unknown]>([
    ['the repository has LICENSES/', { 'LICENSES/MIT.txt': mit }, {}],
    ['a changed file has a tag', { 'b.ts': `// ${tag('MIT')}\n` }, {}],
    ['the policy says so', {}, used],
  ])('is asked for one where %s', (_, base, settings) => {
    const head = { 'a.ts': 'let a;\n', ...('b.ts' in base ? { 'b.ts': `${base['b.ts']}let b;\n` } : {}) };
    expect(lines(judgeChange({ base, head, settings }))).toEqual(['error header-missing a.ts:1']);
  });

  test.each([
    ['a picture', 'a.png'],
    ['a lock file', 'package-lock.json'],
    ['a page', 'README.md'],
    ['a workflow', '.github/workflows/ci.yml'],
    ['data', 'data.json'],
  ])('is not asked for one where only sources have tags, and it is %s', (_, path) => {
    const base = { 'b.ts': `// ${tag('MIT')}\n` };
    const content = path === 'a.png' ? fileOf('', { binary: true, text: null, size: 9 }) : '{}\n';
    const verdict = judgeChange({ base, head: { 'b.ts': `${base['b.ts']}let b;\n`, [path]: content } });
    expect(verdict.outcome).toBe('pass');
  });

  test('is shown the exact header, after what has to come first, with the license of the repository', () => {
    const head = { 'run.py': '#!/usr/bin/python3\nprint(1)\n' };
    const [finding] = judgeChange({ base: { LICENSE: apache }, head, settings: used }).findings;
    expect(finding?.suggestion).toEqual({
      line: 2,
      insert: `# SPDX-${'FileCopyrightText'}: 2026 Ada Example\n#\n# ${tag('Apache-2.0')}`,
    });
  });

  test('is told that the header is a guess where the license file fits two', () => {
    const head = { 'a.ts': 'let a;\n' };
    const base = { LICENSE: text('GPL-3.0-only') };
    const guess = 'LICENSE” fits “GPL-3.0-only” or “GPL-3.0-or-later”; write the one that holds here.';
    expect(words(judgeChange({ base, head, settings: used }))).toContain(guess);
    expect(words(judgeChange({ base, head, settings: { ...used, outbound: 'GPL-3.0-only' } }))).not.toContain('guess');
    const tagged = { 'b.ts': `// ${tag('GPL-3.0-or-later')}\n` };
    const change = { base: { ...base, ...tagged }, head: { ...head, 'b.ts': `${tagged['b.ts']}let b;\n` } };
    expect(words(judgeChange({ ...change, settings: used }))).not.toContain('guess');
  });

  test.each(['a.png', 'package-lock.json', 'site.min.js', 'data.json'])('is never asked to put one into %s', (path) => {
    const content = path.endsWith('.png') ? fileOf('', { binary: true, text: null, size: 9 }) : '{}\n';
    const missing = judgeChange({ head: { [path]: content }, settings: used }).findings.filter(
      ({ code }) => code === 'license.header-missing',
    );
    expect(missing.every(({ suggestion }) => suggestion === undefined)).toBe(true);
  });

  test.each([
    [
      'REUSE.toml',
      `version = 1\n[[annotations]]\npath = "**"\nSPDX-${'FileCopyrightText'} = "2026 Ada"\nSPDX-License-${'Identifier'} = "MIT"\n`,
    ],
    [
      '.reuse/dep5',
      'Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n\nFiles: *\nCopyright: 2026 Ada\nLicense: MIT\n',
    ],
  ])('is spoken for by %s', (path, content) => {
    expect(lines(judgeChange({ base: { [path]: content }, head: { 'a.ts': 'let a;\n' }, settings: used }))).toEqual([
      'ok clean',
    ]);
  });

  test('is no file from elsewhere', () => {
    const base = { 'vendor/x/LICENSE': mit };
    expect(lines(judgeChange({ base, head: { 'vendor/x/a.c': 'int a;\n' }, settings: used }))).toEqual(['ok clean']);
  });
});

describe('REUSE.toml', () => {
  const reuse = (expression: string) =>
    `version = 1\n[[annotations]]\npath = "**"\nSPDX-License-${'Identifier'} = "${expression}"\n`;
  const two = (src: string, docs: string) =>
    `${reuse(src)}\n[[annotations]]\npath = ["docs/**"]\nSPDX-License-${'Identifier'} = "${docs}"\n`;

  test('that says the same in another order is none', () => {
    const base = { 'REUSE.toml': two('MIT', 'ISC') };
    const [first = '', ...tables] = base['REUSE.toml'].split('\n[[annotations]]').map((part) => part.trim());
    const head = { 'REUSE.toml': [first, ...tables.reverse()].join('\n[[annotations]]\n') };
    expect(lines(judgeChange({ base, head }))).toEqual(['ok clean']);
  });

  test.each<[string, Tree, Tree, string]>([
    [
      'that says something else',
      { 'REUSE.toml': reuse('MIT') },
      { 'REUSE.toml': reuse('ISC') },
      'error reuse-changed REUSE.toml',
    ],
    [
      'that swaps what it says of two places',
      { 'REUSE.toml': two('MIT', 'ISC') },
      { 'REUSE.toml': two('ISC', 'MIT') },
      'error reuse-changed REUSE.toml',
    ],
    ['that brings in what is not acceptable', {}, { 'REUSE.toml': reuse('JSON') }, 'error not-acceptable REUSE.toml'],
    ['that cannot be read', {}, { 'REUSE.toml': 'version = [' }, 'error reuse-unreadable REUSE.toml'],
  ])('%s is a finding', (_, base, head, expected) => {
    expect(lines(judgeChange({ base, head })).map((line) => line.replace(/:\d+$/, ''))).toContain(expected);
  });
});

describe('Manifests', () => {
  const npm = (license: unknown) => `${JSON.stringify({ name: 'x', license })}\n`;
  const known = { dependencies: { read: true as const, changes: [] } };
  test.each<[string, Tree, Tree, string[]]>([
    [
      'that change nothing about the license',
      { 'package.json': npm('JSON') },
      { 'package.json': `${npm('JSON')}\n` },
      ['ok clean'],
    ],
    ['that come in', {}, { 'package.json': npm('MIT') }, ['ok clean']],
    [
      'that come in without a license',
      {},
      { 'package.json': npm('UNLICENSED') },
      ['error not-acceptable package.json:1'],
    ],
    [
      'that change the license',
      { 'package.json': npm('MIT') },
      { 'package.json': npm('ISC') },
      ['error manifest-changed package.json:1'],
    ],
    [
      'that drop the license',
      { 'package.json': npm('MIT') },
      { 'package.json': '{"name": "x"}' },
      ['error manifest-removed package.json'],
    ],
    ['that are broken', {}, { 'package.json': '{"name":\n' }, ['error manifest-unreadable package.json']],
    [
      'that explode',
      {},
      { 'pom.xml': '<!DOCTYPE p [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><project><name>&b;</name></project>' },
      ['error manifest-unreadable pom.xml'],
    ],
  ])('%s', (_, base, head, expected) => {
    const found = lines(judgeChange({ base, head, facts: known }));
    expect(
      found.filter((line) => !line.includes('lock-')).map((line) => line.replace(/(unreadable \S+?):\d+$/, '$1')),
    ).toEqual(expected);
  });
});

describe('A license file that a manifest names', () => {
  const cargo = '[package]\nname = "x"\nlicense-file = "../LICENSE"\n';
  test.each<[string, Tree, string[]]>([
    ['is judged where it was there before', { LICENSE: mit }, ['ok clean']],
    ['is judged where it is not acceptable', { LICENSE: text('JSON') }, ['error not-acceptable x/Cargo.toml:3']],
    ['is unknown where it holds no license', { LICENSE: 'Ask us.\n' }, ['error unknown x/Cargo.toml:3']],
    ['has to be there', {}, ['error manifest-file x/Cargo.toml:3']],
  ])('%s', (_, base, expected) => {
    const facts = { dependencies: { read: true as const, changes: [] } };
    expect(lines(judgeChange({ base, head: { 'x/Cargo.toml': cargo }, facts }))).toEqual(expected);
  });

  test.each(['/etc/LICENSE', '../../LICENSE', '.', 'a/..', 'a/'.repeat(3_000)])(
    'is none outside of the repository: %s',
    (path) => {
      const head = { 'package.json': JSON.stringify({ license: `SEE LICENSE IN ${path}` }) };
      expect(lines(judgeChange({ base: { LICENSE: mit }, head }))).toContain('error manifest-file package.json:1');
    },
  );
});

describe('License files that a manifest names by the thousand', () => {
  test('are not all read', () => {
    const cfg = `[metadata]\nlicense_file =\n${Array.from({ length: 1_000 }, (_, at) => `  L${at}`).join('\n')}\n`;
    const base = Object.fromEntries(Array.from({ length: 1_000 }, (_, at) => [`L${at}`, mit]));
    const verdict = judgeChange({ base, head: { 'setup.cfg': cfg } });
    expect(lines(verdict).filter((line) => line.startsWith('error manifest-file'))).toHaveLength(995);
  });
});

describe('A verdict that fails', () => {
  const base = { 'a.ts': `// ${tag('MIT')}\n` };
  const verdict = judgeChange({ base, head: { 'a.ts': `// ${tag('JSON')}\n`, 'b.ts': 'let b;\n' }, settings: used });

  test('tells a way out for each kind of finding, of which one is not enough', () => {
    expect(verdict.remedies.map(({ partial }) => partial)).toEqual([true, true, true]);
  });

  test('has a table of outcomes, without columns of nothing', () => {
    expect(verdict.table).toEqual({
      columns: ['', 'Looked at', 'Need a change'],
      rows: [['Source files', '2', '3']],
    });
  });
});
