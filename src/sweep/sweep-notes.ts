// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import * as z from 'zod';
import type { PageKind } from './notes.ts';

const schema = z.object({
  /** Deliveries that failed up to then are seen to; milliseconds since 1970. */
  settledUntil: z.number(),
  /** When the last pass over an installation that came to its end began, by the installation's number. */
  passes: z.record(z.string(), z.number()),
});

export type SweepNotes = z.output<typeof schema>;

/** Without them, the next sweep looks at more than it has to. */
export const sweepNotes: PageKind<SweepNotes> = { name: 'sweep', schema, none: { settledUntil: 0, passes: {} } };
