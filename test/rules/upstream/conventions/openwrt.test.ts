// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { openwrt } from '../../../../src/rules/upstream/conventions/openwrt.ts';
import { diff, mail, mended, readingOf, stated } from '../patches.ts';

const generic = 'target/linux/generic';
const subject = { kind: 'reason', text: 'Mend the frobnicator' };
const release = (version: string) => ({ kind: 'release', version });
const read = (path: string) => openwrt.read({ path, text: mail('Why') });

describe('A path says', () => {
  test.each([
    [`${generic}/backport-6.6/020-v6.7-mend-it.patch`, ['merged', release('v6.7')]],
    [`${generic}/backport-6.6/790-48-v6.9-mend-it.patch`, ['merged', release('v6.9')]],
    [`${generic}/pending-6.6/100-mend_it.patch`, ['pending', subject]],
    [`${generic}/hack-6.6/902-mend_it.patch`, ['downstream-only', subject]],
    ['target/linux/example/patches-6.6/010-v6.7-mend-it.patch', ['merged', release('v6.7')]],
    ['target/linux/example/patches-6.6/101-mend-it.patch', ['pending', subject]],
  ])('%s', (path, expected) => {
    const reading = read(path);
    expect([stated(reading), reading.problems]).toEqual([[expected], []]);
    expect(reading.markers[0]).toMatchObject({ line: 1, raw: path });
  });

  test.each([
    'target/linux/example/patches-6.6/910-mend-it.patch',
    'package/example/patches/001-mend-it.patch',
    'docs/backport.patch',
    '001-mend-it.patch',
    '',
  ])('nothing: %s', (path) => {
    expect(read(path)).toEqual({ markers: [], problems: [] });
  });
});

describe('What is missing is asked for', () => {
  test.each([
    [`${generic}/backport-6.6/020-mend-it.patch`, `${generic}/backport-6.6/020-vX.Y-mend-it.patch`],
    [`${generic}/backport-6.6/790-48-mend-it.patch`, `${generic}/backport-6.6/790-48-vX.Y-mend-it.patch`],
  ])('the version of %s', (path, suggestion) => {
    const reading = read(path);
    expect([stated(reading), mended(reading)]).toEqual([[['merged']], [['missing-evidence', suggestion]]]);
  });

  test('the subject of a patch that upstream does not have', () => {
    const reading = openwrt.read({ path: `${generic}/hack-6.6/902-mend_it.patch`, text: diff });
    expect([stated(reading), mended(reading)]).toEqual([
      [['downstream-only']],
      [['missing-evidence', 'Subject: REASON']],
    ]);
    expect(readingOf(openwrt, 'Mend it', `${generic}/hack-6.6/902-mend_it.patch`).problems).toEqual([]);
  });
});

describe('A near miss is corrected', () => {
  test.each([
    [`${generic}/backports-6.6/020-v6.7-a.patch`, `${generic}/backport-6.6/020-v6.7-a.patch`],
    [`${generic}/Pending_6.6/020-a.patch`, `${generic}/pending-6.6/020-a.patch`],
    [`${generic}/hacks6.6/020-a.patch`, `${generic}/hack-6.6/020-a.patch`],
    [`${generic}/hack-6.6/9-a.patch`, `${generic}/hack-6.6/009-a.patch`],
    [`${generic}/hack-6.6/902_a.diff`, `${generic}/hack-6.6/902-a.patch`],
    [`${generic}/hack-6.6/a.patch`, null],
  ])('%s', (path, suggestion) => {
    const reading = read(path);
    expect([reading.markers, mended(reading)]).toEqual([[], [['near-miss', suggestion]]]);
  });
});

test.each([
  [{ state: 'merged', evidence: [{ kind: 'release', version: '6.7' }] }, ['backport-KERNEL/NNN-v6.7-NAME.patch']],
  [{ state: 'submitted' }, ['pending-KERNEL/NNN-NAME.patch']],
  [{ state: 'denied' }, ['hack-KERNEL/NNN-NAME.patch']],
  [{ state: 'inactive' }, []],
] as const)('Where to put it for %j', (marker, paths) => {
  expect(openwrt.suggest(marker)).toEqual(paths);
});
