// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { expect, test } from '@jest/globals';
import { pino } from 'pino';
import { createRefusalLog } from '../../src/server/refusals.ts';

test('Of refusals by the thousand the log tells sixty a minute, and then how many it left out', () => {
  const lines: { readonly msg: string; readonly refused?: number }[] = [];
  let now = 0;
  const say = createRefusalLog(pino({}, { write: (line: string) => void lines.push(JSON.parse(line)) }), () => now);
  for (let count = 0; count < 5000; count += 1) say({ remote: '192.0.2.1' }, 'refused');
  expect(lines).toHaveLength(60);
  now = 60_000;
  say({}, 'refused later');
  expect(lines.slice(60)).toMatchObject([
    { msg: 'more requests were refused than are logged', refused: 4940 },
    { msg: 'refused later' },
  ]);
});
