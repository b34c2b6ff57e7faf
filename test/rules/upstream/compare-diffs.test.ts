// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { plain } from '../../../src/report/phrase.ts';
import { baselineIn } from '../../../src/rules/upstream/baseline.ts';
import { compareChanges } from '../../../src/rules/upstream/compare-diffs.ts';
import { changesInFiles, changesInPatch } from '../../../src/rules/upstream/patch/changes.ts';

const line = fc.stringMatching(/^[ -~]{0,12}$/);
/** A hunk of one place: lines around it, lines that go and lines that come, one of these at least. */
const hunk = fc
  .record({
    above: fc.array(line, { maxLength: 3 }),
    gone: fc.array(line, { maxLength: 4 }),
    come: fc.array(line, { maxLength: 4 }),
    below: fc.array(line, { maxLength: 3 }),
  })
  .filter(({ gone, come }) => gone.length + come.length > 0);
type Hunk = typeof hunk extends fc.Arbitrary<infer One> ? One : never;

function written({ above, gone, come, below }: Hunk, at: number): string {
  const around = above.length + below.length;
  const marked = [
    ...above.map((text) => ` ${text}`),
    ...gone.map((text) => `-${text}`),
    ...come.map((text) => `+${text}`),
    ...below.map((text) => ` ${text}`),
  ];
  return `@@ -${at},${around + gone.length} +${at},${around + come.length} @@ main\n${marked.join('\n')}`;
}

const files = fc.uniqueArray(
  fc.tuple(fc.stringMatching(/^[a-z]{1,8}\.c$/), fc.array(hunk, { minLength: 1, maxLength: 3 })),
  {
    minLength: 1,
    maxLength: 4,
    selector: ([path]) => path,
  },
);
type Files = typeof files extends fc.Arbitrary<infer All> ? All : never;

const patchOf = (all: Files) =>
  `Mend it\n\n---\n${all.map(([path, hunks]) => `diff --git a/${path} b/${path}\nindex 1234567..89abcde 100644\n--- a/${path}\n+++ b/${path}\n${hunks.map((one) => `${written(one, 1)}\n`).join('')}`).join('')}`;
const shownOf = (all: Files, at: number, directory = '') =>
  all.map(([path, hunks]) => ({ path: `${directory}${path}`, patch: hunks.map((one) => written(one, at)).join('\n') }));
const differences = (patch: string, shown: ReturnType<typeof shownOf>) =>
  compareChanges(changesInPatch(patch), changesInFiles(shown)).map((one) => plain(one));

describe('A patch is what upstream changed', () => {
  test('wherever in its files, and in whatever directory, its lines stand, and however they end', () => {
    fc.assert(
      fc.property(files, fc.nat(), fc.constantFrom('', 'lib/'), fc.boolean(), (all, at, directory, isDos) => {
        const patch = isDos ? patchOf(all).replaceAll('\n', '\r\n') : patchOf(all);
        expect(differences(patch, shownOf(all, at, directory))).toEqual([]);
      }),
    );
  });

  test('unless a line is another one', () => {
    fc.assert(
      fc.property(files, fc.nat(), (all, pick) => {
        const shown = shownOf(all, 1);
        const chosen = shown[pick % shown.length];
        if (chosen === undefined) throw new Error('There is a file.');
        const changed = { ...chosen, patch: chosen.patch.replace(/^([+-])/m, '$1different ') };
        const others = shown.map((file) => (file === chosen ? changed : file));
        expect(differences(patchOf(all), others)).toEqual([`“${chosen.path}” differs`]);
      }),
    );
  });

  test('unless a file is left out, or is one too many', () => {
    fc.assert(
      fc.property(files, (all) => {
        const [[path = ''] = [], ...rest] = all;
        expect(differences(patchOf(all), shownOf(rest, 1))).toEqual([`“${path}” is not changed there`]);
        expect(differences(patchOf(rest), shownOf(all, 1))).toEqual([`“${path}” is left out here`]);
      }),
    );
  });
});

describe('The comparison', () => {
  test('never throws, whatever it reads', () => {
    const piece = fc.constantFrom(
      '@@ -1 +1 @@',
      '@@ -1,9 +1,0 @@',
      '@@ -x',
      '--- a/x',
      '+++ b/x',
      '+++ /dev/null',
      '-',
      '+',
      ' ',
      '\\',
      '\r',
      '',
    );
    const text = fc.array(fc.oneof(piece, line)).map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(text, text, (one, other) => {
        const all = compareChanges(changesInPatch(one), changesInFiles([{ path: 'x', patch: other }]));
        expect(Array.isArray(all)).toBe(true);
      }),
    );
  });

  test('reads each line of a hostile patch once', () => {
    const heading = '--- a/x\n+++ b/x\n@@ -1,99999999 +1,99999999 @@\n';
    for (const part of ['\n', '-\n', '-\n \n', '@@ -1 +1 @@\n-a\n+b\n', '--- a/x\n+++ b/x\n']) {
      const text = heading + part.repeat(1_000_000 / part.length);
      expect([...changesInPatch(text).keys()].length).toBeLessThan(2);
    }
  });

  test('takes files of one name apart without trying each with each', () => {
    const many = (directory: string) =>
      changesInFiles(
        Array.from({ length: 20_000 }, (_, index) => ({ path: `${directory}/${index}/Makefile`, patch: '' })),
      );
    expect(compareChanges(many('a'), many('b'))).toHaveLength(40_000);
  });
});

describe('A baseline', () => {
  const path = fc.stringMatching(/^[a-z.][a-z/. -]{0,10}[a-z]$/).filter((one) => !one.startsWith('./'));

  test('gives back the paths that were written to it, one a line', () => {
    fc.assert(
      fc.property(fc.uniqueArray(path), fc.constantFrom('\n', '\r\n', '\n\n', '\n# why\n'), (paths, end) => {
        expect([...baselineIn(`# old ones${end}${paths.map((one) => `./${one}`).join(end)}${end}`)]).toEqual(paths);
      }),
    );
  });

  test('never throws, and holds no blank path and no comment', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const one of baselineIn(text)) expect(one).toMatch(/^[^#\s]/u);
      }),
    );
  });

  test('that is not there has no paths', () => {
    expect(baselineIn(null).size).toBe(0);
  });
});
