// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Facts, Person } from '../../contribution/contribution.ts';
import type { Text } from '../text.ts';
import { say } from '../text.ts';
import type { Remedy } from '../verdict.ts';
import { type Assessment, isOpen } from './assess.ts';
import type { Case } from './case.ts';
import { addressProblem } from './commit-verdict.ts';
import { count } from './gaps.ts';
import { isGitHub, written } from './identity.ts';
import { rebase } from './rebase.ts';
import { remediation } from './remediation-remedy.ts';

/** The ways to mend these commits, the preferred one first. Empty where nothing is open. */
export function remediesFor(assessments: readonly Assessment[], judged: Case): Remedy[] {
  const open = assessments.filter(({ verdict }) => isOpen(verdict));
  const [byCoAuthors, unsigned] = partition(open, ({ verdict }) => verdict.code === 'dco.co-author');
  return [
    ...(unsigned.length > 0 ? [signing(unsigned, assessments, judged)] : []),
    ...(byCoAuthors.length > 0 ? [coSigning(byCoAuthors, assessments, judged)] : []),
    ...remediation(unsigned, judged),
  ];
}

function partition<Item>(items: readonly Item[], test: (item: Item) => boolean): [Item[], Item[]] {
  return [items.filter(test), items.filter((item) => !test(item))];
}

function signing(open: readonly Assessment[], all: readonly Assessment[], judged: Case): Remedy {
  const address = addressAdvice(open, judged);
  const [only] = open;
  if (open.length === 1 && only !== undefined && only === all.at(-1)) {
    return { text: say`${amendText(only)}${address}`, commands: around(amend(only), judged.facts) };
  }
  const { commands, text, signed } = rebase(open, all, judged.facts);
  const more = signed > open.length ? ' The others in between get your sign-off as well.' : '';
  return {
    text: say`This adds your sign-off to ${count(open.length)}.${[more]}${authorsAdvice(open, judged)}${text}${address}`,
    commands: around(commands, judged.facts),
  };
}

function amendText({ message }: Assessment): Text {
  if (message.hasContent) return ['This adds your sign-off to the last commit.'];
  return ['The last commit has no subject line. This gives it one, in words of your own, and adds your sign-off.'];
}

function amend({ message }: Assessment): string[] {
  // With nothing in the message but sign-offs, Git takes the message for empty and gives up.
  if (!message.hasContent) return ["git commit --amend --signoff --message='Describe the change'"];
  // A remediation commit is often empty, and Git amends an empty one only when it is told to.
  const empty = message.claims.length > 0 ? '--allow-empty ' : '';
  return [`git commit --amend ${empty}--no-edit --signoff`];
}

/** Steps before and after the commands that change commits: the right branch, and the way back to GitHub. */
function around(commands: readonly string[], { source, head, pullRequest }: Facts): string[] {
  if (source === 'git') return [...commands];
  // A branch name is a stranger's, and what quotes it in one shell runs it in another: only harmless ones are shown.
  const harmless = pullRequest !== null && /^[\p{L}\p{N}_][\p{L}\p{N}._/+-]*$/u.test(head.ref);
  return [...(harmless ? [`git switch ${head.ref}`] : []), ...commands, 'git push --force-with-lease'];
}

function addressAdvice(open: readonly Assessment[], judged: Case): Text {
  const people = open.flatMap(({ commit }) => [commit.author, commit.committer]);
  const bad = people.find((person) => person !== null && !isGitHub(person) && addressProblem(person, judged) !== null);
  if (bad == null) return [];
  return say` If ${'git config user.email'} answers ${bad.email}, first tell Git a whole address of yours: ${'git config user.email you@example.org'}.`;
}

function authorsAdvice(open: readonly Assessment[], { identities }: Case): Text {
  const authors = new Map<string, Person>();
  for (const { author } of open.map(({ commit }) => commit))
    if (author !== null) authors.set(identities.key(author), author);
  const [first, second] = authors.values();
  if (first === undefined || second === undefined) return [];
  const more = authors.size > 2 ? ` and ${authors.size - 2} more` : '';
  return say` They are by several people, ${written(first)}, ${written(second)}${[more]}: better have each sign off their own, since with your sign-off you vouch for theirs.`;
}

/** Longest list of lines to paste. */
const mostLines = 50;

function coSigning(open: readonly Assessment[], all: readonly Assessment[], { facts, identities }: Case): Remedy {
  const lines = new Map<string, string>();
  for (const { message } of open) {
    const signed = new Set(message.signOffs.map(identities.key));
    for (const person of message.coAuthors) {
      const key = identities.key(person);
      if (!signed.has(key)) lines.set(key, `Signed-off-by: ${written(person)}`);
    }
  }
  const paste = [...lines.values()].slice(0, mostLines).join('\n');
  const ask = say`Ask each co-author of ${count(open.length)} for their sign-off. With their consent, add their lines at the end of the message`;
  const isLast = open.length === 1 && open[0] === all.at(-1);
  const { commands } = isLast ? { commands: ['git commit --amend'] } : rebase(open, all, facts, 'reword');
  const how = isLast
    ? say`${ask}.`
    : say`${ask}: change “pick” to “reword” before these commits in the list that opens.`;
  return { text: how, commands: around(commands, facts), ...(paste === '' ? {} : { paste }) };
}
