// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { retry } from '../retry.ts';
import { say } from '../text.ts';
import type { Finding, Remedy } from '../verdict.ts';
import { type Assessment, assess, isOpen } from './assess.ts';
import { type Case, caseOf, type Entry, readEntries } from './case.ts';
import { type DcoFacts, oncePerFacts } from './facts.ts';
import { gapsInCommits } from './gaps.ts';
import { shown } from './identity.ts';
import { individualSentence } from './remediation.ts';
import { remediesFor } from './remedies.ts';
import type { DcoSettings } from './settings.ts';

/** What is to be said of one list of commits: a pull request's, or a Git range's. */
export interface Review {
  readonly assessments: readonly Assessment[];
  /** Gaps in the list itself; while there are any, the assessments are not the whole of it. */
  readonly gaps: readonly Finding[];
  /** Of single commits, in their order. */
  readonly findings: readonly Finding[];
  readonly remedies: readonly Remedy[];
}

export const review = oncePerFacts((facts: DcoFacts, settings: DcoSettings): Review => {
  const judged = caseOf(facts, settings);
  const assessments = assess(readEntries(facts.commits), judged);
  const gaps = gapsInCommits(facts);
  const findings = [...assessments.map((one) => findingOf(one, facts)), ...strayRemediations(assessments, judged)];
  // Commands made from a part of the commits could change the wrong ones.
  return { assessments, gaps, findings, remedies: gaps.length > 0 ? [] : remediesFor(assessments, judged) };
});

const levels = { signed: 'ok', exempt: 'ok', fails: 'error', unclear: 'gap' } as const;

function findingOf({ commit, message, verdict }: Assessment, facts: DcoFacts): Finding {
  const level = levels[verdict.status];
  return {
    code: verdict.code,
    level,
    at: placeOf({ commit, message }),
    text: level === 'gap' ? say`${verdict.text} ${retry(facts)}` : verdict.text,
  };
}

export function placeOf({ commit, message }: Entry): { commit: string; subject: string } {
  return { commit: commit.sha, subject: message.subject };
}

/** Remediation that reached no commit, pointed out while there are commits that it may have been meant for. */
function strayRemediations(assessments: readonly Assessment[], { settings }: Case): Finding[] {
  if (!settings.allowRemediationCommits.individual || !assessments.some(({ verdict }) => isOpen(verdict))) return [];
  const shas = new Set(assessments.map(({ commit }) => commit.sha));
  return assessments.flatMap(({ commit, message }) => {
    const at = placeOf({ commit, message });
    const [malformed] = message.malformedClaims;
    const stray = message.claims.find(({ sha }) => sha.length >= 40 && !shas.has(sha));
    const found: Finding[] = [];
    if (malformed !== undefined) {
      const sentence = individualSentence(commit.author ?? { name: 'NAME', email: 'E-MAIL' }, 'WHOLE_COMMIT_ID');
      const text = say`The line ${malformed} looks like a sign-off for an earlier commit, but it has to read ${sentence}.`;
      found.push({ code: 'dco.remediation-malformed', level: 'warning', at, text });
    }
    if (stray !== undefined) {
      const text = say`The sign-off by ${shown(stray.by)} names the commit ${stray.sha}, which is not among these commits.`;
      found.push({ code: 'dco.remediation-stray', level: 'warning', at, text });
    }
    return found;
  });
}
