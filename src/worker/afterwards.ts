// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { type Inbox, type Subject, subjectKey } from '../inbox/inbox.ts';

/** Has subjects looked at once more, after a while. */
export interface Afterwards {
  note(subject: Subject): void;
}

/**
 * For what GitHub was asked to write and did not answer: it may do so all the same, after a later look has written something
 * newer, and nobody would hear of it. GitHub ends a request after ten seconds, so that `wait`, in milliseconds, is longer. In
 * this process's memory: where it ends meanwhile, the daily look is left.
 */
export function createAfterwards(inbox: Pick<Inbox, 'put'>, wait: number): Afterwards {
  const timers = new Map<string, NodeJS.Timeout>();
  return {
    note: (subject) => {
      const key = subjectKey(subject);
      clearTimeout(timers.get(key));
      const timer = setTimeout(() => {
        timers.delete(key);
        // Nobody waits for it; and what waits to be tried again will be looked at anyway.
        inbox.put(subject, { deliveryId: null, updatedAt: null, urgency: 'sweep' }).catch(() => {});
      }, wait);
      timer.unref();
      timers.set(key, timer);
    },
  };
}
