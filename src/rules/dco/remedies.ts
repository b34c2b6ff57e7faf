// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Person } from '../../contribution/contribution.ts';
import type { Text } from '../text.ts';
import { say } from '../text.ts';
import type { Remedy } from '../verdict.ts';
import { addressProblem } from './address.ts';
import { type Assessment, isOpen } from './assess.ts';
import type { Case } from './case.ts';
import { coAuthorProblem, unsignedCoAuthors } from './co-authors.ts';
import { cut } from './cut.ts';
import type { DcoFacts } from './facts.ts';
import { canBePasted, isGitHub, shown, written } from './identity.ts';
import { rebase, shortIds } from './rebase.ts';
import { remediation } from './remediation-remedy.ts';

/** The ways to mend these commits, the preferred one first. Empty where nothing is open. */
export function remediesFor(assessments: readonly Assessment[], judged: Case): Remedy[] {
  const open = assessments.filter(({ verdict }) => isOpen(verdict));
  if (open.length === 0) return [];
  const lacksCoAuthors = ({ message }: Assessment) => coAuthorProblem(message, judged) !== null;
  const shared = open.filter(lacksCoAuthors);
  const first = shared.length > 0 ? coSigning(shared, open, assessments, judged) : signing(open, assessments, judged);
  const own = open.filter((assessment) => !lacksCoAuthors(assessment));
  return [first, ...remediation(own, judged)];
}

function meaning(facts: DcoFacts): Text {
  const what =
    'With a sign-off you state that you have the right to contribute the change, in the words of https://developercertificate.org.';
  const nextTime = 'Next time, `git commit --signoff` adds it from the start';
  if (!isMadeInBrowser(facts)) return [`${what} ${nextTime}.`];
  return [`${what} ${nextTime}; in the browser, write the line at the end of the commit’s extended description.`];
}

function signing(open: readonly Assessment[], all: readonly Assessment[], judged: Case): Remedy {
  const address = addressAdvice(open, judged);
  const [only] = open;
  if (open.length === 1 && only !== undefined && only === all.at(-1)) {
    return {
      text: say`${amendText(only)}${address}${browserAdvice(judged.facts)} ${meaning(judged.facts)}`,
      commands: around(amend(only), judged.facts),
    };
  }
  const { commands, text, others } = rebase(open, all, judged.facts, false);
  const target = open.length === 1 ? 'the commit that needs one' : `the ${open.length} commits that need one`;
  return {
    text: say`This adds your sign-off to ${[target]}${others}.${authorsAdvice(open, judged)}${text}${address}${browserAdvice(judged.facts)} ${meaning(judged.facts)}`,
    commands: around(commands, judged.facts),
  };
}

function amendText({ message }: Assessment): Text {
  if (message.hasContent) return ['This adds your sign-off to the last commit.'];
  return ['The last commit has no subject line. This gives it one, which you can word better, and adds your sign-off.'];
}

function amend({ message }: Assessment): string[] {
  // With nothing in the message but sign-offs, Git takes the message for empty and gives up.
  if (!message.hasContent) return ["git commit --amend --signoff --message='Describe the change'"];
  // A remediation commit is often empty, and Git amends an empty one only when it is told to.
  const empty = message.claims.length > 0 ? '--allow-empty ' : '';
  return [`git commit --amend ${empty}--no-edit --signoff`];
}

/** Steps before and after the commands that change commits: the right branch, and the way back to GitHub. */
function around(commands: readonly string[], facts: DcoFacts): string[] {
  const { source, head, pullRequest } = facts;
  if (source === 'git') return [...commands];
  // A branch name is a stranger's, and what quotes it in one shell runs it in another: only harmless ones are shown.
  const harmless = pullRequest !== null && /^[\p{L}\p{N}_][\p{L}\p{N}._/+-]*$/u.test(head.ref);
  const toBranch = harmless ? [`git switch ${head.ref}`] : [];
  if (!isMadeInBrowser(facts)) return [...toBranch, ...commands, 'git push --force-with-lease'];
  // After a fetch the lease holds for commits that were never merged here; the last option does not push over them.
  const push = 'git push --force-with-lease --force-if-includes';
  return ['git fetch', ...toBranch, 'git pull --ff-only', ...commands, push];
}

/** Whether some of it came to be on GitHub, so that the contributor's clone, if there is one, may lack it. */
function isMadeInBrowser({ source, commits }: DcoFacts): boolean {
  return source !== 'git' && commits.some(({ committer }) => committer !== null && isGitHub(committer));
}

function browserAdvice(facts: DcoFacts): Text {
  if (!isMadeInBrowser(facts)) return [];
  return [
    ' Commits made in the browser may not be in your clone yet: the first commands bring them. If you have no clone, make one with `git clone` and the address that GitHub shows under “Code” where your branch is.',
  ];
}

function addressAdvice(open: readonly Assessment[], judged: Case): Text {
  const people = open.flatMap(({ commit }) => [commit.author, commit.committer]);
  const bad = people.find((person) => person !== null && !isGitHub(person) && addressProblem(person, judged) !== null);
  if (bad == null) return [];
  return say` If ${'git config user.email'} answers ${cut(bad.email)}, first tell Git a whole address of yours: ${'git config user.email you@example.org'}.`;
}

function authorsAdvice(open: readonly Assessment[], { identities }: Case): Text {
  const authors = new Map<string, Person>();
  for (const { author } of open.map(({ commit }) => commit))
    if (author !== null) authors.set(identities.key(author), author);
  const [first, second] = authors.values();
  if (first === undefined || second === undefined) return [];
  const more = authors.size > 2 ? ` and ${authors.size - 2} more` : '';
  return say` They were made by ${shown(first)}${[more === '' ? ' and ' : ', ']}${shown(second)}${[more]}. Better let each sign off their own: with your sign-off you vouch for what they made.`;
}

/** Longest list of lines to paste. */
const mostLines = 50;

/** Where co-authors have to sign off as well: their lines can only be added by hand. */
function coSigning(
  shared: readonly Assessment[],
  open: readonly Assessment[],
  all: readonly Assessment[],
  judged: Case,
): Remedy {
  const people = shared.flatMap(({ message }) => unsignedCoAuthors(message, judged)).filter(canBePasted);
  const lines = [...new Set(people.map((person) => `Signed-off-by: ${written(person)}`))].slice(0, mostLines);
  const paste = lines.length === 0 ? {} : { paste: lines.join('\n') };
  const ask = 'Ask each co-author for their sign-off. With their consent, add their lines at the end of the message';
  const [only] = open;
  if (open.length === 1 && only !== undefined && only === all.at(-1)) {
    const empty = only.message.claims.length > 0 ? ' --allow-empty' : '';
    const text = say`${[ask]}.${browserAdvice(judged.facts)}`;
    return { text, commands: around([`git commit --amend${empty} --signoff`], judged.facts), ...paste };
  }
  const { commands, text } = rebase(open, all, judged.facts, true);
  const how = say`${[ask]}: in the list that opens, change “pick” to “reword” before ${shortIds(shared)}. Every commit gets your own sign-off as well.${text}${browserAdvice(judged.facts)}`;
  return { text: how, commands: around(commands, judged.facts), ...paste };
}
