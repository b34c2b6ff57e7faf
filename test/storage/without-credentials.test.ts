// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { expect, test } from '@jest/globals';
import { withoutCredentials } from '../../src/storage/without-credentials.ts';

test.each([
  ['postgres://ada:secret@db.example.org:5432/countersign', 'postgres://db.example.org:5432/countersign'],
  ['postgres://db/countersign', 'postgres://db/countersign'],
  ['postgres://ada:secret@/countersign?host=/run/postgresql', 'postgres:///countersign'],
  ['postgresql:///countersign?user=ada&password=secret', 'postgresql:///countersign'],
  ['postgres://ada:se@cr%et@[::1]/countersign?sslmode=verify-full', 'postgres://[::1]/countersign'],
  ['postgres://ada:secret@db', 'postgres://db'],
  ['postgres://ada:se//cret@db/countersign', 'postgres://db/countersign'],
])('%s is logged as %s', (address, logged) => {
  expect(withoutCredentials(address)).toBe(logged);
});
