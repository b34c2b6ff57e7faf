// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { expect, test } from '@jest/globals';
import { addressOf } from '../../src/server/address.ts';

test.each([
  ['localhost', 'http://localhost:3000'],
  ['0.0.0.0', 'http://0.0.0.0:3000'],
  ['::', 'http://[::]:3000'],
])('A server at %s is reached at %s', (host, address) => {
  expect(addressOf({ host, port: 3000 })).toBe(address);
  expect(new URL(address).port).toBe('3000');
});
