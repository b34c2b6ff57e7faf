// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { createRequire } from 'node:module';
import { describe, expect, test } from '@jest/globals';
import { evaluate } from '../../../../src/rules/license/expressions/evaluate.ts';
import { listedExceptions, listedLicenses } from '../../../../src/rules/license/expressions/spdx.ts';

const require = createRequire(import.meta.url);
const ids: readonly string[] = require('spdx-license-ids');
const deprecatedIds: readonly string[] = require('spdx-license-ids/deprecated.json');
const deprecatedExceptions: readonly string[] = require('spdx-exceptions/deprecated.json');

const gnuIdsWithPlus = ['GPL-1.0+', 'GPL-2.0+', 'GPL-3.0+', 'LGPL-2.0+', 'LGPL-2.1+', 'LGPL-3.0+'];

describe('a deprecated id', () => {
  test.each([
    ['AGPL-1.0', 'AGPL-1.0-only'],
    ['AGPL-1.0+', 'AGPL-1.0-or-later'],
    ['AGPL-3.0', 'AGPL-3.0-only'],
    ['AGPL-3.0+', 'AGPL-3.0-or-later'],
    ['BSD-2-Clause-FreeBSD', 'BSD-2-Clause-Views'],
    ['BSD-2-Clause-NetBSD', 'BSD-2-Clause'],
    ['bzip2-1.0.5', 'bzip2-1.0.6'],
    ['bzip2-1.0.5+', 'bzip2-1.0.6+'],
    ['eCos-2.0', 'GPL-2.0-or-later WITH eCos-exception-2.0'],
    ['eCos-2.0+', 'GPL-2.0-or-later WITH eCos-exception-2.0'],
    ['GFDL-1.1', 'GFDL-1.1-only'],
    ['GFDL-1.2', 'GFDL-1.2-only'],
    ['GFDL-1.3+', 'GFDL-1.3-or-later'],
    ['GPL-1.0', 'GPL-1.0-only'],
    ['GPL-1.0+', 'GPL-1.0-or-later'],
    ['GPL-2.0', 'GPL-2.0-only'],
    ['gpl-2.0+', 'GPL-2.0-or-later'],
    ['GPL-2.0 WITH Classpath-exception-2.0', 'GPL-2.0-only WITH Classpath-exception-2.0'],
    ['GPL-2.0-with-autoconf-exception', 'GPL-2.0-only WITH Autoconf-exception-2.0'],
    ['GPL-2.0-with-bison-exception', 'GPL-2.0-only WITH Bison-exception-2.2'],
    ['GPL-2.0-with-classpath-exception', 'GPL-2.0-only WITH Classpath-exception-2.0'],
    ['GPL-2.0-with-classpath-exception+', 'GPL-2.0-or-later WITH Classpath-exception-2.0'],
    ['GPL-2.0-with-font-exception', 'GPL-2.0-only WITH Font-exception-2.0'],
    ['GPL-2.0-with-GCC-exception', 'GPL-2.0-only WITH GCC-exception-2.0'],
    ['GPL-3.0', 'GPL-3.0-only'],
    ['GPL-3.0+', 'GPL-3.0-or-later'],
    ['GPL-3.0-with-autoconf-exception', 'GPL-3.0-only WITH Autoconf-exception-3.0'],
    ['GPL-3.0-with-GCC-exception', 'GPL-3.0-only WITH GCC-exception-3.1'],
    ['LGPL-2.0', 'LGPL-2.0-only'],
    ['LGPL-2.0+', 'LGPL-2.0-or-later'],
    ['LGPL-2.1', 'LGPL-2.1-only'],
    ['LGPL-2.1+', 'LGPL-2.1-or-later'],
    ['LGPL-3.0', 'LGPL-3.0-only'],
    ['LGPL-3.0+', 'LGPL-3.0-or-later'],
    ['Net-SNMP', 'Net-SNMP'],
    ['Nunit', 'zlib-acknowledgement'],
    ['StandardML-NJ', 'SMLNJ'],
    ['wxWindows', 'GPL-2.0-or-later WITH WxWindows-exception-3.1'],
    ['LGPL-2.1 WITH Nokia-Qt-exception-1.1', 'LGPL-2.1-only WITH Qt-LGPL-exception-1.1'],
  ])('%s is %s today', (id, now) => {
    expect(evaluate(id).canonical).toBe(now);
  });

  test('has a successor that is not deprecated, whichever it is', () => {
    const deprecated = new Set([...deprecatedIds, ...gnuIdsWithPlus]);
    const unmapped = [...deprecated].filter((id) => evaluate(id).ids.some((now) => deprecated.has(now)));
    // The list has no successor for it.
    expect(unmapped).toEqual(['Net-SNMP']);
    for (const exception of deprecatedExceptions) {
      expect(listedExceptions).not.toContain(exception);
      expect(evaluate(`MIT WITH ${exception}`).canonical).not.toBeNull();
    }
  });

  test('is the only kind of id that changes', () => {
    const changed = ids.filter((id) => evaluate(id).canonical !== id);
    expect(changed).toEqual([]);
  });
});

describe('the lists that expressions are judged by', () => {
  test('know the same licenses', () => {
    const flagged = listedLicenses.map(({ id }) => id).filter((id) => !gnuIdsWithPlus.includes(id));
    expect(flagged.toSorted()).toEqual([...ids, ...deprecatedIds].toSorted());
  });

  test('know each exception once', () => {
    expect(new Set(listedExceptions).size).toBe(listedExceptions.length);
  });

  test('tell ids apart without letter case', () => {
    const folded = [...listedLicenses.map(({ id }) => id), ...listedExceptions].map((id) => id.toLowerCase());
    expect(new Set(folded).size).toBe(folded.length);
  });
});
