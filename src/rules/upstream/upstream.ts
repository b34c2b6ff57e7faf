// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Contribution, Facts } from '../../contribution/contribution.ts';
import { retry } from '../retry.ts';
import type { Rule } from '../rule.ts';
import { say, type Text } from '../text.ts';
import { type Finding, outcomeOf, type Remedy, type Table, type Verdict } from '../verdict.ts';
import { caseOf } from './case.ts';
import { gapsIn } from './gaps.ts';
import { judgeCommits } from './judge-commits.ts';
import { type Judged, judgePatches } from './judge-patches.ts';
import { judgeSubmodules } from './judge-submodules.ts';
import { needsOf } from './needs.ts';
import { count } from './section.ts';
import { type UpstreamSettings, upstreamSettings } from './settings.ts';

/** Changes to somebody else's code say where they are upstream, and what they say is true. */
export const upstream: Rule<UpstreamSettings> = {
  id: 'upstream',
  settings: upstreamSettings,
  needs: (contribution, settings) => partsOf(contribution).flatMap((facts) => needsOf(facts, settings)),
  judge(contribution, settings) {
    const judged = partsOf(contribution).flatMap((facts) => judgePart(facts, settings));
    return verdictOf(judged, contribution);
  },
};

/** Of a merge group its pull requests: together they bring in what each of them does. */
function partsOf(contribution: Contribution): readonly Facts[] {
  return contribution.queued ?? [contribution];
}

function judgePart(facts: Facts, settings: UpstreamSettings): Judged[] {
  const judged = caseOf(facts, settings);
  if (judged.exemptBranch) return [];
  const gaps = gapsIn(judged);
  if (gaps.length > 0) return [{ kind: 'Changed files', findings: gaps, options: [] }];
  return [...judgePatches(judged), ...judgeCommits(judged), ...judgeSubmodules(judged)];
}

function verdictOf(judged: readonly Judged[], contribution: Contribution): Verdict {
  const findings = judged
    .flatMap((one) => one.findings)
    .map((one) => (one.level === 'gap' ? { ...one, text: say`${one.text} ${retry(contribution)}` } : one));
  return {
    rule: 'upstream',
    outcome: judged.length === 0 ? 'not-applicable' : outcomeOf(findings),
    title: title(judged, findings),
    findings,
    remedies: remediesFor(judged),
    ...(judged.length === 0 ? {} : { table: tableOf(judged) }),
  };
}

function title(judged: readonly Judged[], findings: readonly Finding[]): Text {
  const number = (level: string) => findings.filter((one) => one.level === level).length;
  if (judged.length === 0) return ['Nothing here has to say where it is upstream'];
  if (number('gap') > 0) return ['Some of the upstream facts could not be read'];
  const missing = findings.filter(({ code }) => code === 'upstream.missing').length;
  if (missing === 1) return ['1 change does not say where it is upstream'];
  if (missing > 1) return [`${missing} changes do not say where they are upstream`];
  if (number('error') > 0) return [`${count(number('error'), 'upstream statement')} to mend`];
  const warnings = number('warning');
  const all = `${count(judged.length, 'change')} ${judged.length === 1 ? 'says' : 'say'} where ${judged.length === 1 ? 'it is' : 'they are'} upstream`;
  return [warnings === 0 ? all : `${all}, ${count(warnings, 'warning')}`];
}

/** The usual lines of every notation in which something is missing, ready to paste; and how messages are changed. */
function remediesFor(judged: readonly Judged[]): Remedy[] {
  const wanted = new Map(
    judged.flatMap(({ options, kind }) => (options.length === 0 ? [] : [[pasted(options), kind] as const])),
  );
  const missing = [...wanted].map(([lines, kind]): Remedy => {
    const where = kind === 'Commits' ? 'message of each commit' : 'header of each patch';
    const text = `Add the one that is true to the ${where} named above, with what stands in capitals filled in:`;
    return { text: [text], paste: lines, partial: true };
  });
  return judged.some(hasMessageToChange) ? [...missing, { text: [rewording], partial: true }] : missing;
}

const rewording =
  'To change the message of the last commit, run `git commit --amend`; of an earlier one, `git rebase --interactive COMMIT~`, with its id for COMMIT, and write “reword” for “pick” before it. Then run `git push --force-with-lease`.';

function hasMessageToChange({ findings }: Judged): boolean {
  return findings.some(
    ({ level, at, code }) => level === 'error' && at !== null && 'commit' in at && code !== 'upstream.no-convention',
  );
}

/** Lines of one option each; where an option holds several, a blank line tells the options apart. */
function pasted(options: readonly string[]): string {
  return options.join(options.some((lines) => lines.includes('\n')) ? '\n\n' : '\n');
}

const columns = ['', 'Looked at', 'Need a change', 'Not judged', 'Worth a look', 'Verified'] as const;

function tableOf(judged: readonly Judged[]): Table {
  const rows = [...Map.groupBy(judged, ({ kind }) => kind)].map(([kind, all]) => {
    const having = (test: (one: Finding) => boolean) =>
      String(all.filter(({ findings }) => findings.some(test)).length);
    const level = (wanted: string) => having((one) => one.level === wanted);
    return [
      kind,
      String(all.length),
      level('error'),
      level('gap'),
      level('warning'),
      having(({ code }) => code === 'upstream.verified'),
    ];
  });
  return { columns, rows };
}
