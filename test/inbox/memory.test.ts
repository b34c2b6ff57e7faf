// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { createMemoryInbox } from '../../src/inbox/memory.ts';
import type { OwnInbox } from '../../src/inbox/scheduler.ts';
import { describeInbox } from './contract.ts';

const opened: OwnInbox[] = [];

describeInbox('The inbox in memory', {
  open: async () => {
    const errors: unknown[] = [];
    const inbox = createMemoryInbox((error) => errors.push(error));
    opened.push(inbox);
    return { inbox, errors };
  },
  close: async () => {
    for (const inbox of opened.splice(0)) await inbox.close();
  },
});
