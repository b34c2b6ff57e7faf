// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import spdx from 'spdx-license-list/full.js';
import type { Contribution, Entry } from '../../../src/contribution/contribution.ts';
import { contributionSchema } from '../../../src/contribution/contribution.ts';
import { license } from '../../../src/rules/license/license.ts';
import { licenseSettings } from '../../../src/rules/license/settings.ts';
import { contributionOf, shaOf, signedCommitBy } from '../../helpers/contribution.ts';
import { fileOf, firstNeeds, judgeChange, lines, type Tree, tag, words } from './trees.ts';

const mit = spdx.MIT?.licenseText ?? '';
const ada = 'Ada Example <ada@example.org>';
const added = (path: string) => ({ path, change: 'added' as const });
const files = (...paths: string[]) => ({ files: paths.map(added), totals: { commits: 1, files: paths.length } });

describe('The rule asks for', () => {
  const head = shaOf(1);
  test('the list of files where it has not been read', () => {
    expect(firstNeeds({ files: null })).toEqual([{ fact: 'files', head }]);
  });

  test('the merge base where the commits do not tell it', () => {
    const merge = { ...signedCommitBy(ada, 'Merge'), parents: [shaOf(7), shaOf(8)] };
    const contribution = contributionOf([merge], files('a.ts'));
    expect(license.needs(contribution, licenseSettings.parse({}))).toEqual([{ fact: 'merge-base', head }]);
  });

  test('where renamed files lay before', () => {
    const renamed = { files: [{ path: 'a', change: 'renamed' as const }], totals: { commits: 1, files: 1 } };
    expect(firstNeeds(renamed)).toEqual([{ fact: 'former-paths', head }]);
  });

  test('nothing of a list with gaps, which cannot be judged', () => {
    expect(firstNeeds({ files: [added('a')], totals: { commits: 1, files: 2 } })).toEqual([]);
  });

  test('no more than two paths for each of 20 source files, and a handful for the tree', () => {
    const paths = Array.from({ length: 20 }, (_, index) => `src/${index}.ts`);
    const [need, ...others] = firstNeeds(files(...paths));
    expect(others).toEqual([]);
    expect(need?.fact === 'contents' ? need.lookups.length : 0).toBeLessThanOrEqual(60);
  });

  test('the dependency review only where something names dependencies', () => {
    expect(firstNeeds(files('a.ts')).map(({ fact }) => fact)).toEqual(['contents']);
    expect(firstNeeds(files('web/package-lock.json')).map(({ fact }) => fact)).toEqual(['contents', 'dependencies']);
  });

  test('the facts of each pull request of a merge group', () => {
    const { queued: _, ...facts } = contributionOf([signedCommitBy(ada, 'One')], { files: null });
    const group = { ...contributionOf([signedCommitBy(ada, 'One')]), queued: [facts, facts] };
    expect(license.needs(group, licenseSettings.parse({}))).toHaveLength(2);
  });
});

describe('The verdict is incomplete where', () => {
  const verdictOn = (facts: Partial<Contribution>) =>
    license.judge(contributionOf([signedCommitBy(ada, 'One')], facts), licenseSettings.parse({}));

  test.each<[string, Partial<Contribution>, string]>([
    ['the list of files is not known', { files: null }, 'gap files-missing'],
    ['files are missing from it', { files: [added('a')], totals: { commits: 1, files: 2 } }, 'gap files-missing'],
    [
      'GitHub lists as many as it ever does',
      files(...Array.from({ length: 3000 }, (_, index) => `${index}`)),
      'gap files-missing',
    ],
    ['a file comes twice', files('a', 'a'), 'gap files-repeated'],
    [
      'nobody knows what to compare with',
      { ...files('a'), commits: [], totals: { commits: 1, files: 1 } },
      'gap no-merge-base',
    ],
    ['a changed file was not read', files('a.ts'), 'gap unread a.ts'],
    ['a changed license file was not read', files('LICENSE'), 'gap unread LICENSE'],
    [
      'a renamed file may have been anything',
      { files: [{ path: 'a', change: 'renamed' }], totals: { commits: 1, files: 1 } },
      'gap unread a',
    ],
  ])('%s', (_, facts, expected) => {
    const verdict = verdictOn(facts);
    expect(verdict.outcome).toBe('incomplete');
    expect(lines(verdict)).toContain(expected);
  });

  test('it says how to try again', () => {
    expect(words(verdictOn({ files: null }))).toContain('/recheck');
  });

  test('it says what no second try mends: a name in another encoding', () => {
    expect(words(verdictOn(files('caf\ufffd.ts')))).toContain('rename it');
    expect(words(verdictOn(files('café.ts')))).not.toContain('rename it');
  });
});

describe('Code from elsewhere', () => {
  test.each<[string, Tree, string[]]>([
    ['without a license', { 'vendor/x/src/a.c': 'int a;\n' }, ['error vendored-unlicensed vendor/x']],
    ['with one beside it', { 'vendor/x/src/a.c': 'int a;\n', 'vendor/x/LICENSE': mit }, ['ok clean']],
    ['with one above all of it', { 'third_party/x/a.c': 'int a;\n', 'third_party/COPYING': mit }, ['ok clean']],
    [
      'nested in another package',
      { 'node_modules/x/node_modules/y/a.js': 'a;\n', 'node_modules/x/LICENSE': mit },
      ['ok clean'],
    ],
    [
      'that only the repository has one for',
      { LICENSE: mit, 'vendor/x/a.c': 'int a;\n' },
      ['error vendored-unlicensed vendor/x'],
    ],
    ['whose header says it', { 'third_party/x.h': `// ${tag('BSL-1.0')}\n` }, ['ok clean']],
    [
      'whose header says what is not acceptable',
      { 'third_party/x.h': `// ${tag('JSON')}\n` },
      ['error not-acceptable third_party/x.h:1'],
    ],
    [
      'for which REUSE.toml speaks',
      {
        'vendor/x/a.c': 'int a;\n',
        'REUSE.toml': `version = 1\n[[annotations]]\npath = "vendor/**"\nSPDX-License-${'Identifier'} = "MIT"\n`,
      },
      ['ok clean'],
    ],
    [
      'beside what tools and keepers put there',
      {
        'vendor/modules.txt': '# x v1\n',
        'vendor/autoload.php': '<?php\n',
        'node_modules/.package-lock.json': '{}\n',
        'node_modules/.bin/x': fileOf('../x/x.js', { mode: 'symlink' }),
        'third_party/README.md': 'Theirs.\n',
      },
      ['ok clean'],
    ],
    [
      'called as what tools put there, further down',
      { 'vendor/x/Makefile': 'all:\n' },
      ['error vendored-unlicensed vendor/x'],
    ],
    ['where the policy says that it lies', { 'ext/x/a.c': 'int a;\n' }, ['error vendored-unlicensed ext/x']],
  ])('%s', (_, head, expected) => {
    expect(lines(judgeChange({ head, settings: { vendored: ['ext/**'] } }))).toEqual(expected);
  });

  test('is named by its directory where a glob says that it lies anywhere', () => {
    const settings = { vendored: ['**/external/**'] };
    const head = { 'lib/external/x/a.c': 'int a;\n' };
    expect(lines(judgeChange({ head, settings }))).toEqual(['error vendored-unlicensed lib']);
  });

  test('is judged by a license that was there before', () => {
    const base = { 'vendor/x/LICENSE': spdx.JSON?.licenseText ?? '' };
    expect(lines(judgeChange({ base, head: { 'vendor/x/a.c': 'int a;\n' } }))).toEqual([
      'error not-acceptable vendor/x/LICENSE',
    ]);
  });
});

describe('New code from elsewhere under a license file that Git takes for a renamed one', () => {
  test('is judged by it', () => {
    const json = spdx.JSON?.licenseText ?? '';
    const base = { 'vendor/x/LICENSE': json, 'vendor/x/a.c': 'int a;\n' };
    const head = {
      'vendor/x/LICENSE': null,
      'vendor/x/a.c': null,
      'vendor/y/LICENSE': json,
      'vendor/y/b.c': 'int b;\n',
    };
    const verdict = judgeChange({ base, head, renamed: { 'vendor/y/LICENSE': 'vendor/x/LICENSE' } });
    expect(lines(verdict)).toEqual(['error not-acceptable vendor/y/LICENSE']);
  });
});

describe('Submodules', () => {
  const url = 'https://github.com/elsewhere/widget.git';
  const sub = (sha: string): Entry => ({ kind: 'submodule', sha, url });
  const modules = (address: string) => `[submodule "w"]\n\tpath = w\n\turl = ${address}\n`;
  const known = (text: string) => ({ submodules: [{ url, sha: shaOf(5), files: [{ path: 'LICENSE', text }] }] });

  test.each<[string, Tree, Tree, Partial<Contribution>, string[]]>([
    ['whose license is acceptable', {}, { w: sub(shaOf(5)) }, known(mit), ['ok clean']],
    ['whose license is not', {}, { w: sub(shaOf(5)) }, known(spdx.JSON?.licenseText ?? ''), ['error not-acceptable w']],
    ['that cannot be read', {}, { w: sub(shaOf(5)) }, {}, ['error unknown w']],
    ['that move', { w: sub(shaOf(4)) }, { w: sub(shaOf(5)) }, {}, ['error unknown w']],
    [
      'among code from elsewhere',
      {},
      { 'third_party/w': sub(shaOf(5)), '.gitmodules': modules(url).replace('path = w', 'path = third_party/w') },
      known(mit),
      ['ok clean'],
    ],
    [
      'whose address alone changes',
      { w: sub(shaOf(5)), '.gitmodules': modules('https://a.example.org/w') },
      { '.gitmodules': modules(url) },
      known(mit),
      ['ok clean'],
    ],
    [
      'whose address alone changes in a section of its own',
      { w: sub(shaOf(5)), '.gitmodules': modules(url) },
      { '.gitmodules': `${modules(url)}[submodule "w"]\n\turl = https://a.example.org/w\n` },
      known(mit),
      ['error unknown w'],
    ],
    [
      'whose address nobody can read',
      { w: sub(shaOf(5)), '.gitmodules': modules(url) },
      { '.gitmodules': fileOf('', { binary: true, text: null, size: 9 }) },
      known(mit),
      ['gap unread .gitmodules'],
    ],
  ])('%s', (_, base, head, facts, expected) => {
    expect(lines(judgeChange({ base, head, facts }))).toEqual(expected);
  });
});

describe('Dependencies', () => {
  const lock = (license?: string) => {
    const left = { version: '1.0.0', resolved: 'https://registry.npmjs.org/left/-/left-1.0.0.tgz', license };
    return `${JSON.stringify({ lockfileVersion: 3, packages: { '': {}, 'node_modules/left': left } }, null, 1)}\n`;
  };
  const review = (license: string | null, purl = 'pkg:npm/left@1.0.0') => ({
    dependencies: {
      read: true as const,
      changes: [
        { change: 'added' as const, manifest: 'package-lock.json', purl, name: 'left', version: '1.0.0', license },
      ],
    },
  });
  const noReview = { dependencies: { read: false as const, why: 'it is off' } };

  test.each<[string, Partial<Contribution>, string, string[]]>([
    ['with an OSI-approved license', review('MIT'), lock(), ['ok clean']],
    ['with another', review('BUSL-1.1'), lock(), ['error not-acceptable package-lock.json:5']],
    ['that GitHub knows nothing of', review(null), lock(), ['error unknown package-lock.json:5']],
    ['that nobody asserts anything of', review('NOASSERTION'), lock(), ['error unknown package-lock.json:5']],
    ['without a review and without a license in the lock file', noReview, lock(), ['warning dependencies-not-judged']],
    ['without a review, licensed by the lock file', noReview, lock('MIT'), ['ok clean']],
    [
      'without a review, not acceptable by the lock file',
      noReview,
      lock('BUSL-1.1'),
      ['error not-acceptable package-lock.json:5'],
    ],
    ['in a lock file that cannot be read', review('MIT'), '{', ['warning lock-unreadable package-lock.json:1']],
  ])('%s', (_, facts, text, expected) => {
    expect(lines(judgeChange({ head: { 'package-lock.json': text }, facts }))).toEqual(expected);
  });

  test('are not passed over where the lock file could not be read before either', () => {
    const verdict = judgeChange({
      base: { 'package-lock.json': '{' },
      head: { 'package-lock.json': '{{' },
      facts: noReview,
    });
    expect(lines(verdict)).toEqual(['warning dependencies-not-judged']);
  });

  type Named = readonly [
    change: 'added' | 'removed',
    manifest: string,
    purl: string,
    version: string,
    license: string | null,
  ];
  const lockFile = ['added', 'package-lock.json', 'pkg:npm/left@1.2.0', '1.2.0', 'MIT'] as const;
  const range = ['added', 'package.json', 'pkg:npm/left', '^1.0.0', null] as const;
  const unknown = 'error unknown package.json';
  test.each<[string, readonly Named[], string[]]>([
    ['by a range and its lock file count once, by the version that is locked', [range, lockFile], ['ok clean']],
    [
      'of a workspace are locked above',
      [['added', 'a/b/package.json', 'pkg:npm/left', '~> 1', null], lockFile],
      ['ok clean'],
    ],
    [
      'of a Gemfile are locked as well',
      [
        ['added', 'Gemfile', 'pkg:gem/left', '~> 1', null],
        ['added', 'Gemfile.lock', 'pkg:gem/left@1.2.0', '1.2.0', 'MIT'],
      ],
      ['ok clean'],
    ],
    ['by a range alone are unknown', [range], [unknown]],
    [
      'locked elsewhere are unknown',
      [range, ['added', 'x/package-lock.json', 'pkg:npm/left@1.2.0', '1.2.0', 'MIT']],
      [unknown],
    ],
    [
      'locked by another name are unknown',
      [range, ['added', 'package-lock.json', 'pkg:npm/right@1', '1', 'MIT']],
      [unknown],
    ],
    [
      'that are an alias are unknown, whatever else is locked',
      [['added', 'package.json', 'pkg:npm/left', 'npm:evil@^1', null], lockFile],
      [unknown],
    ],
    [
      'that are locked and unknown are unknown once',
      [range, ['added', 'package-lock.json', 'pkg:npm/left@1.2.0', '1.2.0', null]],
      ['error unknown package-lock.json'],
    ],
    [
      'that move from one lock file to another were there before',
      [
        ['removed', 'yarn.lock', 'pkg:npm/left@1.2.0', '1.2.0', null],
        ['added', 'package-lock.json', 'pkg:npm/left@1.2.0', '1.2.0', null],
      ],
      ['ok clean'],
    ],
    [
      'of another version come in',
      [
        ['removed', 'package.json', 'pkg:npm/left', '^1.0.0', null],
        ['added', 'package.json', 'pkg:npm/left', '^2.0.0', null],
      ],
      [unknown],
    ],
  ])('%s', (_, named, expected) => {
    const changes = named.map(([change, manifest, purl, version, license]) => {
      return { change, manifest, purl, name: 'left', version, license };
    });
    const facts = { dependencies: { read: true as const, changes } };
    const verdict = judgeChange({ head: { 'package.json': '{"license": "MIT"}' }, facts });
    expect(lines(verdict)).toEqual(expected);
  });

  test('are named where nobody judged them', () => {
    const verdict = judgeChange({ head: { 'package-lock.json': lock() }, facts: noReview });
    expect(words(verdict)).toContain('pkg:npm/left@1.0.0');
  });

  test.each(['pkg:npm/left', 'pkg:npm/left@1.0.0'])('have exceptions by the purl %s', (purl) => {
    const exceptions = [{ purl, reason: 'Ours', approvedBy: 'ada' }];
    const head = { 'package-lock.json': lock() };
    expect(judgeChange({ head, facts: review(null), settings: { exceptions } }).outcome).toBe('pass');
    const other = judgeChange({ head, facts: review(null, 'pkg:npm/left-pad@1.0.0'), settings: { exceptions } });
    expect(other.outcome).toBe('fail');
  });
});

describe('Whatever strangers write', () => {
  const names = fc.constantFrom(
    'LICENSE',
    'a.ts',
    'REUSE.toml',
    '.reuse/dep5',
    'package.json',
    'pom.xml',
    'Cargo.toml',
    '.gitmodules',
    'package-lock.json',
    'vendor/x/a.c',
    'a.license',
    'debian/copyright',
    '__proto__',
    'constructor',
  );
  const text = fc.oneof(
    fc.string({ maxLength: 300 }),
    fc.constantFrom(mit, `// ${tag('(')}\n`, '{"license": {}}', '[annotations]'),
  );

  test('there is a verdict, and it can be recorded', () => {
    fc.assert(
      fc.property(
        fc.dictionary(names, text, { maxKeys: 4 }),
        fc.dictionary(names, text, { maxKeys: 4 }),
        (base, head) => {
          const verdict = judgeChange({ base, head });
          expect(['pass', 'fail', 'incomplete', 'not-applicable']).toContain(verdict.outcome);
        },
      ),
      { numRuns: 150 },
    );
  });

  test('a recorded contribution gives the same verdict again', () => {
    const facts = {
      contents: [{ commit: shaOf(1), path: 'a.ts', entry: fileOf(`// ${tag('JSON')}\n`) }],
      ...files('a.ts'),
    };
    const contribution = contributionOf([signedCommitBy(ada, 'One')], { ...facts, judgedOn: '2026-11-22' });
    const again = contributionSchema.parse(JSON.parse(JSON.stringify(contribution)));
    const settings = licenseSettings.parse({});
    expect(license.judge(again, settings)).toEqual(license.judge(contribution, settings));
  });
});

describe('More license text than anybody can wait for', () => {
  const head = Object.fromEntries(
    Array.from({ length: 30 }, (_, at) => [`lib${at}/LICENSE`, `${at} is what you pay. `.repeat(12_000)]),
  );
  const tooMuch = /All license files of this pull request together are too large/;

  test('is unknown, not passed', () => {
    const verdict = judgeChange({ head });
    expect(verdict.findings).toHaveLength(30);
    expect(verdict.findings.every(({ level }) => level === 'error')).toBe(true);
    expect(words(verdict)).toMatch(tooMuch);
  });

  test('is not read as pages about licenses either', () => {
    const pages = Array.from({ length: 40 }, (_, at) => [`docs/${at}/license.md`, `${at} is a page. `.repeat(7_000)]);
    const verdict = judgeChange({ head: Object.fromEntries(pages) });
    expect(verdict.outcome).toBe('fail');
    expect(words(verdict)).toMatch(tooMuch);
  });

  test('is read all the same on the command line', () => {
    expect(words(judgeChange({ head, facts: { source: 'git' } }))).not.toMatch(tooMuch);
  });
});
