// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { evaluate } from '../../../../src/rules/license/expressions/evaluate.ts';
import { listedLicenses } from '../../../../src/rules/license/expressions/spdx.ts';
import { plain } from './plain.ts';

describe('whether an expression is OSI-approved', () => {
  test.each([
    ['MIT', 'yes'],
    ['BUSL-1.1', 'no'],
    ['MIT OR BUSL-1.1', 'yes'],
    ['BUSL-1.1 OR SSPL-1.0', 'no'],
    ['MIT AND BUSL-1.1', 'no'],
    ['MIT AND Apache-2.0', 'yes'],
    ['MIT AND BUSL-1.1 OR ISC', 'yes'],
    ['MIT AND (BUSL-1.1 OR ISC)', 'yes'],
    ['(MIT OR ISC) AND BUSL-1.1', 'no'],
    ['LicenseRef-Ours', 'unknown'],
    ['DocumentRef-them:LicenseRef-Theirs', 'unknown'],
    ['LicenseRef-Ours OR MIT', 'yes'],
    ['LicenseRef-Ours AND MIT', 'unknown'],
    ['LicenseRef-Ours AND BUSL-1.1', 'no'],
    ['LicenseRef-Ours OR BUSL-1.1', 'unknown'],
    ['NOASSERTION', 'unknown'],
    ['NOASSERTION AND MIT', 'unknown'],
    ['NONE', 'no'],
    ['UNLICENSED', 'no'],
    ['GPL-2.0-only WITH Classpath-exception-2.0', 'yes'],
    ['Apache-2.0 WITH LLVM-exception', 'yes'],
    ['BUSL-1.1 WITH Classpath-exception-2.0', 'no'],
    ['MIT WITH AdditionRef-Ours', 'unknown'],
    ['MIT WITH Made-up-exception', 'unknown'],
    ['LicenseRef-Ours WITH Classpath-exception-2.0', 'unknown'],
    ['Apache-1.1+', 'yes'],
    ['BUSL-1.1+', 'no'],
    ['CC0-1.0', 'no'],
    ['JSON', 'no'],
  ])('%s: %s', (expression, osi) => {
    expect(evaluate(expression).osi).toBe(osi);
  });

  test('is what the list says of each of its licenses, in any letter case', () => {
    for (const { id, osiApproved } of listedLicenses) {
      const written = [id, id.toLowerCase(), id.toUpperCase()].map(evaluate);
      const now = evaluate(written[0]?.canonical ?? '');
      expect(written.map(({ canonical }) => canonical)).toEqual(written.map(() => now.canonical));
      if (now.canonical === id) expect([id, now.osi]).toEqual([id, osiApproved ? 'yes' : 'no']);
    }
  });

  test('is never yes where a part of it is not recognised', () => {
    expect(evaluate('MIT OR Made-up')).toMatchObject({ osi: 'unknown', elected: null, canonical: null, ids: ['MIT'] });
    expect(evaluate('BUSL-1.1 AND Made-up')).toMatchObject({ osi: 'no', canonical: null });
  });
});

describe('the elected branch', () => {
  test.each([
    ['MIT', null],
    ['MIT AND ISC', null],
    ['MIT OR ISC', 'MIT'],
    ['BUSL-1.1 OR gpl-2.0+ OR MIT', 'GPL-2.0-or-later'],
    ['(MIT OR BUSL-1.1) AND (SSPL-1.0 OR ISC)', 'MIT AND ISC'],
    ['BUSL-1.1 AND MIT OR ISC AND Zlib', 'ISC AND Zlib'],
    ['LicenseRef-Ours OR MIT', 'MIT'],
    ['BUSL-1.1 OR SSPL-1.0', null],
  ])('of %s is %s', (expression, elected) => {
    expect(evaluate(expression).elected).toBe(elected);
  });
});

describe('the canonical spelling', () => {
  test.each([
    ['mit', 'MIT'],
    ['apache-2.0 with llvm-exception', 'Apache-2.0 WITH LLVM-exception'],
    ['(((MIT)))', 'MIT'],
    ['\tMIT   or\n(ISC and (Zlib))', 'MIT OR ISC AND Zlib'],
    ['MIT and (isc or zlib)', 'MIT AND (ISC OR Zlib)'],
    ['(MIT OR ISC) OR Zlib', 'MIT OR ISC OR Zlib'],
    ['(mit)or(isc)', 'MIT OR ISC'],
    ['licenseref-Ours', 'LicenseRef-Ours'],
    ['documentref-them:LICENSEREF-Theirs', 'DocumentRef-them:LicenseRef-Theirs'],
    ['none', 'NONE'],
    ['NoAssertion', 'NOASSERTION'],
    ['unlicensed', 'UNLICENSED'],
  ])('of %j is %s', (expression, canonical) => {
    expect(evaluate(expression).canonical).toBe(canonical);
  });

  test('names each license once, with its exception, and no NONE or NOASSERTION', () => {
    const { ids } = evaluate('gpl-2.0-with-classpath-exception OR (MIT AND NONE) OR mit OR LicenseRef-Ours');
    expect(ids).toEqual(['GPL-2.0-only WITH Classpath-exception-2.0', 'MIT', 'LicenseRef-Ours']);
  });
});

describe('an expression that can’t be judged', () => {
  test.each([
    ['', 'It is empty.'],
    [' \n', 'It is empty.'],
    ['MIT AND', 'Its operators, names and parentheses don’t fit together.'],
    ['(MIT', 'Its operators, names and parentheses don’t fit together.'],
    ['()', 'Its operators, names and parentheses don’t fit together.'],
    ['MIT OR OR ISC', 'Its operators, names and parentheses don’t fit together.'],
    ['WITH MIT', 'Its operators, names and parentheses don’t fit together.'],
    ['(MIT OR ISC) WITH Classpath-exception-2.0', 'Its operators, names and parentheses don’t fit together.'],
    ['MIT ISC', 'AND, OR or WITH is missing between “MIT” and “ISC”.'],
    ['MIT ORacle', 'AND, OR or WITH is missing between “MIT” and “ORacle”.'],
    ['MIT +', '“+” has no place in an SPDX license expression.'],
    ['@@MIT', '“@” has no place in an SPDX license expression.'],
    ['MIT\u00a0OR\u00a0ISC', '“\u00a0” has no place in an SPDX license expression.'],
    ['\u212aazlib', '“\u212a” has no place in an SPDX license expression.'],
    ['\ud800', '“\ud800” has no place in an SPDX license expression.'],
    ['constructor', '“constructor” is not on the SPDX License List.'],
    ['NONE WITH Classpath-exception-2.0', '“NONE” takes no exception.'],
    ['LicenseRef-Ours+', '“LicenseRef-Ours” can’t be followed by a plus sign.'],
    ['GPL-2.0-only+', '“GPL-2.0-only” can’t be followed by a plus sign.'],
    ['MIT WITH Made-up', '“Made-up” is not an exception on the SPDX License List.'],
    [
      'GPL-2.0-with-GCC-exception WITH Font-exception-2.0',
      '“GPL-2.0-with-GCC-exception” has an exception already: it means “GPL-2.0-only WITH GCC-exception-2.0”.',
    ],
    ['Foo OR Bar OR foo', '“Foo” is not on the SPDX License List. 2 more of its names can’t be used as they are.'],
    [`x${'y'.repeat(998)}`, `“x${'y'.repeat(63)}…” is not on the SPDX License List.`],
  ])('%j is unknown: %s', (expression, problem) => {
    const evaluation = evaluate(expression);
    expect(evaluation).toMatchObject({ osi: 'unknown', elected: null, canonical: null });
    expect(plain(evaluation.problem)).toBe(problem);
  });

  test('has at most 1,000 characters', () => {
    const longest = `MIT${' '.repeat(997)}`;
    expect(evaluate(longest).osi).toBe('yes');
    expect(evaluate(`${longest} `)).toMatchObject({ osi: 'unknown', canonical: null, tree: null });
    expect(plain(evaluate(`${longest} `).problem)).toBe('It has 1001 characters; an expression may have 1000.');
    expect(evaluate('('.repeat(5_000_000)).tree).toBeNull();
  });

  test('is nested at most 100 deep', () => {
    const nested = (depth: number) => `${'('.repeat(depth)}MIT${')'.repeat(depth)}`;
    expect(evaluate(nested(100)).osi).toBe('yes');
    expect(plain(evaluate(nested(101)).problem)).toBe('Its parentheses are nested more than 100 deep.');
  });

  test('may be as wide as 1,000 characters permit', () => {
    expect(evaluate(`${'(MIT)or'.repeat(142)}(ISC)`).ids).toEqual(['MIT', 'ISC']);
    expect(evaluate(`${'MIT OR '.repeat(142)}ISC`).osi).toBe('yes');
  });
});

describe('a suggestion', () => {
  test.each([
    ['UNLICENSED', 'no', 'Unlicense'],
    ['BSD', 'unknown', 'BSD-2-Clause'],
    ['MIT/Apache-2.0', 'unknown', 'MIT OR Apache-2.0'],
    ['GPL-2.0/MIT', 'unknown', 'GPL-2.0-only OR MIT'],
    ['Apache License, Version 2.0', 'unknown', 'Apache-2.0'],
    ['MIT License', 'unknown', 'MIT'],
    ['GNU General Public License v2.0 only', 'unknown', 'GPL-2.0-only'],
    ['Apache2', 'unknown', 'Apache-2.0'],
    ['GPLv3', 'unknown', 'GPL-3.0-only'],
    ['GPL-3.0-only+', 'unknown', 'GPL-3.0-or-later'],
    ['ISC AND Apche-2.0', 'unknown', 'ISC AND Apache-2.0'],
    ['MIT WITH Classpath-exception', 'unknown', 'MIT WITH Classpath-exception-2.0'],
    ['GPL-2.0 WITH Claspath-exception-2.0', 'unknown', 'GPL-2.0-only WITH Classpath-exception-2.0'],
    ['MIT AND Something-else-altogether', 'unknown', null],
    ['proprietary', 'unknown', null],
    ['MIT', 'yes', null],
    ['NOASSERTION', 'unknown', null],
    ['x'.repeat(2_000), 'unknown', null],
  ])('for %s changes nothing: it stays %s; meant may be %s', (expression, osi, suggestion) => {
    expect(evaluate(expression)).toMatchObject({ osi, suggestion });
  });
});
