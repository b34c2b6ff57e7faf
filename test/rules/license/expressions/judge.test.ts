// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { evaluate } from '../../../../src/rules/license/expressions/evaluate.ts';
import { canonicalEntry, judgeExpression, type Terms } from '../../../../src/rules/license/expressions/judge.ts';
import { plain } from './plain.ts';

const osi: Terms = { require: 'osi', allow: [], alsoAllow: [], deny: [] };
const listed: Terms = { ...osi, require: 'listed' };

function judge(expression: string, terms: Terms) {
  const { acceptable, decidedBy, why, elected } = judgeExpression(evaluate(expression), terms);
  return { acceptable, decidedBy, why: plain(why), elected };
}

describe('a license', () => {
  test.each<[string, Terms, string, string, string]>([
    ['mit', osi, 'yes', 'require', '“MIT” is OSI-approved.'],
    ['BUSL-1.1', osi, 'no', 'require', '“BUSL-1.1” is not OSI-approved.'],
    ['UNLICENSED', osi, 'no', 'require', '“UNLICENSED” grants no license.'],
    ['NONE', { ...osi, alsoAllow: ['NONE'] }, 'no', 'require', '“NONE” grants no license.'],
    [
      'NOASSERTION',
      { ...osi, deny: ['NOASSERTION'] },
      'unknown',
      'unknown',
      '“NOASSERTION” says nothing of the license.',
    ],
    [
      'LicenseRef-Ours',
      osi,
      'unknown',
      'unknown',
      'Whether “LicenseRef-Ours” is OSI-approved can’t be told from its name.',
    ],
    ['CC0-1.0', { ...osi, alsoAllow: ['cc0-1.0'] }, 'yes', 'alsoAllow', '“CC0-1.0” is allowed, OSI-approved or not.'],
    ['MIT', { ...osi, deny: ['MIT'], alsoAllow: ['MIT'] }, 'no', 'deny', '“MIT” is denied.'],
    ['MIT', { ...osi, allow: ['MIT'] }, 'yes', 'allow', '“MIT” is allowed.'],
    ['ISC', { ...osi, allow: ['MIT'] }, 'no', 'allow', '“ISC” is not among the licenses that are allowed.'],
    ['CC0-1.0', { ...osi, allow: ['CC0-1.0'] }, 'no', 'require', '“CC0-1.0” is not OSI-approved.'],
    ['CC0-1.0', { ...listed, allow: ['CC0-1.0'] }, 'yes', 'allow', '“CC0-1.0” is allowed.'],
    ['MIT', listed, 'no', 'allow', '“MIT” is not among the licenses that are allowed.'],
    ['LicenseRef-Ours', { ...listed, allow: ['licenseref-ours'] }, 'yes', 'allow', '“LicenseRef-Ours” is allowed.'],
    ['LicenseRef-Ours', listed, 'no', 'allow', '“LicenseRef-Ours” is not among the licenses that are allowed.'],
    ['Made-up', listed, 'unknown', 'unknown', '“Made-up” is not on the SPDX License List.'],
    ['(MIT', osi, 'unknown', 'unknown', 'Its operators, names and parentheses don’t fit together.'],
  ])('%s under %j: %s by %s', (expression, terms, acceptable, decidedBy, why) => {
    expect(judge(expression, terms)).toEqual({ acceptable, decidedBy, why, elected: null });
  });
});

describe('an entry of a list', () => {
  test.each<[string, Partial<Terms>, string]>([
    ['GPL-2.0-or-later', { deny: ['gpl-2.0+'] }, 'no'],
    ['GPL-2.0+', { deny: ['GPL-2.0-or-later'] }, 'no'],
    ['GPL-2.0-or-later', { deny: ['GPL-2.0-only'] }, 'yes'],
    ['GPL-2.0-only WITH Classpath-exception-2.0', { deny: ['GPL-2.0'] }, 'no'],
    [
      'GPL-2.0-only WITH Classpath-exception-2.0',
      { deny: ['GPL-2.0-only'], allow: ['GPL-2.0-with-classpath-exception'] },
      'yes',
    ],
    [
      'GPL-2.0-only WITH Classpath-exception-2.0',
      { allow: ['GPL-2.0-only'], deny: ['GPL-2.0-only with classpath-exception-2.0'] },
      'no',
    ],
    ['GPL-2.0-only', { deny: ['GPL-2.0-only WITH Classpath-exception-2.0'] }, 'yes'],
    ['Apache-1.1+', { deny: ['Apache-1.1'] }, 'no'],
    ['Apache-1.1', { deny: ['Apache-1.1+'] }, 'yes'],
    ['MIT', { deny: ['MIT OR ISC'] }, 'yes'],
  ])('decides on %s with %j: %s', (expression, lists, acceptable) => {
    expect(judge(expression, { ...osi, ...lists }).acceptable).toBe(acceptable);
  });

  test.each([
    ['gpl-2.0+', 'GPL-2.0-or-later'],
    ['GPL-2.0 with classpath-exception-2.0', 'GPL-2.0-only WITH Classpath-exception-2.0'],
    ['licenseref-Ours', 'LicenseRef-Ours'],
    ['BSD', null],
    ['MIT OR ISC', null],
    ['NOASSERTION', null],
    ['', null],
  ])('%s is %s in the list’s spelling', (entry, name) => {
    expect(canonicalEntry(entry)).toBe(name);
  });
});

describe('an expression of several licenses', () => {
  const terms: Terms = { ...osi, alsoAllow: ['curl'], deny: ['AGPL-3.0-only'] };

  test('elects the first branch that is acceptable', () => {
    expect(judge('AGPL-3.0-only OR curl OR MIT', terms)).toEqual({
      acceptable: 'yes',
      decidedBy: 'alsoAllow',
      why: '“curl” is elected. “curl” is allowed, OSI-approved or not.',
      elected: 'curl',
    });
  });

  test('says which license stands in the way', () => {
    expect(judge('MIT AND (AGPL-3.0-only OR BUSL-1.1)', terms)).toEqual({
      acceptable: 'no',
      decidedBy: 'deny',
      why: '“AGPL-3.0-only” is denied. “BUSL-1.1” is not OSI-approved.',
      elected: null,
    });
  });

  test('says of three licenses at most why', () => {
    expect(judge('MIT AND ISC AND Zlib AND 0BSD AND MIT', terms).why).toBe(
      '“MIT” is OSI-approved. “ISC” is OSI-approved. “Zlib” is OSI-approved. 1 more reasons are left out.',
    );
  });

  test('is not acceptable by a branch where another is not recognised', () => {
    expect(judge('MIT OR Made-up', terms)).toMatchObject({ acceptable: 'unknown', decidedBy: 'unknown' });
    expect(judge('AGPL-3.0-only AND Made-up', terms)).toMatchObject({ acceptable: 'no', decidedBy: 'deny' });
  });
});
