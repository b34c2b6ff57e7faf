// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Hint } from './inbox.ts';

/**
 * How long GitHub lets a delivery be sent again, in milliseconds: for three days on github.com, for seven on Enterprise
 * Server ("Redelivering webhooks").
 */
export const deliveryLifetime = 7 * 24 * 60 * 60_000;

/** How long what was given up is left alone by sweeps, in milliseconds. */
export const sweepsLeaveAlone = 60 * 60_000;

/** Whether a put tells something of its subject, or only has it looked at in passing. */
export function isNews({ deliveryId, urgency }: Hint): boolean {
  return urgency !== 'sweep' || deliveryId !== null;
}

/** The newest of both; ISO 8601 in UTC sorts as text. */
export function newerHint(before: Hint, now: Hint): Hint {
  const times = [before.updatedAt, now.updatedAt].filter((time) => time !== null).sort();
  return {
    deliveryId: now.deliveryId ?? before.deliveryId,
    updatedAt: times.at(-1) ?? null,
    urgency: before.urgency === 'sweep' && now.urgency === 'sweep' ? 'sweep' : 'person',
  };
}
