// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import * as z from 'zod';
import { ruleIds } from '../rules/rules.ts';

const effect = z.enum(['off', 'passes', 'warns', 'fails', 'not-judged']);
const text = z.array(z.union([z.string(), z.object({ quoted: z.string() }).readonly()])).readonly();

/** A pull request judged by two policies, or why it could not be: a schema, since it comes back from a file. */
export const simulatedSchema = z
  .object({
    /** `owner/name` */
    repository: z.string(),
    /** Page of the pull request. */
    url: z.string().nullable(),
    listed: z
      .object({ number: z.int(), title: z.string(), state: z.enum(['OPEN', 'MERGED']), headSha: z.string() })
      .readonly(),
    differences: z
      .array(
        z.object({ rule: z.enum(ruleIds), check: z.string(), before: effect, after: effect, why: text }).readonly(),
      )
      .readonly(),
    /** null: it was judged by both. */
    unread: z.string().nullable(),
  })
  .readonly();

export type Simulated = z.output<typeof simulatedSchema>;
