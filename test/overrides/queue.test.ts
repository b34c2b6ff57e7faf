// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import type { ChangedFile, Commit, Facts } from '../../src/contribution/contribution.ts';
import { applyQueueOverrides } from '../../src/overrides/apply-queue.ts';
import { originsOf } from '../../src/overrides/queued-origins.ts';
import type { Finding } from '../../src/rules/verdict.ts';
import { commitBy, contributionOf, shaOf } from '../helpers/contribution.ts';
import { comment, decide, judgement, onCommit, onFile, person, scene } from './conversation.ts';

/** A pull request with these commits: where it begins among all commits, and their messages. */
function queuedOf(number: number, from: number, ...messages: string[]): Facts {
  const drafts = messages.map((message, index) => commitBy(person, message, { sha: shaOf(from + index) }));
  const { queued: _, ...facts } = contributionOf(drafts);
  return { ...facts, pullRequest: facts.pullRequest && { ...facts.pullRequest, number } };
}

const groupOf = (...commits: readonly (readonly [sha: string, message: string])[]) => ({
  commits: contributionOf(commits.map(([sha, message]) => commitBy(person, message, { sha }))).commits as Commit[],
});
const twelve = queuedOf(12, 1, 'First', 'Second');
const thirteen = queuedOf(13, 3, 'Third');
const built = shaOf(90);

describe('In a merge group, a commit comes from', () => {
  const from = (message: string, ...queued: Facts[]) =>
    originsOf(groupOf([built, message]), queued).map((origins) => origins.get(built) ?? []);
  const both = [shaOf(1), shaOf(2)];

  test.each<[string, string, readonly string[][]]>([
    ['all commits of the pull request that its title names last', 'Feature (#12)\n\nWords', [both, []]],
    ['those of none that it names elsewhere', 'Feature (#12) again', [[], []]],
    ['those of none that its body names', 'Feature\n\nSee (#12)', [[], []]],
    ['those of the last one, where a title names two', 'Feature (#12) (#13)', [[], [shaOf(3)]]],
    ['the one with the same message', 'Second\n', [[shaOf(2)], []]],
    ['nowhere, where nothing tells', 'Something else', [[], []]],
  ])('%s', (_, message, expected) => {
    expect(from(message, twelve, thirteen)).toEqual(expected);
  });

  test('nowhere, where two pull requests have a commit of that message, or one has another one’s title', () => {
    expect(from('Second', twelve, queuedOf(14, 5, 'Second'))).toEqual([[], []]);
    expect(from('Theirs (#12)', twelve, queuedOf(14, 5, 'Theirs (#12)'))).toEqual([[], []]);
  });

  test('itself, where it is a pull request’s own, whatever its message says', () => {
    const theirs = queuedOf(14, 5, 'Theirs (#12)');
    const [one, other] = originsOf(groupOf([shaOf(5), 'Theirs (#12)']), [twelve, theirs]);
    expect([one?.get(shaOf(5)), other?.get(shaOf(5))]).toEqual([undefined, [shaOf(5)]]);
  });
});

describe('In a merge group, an override', () => {
  const missing = [onCommit(shaOf(1)), onCommit(shaOf(2)), onCommit(shaOf(3))];

  /** Whether the group passes, with what was said in each pull request. */
  function passes(
    findings: readonly Finding[],
    said: readonly (readonly string[])[],
    more: { readonly message?: string; readonly files?: readonly (readonly string[] | null)[] } = {},
  ): boolean {
    const all = [twelve, thirteen].slice(0, said.length);
    const origins = originsOf(groupOf([built, more.message ?? 'Feature (#12)']), all);
    const queued = all.map((facts, index) => {
      const comments = (said[index] ?? []).map((body) => comment(body));
      const own = facts.commits.map(({ sha }) => sha);
      const ownFindings = findings.filter(({ at }) => at === null || !('commit' in at) || own.includes(at.commit));
      const decisions = decide(scene({ contribution: twelve, comments, judgements: [judgement(ownFindings)] }));
      const paths = more.files?.[index] ?? null;
      const files = paths?.map((path): ChangedFile => ({ path, change: 'modified' })) ?? null;
      const read = { files, totals: { commits: facts.commits.length, files: files?.length ?? null } };
      return { decisions, facts: read, origins: origins[index] ?? new Map(), contents: new Map() };
    });
    const [applied] = applyQueueOverrides([judgement(findings)], queued);
    return applied?.override?.effect === 'whole';
  }
  const override = '/override dco because so';
  const forCommit = (position: number) => `/override dco for ${shaOf(position)} because so`;
  const dropped = onCommit(built);

  test.each<[string, boolean, readonly Finding[], readonly (readonly string[])[]]>([
    ['holds for its pull request’s commits', true, missing.slice(0, 2), [[override], []]],
    ['holds for no other one’s', false, missing, [[override], []]],
    ['and one in the other hold for both', true, missing, [[override], [override]]],
    ['holds for what the queue squashed', true, [...missing.slice(0, 2), dropped], [[override]]],
    [
      'of each commit holds for what they were squashed to',
      true,
      [...missing.slice(0, 2), dropped],
      [[forCommit(1), forCommit(2)]],
    ],
    ['of one commit does not', false, [...missing.slice(0, 2), dropped], [[forCommit(1)]]],
    [
      'of the only commit that failed does not hold for one that lost a sign-off',
      false,
      [...missing.slice(0, 1), dropped],
      [[forCommit(1)]],
    ],
    ['in one does not hold for what belongs to all', false, [{ ...dropped, at: null }], [[override], []]],
    ['in each does', true, [{ ...dropped, at: null }], [[override], [override]]],
  ])('%s', (_, expected, findings, said) => {
    expect(passes(findings, said)).toBe(expected);
  });

  test('of a commit holds for what the queue rebased it to', () => {
    const findings = [...missing.slice(0, 2), dropped];
    expect(passes(findings, [[forCommit(1), forCommit(2)]], { message: 'Second' })).toBe(true);
  });

  test('holds for nothing that nobody knows the origin of, unless every pull request has one', () => {
    const message = 'Something else';
    expect(passes([...missing, dropped], [[override], [override]], { message })).toBe(true);
    expect(passes([...missing.slice(0, 2), dropped], [[override], []], { message })).toBe(false);
  });

  test.each<[string, boolean, readonly (readonly string[] | null)[]]>([
    ['that only its pull request changes', true, [['a.c'], ['b.c']]],
    ['not in a directory in which both change something', false, [['a.c/x'], ['a.c/y']]],
    ['a directory in which only its pull request changes something', true, [['a.c/x'], ['b.c']]],
    ['not that the other one changes', false, [['b.c'], ['a.c']]],
    ['not that both change', false, [['a.c'], ['a.c']]],
    ['not where nobody knows what the other one changes', false, [['a.c'], null]],
    ['not that none changes', false, [['b.c'], ['c.c']]],
  ])('holds for findings in a file: %s', (_, expected, files) => {
    expect(passes([onFile('a.c')], [[override], []], { files })).toBe(expected);
  });
});
