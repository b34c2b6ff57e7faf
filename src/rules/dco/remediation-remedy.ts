// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Person } from '../../contribution/contribution.ts';
import { say } from '../text.ts';
import type { Remedy } from '../verdict.ts';
import { addressProblem } from './address.ts';
import type { Assessment } from './assess.ts';
import type { Case } from './case.ts';
import { commitCount } from './commit-count.ts';
import { canBePasted, isGitHub, written } from './identity.ts';
import { individualSentence, thirdPartySentence } from './remediation.ts';

/** Authors for whom a text is made, and commits that one may name. Past that, rewriting is the shorter way. */
const mostAuthors = 3;
const mostCommits = 100;

const command = 'git commit --allow-empty --file=-';
const steps = 'Run the command, paste the text, press Enter and then Ctrl+D; afterwards run `git push`.';
const somebody: Person = { name: 'YOUR NAME', email: 'YOUR E-MAIL' };

interface Share {
  readonly author: Person;
  readonly shas: string[];
}

/** Texts for commits that sign off these ones later, where the policy allows that. */
export function remediation(open: readonly Assessment[], judged: Case): Remedy[] {
  const { individual, thirdParty } = judged.settings.allowRemediationCommits;
  if (!individual || open.length > mostCommits) return [];
  const shares = sharesOf(open, judged);
  const ofOthers = thirdParty && shares.length > 0 ? [onBehalf(shares)] : [];
  return [...shares.slice(0, mostAuthors).map(byAuthor), ...ofOthers];
}

function sharesOf(open: readonly Assessment[], judged: Case): Share[] {
  const shares = new Map<string, Share>();
  for (const { author, sha } of open.map(({ commit }) => commit)) {
    if (author === null || !canBePasted(author) || isGitHub(author) || addressProblem(author, judged) !== null)
      continue;
    const key = written(author);
    const share = shares.get(key) ?? { author, shas: [] };
    share.shas.push(sha);
    shares.set(key, share);
  }
  return [...shares.values()];
}

function byAuthor({ author, shas }: Share): Remedy {
  const who = written(author);
  return {
    text: say`Without changing any commit: ${who} can sign off ${[commitCount(shas.length)]} of theirs with one more commit. ${[steps]} It counts only if Git knows them by just this name and address; ${'git var GIT_AUTHOR_IDENT'} shows it.`,
    commands: [command],
    paste: [
      `DCO Remediation Commit for ${who}`,
      '',
      ...shas.map((sha) => individualSentence(author, sha)),
      '',
      `Signed-off-by: ${who}`,
    ].join('\n'),
  };
}

function onBehalf(shares: readonly Share[]): Remedy {
  return {
    text: say`Somebody else can do so on behalf of the authors, with their own name and address, as Git knows them, in place of ${written(somebody)}. ${[steps]}`,
    commands: [command],
    paste: [
      'DCO Remediation Commit',
      '',
      ...shares.flatMap(({ author, shas }) => shas.map((sha) => thirdPartySentence(author, somebody, sha))),
      '',
      `Signed-off-by: ${written(somebody)}`,
    ].join('\n'),
  };
}
