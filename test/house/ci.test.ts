// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { read, root } from './tree.ts';

describe('.ci/run', () => {
  test('can be executed', () => {
    expect(statSync(join(root, '.ci/run')).mode & 0o111).toBe(0o111);
  });

  test('ends with the test command of the README', () => {
    const command = read('.ci/run').trim().split('\n').at(-1);
    expect(command).toBe('npm ci && npm test');
    expect(read('README.md')).toContain(command);
  });
});
