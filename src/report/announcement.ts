// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Judgement } from '../engine.ts';

/** What follows the title of a verdict that blocks nothing yet: short, since titles are. Empty where there is no such day. */
export function announcementSuffix({ enforcedFrom, verdict }: Judgement): string {
  return enforcedFrom !== undefined && verdict.outcome === 'fail' ? ` (will be enforced from ${enforcedFrom})` : '';
}

/** The same as a whole sentence, for every outcome: whoever is in order now may not be then. null: no such day is set. */
export function announcementSentence({ enforcedFrom }: Judgement): string | null {
  if (enforcedFrom === undefined) return null;
  return `This check only warns for now. It will be enforced from ${enforcedFrom} (00:00 UTC) on.`;
}
