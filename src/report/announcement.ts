// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Judgement } from '../engine.ts';
import { isOverridden } from './override.ts';

/** What follows the title of a verdict that blocks nothing yet: short, since titles are. Empty where there is no such day. */
export function announcementSuffix(judgement: Judgement): string {
  const { enforcedFrom, verdict } = judgement;
  const blocksLater = enforcedFrom !== undefined && verdict.outcome === 'fail' && !isOverridden(judgement);
  return blocksLater ? ` (will be enforced from ${enforcedFrom})` : '';
}

/**
 * The same as a whole sentence, also of what passes: whoever is in order now may not be then. null where no such day is
 * set, and of what could not be judged, which blocks already.
 */
export function announcementSentence({ enforcedFrom, verdict }: Judgement): string | null {
  if (enforcedFrom === undefined || verdict.outcome === 'incomplete') return null;
  return `This check only warns for now. It will be enforced from ${enforcedFrom} (00:00 UTC) on.`;
}
