// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Commit, Contribution } from '../../contribution/contribution.ts';
import { anyGlob, type Glob } from '../glob.ts';
import type { DcoFacts } from './facts.ts';
import { fold } from './fold.ts';
import { type Identities, identities } from './identity.ts';
import { type Message, readMessage } from './message.ts';
import type { DcoSettings } from './settings.ts';

/** What each commit is judged by: the facts and settings, made ready once. */
export interface Case {
  readonly facts: DcoFacts;
  readonly settings: DcoSettings;
  readonly identities: Identities;
  readonly exemptPath: Glob;
  readonly exemptBranch: boolean;
  /** Logins, folded. */
  readonly exemptUsers: ReadonlySet<string>;
  /** Whose pull request it is, or, for a merge group, whose pull requests they are. */
  readonly openers: readonly NonNullable<Commit['authorAccount']>[];
}

/** A commit whose message has been read. */
export interface Entry {
  readonly commit: Commit;
  readonly message: Message;
}

export function caseOf(facts: DcoFacts & Pick<Partial<Contribution>, 'queued'>, settings: DcoSettings): Case {
  const pullRequests = [facts, ...(facts.queued ?? [])].map((part) => part.pullRequest);
  return {
    facts,
    settings,
    identities: identities(facts.mailmap),
    exemptPath: anyGlob(settings.exempt.paths),
    exemptBranch: anyGlob(settings.exempt.branches)(facts.base.ref.replace(/^refs\/heads\//, '')),
    exemptUsers: new Set(settings.exempt.users.map(fold)),
    openers: pullRequests.flatMap((pullRequest) => pullRequest?.author ?? []),
  };
}

export function readEntries(commits: readonly Commit[]): Entry[] {
  return commits.map((commit) => ({ commit, message: readMessage(commit.message) }));
}
