// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import * as z from 'zod';
import type { PageKind } from '../sweep/notes.ts';

const schema = z.object({
  /** The last hour whose repositories were looked at, as `hourOf` counts them; null: none is known. */
  doneUntil: z.int().nullable(),
});

type WeeklyNotes = z.output<typeof schema>;

/** Without them, an hour in which the App did not run is made up for a week later. */
export const weeklyNotes: PageKind<WeeklyNotes> = { name: 'weekly report', schema, none: { doneUntil: null } };
