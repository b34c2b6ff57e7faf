// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { createBodyMemory, ownShare } from '../../src/server/body.ts';

const kilobyte = 1024;
const all = 64 * 1024 * kilobyte;

/** Bodies that each take as much as they are given, and never end; how much they hold. */
function greedy(memory: ReturnType<typeof createBodyMemory>, bodies: number): readonly number[] {
  return Array.from({ length: bodies }, () => {
    let held = 0;
    while (memory.take(held, kilobyte)) held += kilobyte;
    return held;
  });
}

describe('The memory of bodies', () => {
  test('has room for one of the usual size however many others take all that they are given', () => {
    const memory = createBodyMemory(all);
    greedy(memory, 100);
    expect(memory.take(0, 30 * kilobyte)).toBe(true);
    expect(memory.take(30 * kilobyte, 30 * kilobyte)).toBe(true);
  });

  test('holds no more than it has, beside each body’s own share', () => {
    const held = greedy(createBodyMemory(all), 100);
    expect(held.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThanOrEqual(all + held.length * ownShare);
  });

  test('is free again for the largest once all is given back', () => {
    const memory = createBodyMemory(all);
    const [first] = greedy(memory, 1);
    memory.give(first ?? 0);
    for (const bytes of greedy(memory, 100)) memory.give(bytes);
    expect(greedy(memory, 1)).toEqual([first]);
  });
});
