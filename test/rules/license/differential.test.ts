// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { statementOf } from '../../../src/rules/license/statement.ts';
import { tag } from './trees.ts';

const isThere = spawnSync('licensecheck', ['--version']).error === undefined;
/** Those that version 3.3.5 names as SPDX does: the GNU licenses it names in its own way. */
const ids = ['MIT', 'Apache-2.0', 'MPL-2.0', 'ISC'];
const styles: readonly (readonly [name: string, (line: string) => string])[] = [
  ['a.c', (line) => `/* ${line} */\nint a;\n`],
  ['a.py', (line) => `#!/usr/bin/python3\n# ${line}\n`],
  ['a.ts', (line) => `// ${line}\nlet a;\n`],
  ['a.html', (line) => `<!DOCTYPE html>\n<!-- ${line} -->\n`],
  ['a.sql', (line) => `-- ${line}\n`],
];
const tree = new Map(ids.flatMap((id) => styles.map(([name, write]) => [`${id}.${name}`, write(tag(id))] as const)));

/** The licenses of the tree's files as licensecheck names them. */
function byLicensecheck(): Record<string, string> {
  const directory = mkdtempSync(join(tmpdir(), 'countersign-headers-'));
  try {
    for (const [name, text] of tree) writeFileSync(join(directory, name), text);
    const options = ['--shortname-scheme=spdx', '--machine', '--check=.*', '--recursive', '.'];
    const { stdout } = spawnSync('licensecheck', options, { cwd: directory, encoding: 'utf8' });
    return Object.fromEntries([...stdout.matchAll(/^(?:\.\/)?(\S+)\t(.+)$/gm)].map(([, name, id]) => [name, id]));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

(isThere ? describe : describe.skip)('licensecheck (a program of Debian; skipped where it is not installed)', () => {
  test('finds in headers what is found here', () => {
    const ours = [...tree].map(([name, text]) => [name, statementOf(name, text).expression]);
    expect(byLicensecheck()).toEqual(Object.fromEntries(ours));
  });
});
