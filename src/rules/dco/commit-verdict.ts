// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Person } from '../../contribution/contribution.ts';
import type { Need } from '../rule.ts';
import type { Text } from '../text.ts';
import { say } from '../text.ts';
import { addressProblem } from './address.ts';
import type { Case, Entry } from './case.ts';
import { coAuthorProblem } from './co-authors.ts';
import { cut } from './cut.ts';
import { exemptByMaker, exemptByPlace } from './exemptions.ts';
import { mismatch, missing } from './explain.ts';
import { isGitHub, shown } from './identity.ts';

/**
 * - `signed`: signed off as it should be
 * - `exempt`: needs no sign-off
 * - `fails`: needs one
 * - `unclear`: a fact is missing that would tell
 */
export interface CommitVerdict {
  readonly status: 'signed' | 'exempt' | 'fails' | 'unclear';
  readonly code: string;
  readonly text: Text;
  /** Facts, not read yet, that would change the verdict. */
  readonly needs: readonly Need[];
}

/** One commit by itself, later commits that may remedy it left aside. */
export function judgeCommit(entry: Entry, judged: Case): CommitVerdict {
  const byPlace = exemptByPlace(entry.commit, judged);
  if (byPlace !== null) return exempt(byPlace);
  const bySignOff = judgeSignOffs(entry, judged);
  if (bySignOff.status === 'signed') return bySignOff;
  const byMaker = exemptByMaker(entry.commit, judged);
  if (!('exempt' in byMaker)) return exempt(byMaker);
  const text = byMaker.hints.reduce<Text>((all, hint) => say`${all} ${hint}`, bySignOff.text);
  if (byMaker.unclear === null) return { ...bySignOff, text, needs: byMaker.needs };
  return {
    status: 'unclear',
    code: 'dco.membership-unknown',
    text: say`${text} ${byMaker.unclear}`,
    needs: byMaker.needs,
  };
}

function exempt({ code, text }: { code: string; text: Text }): CommitVerdict {
  return { status: 'exempt', code, text, needs: [] };
}

/** One commit by its message alone, no exemption considered. */
export function judgeSignOffs({ commit, message }: Entry, judged: Case): CommitVerdict {
  const { identities } = judged;
  const { author, committer } = commit;
  const signers = [author, committer].flatMap((person) => (person === null || isGitHub(person) ? [] : person));
  const keys = new Set(signers.map(identities.key));
  const matching = message.signOffs.filter((person) => keys.has(identities.key(person)) && !isGitHub(person));
  if (matching.length === 0) {
    if (message.signOffs.length === 0) return fails(missing(message, signers, judged));
    if (author !== null && committer !== null) return fails(mismatch(message.signOffs, { author, committer }, judged));
    return {
      status: 'unclear',
      code: 'dco.identity-unreadable',
      text: [
        `It is signed off, but its ${author === null ? 'author' : 'committer'} could not be read to compare with.`,
      ],
      needs: [],
    };
  }
  const signed = matching.find((person) => addressProblem(person, judged) === null);
  if (signed === undefined) return badAddress(matching, judged);
  const coAuthor = coAuthorProblem(message, judged);
  if (coAuthor !== null) return fails(coAuthor);
  const byAuthor = author !== null && identities.same(signed, author);
  return {
    status: 'signed',
    code: 'dco.signed-off',
    text: say`Signed off by its ${[byAuthor ? 'author' : 'committer']}, ${shown(signed)}.`,
    needs: [],
  };
}

/** The verdict on a commit that needs a sign-off it doesn't have. */
export function fails({ code, text }: { code: string; text: Text }): CommitVerdict {
  return { status: 'fails', code, text, needs: [] };
}

function badAddress(matching: readonly Person[], judged: Case): CommitVerdict {
  const [first] = matching;
  const email = cut(first?.email ?? '');
  const noreply = matching.some((person) => addressProblem(person, judged) === 'noreply');
  if (noreply) {
    const text = say`It is signed off with ${email}, and this project does not accept GitHub’s no-reply addresses in a sign-off.`;
    return fails({ code: 'dco.noreply', text });
  }
  const text = say`It is signed off with ${email}, which is not a complete e-mail address such as ${'ada@example.org'}.`;
  return fails({ code: 'dco.invalid-email', text });
}
