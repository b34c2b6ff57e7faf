// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { identify, isCertain } from '../../../../src/rules/license/texts/identify.ts';
import { licenseIndex } from '../../../../src/rules/license/texts/load.ts';
import { copyrighted, idsOf, inserted, list, rewrapped } from './list.ts';

/** Skipped by name where the machine lacks the program. */
const withProgram = (name: string) => (spawnSync(name, ['--help']).error === undefined ? describe : describe.skip);

/** Runs a program on files in a directory of their own; returns what it says. */
function run(program: string, options: readonly string[], files: ReadonlyMap<string, string>): string {
  const directory = mkdtempSync(join(tmpdir(), 'countersign-texts-'));
  try {
    for (const [name, text] of files) writeFileSync(join(directory, name), text);
    return spawnSync(program, options, { cwd: directory, encoding: 'utf8' }).stdout;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Every fourth license that OSI approved, rewrapped and under another name: the program takes seconds for all. */
const sample = new Map(
  [...list]
    .filter(([, { osiApproved }]) => osiApproved)
    .filter((_, at) => at % 4 === 0)
    .map(([id, { licenseText }]) => [id, copyrighted(rewrapped(licenseText, 76))]),
);

withProgram('licensecheck')('licensecheck', () => {
  // Its version 3.3.5 takes these for their ancestors, or for one of the licenses that they hold.
  const mistaken = new Set(['Naumen', 'Python-2.0', 'Unicode-3.0']);

  test('names no other license where it names one of the list', () => {
    const output = run(
      'licensecheck',
      ['--shortname-scheme=spdx', '--machine', '--check=.*', '--recursive', '.'],
      sample,
    );
    const named = [...output.matchAll(/^(?:\.\/)?(\S+)\t(\S+)$/gm)].map(
      ([, file = '', id = '']) => [file, id] as const,
    );
    const known = named.filter(([file, id]) => list.has(id) && !mistaken.has(file));
    const found = known.map(
      ([file, id]) => [id, identify(sample.get(file) ?? '', licenseIndex()).flatMap(idsOf)] as const,
    );
    expect(known.length).toBeGreaterThan(15);
    expect(found.filter(([id, ids]) => !ids.includes(id))).toEqual([]);
  });
});

withProgram('licensee')('licensee', () => {
  const popular = ['MIT', 'Zlib', '0BSD', 'Unlicense', 'BSD-2-Clause', 'BSD-3-Clause'];
  const text = (id: string) => list.get(id)?.licenseText ?? '';
  const nonsense =
    'and here stands a sentence that nobody who wrote this license ever thought of putting into it at all';

  /** What it takes the texts for, in the order of `popular`. */
  function byLicensee(change: (text: string) => string): (string | undefined)[] {
    const files = new Map(popular.map((id) => [`LICENSE-${id}.txt`, change(text(id))]));
    const { matched_files: found }: { matched_files: { filename: string; matched_license: string }[] } = JSON.parse(
      run('licensee', ['detect', '--json', '.'], files),
    );
    return popular.map((id) => found.find(({ filename }) => filename === `LICENSE-${id}.txt`)?.matched_license);
  }

  test('knows what is known here', () => {
    expect(byLicensee((same) => same)).toEqual(popular);
    expect(popular.map((id) => identify(text(id), licenseIndex())[0]?.id)).toEqual(popular);
  });

  test('knows none that is changed, and none is known here', () => {
    const change = (same: string) => inserted(same, nonsense, 0.6);
    expect(byLicensee(change).filter((id) => popular.includes(id ?? ''))).toEqual([]);
    expect(popular.filter((id) => isCertain(identify(change(text(id)), licenseIndex())))).toEqual([]);
  });
});
