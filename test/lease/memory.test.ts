// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { createMemoryLeases } from '../../src/lease/lease.ts';
import { describeLeases } from './contract.ts';

describeLeases('Leases in memory', {
  open: async () => {
    const leases = createMemoryLeases();
    return [leases, leases];
  },
  close: async () => {},
});
