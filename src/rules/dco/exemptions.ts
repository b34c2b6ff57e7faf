// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Account, Commit } from '../../contribution/contribution.ts';
import type { Need } from '../rule.ts';
import type { Text } from '../text.ts';
import { say } from '../text.ts';
import type { Case } from './case.ts';
import { fold } from './fold.ts';
import { provenByOpening, provenBySignature, whyUnproven } from './proof.ts';

/** Why a commit needs no sign-off. */
export interface Exemption {
  readonly code: string;
  readonly text: Text;
}

/** Where no exemption holds: why the one that might have doesn't, and which facts could still make one hold. */
export interface NotExempt {
  readonly exempt: false;
  readonly hints: readonly Text[];
  readonly needs: readonly Need[];
  /** Why it can't be said whether the commit is exempt; null where it can. */
  readonly unclear: Text | null;
}

const notExempt: NotExempt = { exempt: false, hints: [], needs: [], unclear: null };

/** An exemption that holds whatever the commit says and whoever made it, or null. */
export function exemptByPlace(commit: Commit, judged: Case): Exemption | null {
  const { base } = judged.facts;
  if (judged.exemptBranch) {
    return { code: 'dco.exempt-branch', text: say`The policy asks for no sign-off on the branch ${base.ref}.` };
  }
  // Git takes a commit that names one parent twice, and nothing is merged in it.
  if (new Set(commit.parents).size < 2) return null;
  return { code: 'dco.merge', text: ['A merge commit, which needs no sign-off.'] };
}

/**
 * An exemption by who made the commit or what it touches. Nothing in it may rest on what a contributor can set
 * freely: the author of a commit, and with it the account found by its e-mail address, is such a thing.
 */
export function exemptByMaker(commit: Commit, judged: Case): Exemption | NotExempt {
  const account = commit.authorAccount;
  const byUser = account === null ? notExempt : exemptAccount(commit, account, judged);
  if (!('exempt' in byUser)) return byUser;
  const byPaths = exemptPaths(commit, judged);
  if (!('exempt' in byPaths)) return byPaths;
  return {
    exempt: false,
    hints: [...byUser.hints, ...byPaths.hints],
    needs: [...byUser.needs, ...byPaths.needs],
    unclear: byUser.unclear,
  };
}

function exemptAccount(commit: Commit, account: Account, judged: Case): Exemption | NotExempt {
  const bot = account.type === 'Bot';
  if (!bot && !judged.exemptUsers.has(fold(account.login))) return exemptMember(commit, account, judged);
  const code = bot ? 'dco.bot' : 'dco.exempt-user';
  const who = bot ? say`the bot ${account.login}` : say`${account.login}, who needs no sign-off here`;
  if (provenBySignature(commit, account, judged)) {
    return { code, text: say`Made by ${who}, as a verified signature proves.` };
  }
  if (provenByOpening(account, judged)) {
    return { code, text: say`Made by ${who}, in a pull request of its own.` };
  }
  const hint = say`Its author claims to be ${who}, but nothing proves it: ${whyUnproven(commit, account)}, and somebody else opened the pull request.`;
  if (bot) return { ...notExempt, hints: [hint] };
  const byMembership = exemptMember(commit, account, judged);
  return 'exempt' in byMembership ? { ...byMembership, hints: [hint, ...byMembership.hints] } : byMembership;
}

function exemptMember(commit: Commit, account: Account, judged: Case): Exemption | NotExempt {
  const { repository, memberships } = judged.facts;
  if (judged.settings.require.members || repository === null) return notExempt;
  const { owner, ownerType } = repository;
  const isOwner = fold(account.login) === fold(owner);
  if (ownerType === 'User' && !isOwner) return notExempt;
  const group = ownerType === 'User' ? say`the owner of this repository` : say`a member of ${owner}`;
  if (!provenBySignature(commit, account, judged)) {
    const hint = say`A commit by ${group} needs no sign-off if a verified signature proves whose it is, but ${whyUnproven(commit, account)}.`;
    return { ...notExempt, hints: [hint] };
  }
  const membership = Object.hasOwn(memberships, account.login) ? memberships[account.login] : undefined;
  if (ownerType === 'User' || membership === 'member') {
    return { code: 'dco.member', text: say`Made by ${account.login}, ${group}, as a verified signature proves.` };
  }
  if (membership === 'none') {
    return { ...notExempt, hints: [say`Only members of ${owner} need none, and ${account.login} is not one.`] };
  }
  return {
    ...notExempt,
    needs: membership === undefined ? [{ fact: 'membership', login: account.login }] : [],
    unclear: say`It would need none if ${account.login} is a member of ${owner}, and GitHub did not say whether that is so. The App needs the permission “Members: read” to ask.`,
  };
}

function exemptPaths(commit: Commit, judged: Case): Exemption | NotExempt {
  if (judged.settings.exempt.paths.length === 0) return notExempt;
  if (commit.paths === null) return { ...notExempt, needs: [{ fact: 'commit-paths', sha: commit.sha }] };
  // A commit that touches nothing is no change to these paths: it may be the sign-off of other commits.
  if (commit.paths.length === 0 || !commit.paths.every(judged.exemptPath)) return notExempt;
  return { code: 'dco.exempt-paths', text: ['It touches only paths for which the policy asks for no sign-off.'] };
}
