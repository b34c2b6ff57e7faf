// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Leases } from '../../src/lease/lease.ts';

/** Two holders that share one storage. */
export interface Kind {
  open(): Promise<readonly [Leases, Leases]>;
  close(): Promise<void>;
}

const long = 3_600_000;

export function describeLeases(name: string, kind: Kind): void {
  describe(name, () => {
    let one: Leases;
    let other: Leases;
    beforeAll(async () => {
      [one, other] = await kind.open();
    });
    afterAll(() => kind.close());

    test('have one holder, until it gives it back', async () => {
      const lease = await one.hold('a', long);
      expect(await other.hold('a', long)).toBeNull();
      expect(await one.hold('a', long)).toBeNull();
      expect(await other.hold('b', long)).not.toBeNull();
      await lease?.release();
      expect(await other.hold('a', long)).not.toBeNull();
    });

    test('tell how long nobody had held them', async () => {
      const first = await one.hold('f', long);
      expect(first?.idle).toBe(Number.POSITIVE_INFINITY);
      await first?.release();
      const second = await other.hold('f', long);
      expect(second?.idle).toBeGreaterThanOrEqual(0);
      expect(second?.idle).toBeLessThan(long);
    });

    test('end by themselves where the holder says nothing more, and cannot be had back then', async () => {
      const lease = await one.hold('c', 1);
      await sleep(5);
      expect(await lease?.renew()).toBe(false);
      expect(await other.hold('c', long)).not.toBeNull();
      await lease?.release();
      expect(await one.hold('c', long)).toBeNull();
    });

    test('go on for as long as they are renewed', async () => {
      const lease = await one.hold('d', long);
      expect(await lease?.renew()).toBe(true);
      expect(await other.hold('d', long)).toBeNull();
    });

    test('that several want at once are given to one', async () => {
      const wanted = await Promise.all([one, other, one, other].map((leases) => leases.hold('e', long)));
      expect(wanted.filter((lease) => lease !== null)).toHaveLength(1);
    });
  });
}
