// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { say } from '../text.ts';
import type { Finding } from '../verdict.ts';
import type { DcoFacts } from './facts.ts';

const contents = { PR_BODY: 'the pull request’s description', BLANK: 'nothing beside the title' };

/** A note where the repository's squash merges lose the sign-offs by default; null where they don't, or none is known. */
export function squashNote({ repository }: Pick<DcoFacts, 'repository'>): Finding | null {
  const squash = repository?.squash;
  if (squash == null || !squash.allowed || squash.message === 'COMMIT_MESSAGES') return null;
  return {
    code: 'dco.squash',
    level: 'note',
    at: null,
    text: say`A squash merge drops these sign-offs: the message that GitHub proposes for it holds ${[contents[squash.message]]}. ${squashAdvice}`,
  };
}

/** How to keep sign-offs in squash merges; see https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/configuring-pull-request-merges/configuring-commit-squashing-for-pull-requests */
export const squashAdvice = [
  'Whoever administers the repository can keep them: Settings, General, Pull Requests, “Allow squash merging”, default message “Pull request title and commit details”.',
] as const;
