// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { classifiedIds, copyleftOf, copyleftOfExpression } from '../../../../src/rules/license/expressions/copyleft.ts';
import { evaluate } from '../../../../src/rules/license/expressions/evaluate.ts';

describe('the copyleft class', () => {
  test.each([
    ['AGPL-3.0-or-later', 'network'],
    ['EUPL-1.2', 'network'],
    ['GPL-2.0-only', 'strong'],
    ['CC-BY-SA-4.0', 'strong'],
    ['LGPL-2.1-or-later', 'library'],
    ['MPL-2.0', 'file'],
    ['Apache-2.0', 'permissive'],
    ['Apache-1.1+', 'permissive'],
    ['Apache-2.0 WITH LLVM-exception', 'permissive'],
    ['CC0-1.0', 'public-domain'],
    ['GPL-2.0-only WITH Classpath-exception-2.0', 'library'],
    ['GPL-2.0-only WITH Linux-syscall-note', 'strong'],
  ])('of %s is %s', (name, expected) => {
    expect(copyleftOf(name)).toMatchObject({ class: expected, source: expect.stringContaining('https://spdx.org/') });
  });

  test('is not known of every license', () => {
    expect(copyleftOf('LicenseRef-Ours')).toBeNull();
    expect(copyleftOf('Adobe-Glyph')).toBeNull();
  });

  test.each([
    ['MIT AND GPL-2.0-only', 'strong'],
    ['MIT OR GPL-2.0-only', 'permissive'],
    ['AGPL-3.0-only AND (LGPL-3.0-only OR MIT)', 'network'],
    ['MIT AND LicenseRef-Ours', null],
    ['MIT OR LicenseRef-Ours', 'permissive'],
    ['MIT OR Made-up', null],
    ['(MIT', null],
  ])('of %s is %s', (expression, expected) => {
    expect(copyleftOfExpression(evaluate(expression))).toBe(expected);
  });

  test('is given to more than 60 of today’s ids, to each once', () => {
    expect(classifiedIds.length).toBeGreaterThan(60);
    expect(new Set(classifiedIds).size).toBe(classifiedIds.length);
    expect(classifiedIds.filter((id) => evaluate(id).canonical !== id)).toEqual([]);
  });
});
