// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { files, read } from './tree.ts';

describe('nock', () => {
  test('is taken back at the end of every test file that uses it, by expectingGitHub()', () => {
    const users = files().filter(
      (path) => /^test\/.*\.test\.ts$/.test(path) && /^import .* from 'nock'/m.test(read(path)),
    );
    expect(users).not.toEqual([]);
    expect(users.filter((path) => !/= expectingGitHub\(\);$/m.test(read(path)))).toEqual([]);
  });
});
