// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { Gauge, type Registry } from 'prom-client';
import type { InboxStats } from '../inbox/inbox.ts';

/** What waits in the inbox. Returns what brings the figures up to date; to be called before they are read. */
export function inboxMetrics(registry: Registry): (stats: () => Promise<InboxStats>) => Promise<void> {
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers: [registry] });
  const depth = gauge('countersign_inbox_depth', 'Entries stored, those being looked at included.');
  const age = gauge('countersign_inbox_oldest_age_seconds', 'Since the oldest entry was put; 0 where there is none.');
  const dead = gauge('countersign_dead_letters', 'Entries given up that nobody has seen to.');
  const readable = gauge('countersign_inbox_readable', 'Whether the inbox answers: 1, or 0 where it does not.');
  return async (stats) => {
    try {
      const now = await stats();
      readable.set(1);
      depth.set(now.depth);
      age.set(now.oldestAgeMs / 1000);
      dead.set(now.deadLetters);
    } catch {
      // A database that is away must not take every other figure with it.
      readable.set(0);
    }
  };
}
