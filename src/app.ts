// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { createEventHandler, type EmitterWebhookEvent } from '@octokit/webhooks';
import type { Logger } from 'pino';
import type { Probot } from 'probot';
import { type HandledEvent, handledEvents, subjectsOf, updatedAtOf } from './events.ts';
import type { Inbox } from './inbox/inbox.ts';
import type { Receiving } from './server/webhook.ts';

/**
 * The Probot app: events in, subjects into the inbox. The handlers resolve once every subject is stored, and a webhook
 * is answered when they do; judging happens elsewhere.
 */
export function countersign(app: Pick<Probot, 'on'>, inbox: Pick<Inbox, 'receive'>, log: Logger): void {
  for (const name of handledEvents) {
    app.on(name, async ({ id, payload }) => {
      const event = { name, payload } as HandledEvent;
      const hint = { deliveryId: id, updatedAt: updatedAtOf(event) };
      const subjects = subjectsOf(event);
      if (subjects.length === 0) return;
      const taken = await inbox.receive(subjects, hint);
      if (taken === 0) log.info({ delivery: id, event: name }, 'delivery repeated: all of it is stored already');
      else log.debug({ delivery: id, event: name, subjects: taken }, 'webhook stored');
    });
  }
}

/**
 * What hands webhooks to the app, by the part of Probot that routes events. Probot itself makes an Octokit for each event
 * beforehand, with a token from GitHub; nothing here asks GitHub anything, and a webhook has to be stored when GitHub
 * does not answer.
 */
export function createReceiver(inbox: Pick<Inbox, 'receive'>, log: Logger): Receiving['receive'] {
  const events = createEventHandler({ log });
  countersign(events as unknown as Pick<Probot, 'on'>, inbox, log);
  return (webhook) => events.receive(webhook as EmitterWebhookEvent);
}
