// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { hash } from 'node:crypto';
import { LruMap } from 'toad-cache';
import type { Content, Contribution, Facts } from '../contribution/contribution.ts';
import { type Judgement, judge } from '../engine.ts';
import type { Policy } from '../policy/policy.ts';
import { oncePer } from '../rules/once.ts';

/** Judges as the engine does; see there. */
export type Judge = typeof judge;

/** Judgements remembered: of a pull request about one, of a few kilobytes. */
const remembered = 500;
/** A judgement with more findings than this, all rules together, is not worth its memory. */
const mostFindings = 200;

/**
 * Judges a contribution once: where nothing that a rule reads has changed, neither facts nor settings nor the day, the
 * judgement is the same, since rules are pure.
 */
export function createJudge(): Judge {
  const memory = new LruMap<readonly Judgement[]>(remembered);
  return (contribution, policy) => {
    const key = fingerprint(contribution, policy.rules);
    const known = memory.get(key);
    if (known !== undefined) return known;
    const judgements = judge(contribution, policy);
    const findings = judgements.reduce((sum, { verdict }) => sum + verdict.findings.length, 0);
    if (findings <= mostFindings) memory.set(key, judgements);
    return judgements;
  };
}

function fingerprint(contribution: Contribution, rules: Policy['rules']): string {
  const { queued, ...own } = contribution;
  const facts = [withoutTexts(own), queued?.map(withoutTexts) ?? null];
  return hash('sha256', `${digestOf(rules)} ${JSON.stringify(facts)}`, 'base64');
}

/** Of the settings that rules see; the rest of a policy, such as the commit that it was read at, is none of theirs. */
const digestOf = oncePer((rules: Policy['rules']) => hash('sha256', JSON.stringify(rules), 'base64'));

/** Texts may be megabytes; what Git calls them, and how much of it was read, says the same. */
function withoutTexts({ contents, ...rest }: Facts): object {
  return { ...rest, contents: contents.map(named) };
}

function named({ commit, path, entry }: Content): readonly unknown[] {
  if (entry?.kind !== 'file') return [commit, path, entry];
  const { text, ...facts } = entry;
  return [commit, path, facts, text?.length ?? null];
}
