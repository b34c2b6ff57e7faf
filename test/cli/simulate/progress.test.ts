// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { PassThrough } from 'node:stream';
import { expect, test } from '@jest/globals';
import { startProgress } from '../../../src/cli/simulate/progress.ts';

/** What a whole simulation of two pull requests writes there. */
function written(isTTY: boolean): string {
  const stream = Object.assign(new PassThrough(), { isTTY, columns: 80 });
  const progress = startProgress(stream as unknown as NodeJS.WriteStream);
  progress.expect(2);
  progress.seen();
  progress.tell('Waiting until noon.');
  progress.seen();
  progress.stop();
  return String(stream.read());
}

test('A terminal shows a bar, and lines above it', () => {
  expect(written(true)).toContain('2 of 2 pull requests');
  expect(written(true)).toContain('\u001b[KWaiting until noon.\n');
});

test('Elsewhere there are lines alone', () => {
  expect(written(false)).toBe('Waiting until noon.\n');
});
