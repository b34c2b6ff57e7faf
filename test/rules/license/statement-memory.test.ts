// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { expect, test } from '@jest/globals';
import { licenseTag } from '../../../src/rules/license/headers/tags.ts';
import { statementOf } from '../../../src/rules/license/statement.ts';
import { statementIn } from '../../../src/rules/license/statement-memory.ts';

const fileOf = (text: string, oid: string) => ({
  kind: 'file' as const,
  oid,
  size: text.length,
  mode: 'regular' as const,
  binary: false,
  text,
  truncated: false,
});
const saying = (license: string) => `// ${licenseTag}: ${license}\n`;

test('A file that comes back is read once', () => {
  const first = statementIn('src/main.c', fileOf(saying('MIT'), 'a'));
  expect(first).toEqual(statementOf('src/main.c', saying('MIT')));
  expect(statementIn('src/main.c', fileOf(saying('MIT'), 'a'))).toBe(first);
});

test.each([
  ['another text, whatever its object id', 'src/main.c', saying('ISC'), 'b', 'ISC'],
  ['the same text in another language', 'src/main.py', saying('MIT'), 'b', null],
])('It is read again with %s', (_, path, text, oid, expression) => {
  expect(statementIn('src/main.c', fileOf(saying('MIT'), 'b')).expression).toBe('MIT');
  expect(statementIn(path, fileOf(text, oid)).expression).toBe(expression);
});
