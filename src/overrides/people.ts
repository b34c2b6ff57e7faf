// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Commit, Facts } from '../contribution/contribution.ts';
import { say, type Text } from '../rules/text.ts';

/** Logins differ in more than letter case, or they are the same account. */
export function loginKey(login: string): string {
  return login.toLowerCase();
}

/** What an account has to do with a pull request: null for nothing, `unread` where that can't be told. */
export type Part = { readonly text: Text } | 'unread' | null;

/**
 * Whose work the pull request is. Accounts are found by the addresses that commits claim, so that somebody can be made
 * a part of it against their will; that denies them an override and grants nobody one.
 */
export function partIn(contribution: Facts, coAuthors: readonly string[]): (login: string) => Part {
  const { pullRequest, commits, totals } = contribution;
  const complete = commits.length === totals.commits && commits.every(({ author, committer }) => author && committer);
  const makers = new Map<string, string>();
  for (const commit of [...commits].reverse()) for (const login of makersOf(commit)) makers.set(login, commit.sha);
  const others = new Set(coAuthors.map(loginKey));
  return (login) => {
    const key = loginKey(login);
    if (pullRequest?.author && loginKey(pullRequest.author.login) === key) {
      return { text: say`${login} opened this pull request, and nobody overrides a check on work of their own.` };
    }
    const sha = makers.get(key);
    if (sha !== undefined) {
      return {
        text: say`${login} is author or committer of ${sha}, and nobody overrides a check on work of their own.`,
      };
    }
    if (others.has(key)) {
      return { text: say`${login} is an author of a commit here, and nobody overrides a check on work of their own.` };
    }
    return complete ? null : 'unread';
  };
}

function makersOf(commit: Commit): string[] {
  const accounts = [commit.authorAccount, commit.committerAccount].flatMap((account) => account?.login ?? []);
  const addresses = [commit.author, commit.committer].flatMap((person) => loginIn(person?.email ?? '') ?? []);
  return [...accounts, ...addresses].map(loginKey);
}

/** The login in `ID+LOGIN@users.noreply.HOST`. */
function loginIn(email: string): string | null {
  return /^(?:\d{1,20}\+)?([\w-]{1,100})@users\.noreply\./i.exec(email)?.[1] ?? null;
}
