// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Account, Commit } from '../../contribution/contribution.ts';
import type { Text } from '../text.ts';
import { say } from '../text.ts';
import type { Case } from './case.ts';
import { fold } from './fold.ts';

/** Owner of GitHub's own signing key, where GitHub names one. */
const gitHubSigner = 'web-flow';

/**
 * Whether a verified signature proves that the account made the commit.
 *
 * An author is whoever the commit claims, and anybody can sign such a claim with a key of their own; so the key has
 * to be the account's. A bot has no key: GitHub signs for it, and only what it made through its own token with no
 * other author named (https://docs.github.com/en/authentication/managing-commit-signature-verification/about-commit-signature-verification#signature-verification-for-bots).
 * For a person GitHub's key also signs merges made with a button, which can carry an author who had no part in it;
 * there it proves something only together with having opened the pull request.
 */
export function provenBySignature({ signature }: Commit, account: Account, judged: Case): boolean {
  if (signature === null || !signature.valid) return false;
  if (signature.signer !== null && fold(signature.signer) === fold(account.login)) return true;
  const signedForSomebody = signature.signer === null || fold(signature.signer) === gitHubSigner;
  return signature.byGitHub && signedForSomebody && (account.type === 'Bot' || provenByOpening(account, judged));
}

/** Whether the account opened the pull request, which it can't without being logged in. */
export function provenByOpening(account: Account, { openers }: Case): boolean {
  return openers.some((opener) => opener.type === account.type && fold(opener.login) === fold(account.login));
}

/** Why the signature does not prove it, as the end of a sentence. */
export function whyUnproven({ signature }: Commit, account: Account): Text {
  if (signature === null) return ['this commit has no signature'];
  if (!signature.valid) return ['this commit’s signature could not be verified'];
  if (signature.byGitHub) {
    return say`this commit was signed by GitHub itself, which does not prove that ${account.login} made it`;
  }
  if (signature.signer === null) return ['nobody is known to own the key that signed this commit'];
  return say`this commit’s signature is that of ${signature.signer}, not of ${account.login}`;
}
