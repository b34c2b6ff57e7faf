// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import * as z from 'zod';
import { checked } from './checked.ts';
import type { Client } from './client.ts';

/** One account that has the App installed. */
export interface Installation {
  readonly id: number;
  /** Login of the organisation or user, or an enterprise's short name. */
  readonly account: string;
  /** GitHub answers nothing for a suspended one, and takes no check runs. */
  readonly suspended: boolean;
}

const installations = z.array(
  z.object({
    id: z.int(),
    account: z.union([z.object({ login: z.string() }), z.object({ slug: z.string() })]).nullable(),
    suspended_at: z.string().nullish(),
  }),
);

/** Every installation of the App. `app` speaks as the App itself; one request per 100. */
export async function readInstallations(app: Client): Promise<readonly Installation[]> {
  const found: Installation[] = [];
  for await (const { data } of app.paginate.iterator('GET /app/installations', { per_page: 100 })) {
    for (const { id, account, suspended_at } of checked(installations, data, 'the list of installations')) {
      found.push({ id, account: nameOf(account), suspended: suspended_at != null });
    }
  }
  return found;
}

/** null for an account that was deleted a moment ago. */
function nameOf(account: z.output<typeof installations>[number]['account']): string {
  if (account === null) return '(deleted)';
  return 'login' in account ? account.login : account.slug;
}
