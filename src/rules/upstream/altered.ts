// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { say } from '../text.ts';
import type { Finding } from '../verdict.ts';
import type { Case } from './case.ts';
import { claimsOf, isClean } from './claims.ts';
import { compareChanges } from './compare-diffs.ts';
import type { Source } from './judge-marker.ts';
import type { Marker } from './model.ts';
import { type Changes, changesInFiles } from './patch/changes.ts';
import { finding } from './section.ts';
import { answerTo } from './verify.ts';

/**
 * Where a clean backport is claimed and the diff is not upstream's. `own` is what the change itself does; null: it is not
 * known whole.
 */
export function altered(marker: Marker, own: (() => Changes) | null, source: Source, judged: Case): Finding[] {
  if (!isClean(marker) || !judged.settings.verify.diffs) return [];
  return claimsOf(marker, source.path, judged).flatMap((claim) => {
    if (!('question' in claim) || claim.question.ask !== 'contained') return [];
    const contained = answerTo(claim.question, judged);
    if (contained?.ask !== 'contained' || contained.answer !== 'yes') return [];
    const { repository, commit, trusted } = claim.question;
    const answer = answerTo({ ask: 'diff', repository, commit, trusted }, judged);
    if (answer?.ask !== 'diff') return [];
    const at = source.at(marker.line);
    const name = say`${commit.slice(0, 12)} of ${repository}`;
    if (own === null || answer.files === null) {
      const words = say`It was not compared with what ${name} changes: one of the two could not be read whole.`;
      return [finding('not-compared', 'note', at, words)];
    }
    const differences = compareChanges(own(), changesInFiles(answer.files));
    if (differences.length === 0) return [];
    const listed = differences.slice(0, 5).flatMap((one, index) => (index === 0 ? one : [', ', ...one]));
    const words = say`It is not quite what ${name} changes: ${listed}${[more(differences.length)]}. If that is meant, say so.`;
    return [finding('altered', 'note', at, words)];
  });
}

function more(differences: number): string {
  return differences > 5 ? `, and ${differences - 5} more` : '';
}
