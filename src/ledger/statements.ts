// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { hash } from 'node:crypto';
import type { Judgement } from '../engine.ts';
import type { Decisions, Ended, Override } from '../overrides/overrides.ts';
import type { Policy, PolicyResolution } from '../policy/policy.ts';
import { oncePer } from '../rules/once.ts';
import type { Verdict } from '../rules/verdict.ts';
import type { Account, Entry, Kind, Statement } from './ledger.ts';

/** What was looked at, and what came of it. */
export interface Looked {
  readonly host: string;
  /** `owner/name`. */
  readonly repository: string;
  /** null for a merge group. */
  readonly pullRequest: number | null;
  readonly head: string;
  readonly base: string;
  readonly policyCommit: string | null;
  readonly resolution: PolicyResolution;
  readonly results: readonly { readonly judgement: Judgement; readonly conclusion: string }[];
  /** null where none were made, as in a merge group. */
  readonly decisions: Decisions | null;
  /** Links of the comments that are there; null where not all of them could be read. */
  readonly comments: ReadonlySet<string> | null;
}

/** The lines that a look may leave in the ledger. Pure; which of them are new only the ledger knows. */
export function accountOf(looked: Looked): Account {
  const overrides = looked.decisions === null ? [] : overrideStatements(looked, looked.decisions);
  return {
    statements: [
      policyStatement(looked),
      ...overrides,
      ...looked.results.map(({ judgement, conclusion }) => resultStatement(looked, judgement, conclusion)),
    ],
    all:
      looked.decisions === null || looked.comments === null
        ? null
        : { topics: overridesOf(looked), links: looked.comments },
  };
}

function place({ host, repository }: Looked): string {
  return `${host}/${repository}`.toLowerCase();
}

function subject(looked: Looked): string {
  return looked.pullRequest === null ? `${place(looked)}@${looked.head}` : `${place(looked)}#${looked.pullRequest}`;
}

function overridesOf(looked: Looked): string {
  return `override ${subject(looked)} `;
}

function base({ host, repository, pullRequest, head, policyCommit }: Looked): Omit<Entry, 'kind'> {
  return {
    host,
    repository,
    pullRequest,
    head,
    policyCommit,
    check: null,
    by: null,
    code: null,
    findings: {},
    reason: null,
    link: null,
  };
}

function policyStatement(looked: Looked): Statement {
  const { resolution } = looked;
  const held =
    resolution.policy === null
      ? JSON.stringify(resolution.problems.map(({ code, line, column }) => [code, line, column]))
      : heldBy(resolution.policy);
  const digest = hash('sha256', held);
  const code = resolution.policy === null ? 'broken' : 'valid';
  return {
    topic: `policy ${place(looked)} ${looked.base}`,
    state: `${code} ${digest}`,
    entry: { ...base(looked), kind: 'policy', pullRequest: null, head: null, code, check: 'policy' },
  };
}

/**
 * What the policy is, as JSON, wherever its files lie in the history: a commit that leaves them alone is no change of it.
 */
function heldBy({ rules, checkName, overrides, sources }: Policy): string {
  const settings = Object.entries(rules).map(([rule, set]) => `${JSON.stringify(rule)}:${settingsJson(set)}`);
  const files = sources.map(({ repository, path, ref }) => ({ repository, path, ref }));
  const name = JSON.stringify(checkName);
  return `{"rules":{${settings}},"checkName":${name},"overrides":${settingsJson(overrides)},"sources":${JSON.stringify(files)}}`;
}

/** Settings are long, and the same for all pull requests that a policy governs. */
const settingsJson = oncePer((settings: object) => JSON.stringify(settings));

function resultStatement(looked: Looked, { verdict }: Judgement, conclusion: string): Statement {
  const findings = countFindings(verdict);
  return {
    topic: `result ${subject(looked)} ${verdict.rule}`,
    state: `${looked.head} ${conclusion} ${JSON.stringify(Object.entries(findings).sort())}`,
    entry: { ...base(looked), kind: 'result', check: verdict.rule, code: conclusion, findings },
  };
}

/** Only what stands in the way. */
function countFindings({ findings }: Verdict): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { code, level } of findings) {
    if (level === 'error' || level === 'gap') counts[code] = (counts[code] ?? 0) + 1;
  }
  return counts;
}

function overrideStatements(looked: Looked, { perCheck }: Decisions): readonly Statement[] {
  const statements = [...perCheck].flatMap(([check, decision]) => [
    ...decision.refused.map((one) => overrideStatement(looked, check, 'refused', one, one.code)),
    ...decision.lapsed.map((one) => overrideStatement(looked, check, 'lapsed', one, one.code)),
    ...decision.withdrawn.map((one) => overrideStatement(looked, check, 'withdrawn', one, one.code)),
    ...decision.granted.map((one) => overrideStatement(looked, check, 'granted', one, null)),
  ]);
  // A comment can command the same twice, for two scopes; what grants comes last and counts.
  return [...new Map(statements.map((one) => [one.topic, one])).values()];
}

/** A grant is for one head, and a grant for another is another decision; what no longer holds is told once. */
function overrideStatement(
  looked: Looked,
  check: string,
  kind: Kind,
  override: Ended | Override,
  code: string | null,
): Statement {
  const { by, reason, url, comment } = override;
  const found = looked.results.find(({ judgement }) => judgement.verdict.rule === check);
  const findings = found === undefined ? {} : countFindings(found.judgement.verdict);
  return {
    topic: `${overridesOf(looked)}${check} ${comment} ${JSON.stringify(override.scope)}`,
    state: kind === 'granted' ? `granted ${looked.head}` : `${kind} ${code}`,
    entry: { ...base(looked), kind, check, by, code, findings, reason, link: url },
  };
}
