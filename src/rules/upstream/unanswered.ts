// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { UpstreamAnswer } from '../../contribution/contribution.ts';
import type { UpstreamQuestion } from '../rule.ts';

/** The answer to a question that a source cannot answer, with the reason; never taken for a yes or a no. */
export function unanswered(question: UpstreamQuestion, why: string): UpstreamAnswer {
  switch (question.ask) {
    case 'contained': {
      const { ask, repository, branch, commit } = question;
      return { ask, repository, branch, commit, answer: 'unknown', why };
    }
    case 'pull-request': {
      const { ask, repository, number } = question;
      return { ask, repository, number, answer: 'unknown', why, mergeCommit: null, base: null, release: null };
    }
    case 'diff': {
      const { ask, repository, commit } = question;
      return { ask, repository, commit, files: null };
    }
  }
}
