// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Text } from '../text.ts';
import { say } from '../text.ts';
import { addressProblem } from './address.ts';
import type { Case, Entry } from './case.ts';
import { cut } from './cut.ts';
import { isGitHub, shown } from './identity.ts';
import { type Claim, namesWholeSha } from './remediation.ts';

/** A claim together with the commit that makes it. */
export interface Attempt {
  readonly claim: Claim;
  readonly entry: Entry;
  /** Position of that commit among the contribution's. */
  readonly index: number;
}

/** All attempts at remediation in a contribution, by the commit that they name. */
export interface Attempts {
  readonly bySha: ReadonlyMap<string, readonly Attempt[]>;
  /** Those that name a commit by less than its whole id, the first few: they are only ever explained. */
  readonly abbreviated: readonly Attempt[];
}

const few = 20;

export function findAttempts(entries: readonly Entry[]): Attempts {
  const bySha = new Map<string, Attempt[]>();
  const abbreviated: Attempt[] = [];
  entries.forEach((entry, index) => {
    for (const claim of entry.message.claims) {
      const attempt = { claim, entry, index };
      if (!namesWholeSha(claim)) {
        if (abbreviated.length < few) abbreviated.push(attempt);
        continue;
      }
      const known = bySha.get(claim.sha);
      if (known === undefined) bySha.set(claim.sha, [attempt]);
      else known.push(attempt);
    }
  });
  return { bySha, abbreviated };
}

/** Why an attempt does not count for the commit at a position, as the end of a sentence; null where it does. */
export function whyIneffective(attempt: Attempt, target: Entry, position: number, judged: Case): Text | null {
  const { claim, entry, index } = attempt;
  const { individual, thirdParty } = judged.settings.allowRemediationCommits;
  const { same } = judged.identities;
  if (!individual) return ['this project’s policy does not allow remediation commits'];
  if (claim.thirdParty && !thirdParty) return ['this project’s policy lets only the author of a commit do that'];
  if (!namesWholeSha(claim)) return say`it has to name the commit by its whole id, ${target.commit.sha}`;
  if (index <= position) return ['it has to come after the commit that it signs off'];
  const makers = [entry.commit.author, entry.commit.committer].flatMap((person) => person ?? []);
  if (!makers.some((person) => !isGitHub(person) && same(person, claim.by))) {
    return say`${shown(claim.by)} is neither the author nor the committer of that commit`;
  }
  if (addressProblem(claim.by, judged) !== null) {
    return say`${cut(claim.by.email)} is not an address that a sign-off may have here`;
  }
  const { author } = target.commit;
  if (author === null) return ['the author of the commit that it signs off could not be read'];
  return same(author, claim.of) ? null : say`it speaks for ${shown(claim.of)}, and the author here is ${shown(author)}`;
}
