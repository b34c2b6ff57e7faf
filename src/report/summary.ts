// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Judgement } from '../engine.ts';
import type { OverrideSettings } from '../overrides/settings.ts';
import type { PolicySource } from '../policy/policy.ts';
import type { Finding, Table, Verdict } from '../rules/verdict.ts';
import { announcementSentence } from './announcement.ts';
import type { PreviewOutput } from './check-run.ts';
import { type CommitUrl, commitMarkdown, findingItem } from './findings.ts';
import { addOverrides, isOverridden, overriddenLead, overrideHint, overrideOutlook } from './override.ts';
import { openPage, type Page } from './page.ts';
import { markdown } from './phrase.ts';
import { addRemedies } from './remedies.ts';
import { byLevel, commitsOf, count, leftOut, nounFor, policySentence } from './wording.ts';

/** What a summary needs to know beside the judgement itself. */
export interface Context {
  /** A URL of ours that ends in `/` and that a full object id is appended to, to link commits; null: no links. */
  readonly commitUrl: CommitUrl;
  readonly policySources: readonly PolicySource[];
  /** Where it is read, which decides what a reader can do to have it judged again. */
  readonly readIn: 'pull-request' | 'merge-group' | 'command';
  /** Ids of the rules whose checks carry a button for an override without a reason, as long as they fail. */
  readonly buttons?: ReadonlySet<string>;
  /** Who may let a failing check pass by a comment; absent: nobody can where it is read. */
  readonly overrides?: OverrideSettings;
  /** For the check of the policy; absent: there is nothing to preview. */
  readonly preview?: PreviewOutput;
}

/** Commits named in the first sentence at most; more are counted. */
const namedCommits = 3;
/** Missing facts listed in the summary at most; all of them are among the findings. */
const listedGaps = 10;
/** Bytes kept for what follows the remedies: how to try again and the policy's place. */
const reserve = 3000;

/** What a reader needs first, as Markdown of at most `limit` bytes: what happened, then how to mend it. */
export function summaryMarkdown(judgement: Judgement, context: Context, limit: number): string {
  const { verdict } = judgement;
  const page = openPage(limit);
  if (isOverridden(judgement)) {
    page.add(`${overriddenLead(judgement)}\n\n`);
    addOverrides(page, judgement, reserve);
    page.add(`${overrideOutlook}\n\n`);
    if (verdict.table !== undefined) page.add(`${tableMarkdown(verdict.table)}\n\n`);
    return withPolicy(page, context);
  }
  page.add(`${lead(judgement, context.commitUrl)}\n\n`);
  const announcement = announcementSentence(judgement);
  if (announcement !== null) page.add(`**${announcement}**\n\n`);
  if (verdict.table !== undefined) page.add(`${tableMarkdown(verdict.table)}\n\n`);
  // However many there are, the larger part of the page stays free for what is to be done.
  addOverrides(page, judgement, Math.ceil((page.room() * 2) / 3));
  if (verdict.outcome === 'incomplete') addGaps(page, byLevel(verdict.findings).gap, context);
  addRemedies(page, verdict.remedies, {
    reserve,
    explain: context.readIn !== 'command' && commitsOf(verdict.findings).size > 0,
  });
  if (verdict.outcome === 'incomplete' && !waitsForPolicy(verdict, context)) addRetry(page, context);
  if (verdict.outcome === 'fail' && context.readIn === 'pull-request') {
    page.add('This check runs again by itself after each push, and when the policy changes.\n\n');
  }
  const hint = context.overrides === undefined ? null : overrideHint(judgement, context.overrides);
  if (hint !== null) page.add(`${hint}\n\n`);
  return withPolicy(page, context);
}

function withPolicy(page: Page, { policySources }: Context): string {
  const policy = policySentence(policySources);
  if (policy !== null) page.add(`${markdown(policy)}\n`);
  return page.text();
}

/** A table of words and numbers that are ours. */
function tableMarkdown({ columns, rows }: Table): string {
  const row = (cells: readonly string[]) => `| ${cells.map((cell) => markdown([cell])).join(' | ')} |`;
  const rule = `| ${columns.map((_, index) => (index === 0 ? '---' : '---:')).join(' | ')} |`;
  return [row(columns), rule, ...rows.map(row)].join('\n');
}

function lead(judgement: Judgement, commitUrl: CommitUrl): string {
  switch (judgement.verdict.outcome) {
    case 'pass':
      return passed(judgement.verdict.findings);
    case 'fail':
      return failed(judgement, commitUrl);
    case 'incomplete':
      return '**This could not be judged, because something is missing.** That says nothing about the contribution itself.';
    case 'not-applicable':
      return 'There is nothing here for this check to look at, and nothing to do.';
  }
}

function passed(findings: readonly Finding[]): string {
  const warnings = byLevel(findings).warning.length;
  if (warnings > 0) return `Nothing stands in the way. ${count(warnings, 'warning')} below may be worth a look.`;
  const commits = commitsOf(findings).size;
  if (commits === 0) return 'Everything is in order. There is nothing to do.';
  return `${commits === 1 ? 'The commit is' : `All ${count(commits, 'commit')} are`} in order. There is nothing to do.`;
}

function failed({ mode, enforcedFrom, verdict }: Judgement, commitUrl: CommitUrl): string {
  const errors = byLevel(verdict.findings).error;
  const bad = commitsOf(errors);
  const others = commitsOf(verdict.findings).size - bad.size;
  const what = bad.size === 0 ? count(errors.length, 'finding') : nameCommits([...bad], commitUrl);
  const amount = bad.size === 0 ? errors.length : bad.size;
  const first = `**${what} ${amount === 1 ? 'needs' : 'need'} a change.**`;
  const second =
    bad.size > 0 && others > 0 ? ` The other ${others === 1 ? 'one is' : `${count(others, 'commit')} are`} fine.` : '';
  // Where a day is set, the announcement says it.
  const warns = mode === 'warn' && enforcedFrom === undefined;
  return `${first}${second}${warns ? ' This check only warns here; it blocks nothing.' : ''}`;
}

let lists: Intl.ListFormat | undefined;
/** `A, B, and C`. Made when needed, and once: a formatter takes longer to make than everything else here. */
function listed(names: readonly string[]): string {
  lists ??= new Intl.ListFormat('en');
  return lists.format(names);
}

function nameCommits(commits: readonly string[], commitUrl: CommitUrl): string {
  if (commits.length > namedCommits) return count(commits.length, 'commit');
  const names = commits.map((commit) => commitMarkdown(commit, commitUrl));
  return `${names.length === 1 ? 'Commit' : 'Commits'} ${listed(names)}`;
}

function addGaps(page: Page, gaps: readonly Finding[], { commitUrl }: Context): void {
  // However long the gaps' own words are, the larger half of the page stays free for the remedies.
  const keep = Math.ceil(page.room() / 2);
  if (gaps.length > 0) page.add('### What is missing\n\n');
  let shown = 0;
  for (const gap of gaps.slice(0, listedGaps)) {
    if (!page.add(findingItem(gap, commitUrl), keep)) break;
    shown += 1;
  }
  if (shown < gaps.length) page.add(`\n${leftOut(shown, gaps.length, nounFor(gaps))}\n`);
  if (gaps.length > 0) page.add('\n');
}

/** Comes after the ways to mend it: trying again before anything was mended helps nobody. */
function addRetry(page: Page, { readIn }: Context): void {
  page.add(
    `### How to try again\n\n${retry[readIn]} If it still can’t be judged, tell a maintainer of this repository.\n\n`,
  );
}

/** A pull request is judged again by itself once the policy is mended, and no try helps before. */
function waitsForPolicy({ rule, findings }: Verdict, { readIn }: Context): boolean {
  const isNoPolicy = ({ code }: Finding) => code === `${rule}.no-policy`;
  return readIn === 'pull-request' && findings.length > 0 && findings.every(isNoPolicy);
}

const retry: Record<Context['readIn'], string> = {
  'pull-request':
    'Select **Re-run** on this check, or write a comment that says `/recheck` on the pull request, in a line of its own.',
  'merge-group': 'Select **Re-run** on this check, or take the pull request out of the merge queue and add it again.',
  command: 'Mend what is named above, then run it again.',
};
