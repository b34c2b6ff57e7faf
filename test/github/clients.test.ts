// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { createClients } from '../../src/github/clients.ts';

describe('The client of an installation', () => {
  test('is made once, and not shared with another installation', async () => {
    const made: number[] = [];
    const clientFor = createClients(async (installationId) => made.push(installationId));
    const [one, again, other] = await Promise.all([clientFor(7), clientFor(7), clientFor(8)]);
    expect(one).toBe(again);
    expect(other).not.toBe(one);
    expect(made).toEqual([7, 8]);
  });

  test('is made anew where it could not be made before', async () => {
    let tries = 0;
    const clientFor = createClients(async () => {
      tries += 1;
      if (tries === 1) throw new Error('the network is away');
      return tries;
    });
    await expect(clientFor(7)).rejects.toThrow('the network is away');
    expect(await clientFor(7)).toBe(2);
  });
});
