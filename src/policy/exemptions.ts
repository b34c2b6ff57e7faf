// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { glob } from '../rules/glob.ts';
import type { Exemption } from './floor-settings.ts';
import type { Traits } from './policy.ts';

export interface Found {
  /** Index in the floor's list. */
  readonly index: number;
  readonly exemption: Exemption;
}

/**
 * The exemption that holds for a repository on a day (`YYYY-MM-DD`, UTC), else the one that ended last, else null.
 * Where nothing is known of the repository, or of the day, nothing is exempt.
 */
export function exemptionFor(
  exemptions: readonly Exemption[],
  traits: Traits | null,
  today: string | null,
): (Found & { readonly ended: boolean }) | null {
  if (traits === null || today === null) return null;
  const fitting = exemptions
    .map((exemption, index) => ({ index, exemption, ended: exemption.until < today }))
    .filter(({ exemption }) => fits(exemption, traits));
  const [latest] = fitting.toSorted((a, b) => (a.exemption.until < b.exemption.until ? 1 : -1));
  return latest ?? null;
}

function fits({ name, topic, visibility, archived, fork }: Exemption, traits: Traits): boolean {
  return (
    (name === undefined || glob(name.toLowerCase())(traits.name.toLowerCase())) &&
    (topic === undefined || traits.topics.includes(topic.toLowerCase())) &&
    (visibility === undefined || visibility === traits.visibility) &&
    (archived === undefined || archived === traits.archived) &&
    (fork === undefined || fork === traits.fork)
  );
}
