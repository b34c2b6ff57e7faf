// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { isLock, readLock } from '../../../../src/rules/license/locks/lock.ts';

describe('A lock file', () => {
  test.each(['requirements.md', 'my-package-lock.json', 'notes.txt', 'nonrequirements.txt'])('is not %s', (path) => {
    expect(isLock(path)).toBe(false);
    expect(readLock(path, '')).toBeNull();
  });

  test.each(['requirements/base.txt', 'dev-requirements.txt', 'a/requirements.lock.txt'])('may be %s', (path) => {
    expect(isLock(path)).toBe(true);
  });
});
