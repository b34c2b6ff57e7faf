// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { PullRequestFacts } from '../github/read-pull-request.ts';
import type { Saying } from '../github/sayings.ts';
import { readCommands } from '../overrides/commands.ts';
import type { Comment, Decisions } from '../overrides/overrides.ts';
import type { Policy, PolicyResolution } from '../policy/policy.ts';
import { inert } from '../report/inert.ts';
import { fenced, markdown } from '../report/phrase.ts';
import { policyYaml, sourceText } from '../report/policy-in-force.ts';
import { say, type Text } from '../rules/text.ts';
import { isMarked, replyMark } from './marks.ts';
import type { SaidLately } from './said.ts';

/** GitHub takes 65,536 characters in a comment. */
const longestPolicy = 50_000;
/** Comments of ours in one look at most; the rest comes with the next one. */
const mostSayings = 20;

/** One thing to be said to people, and by what it is known whether it was. */
export interface KeyedSaying {
  readonly key: string;
  readonly saying: Saying;
}

/** What is to be said now, and whether something has to wait until it is known that it was not said before. */
export interface Sayings {
  readonly sayings: readonly KeyedSaying[];
  readonly doubtful: boolean;
}

/**
 * What is to be said to people: one reply to a comment ever, never one to a bot, and a reaction to each command that was
 * taken.
 */
export function sayingsFor(
  facts: PullRequestFacts,
  resolution: PolicyResolution,
  decisions: Decisions,
  lately: SaidLately,
): Sayings {
  const { pullRequestId, said } = facts;
  const reactions = decisions.acknowledged
    .filter(({ acknowledged }) => !acknowledged)
    .map(({ id }): KeyedSaying => ({ key: `reaction ${id}`, saying: { kind: 'reaction', subjectId: id } }));
  const comments = commentsFor(facts, resolution, decisions)
    .filter(({ mark }) => !isMarked(said.comments, mark))
    .map(({ to, text, mark }): KeyedSaying => {
      const body = `${text}\n\n[The comment that this answers](${to.url})\n\n${mark}`;
      return { key: `${pullRequestId} ${mark}`, saying: { kind: 'comment', pullRequestId, body } };
    });
  const all = [...reactions, ...comments];
  return {
    sayings: all.filter(({ key }) => lately.of(key) === 'unsaid').slice(0, mostSayings),
    doubtful: all.some(({ key }) => lately.of(key) === 'doubtful'),
  };
}

/** Comments of ours that there should be, and the mark that each of them has. */
function commentsFor({ said }: PullRequestFacts, resolution: PolicyResolution, { replies, records }: Decisions) {
  const bodies = new Map<string, { readonly to: Comment; readonly parts: string[] }>();
  const add = (to: Comment, part: string) => {
    if (to.author?.type === 'Bot') return;
    const before = bodies.get(to.id);
    if (before === undefined) bodies.set(to.id, { to, parts: [part] });
    else before.parts.push(part);
  };
  for (const { to, text } of replies) add(to, markdown(text));
  for (const to of said.comments.filter(asksForPolicy)) add(to, policyAnswer(resolution));
  return [
    ...[...bodies.values()].map(({ to, parts }) => ({ to, text: parts.join('\n\n'), mark: replyMark(to) })),
    ...records.map(({ to, text, mark }) => ({ to, text: markdown(text), mark })),
  ];
}

function asksForPolicy({ body, own, edited, minimised }: Comment): boolean {
  if (own || edited || minimised) return false;
  return readCommands(body).commands.some(({ kind }) => kind === 'policy');
}

/** The policy in force, every default spelt out, and where each value that isn't one comes from. */
function policyAnswer({ policy, problems }: PolicyResolution): string {
  if (policy === null) {
    return `The policy cannot be read: it has ${problems.length} ${problems.length === 1 ? 'mistake' : 'mistakes'}, which the check on the policy lists. Until they are mended, nothing passes.`;
  }
  const sources = policy.sources.map((source) => `- ${markdown([{ quoted: sourceText(source) }])}`).join('\n');
  const lines = policyYaml(policy)
    .split('\n')
    .map((line) => inert(line, 500));
  const text = lines.join('\n');
  const shown = text.length <= longestPolicy ? text : `${text.slice(0, longestPolicy)}\n# The rest is left out.`;
  return `The policy in force on this pull request is made of:\n\n${sources}\n\n${markdown(floorText(policy))}What no comment stands behind has its default. All of it:\n\n${fenced(shown, 'yaml')}`;
}

function floorText({ floor }: Policy): Text {
  if (floor === null) return [];
  const name: Text = [{ quoted: sourceText(floor.source) }];
  if (floor.exempt === null) return say`It is held to the organisation's floor in ${name}. `;
  const { reason, until } = floor.exempt;
  const why: Text = floor.source.hidden === true ? [] : say`, since: ${reason}`;
  return say`The organisation's floor in ${name} does not hold here until ${until}${why}. `;
}
