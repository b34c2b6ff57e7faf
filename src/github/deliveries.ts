// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import * as z from 'zod';
import { answeredAt } from './answered-at.ts';
import { checked } from './checked.ts';
import type { Client } from './client.ts';

/** An attempt to deliver a webhook to the App that failed. */
export interface FailedDelivery {
  /** Of this attempt; in decimal digits, since GitHub's numbers have grown past 2 ** 53. */
  readonly id: string;
  /** `x-github-delivery`, the same for every attempt. */
  readonly guid: string;
  readonly event: string;
  readonly action: string | null;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** What the App answered, or what GitHub puts down where nothing did. */
  readonly statusCode: number;
  readonly status: string;
  readonly installationId: number | null;
  readonly repositoryId: number | null;
}

/** Octokit hands a number out as a bigint where a plain one would lose digits. */
const digits = z.union([z.int(), z.bigint()]).transform(String);

const deliveries = z.array(
  z.object({
    id: digits,
    guid: z.string(),
    event: z.string(),
    action: z.string().nullable(),
    delivered_at: z.iso.datetime({ offset: true }),
    status_code: z.int(),
    status: z.string(),
    installation_id: z.int().nullable(),
    repository_id: z.int().nullable(),
  }),
);

export interface FailedDeliveries {
  /** Newest first. */
  readonly failed: readonly FailedDelivery[];
  /** false where there are more than were read. */
  readonly complete: boolean;
  /** When GitHub answered by its own clock, in milliseconds since 1970; infinite where it did not say. */
  readonly asOf: number;
}

/**
 * The attempts that failed after `since` (milliseconds since 1970), as far back as GitHub keeps them: three days on
 * github.com, seven on GitHub Enterprise Server ("Redelivering webhooks"). An attempt fails with a status of 400 and
 * more. `app` speaks as the App itself; one request per 100, `mostPages` at most.
 */
export async function readFailedDeliveries(app: Client, since: number, mostPages: number): Promise<FailedDeliveries> {
  const failed: FailedDelivery[] = [];
  let pages = 0;
  let asOf = Number.POSITIVE_INFINITY;
  const parameters = { per_page: 100, status: 'failure' } as const;
  for await (const { data, headers } of app.paginate.iterator('GET /app/hook/deliveries', parameters)) {
    asOf = Math.min(asOf, answeredAt(headers, Number.POSITIVE_INFINITY));
    const page = checked(deliveries, data, 'the list of webhook deliveries').map(toFailed);
    failed.push(...page.filter(({ at }) => at > since));
    pages += 1;
    if (page.some(({ at }) => at <= since)) return { failed, complete: true, asOf };
    if (pages === mostPages) return { failed, complete: page.length < parameters.per_page, asOf };
  }
  return { failed, complete: true, asOf };
}

function toFailed(one: z.output<typeof deliveries>[number]): FailedDelivery {
  return {
    id: one.id,
    guid: one.guid,
    event: one.event,
    action: one.action,
    at: Date.parse(one.delivered_at),
    statusCode: one.status_code,
    status: one.status,
    installationId: one.installation_id,
    repositoryId: one.repository_id,
  };
}

/** Asks GitHub to deliver it once more. GitHub answers before it does. */
export async function redeliver(app: Client, { id }: Pick<FailedDelivery, 'id'>): Promise<void> {
  // In digits, not as a number: Octokit drops a bigint out of the path (octokit/endpoint.js#546).
  const route = { delivery_id: id as unknown as number };
  await app.request('POST /app/hook/deliveries/{delivery_id}/attempts', route);
}
