// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Probot } from 'probot';
import { type HandledEvent, handledEvents, subjectsOf, updatedAtOf } from './events.ts';
import type { Inbox } from './inbox/inbox.ts';

/**
 * The Probot app: events in, subjects into the inbox. The handlers resolve once every subject is stored, and a webhook
 * is answered when they do; judging happens elsewhere.
 */
export function countersign(app: Probot, inbox: Inbox): void {
  for (const name of handledEvents) {
    app.on(name, async ({ id, payload }) => {
      const event = { name, payload } as HandledEvent;
      const hint = { deliveryId: id, updatedAt: updatedAtOf(event) };
      const subjects = subjectsOf(event);
      if (subjects.length === 0) return;
      const taken = await inbox.receive(subjects, hint);
      if (taken === 0) app.log.info({ delivery: id, event: name }, 'delivery repeated: all of it is stored already');
      else app.log.debug({ delivery: id, event: name, subjects: taken }, 'webhook stored');
    });
  }
}
