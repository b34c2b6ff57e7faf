// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { matchesGlob } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { files, read } from './tree.ts';

// REUSE Specification 3.3: licensing information is in the file, in FILE.license beside it, or in REUSE.toml. Where there
// is a sidecar, it counts instead of what the file says.

const licenseTag = /SPDX-License-Identifier: ([^\s*]+)/;
const copyrightTag = /SPDX-FileCopyrightText: \S/;

interface Licensing {
  readonly license: string | null;
  readonly copyright: boolean;
}

/** The annotations of REUSE.toml, written in the part of TOML that this project needs: strings and lists of strings. */
function annotations(): readonly { readonly paths: readonly string[]; readonly licensing: Licensing }[] {
  return read('REUSE.toml')
    .split('[[annotations]]')
    .slice(1)
    .map((table) => ({
      paths: [...(/^path = \[(.*?)\]/ms.exec(table)?.[1] ?? '').matchAll(/"(.*?)"/g)].map((match) => String(match[1])),
      licensing: {
        license: /^SPDX-License-Identifier = "(.*)"/m.exec(table)?.[1] ?? null,
        copyright: /^SPDX-FileCopyrightText = "\S.*"/m.test(table),
      },
    }));
}

function licensingIn(text: string): Licensing {
  return { license: licenseTag.exec(text)?.[1] ?? null, copyright: copyrightTag.test(text) };
}

function licensingOf(path: string, all: ReadonlySet<string>): Licensing {
  if (all.has(`${path}.license`)) return licensingIn(read(`${path}.license`));
  const own = licensingIn(read(path).slice(0, 1000));
  if (own.license !== null) return own;
  const annotated = annotations().filter(({ paths }) => paths.some((glob) => matchesGlob(path, glob)));
  return annotated.at(-1)?.licensing ?? own;
}

const all = new Set(files());
// License texts describe themselves; sidecars speak for another file.
const covered = [...all].filter((path) => !path.startsWith('LICENSES/') && !path.endsWith('.license'));

describe('REUSE', () => {
  test('every file says under which license it is, and whose it is', () => {
    const silent = covered.filter((path) => {
      const { license, copyright } = licensingOf(path, all);
      return license === null || !copyright;
    });
    expect(silent).toEqual([]);
  });

  test('every license in use has its text in LICENSES/, and no other text is there', () => {
    const used = new Set(covered.map((path) => `LICENSES/${licensingOf(path, all).license}.txt`));
    const texts = [...all].filter((path) => path.startsWith('LICENSES/'));
    expect(texts.sort()).toEqual([...used].sort());
  });

  test('every path in REUSE.toml matches a file', () => {
    const globs = annotations().flatMap(({ paths }) => paths);
    const idle = globs.filter((glob) => !covered.some((path) => matchesGlob(path, glob)));
    expect(globs.length).toBeGreaterThan(0);
    expect(idle).toEqual([]);
  });

  test('every sidecar has its file', () => {
    const sidecars = [...all].filter((path) => path.endsWith('.license'));
    expect(sidecars.filter((path) => !all.has(path.slice(0, -'.license'.length)))).toEqual([]);
  });
});
