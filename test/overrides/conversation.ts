// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Facts } from '../../src/contribution/contribution.ts';
import type { Judgement } from '../../src/engine.ts';
import { applyOverrides } from '../../src/overrides/apply.ts';
import { decide, whoseNeeded } from '../../src/overrides/decide.ts';
import type {
  Comment,
  Conversation,
  Decisions,
  Permission,
  PostedRun,
  Question,
} from '../../src/overrides/overrides.ts';
import { runMark } from '../../src/overrides/run-mark.ts';
import { fallbacksOf } from '../../src/policy/cache.ts';
import type { Policy } from '../../src/policy/policy.ts';
import { loadPresets } from '../../src/policy/presets.ts';
import { resolvePolicy } from '../../src/policy/resolve.ts';
import { say } from '../../src/rules/text.ts';
import { type Finding, outcomeOf } from '../../src/rules/verdict.ts';
import { commitBy, contributionOf, shaOf, userOf } from '../helpers/contribution.ts';
import { plain, policyFile } from '../policy/help.ts';

/** `12:00:07` for 7. The head of these tests was posted at 10. */
export function at(second: number): string {
  return `2026-01-31T12:${String(Math.floor(second / 60)).padStart(2, '0')}:${String(second % 60).padStart(2, '0')}Z`;
}

let comments = 0;

/** A comment of the maintainer `mia`, written at 20. */
export function comment(
  body: string,
  more: Partial<Comment> & { readonly by?: string; readonly second?: number } = {},
): Comment {
  const { by = 'mia', second = 20, ...rest } = more;
  comments += 1;
  const id = `IC_${comments}`;
  const createdAt = rest.createdAt ?? at(second);
  return {
    id,
    kind: 'comment',
    url: `https://github.example/example-org/widget/pull/12#issuecomment-${comments}`,
    author: userOf(by),
    body,
    createdAt,
    publishedAt: createdAt,
    edited: false,
    minimised: false,
    subjectHead: null,
    acknowledged: false,
    own: false,
    ...rest,
  };
}

export const person = 'Ada Example <ada@example.org>';
export const head = shaOf(2);

/** The pull request #12 of `ada` with two commits of hers. */
export const contribution: Facts = contributionOf(
  ['First', 'Second'].map((subject) => commitBy(person, subject, { authorAccount: userOf('ada') })),
);

export function onCommit(commit: string, level: Finding['level'] = 'error', text = 'No sign-off.'): Finding {
  return { code: 'dco.missing', level, at: { commit, subject: 'Subject' }, text: [text] };
}

export function onFile(path: string, level: Finding['level'] = 'error'): Finding {
  return { code: 'dco.file', level, at: { path, line: 1 }, text: ['Bad file.'] };
}

/** What the rule `dco` says, and of another rule that these tests pretend to have. */
export function judgement(findings: readonly Finding[], rule = 'dco', name = rule.toUpperCase()): Judgement {
  return {
    name,
    mode: 'enforce',
    verdict: { rule, outcome: outcomeOf(findings), title: say`Something is wrong`, findings, remedies: [] },
  };
}

const fallbacks = fallbacksOf(loadPresets(), 'default');

export function policyOf(text = ''): Policy {
  const policy = resolvePolicy({ repository: [policyFile(text)], organisation: [] }, fallbacks)?.policy ?? null;
  if (policy === null) throw new Error('The policy of this test is broken.');
  return policy;
}

export const maintainer: Permission = { role: 'maintain', canPush: true, teams: [] };
export const writer: Permission = { role: 'write', canPush: true, teams: [] };
export const reader: Permission = { role: 'read', canPush: false, teams: [] };

export function run(second: number, more: Partial<PostedRun> = {}): PostedRun {
  return { name: 'DCO', headSha: head, mark: '12', startedAt: at(second), ...more };
}

export interface Scene extends Omit<Partial<Question>, 'conversation' | 'policy'>, Partial<Conversation> {
  readonly policy?: string | null;
}

/** Both commits fail, the check was posted at 10; `mia` and `max` maintain, `wim` writes, `rob` reads. */
export function scene({ policy = '', ...more }: Scene): Question {
  const said = more.comments ?? [];
  return {
    conversation: {
      comments: said,
      totalComments: more.totalComments ?? said.length,
      runs: more.runs ?? [run(10), run(10, { name: 'LICENSE' })],
      moves: more.moves ?? [],
      permissions: more.permissions ?? { mia: maintainer, max: maintainer, ada: maintainer, wim: writer, rob: reader },
      coAuthors: more.coAuthors ?? [],
      codeowners: more.codeowners ?? null,
    },
    contribution: more.contribution ?? contribution,
    judgements: more.judgements ?? [judgement([onCommit(shaOf(1)), onCommit(shaOf(2))])],
    policy: policy === null ? null : policyOf(policy),
    ...(more.contents === undefined ? {} : { contents: more.contents }),
  };
}

/** What came of it for one check, in words: `granted mia`, `lapsed unseen`, …, and whether it passes. */
export function outcome(
  question: Question,
  check = 'dco',
): { readonly passes: boolean; readonly all: readonly string[] } {
  const decisions = decide(question);
  const decision = decisions.perCheck.get(check);
  const ended = (['lapsed', 'withdrawn', 'refused'] as const).flatMap((kind) =>
    (decision?.[kind] ?? []).map(({ by, code }) => `${kind} ${by} ${code}`),
  );
  const applied = applyOverrides(question.judgements, decisions, question.contents);
  const judged = applied.find(({ verdict }) => verdict.rule === check);
  return {
    passes: judged?.override?.effect === 'whole',
    all: [...(decision?.granted ?? []).map(({ by }) => `granted ${by}`), ...ended],
  };
}

/** The replies as a reader sees them. */
export function replies(decisions: Decisions): string[] {
  return decisions.replies.map(({ text }) => plain(text));
}

export { decide, runMark, whoseNeeded };
