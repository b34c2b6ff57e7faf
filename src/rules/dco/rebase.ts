// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Text } from '../text.ts';
import { say } from '../text.ts';
import type { Assessment } from './assess.ts';
import type { DcoFacts } from './facts.ts';

/** How to rewrite commits so that all that are open get a sign-off. */
export interface Rebase {
  readonly commands: readonly string[];
  /** What to know before running them, as sentences that each start with a space. */
  readonly text: Text;
  /** Which other commits get a sign-off as well, as a part of a sentence that starts with a space; or nothing. */
  readonly others: Text;
}

/** Ids that are named in a sentence. */
const fewIds = 5;

/**
 * Commands that sign off every commit from the oldest open one on, and that let messages be edited where somebody has
 * to. They hold object ids and the repository's address, nothing that a contributor chose.
 */
export function rebase(
  open: readonly Assessment[],
  all: readonly Assessment[],
  facts: DcoFacts,
  edits: boolean,
): Rebase {
  const [oldest] = open;
  const rewritten = oldest === undefined ? [] : all.slice(all.indexOf(oldest));
  const silent = open.filter(({ message }) => !message.hasContent);
  const options = edits || silent.length > 0 ? ['--interactive', '--signoff'] : ['--signoff'];
  const withMerges = rewritten.some(({ commit }) => commit.parents.length > 1);
  const { commands, text } = withMerges ? acrossMerges(facts, options) : alongOneLine(rewritten[0], options);
  const alsoSigned =
    (withMerges ? all.filter(({ commit }) => commit.parents.length < 2) : rewritten).length > open.length;
  const following = withMerges
    ? ' and to the others'
    : ` and to those after ${open.length === 1 ? 'it' : 'the first of them'}`;
  return {
    commands,
    text: say`${text}${silent.length > 0 ? rewordText(silent) : []}${mergeText(open)}`,
    others: alsoSigned ? [following] : [],
  };
}

function alongOneLine(oldest: Assessment | undefined, options: readonly string[]) {
  const upstream = oldest?.commit.parents[0] ?? '--root';
  return { commands: [['git rebase', ...options, upstream].join(' ')], text: [] };
}

/**
 * Everything between the base and the head is rewritten, merges are made again, and what they merged in stays as it
 * is. `--keep-base` leaves the branch where it started even if its base has moved on.
 */
function acrossMerges({ source, base, repository }: DcoFacts, options: readonly string[]) {
  const fetch = source === 'git' || repository === null ? [] : fetchBase(repository, base.sha);
  return {
    commands: [...fetch, ['git rebase --rebase-merges', ...options, '--keep-base', base.sha].join(' ')],
    text: [
      ' Merge commits are made again: where one had conflicts, solve them once more and run `git rebase --continue`.',
    ],
  };
}

function fetchBase({ host, owner, name }: NonNullable<DcoFacts['repository']>, sha: string): string[] {
  const harmless = [host, owner, name].every((part) => /^[A-Za-z0-9_][A-Za-z0-9._:-]*$/.test(part));
  return harmless ? [`git fetch https://${host}/${owner}/${name}.git ${sha}`] : [];
}

function rewordText(silent: readonly Assessment[]): Text {
  const ids = shortIds(silent);
  return say` In the list that opens, change “pick” to “reword” before ${ids}, which ${[silent.length === 1 ? 'has' : 'have']} no subject line, and write one above the sign-off.`;
}

function mergeText(open: readonly Assessment[]): Text {
  const merges = open.filter(({ commit }) => commit.parents.length > 1);
  if (merges.length === 0) return [];
  return say` A rebase signs off no merge commits, so for ${shortIds(merges)} a further commit has to sign off what is still open.`;
}

/** Commits as they are named in a sentence. */
export function shortIds(assessments: readonly Assessment[]): Text {
  const ids = assessments.slice(0, fewIds).map(({ commit }) => commit.sha.slice(0, 7));
  const more = assessments.length > fewIds ? ` and ${assessments.length - fewIds} more` : '';
  return [...ids.flatMap((id, index) => [...(index > 0 ? [', '] : []), { quoted: id }]), more];
}
