// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Commit } from '../../contribution/contribution.ts';
import { say, type Text } from '../text.ts';
import type { Finding } from '../verdict.ts';
import { altered } from './altered.ts';
import { type Case, subjectOf } from './case.ts';
import { readCommit } from './commit-reading.ts';
import { asksCommits, candidates, dutyOf, isMerge, unreadMerges } from './commits.ts';
import { judgeReading } from './judge-marker.ts';
import type { Judged } from './judge-patches.ts';
import { ownDiff } from './needs.ts';
import { type Changes, changesInFiles } from './patch/changes.ts';
import { count, finding } from './section.ts';
import { staleness } from './stale.ts';
import { answerTo } from './verify.ts';

export function judgeCommits(judged: Case): Judged[] {
  if (!asksCommits(judged)) return [];
  const mistake = policyMistake(judged);
  if (mistake !== null) return [only(mistake)];
  return [...candidates(judged).flatMap((commit) => judgeCommit(commit, judged)), ...judgeUnread(judged)];
}

function only(...findings: readonly Finding[]): Judged {
  return { kind: 'Commits', findings, options: [] };
}

/** What the policy asks for cannot be answered, and nobody may pass for that. */
function policyMistake({ settings, hasCommitConventions, remoteFor }: Case): Finding | null {
  if (!hasCommitConventions) {
    const text =
      'The policy asks where commits are upstream (`upstream.commits`, `upstream.vendor`), and `upstream.preset` names no convention that lives in commits. A maintainer has to add one, such as scs.';
    return finding('no-convention', 'error', null, [text]);
  }
  if (settings.commits !== 'fork' || remoteFor(null) !== null) return null;
  const text =
    'The policy asks it of each commit that upstream does not have (`upstream.commits: fork`), and does not say where upstream is. A maintainer has to set `upstream.remotes.default`.';
  return finding('no-remote', 'error', null, [text]);
}

/** Where paths decide, a merge could hide what it brings in; elsewhere merging is everyday, and only what was seen is told. */
function judgeUnread(judged: Case): Judged[] {
  if (judged.isCommitPlace === null) return [];
  return unreadMerges(judged).map((commit) => {
    const text =
      'Nobody knows what this merge itself changes, beside what its parents bring: that is more than can be read. Merge in smaller steps, or rebase instead.';
    return only(finding('unread', 'gap', { commit: commit.sha, subject: subjectOf(commit) }, [text]));
  });
}

function judgeCommit(commit: Commit, judged: Case): Judged[] {
  const at = { commit: commit.sha, subject: subjectOf(commit) };
  const duty = dutyOf(commit, judged);
  if (duty === 'unknown') {
    const what =
      judged.settings.commits === 'fork' ? 'whether upstream has this commit' : 'which files this commit touches';
    return [only(finding('unread', 'gap', at, [`Nobody knows ${what}.`]))];
  }
  if (!duty.has) return duty.why === 'upstream' ? [only(finding('in-upstream', 'ok', at, ['Upstream has it.']))] : [];
  const read = readCommit(commit, judged);
  if (read === null)
    return [
      only(
        finding('no-convention', 'error', at, [
          'No convention of the policy is for the files of this commit (`upstream.preset`). A maintainer has to add one.',
        ]),
      ),
    ];
  const { convention, reading } = read;
  if (reading.markers.length + reading.problems.length === 0) {
    const notation = say`in the notation ${[convention.id]} (${[convention.documentation]})`;
    if (isMerge(commit)) return [silentMerge(commit, notation, judged)];
    const text = say`This commit does not say where it is upstream, ${notation}.`;
    return [{ ...only(finding('missing', 'error', at, text)), options: convention.suggest(null) }];
  }
  const source = { convention, path: commit.paths?.[0] ?? null, at: () => at, isFile: false };
  const own = ownChanges(commit, judged);
  const more = reading.markers.flatMap((marker) => [
    ...(isMerge(commit) ? [] : altered(marker, own, source, judged)),
    ...staleness(marker, commit.authoredOn ?? null, at, judged),
  ]);
  return [only(...judgeReading(reading, source, judged), ...more)];
}

/** What a commit changes, where GitHub told all of it. */
function ownChanges(commit: Commit, judged: Case): (() => Changes) | null {
  const question = ownDiff(commit, judged);
  const answer = question === null ? null : answerTo(question, judged);
  const files = answer?.ask === 'diff' ? answer.files : null;
  return files === null ? null : () => changesInFiles(files);
}

/** A merge may have to resolve conflicts wherever they are, so that it is an error only in places that the policy names. */
function silentMerge(commit: Commit, notation: Text, { isCommitPlace }: Case): Judged {
  const [first = '', ...others] = commit.paths ?? [];
  const more = others.length === 0 ? '' : ` and ${count(others.length, 'other file')}`;
  const text = say`This merge itself changes ${first}${[more]}, in a way that none of its parents has, and does not say where that is upstream, ${notation}. Say it in its message, or bring the change in by a commit of its own.`;
  const level = isCommitPlace === null ? 'warning' : 'error';
  return only(finding('merge-changes', level, { commit: commit.sha, subject: subjectOf(commit) }, text));
}
