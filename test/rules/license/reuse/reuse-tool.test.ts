// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

// REUSE-IgnoreStart
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { suggestHeader } from '../../../../src/rules/license/headers/comment-style.ts';
import { readHeader } from '../../../../src/rules/license/headers/header.ts';
import { isCovered } from '../../../../src/rules/license/reuse/covered.ts';
import { licensingOf } from '../../../../src/rules/license/reuse/reuse.ts';
import { readReuseFiles } from '../../../../src/rules/license/reuse/reuse-files.ts';
import { knownPaths } from '../headers/paths.ts';

type Tree = Record<string, string>;

/** The major version of the REUSE tool on this machine; null where it has none. */
const installed = /^reuse,? (?:version )?(\d+)/.exec(
  spawnSync('reuse', ['--version'], { encoding: 'utf8' }).stdout ?? '',
);
const version = installed === null ? null : Number(installed[1]);
const withTool = version === null ? describe.skip : describe;
/** REUSE.toml came with version 4 of the tool (specification 3.2). */
const withToml = version === null || version < 4 ? test.skip : test;

const tag = (expression: string) => `SPDX-License-Identifier: ${expression}\n`;
const holder = 'SPDX-FileCopyrightText: 2026 Ada Example\n';
const format = 'Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n';

/** License ids by path, as the tool finds them. */
function byTool(tree: Tree): Record<string, string[]> {
  const root = mkdtempSync(join(tmpdir(), 'countersign-reuse-'));
  try {
    for (const [path, text] of Object.entries(tree)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    const options = { cwd: root, encoding: 'utf8', stdio: 'pipe' } as const;
    return documentLicenses(execFileSync('reuse', ['spdx'], options));
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function documentLicenses(document: string): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const part of document.split('\nFileName: ./').slice(1)) {
    const ids = [...part.matchAll(/^LicenseInfoInFile: (.*)$/gm)].map((match) => match[1] ?? '');
    found[part.slice(0, part.indexOf('\n'))] = ids.filter((id) => id !== 'NOASSERTION').sort();
  }
  return found;
}

/** The same, as found here. */
function byUs(tree: Tree): Record<string, string[]> {
  const files = readReuseFiles(new Map(Object.entries(tree)));
  const covered = Object.entries(tree).filter(([path]) => isCovered(path));
  return Object.fromEntries(
    covered.map(([path, text]) => {
      const found = licensingOf(path, readHeader(path, text), files);
      const expressions = 'problem' in found ? ['problem'] : found.expressions.map((claim) => claim.text);
      const ids = expressions.flatMap((expression) => expression.match(/[\w.+-]+/g) ?? []);
      return [path, [...new Set(ids)].filter((id) => !['AND', 'OR', 'WITH'].includes(id)).sort()];
    }),
  );
}

withTool(`The REUSE tool${version === null ? ' (not installed here: apt-get install reuse)' : ''}`, () => {
  test('reads the headers that are suggested', () => {
    const paths = knownPaths.filter((path) => !path.endsWith('.license'));
    const tree = Object.fromEntries(
      paths.map((path, index) => [
        `${index}/${path}`,
        `${suggestHeader(path, 'MIT OR Zlib', '2026 Ada Example')}\n\nx\n`,
      ]),
    );
    const found = byTool(tree);
    expect(Object.keys(found)).toHaveLength(paths.length);
    expect(Object.entries(found).filter(([, ids]) => ids.join(' ') !== 'MIT Zlib')).toEqual([]);
  });

  test('finds the same licenses', () => {
    const tree: Tree = {
      'none.c': 'int x;\n',
      'one.c': `// ${holder}// ${tag('MIT')}`,
      'several.c': `/* ${holder} * ${tag('MIT')} * ${tag('Zlib OR ISC')} */\n`,
      'framed.c': `/****\n * ${tag('MIT').trim()} *\n ****/\n`,
      'exception.py': `# ${tag('GPL-2.0-or-later WITH GCC-exception-2.0')}`,
      'ignored.py': `# ${tag('MIT')}# REUSE-IgnoreStart\n# ${tag('Zlib')}# REUSE-IgnoreEnd\n# ${tag('ISC')}`,
      'page.html': `<!--\n${holder}${tag('MIT')}-->\n<html/>\n`,
      'image.png.license': holder + tag('Zlib'),
      'image.png': 'x',
      'both.c': `// ${tag('MIT')}`,
      'both.c.license': holder + tag('Zlib'),
      'LICENSES/MIT.txt': 'x',
      'a/b/c.sh': `#!/bin/sh\n# ${tag('MIT')}`,
      'windows.bat': `REM ${tag('MIT').trim()}\r\n`,
      'mark.md': `\uFEFF<!-- ${tag('MIT').trim()} -->\n`,
    };
    expect(byUs(tree)).toEqual(byTool(tree));
  });

  test('takes .reuse/dep5 in the same way', () => {
    const paragraph = (files: string, license: string) =>
      `\nFiles: ${files}\nCopyright: 2026 Example\nLicense: ${license}\n`;
    const tree: Tree = {
      '.reuse/dep5': `${format}${paragraph('*', 'MIT')}${paragraph('a/* b?.c', 'Zlib')}${paragraph('a/b/x\\*.c', 'ISC')}`,
      'x.c': '\n',
      'a/x.c': '\n',
      'a/b/x.c': '\n',
      'a/b/x*.c': '\n',
      'b1.c': '\n',
      'b.c': '\n',
      'own.c': `// ${holder}// ${tag('0BSD')}`,
      'a/own.c': `// ${holder}// ${tag('0BSD')}`,
      'a/side.png': 'x',
      'a/side.png.license': holder + tag('0BSD'),
    };
    expect(byUs(tree)).toEqual(byTool(tree));
  });

  withToml('takes REUSE.toml in the same way', () => {
    const table = (path: string, license: string, precedence = 'closest') =>
      `[[annotations]]\npath = "${path}"\nprecedence = "${precedence}"\nSPDX-FileCopyrightText = "2026 Example"\nSPDX-License-Identifier = "${license}"\n`;
    const own = `// ${holder}// ${tag('0BSD')}`;
    const tree: Tree = {
      'REUSE.toml': `version = 1\n${table('**', 'MIT')}${table('a/**', 'Zlib', 'aggregate')}${table('b/**', 'ISC', 'override')}`,
      'a/REUSE.toml': `version = 1\n${table('*.c', 'X11')}${table('deep/**/x.c', 'NCSA', 'override')}`,
      'b/REUSE.toml': `version = 1\n${table('**', 'X11', 'override')}`,
      'x.c': '\n',
      'own.c': own,
      'a/x.c': '\n',
      'a/own.c': own,
      'a/c/x.c': '\n',
      'a/deep/x.c': own,
      'a/deep/er/x.c': own,
      'b/x.c': '\n',
      'b/own.c': own,
      'b/side.png': 'x',
      'b/side.png.license': holder + tag('0BSD'),
    };
    expect(byUs(tree)).toEqual(byTool(tree));
  });
});
