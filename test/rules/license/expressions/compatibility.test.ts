// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { compatibility } from '../../../../src/rules/license/expressions/compatibility.ts';
import { comparedIds, compatibilityTable } from '../../../../src/rules/license/expressions/compatibility-table.ts';
import { evaluate } from '../../../../src/rules/license/expressions/evaluate.ts';
import { plain } from './plain.ts';

const compare = (from: string, into: string) => compatibility(evaluate(from), evaluate(into));

describe('code may come into a work', () => {
  test.each([
    ['MIT', 'GPL-3.0-only', 'yes'],
    ['GPL-3.0-only', 'MIT', 'no'],
    ['MIT', 'Apache-2.0', 'yes'],
    ['Apache-2.0', 'MIT', 'review'],
    ['Apache-2.0', 'GPL-3.0-or-later', 'yes'],
    ['Apache-2.0', 'GPL-2.0-only', 'no'],
    ['Apache-2.0', 'GPL-2.0-or-later', 'review'],
    ['GPL-3.0-only', 'Apache-2.0', 'no'],
    ['GPL-2.0-only', 'GPL-3.0-only', 'no'],
    ['GPL-2.0-or-later', 'GPL-3.0-only', 'yes'],
    ['GPL-3.0-or-later', 'GPL-2.0-or-later', 'review'],
    ['GPL-3.0-only', 'GPL-2.0-only', 'no'],
    ['GPL-3.0-or-later', 'AGPL-3.0-or-later', 'yes'],
    ['AGPL-3.0-or-later', 'GPL-3.0-or-later', 'review'],
    ['AGPL-3.0-only', 'GPL-2.0-only', 'no'],
    ['AGPL-3.0-only', 'Apache-2.0', 'no'],
    ['LGPL-2.1-only', 'GPL-3.0-only', 'yes'],
    ['GPL-2.0-only', 'LGPL-2.1-only', 'no'],
    ['LGPL-2.1-or-later', 'MIT', 'review'],
    ['MPL-2.0', 'GPL-2.0-or-later', 'yes'],
    ['MPL-2.0-no-copyleft-exception', 'GPL-3.0-only', 'no'],
    ['EPL-2.0', 'GPL-2.0-only', 'review'],
    ['EPL-1.0', 'GPL-2.0-only', 'no'],
    ['CDDL-1.0', 'GPL-2.0-only', 'no'],
    ['EUPL-1.2', 'AGPL-3.0-only', 'yes'],
    ['AGPL-3.0-only', 'EUPL-1.2', 'no'],
    ['CC-BY-SA-4.0', 'GPL-3.0-only', 'yes'],
    ['GPL-3.0-only', 'CC-BY-SA-4.0', 'no'],
    ['CC-BY-4.0', 'CC-BY-SA-4.0', 'yes'],
    ['CC0-1.0', 'CC-BY-4.0', 'yes'],
    ['BSD-4-Clause', 'GPL-2.0-only', 'no'],
    ['CDDL-1.0', 'EPL-2.0', 'review'],
    ['AFL-3.0', 'GPL-2.0-only', 'review'],
  ])('from %s into %s: %s', (from, into, answer) => {
    expect(compare(from, into).answer).toBe(answer);
  });

  test.each([
    ['gpl-2.0+', 'GPL-2.0-or-later', 'yes'],
    ['LicenseRef-Ours', 'LicenseRef-Ours', 'yes'],
    ['LicenseRef-Ours', 'MIT', 'review'],
    ['MIT', 'LicenseRef-Ours', 'review'],
    ['NOASSERTION', 'NOASSERTION', 'review'],
    ['NONE', 'NONE', 'no'],
    ['UNLICENSED', 'MIT', 'no'],
    ['MIT', 'NONE', 'review'],
    ['Made-up', 'MIT', 'review'],
    ['MIT', '(MIT', 'review'],
    ['AFL-3.0', 'AFL-3.0', 'yes'],
    ['GPL-2.0-only WITH Classpath-exception-2.0', 'GPL-2.0-only', 'yes'],
    ['GPL-2.0-only', 'GPL-2.0-only WITH Classpath-exception-2.0', 'review'],
    ['GPL-2.0-only WITH Classpath-exception-2.0', 'MIT', 'review'],
    ['Apache-2.0 WITH LLVM-exception', 'GPL-2.0-only', 'review'],
    ['MIT', 'GPL-2.0-only WITH Classpath-exception-2.0', 'yes'],
    ['LGPL-2.1-only', 'GPL-2.0-only WITH Classpath-exception-2.0', 'review'],
    ['MIT OR GPL-2.0-only', 'Apache-2.0', 'yes'],
    ['MIT AND GPL-2.0-only', 'Apache-2.0', 'no'],
    ['MIT AND Apache-2.0', 'ISC', 'review'],
    ['MIT', 'GPL-2.0-only OR Apache-2.0', 'yes'],
    ['Apache-2.0', 'GPL-2.0-only OR GPL-3.0-only', 'no'],
    ['MIT', 'GPL-2.0-only AND Apache-2.0', 'yes'],
    ['Apache-2.0', 'GPL-2.0-only AND GPL-3.0-only', 'review'],
    ['MIT OR Apache-2.0', 'Apache-2.0 OR MIT', 'yes'],
    ['GPL-2.0-only AND Apache-2.0', 'gpl-2.0 AND apache-2.0', 'yes'],
  ])('from %s into %s: %s', (from, into, answer) => {
    expect(compare(from, into).answer).toBe(answer);
  });

  test('for a reason that has a source', () => {
    const { why, source } = compare('Apache-2.0', 'GPL-2.0-only');
    expect(plain(why)).toBe(
      'Code under “Apache-2.0” can’t come into a work under “GPL-2.0-only”. It has terms on patents that version 2 doesn’t permit.',
    );
    expect(source).toBe('https://www.gnu.org/licenses/license-list.html#apache2');
  });

  test('only where somebody has said so', () => {
    const { why, source } = compare('CDDL-1.0', 'EPL-2.0');
    expect(plain(why)).toBe(
      'Whether code under “CDDL-1.0” may come into a work under “EPL-2.0” is for a human to say.',
    );
    expect(source).toBeNull();
  });
});

describe('the table of compatible licenses', () => {
  test('compares at least 25 of today’s ids', () => {
    expect(comparedIds.length).toBeGreaterThanOrEqual(25);
    expect(comparedIds.filter((id) => evaluate(id).canonical !== id)).toEqual([]);
  });

  test('says one thing of each pair, and nothing of other ids', () => {
    const pairs = compatibilityTable.flatMap(({ from, into }) =>
      from.flatMap((one) => into.filter((other) => other !== one).map((other) => `${one} → ${other}`)),
    );
    expect(pairs.filter((pair, index) => pairs.indexOf(pair) !== index)).toEqual([]);
    const ids = new Set(compatibilityTable.flatMap(({ from, into }) => [...from, ...into]));
    expect([...ids].filter((id) => !comparedIds.includes(id))).toEqual([]);
  });

  test('permits both ways only between licenses that both ask for little', () => {
    const yes = (from: string, into: string) => compare(from, into).answer === 'yes';
    const mutual = comparedIds.filter((one) =>
      comparedIds.some((other) => other !== one && yes(one, other) && yes(other, one)),
    );
    expect(mutual.toSorted()).toEqual([
      ...['0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'BSL-1.0', 'CC0-1.0', 'ISC'],
      ...['MIT', 'MIT-0', 'PostgreSQL', 'Unlicense', 'Zlib'],
    ]);
  });
});
