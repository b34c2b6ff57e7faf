// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { createHash } from 'node:crypto';
import type { Contribution, Entry, UpstreamAnswer, UpstreamFacts } from '../../../src/contribution/contribution.ts';
import { plain } from '../../../src/report/phrase.ts';
import type { Need, UpstreamQuestion } from '../../../src/rules/rule.ts';
import { upstreamSettings } from '../../../src/rules/upstream/settings.ts';
import { upstream } from '../../../src/rules/upstream/upstream.ts';
import type { Finding, Verdict } from '../../../src/rules/verdict.ts';
import { type CommitDraft, contributionOf, signedCommitBy } from '../../helpers/contribution.ts';

export type Tree = Readonly<Record<string, string | Entry>>;

/** A pull request, and what GitHub would answer. */
export interface World {
  readonly base?: Tree;
  /** What differs from the base; null: deleted. */
  readonly head?: Tree;
  /** New path → the one before. */
  readonly renamed?: Readonly<Record<string, string>>;
  readonly commits?: readonly CommitDraft[];
  /** The pull request's description. */
  readonly body?: string;
  readonly answer?: (question: UpstreamQuestion) => Partial<UpstreamAnswer>;
  /** Commits that upstream's branch does not contain; null: nobody knows. */
  readonly carried?: readonly string[] | null;
  /** What every merge commit itself changes; absent: no source tells. */
  readonly mergePaths?: readonly string[];
  /** The day on which every line came. */
  readonly date?: string;
  readonly settings: unknown;
  readonly facts?: Partial<Contribution>;
}

export interface Result {
  readonly verdict: Verdict;
  readonly needs: readonly Need[];
}

/** Judges the pull request, with the facts that the rule asks for, as a source would read them. */
export function judgeWorld(world: World): Result {
  const { base = {}, head = {}, renamed = {}, settings, facts = {} } = world;
  const parsed = upstreamSettings.parse(settings);
  const files = Object.entries(head).map(([path, entry]) => changedFile(path, entry, base, renamed));
  const commits = world.commits ?? [signedCommitBy('Ada Example <ada@example.org>', 'Change')];
  let contribution = contributionOf(commits, {
    files,
    totals: { commits: commits.length, files: files.length },
    judgedOn: '2026-11-22',
    ...facts,
  });
  const merged = Object.fromEntries(Object.entries({ ...base, ...head }).filter(([, entry]) => entry !== null));
  const trees = new Map([
    [contribution.base.sha, base],
    [contribution.head.sha, merged],
  ]);
  const needs: Need[] = [];
  const known = new Set<string>();
  for (let round = 0; round < 5; round += 1) {
    const asked = upstream.needs(contribution, parsed).filter((need) => !known.has(JSON.stringify(need)));
    if (asked.length === 0) break;
    for (const need of asked) known.add(JSON.stringify(need));
    needs.push(...asked);
    for (const need of asked) contribution = { ...contribution, ...answer(need, contribution, world, trees) };
  }
  return { verdict: upstream.judge(contribution, parsed), needs };
}

function changedFile(path: string, entry: string | Entry, base: Tree, renamed: Readonly<Record<string, string>>) {
  const from = renamed[path];
  if (from !== undefined) return { path, change: 'renamed' as const, previousPath: from };
  if (entry === null) return { path, change: 'deleted' as const };
  return { path, change: Object.hasOwn(base, path) ? ('modified' as const) : ('added' as const) };
}

function answer(
  need: Need,
  contribution: Contribution,
  world: World,
  trees: ReadonlyMap<string, Tree>,
): Partial<Contribution> {
  const known: UpstreamFacts = contribution.upstream ?? { answers: [], carried: [], dates: [] };
  switch (need.fact) {
    case 'contents': {
      const found = need.lookups.map(({ commit, path }) => ({ commit, path, entry: entryIn(trees.get(commit), path) }));
      return { contents: [...contribution.contents, ...found] };
    }
    case 'description': {
      const { pullRequest } = contribution;
      return pullRequest === null ? {} : { pullRequest: { ...pullRequest, body: world.body ?? '' } };
    }
    case 'merge-paths': {
      const { mergePaths } = world;
      if (mergePaths === undefined) return {};
      const read = (one: Contribution['commits'][number]) =>
        one.sha === need.sha ? { ...one, mergePaths: [...mergePaths] } : one;
      return { commits: contribution.commits.map(read) };
    }
    case 'carried': {
      const { repository, branch } = need;
      const commits = world.carried == null ? null : [...world.carried];
      return { upstream: { ...known, carried: [...known.carried, { repository, branch, commits }] } };
    }
    case 'line-date': {
      const { path, line } = need;
      return { upstream: { ...known, dates: [...known.dates, { path, line, date: world.date ?? null }] } };
    }
    case 'upstream': {
      const found = world.answer?.(need.question);
      if (found === undefined) return {};
      return { upstream: { ...known, answers: [...known.answers, completed(need.question, found)] } };
    }
    default:
      return {};
  }
}

function completed(question: UpstreamQuestion, found: Partial<UpstreamAnswer>): UpstreamAnswer {
  const { trusted: _, ...asked } = question;
  const blanks = { why: null, mergeCommit: null, base: null, release: null, files: null };
  return { ...blanks, ...asked, ...found } as unknown as UpstreamAnswer;
}

function entryIn(tree: Tree = {}, path: string): Entry {
  const found = Object.hasOwn(tree, path) ? tree[path] : null;
  if (typeof found !== 'string') return found ?? null;
  const oid = createHash('sha1').update(found).digest('hex');
  const size = Buffer.byteLength(found);
  return { kind: 'file', oid, size, mode: 'regular', binary: false, text: found, truncated: false };
}

/** Levels, codes and places of findings, one line each: `error missing a.patch:3`. */
export function lines({ verdict }: Result): string[] {
  return verdict.findings.map(({ level, code, at }) =>
    [level, code.replace('upstream.', ''), place(at)].join(' ').trim(),
  );
}

function place(at: Finding['at']): string {
  if (at === null) return '';
  if ('commit' in at) return at.subject;
  return at.line === undefined ? at.path : `${at.path}:${at.line}`;
}

export function words({ verdict }: Result): string {
  return verdict.findings.map(({ text }) => plain(text)).join('\n');
}

export function questions({ needs }: Result): UpstreamQuestion[] {
  return needs.flatMap((need) => (need.fact === 'upstream' ? [need.question] : []));
}

/** A patch as `git format-patch` writes it, with these lines in its header. */
export function patchWith(header: string, change = '-a\n+b'): string {
  return `From: Ada Example <ada@example.org>\nSubject: [PATCH] Mend it\n\n${header === '' ? '' : `${header}\n`}---\n x.c | 2 +-\n\n--- a/x.c\n+++ b/x.c\n@@ -1 +1 @@\n${change}\n`;
}
