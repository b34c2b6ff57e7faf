// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { notFound } from '../errors.ts';
import { iso } from '../time.ts';
import type { Delivery } from '../webhooks/webhooks.ts';
import { ok, param, type RestRequest, type Route } from './route.ts';

function item(one: Delivery) {
  return {
    id: one.id,
    guid: one.guid,
    delivered_at: iso(one.deliveredAt),
    redelivery: one.redelivery,
    duration: Math.round(one.answer.milliseconds) / 1000,
    status: one.answer.status,
    status_code: one.answer.statusCode,
    event: one.event,
    action: one.action,
    installation_id: one.installation,
    repository_id: one.repository,
    throttled_at: null,
  };
}

const lifetime = 3 * 24 * 60 * 60_000;

/** GitHub forgets a delivery after three days. */
function kept({ world, webhooks }: RestRequest): readonly Delivery[] {
  const now = world.now().getTime();
  return webhooks.deliveries.filter((one) => now - one.deliveredAt.getTime() < lifetime);
}

function theDelivery(request: RestRequest): Delivery {
  const id = param(request, 'delivery_id');
  const found = kept(request).find((one) => String(one.id) === id);
  if (!found) throw notFound('Not Found');
  return found;
}

/** Newest first; the cursor is the id of the last delivery of the page before. */
function list(request: RestRequest) {
  const size = Math.min(100, Number(request.query.per_page ?? 30));
  const { cursor: before } = request.query;
  const { status } = request.query;
  const matching = kept(request)
    .filter((one) => !before || one.id < BigInt(before))
    .filter((one) => !status || (status === 'success') === one.answer.statusCode < 400)
    .toReversed();
  const items = matching.slice(0, size);
  const cursor = items.at(-1)?.id;
  const query = new URLSearchParams({ ...request.query, cursor: String(cursor) });
  const headers: Record<string, string> =
    matching.length > size ? { link: `<${request.url}?${query}>; rel="next"` } : {};
  return ok(items.map(item), headers);
}

/** Routes about the App's webhook deliveries. */
export const deliveryRoutes: readonly Route[] = [
  { route: 'GET /app/hook/deliveries', as: 'app', answer: list },
  {
    route: 'GET /app/hook/deliveries/{delivery_id}',
    as: 'app',
    answer(request) {
      const one = theDelivery(request);
      const response = { headers: one.answer.headers, payload: one.answer.body };
      return ok({ ...item(one), request: { headers: one.headers, payload: one.payload }, response });
    },
  },
  {
    route: 'POST /app/hook/deliveries/{delivery_id}/attempts',
    as: 'app',
    answer(request) {
      // GitHub answers at once and delivers afterwards.
      void request.webhooks.redeliver(theDelivery(request));
      return { status: 202, body: {} };
    },
  },
];
