// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Facts } from '../contribution/contribution.ts';
import type { Judgement } from '../engine.ts';
import { readCoAuthors } from '../github/co-authors.ts';
import { readPermissions } from '../github/permissions.ts';
import { readCodeowners, readContents } from '../github/read-files.ts';
import type { Asking, PullRequestFacts } from '../github/read-pull-request.ts';
import { readCommands } from '../overrides/commands.ts';
import { decide, whoseNeeded } from '../overrides/decide.ts';
import type { Comment, Decisions } from '../overrides/overrides.ts';
import { authorityOver, type OverrideSettings } from '../overrides/settings.ts';
import type { Policy } from '../policy/policy.ts';
import { markBegins } from './marks.ts';

/** What maintainers decided about one pull request. */
export interface Overriding {
  readonly decisions: Decisions;
  /** Object ids of the head's files by path, where the policy's lifetime of overrides asks for them. */
  readonly contents: ReadonlyMap<string, string>;
  /** Whether a permission could not be read for a reason that may pass. */
  readonly passing: boolean;
}

const nothing: Decisions = { perCheck: new Map(), replies: [], acknowledged: [], records: [] };

/**
 * Reads what is needed to decide about the commands on a pull request, and decides. No request where nobody wrote one.
 * `contribution` and `judgements` are that pull request's own, nothing overridden yet.
 */
export async function decideOverrides(
  asking: Asking,
  facts: PullRequestFacts,
  contribution: Facts,
  judgements: readonly Judgement[],
  policy: Policy | null,
): Promise<Overriding> {
  if (!facts.said.comments.some(isOfInterest)) return { decisions: nothing, contents: new Map(), passing: false };
  const { comments, totalComments, moves } = facts.said;
  const place = placeOf(contribution);
  const wanted = policy === null ? null : wantedFacts(policy.overrides, judgements);
  const codeowners =
    wanted?.codeowners && facts.policyCommit !== null
      ? await readCodeowners(asking.client, place, facts.policyCommit)
      : null;
  const contents = wanted?.contents
    ? await readContents(asking.client, place, contribution.head.sha)
    : new Map<string, string>();
  const conversation = { comments, totalComments, moves, runs: facts.posted.attempts, codeowners };
  const matter = { contribution, judgements, policy, contents };
  const needs = whoseNeeded({ ...matter, conversation });
  const [{ permissions, passing }, coAuthors] = await Promise.all([
    readPermissions(asking.client, place, needs),
    needs.length === 0 ? [] : readCoAuthors(asking, place, contribution.head.sha),
  ]);
  const decisions = decide({ ...matter, conversation: { ...conversation, permissions, coAuthors } });
  return { decisions, contents, passing };
}

/** Commands and what only looks like one; and our own records of earlier ones. */
function isOfInterest({ body, own }: Comment): boolean {
  if (own) return body.includes(markBegins);
  const { commands, problems } = readCommands(body);
  return problems.length > 0 || commands.length > 0;
}

function wantedFacts(overrides: OverrideSettings, judgements: readonly Judgement[]) {
  const authorities = judgements.map(({ verdict }) => authorityOver(verdict.rule, overrides));
  return {
    codeowners: authorities.some(({ CODEOWNERS }) => CODEOWNERS),
    contents: authorities.some(({ lifetime }) => lifetime === 'pull-request'),
  };
}

function placeOf({ repository, pullRequest }: Facts) {
  return { owner: repository?.owner ?? '', name: repository?.name ?? '', number: pullRequest?.number ?? 0 };
}
