// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Judgement } from '../../src/engine.ts';
import type { Report } from '../../src/report/report.ts';
import type { Context } from '../../src/report/summary.ts';
import { say } from '../../src/rules/text.ts';
import { type Finding, type Level, outcomeOf, type Place, type Remedy, type Verdict } from '../../src/rules/verdict.ts';

/** A commit's id that reads well: the digit, forty times. */
export function sha(digit: string): string {
  return digit.repeat(40).slice(0, 40);
}

/** A finding about a commit with a hostile or harmless subject. */
export function commitFinding(level: Level, commit: string, subject: string, text = say`A reason.`): Finding {
  return { code: 'dco.sample', level, at: { commit, subject }, text };
}

export function finding(level: Level, at: Place = null, text = say`A reason.`): Finding {
  return { code: 'dco.sample', level, at, text };
}

export function verdict(findings: readonly Finding[], remedies: readonly Remedy[] = []): Verdict {
  return { rule: 'dco', outcome: outcomeOf(findings), title: say`A title`, findings, remedies };
}

export function judged(of: Verdict, mode: Judgement['mode'] = 'enforce'): Judgement {
  return { name: 'DCO', mode, verdict: of };
}

export const commitUrl = 'https://github.example/octo/demo/pull/12/commits/';

export const context: Context = {
  commitUrl,
  policySources: [{ repository: 'octo/demo', path: '.github/countersign.yml', ref: 'main' }],
  readIn: 'pull-request',
};

/** Five commits, two of which fail: what a first-time contributor typically meets. */
export const mixed: Judgement = {
  name: 'DCO',
  mode: 'enforce',
  verdict: {
    rule: 'dco',
    outcome: 'fail',
    title: say`${2} of ${5} commits are not signed off`,
    findings: [
      signed('1', 'Add a parser for trailers'),
      {
        code: 'dco.missing',
        level: 'error',
        at: { commit: sha('2'), subject: 'Read trailers from the last paragraph' },
        text: say`There is no sign-off. Its author is ${'Ada Example <ada@example.org>'}.`,
      },
      {
        code: 'dco.merge',
        level: 'ok',
        at: { commit: sha('3'), subject: "Merge branch 'main' into trailers" },
        text: say`Merge commits need no sign-off.`,
      },
      signed('4', 'Test the parser'),
      {
        code: 'dco.mismatch',
        level: 'error',
        at: { commit: sha('5'), subject: 'Mention trailers in the manual' },
        text: say`It is signed off by ${'Ada <ada@old.example>'}, who is neither its author nor its committer, ${'Ada Example <ada@example.org>'}.`,
      },
    ],
    remedies: [
      {
        text: say`If you may contribute these changes under the project’s license, sign off every commit of this branch. Nothing but the commit messages changes.`,
        commands: [`git rebase --signoff ${sha('0')}`, 'git push --force-with-lease'],
      },
      {
        text: say`Or leave the commits as they are, and add an empty commit with this message.`,
        commands: ['git commit --allow-empty --signoff --edit', 'git push'],
        paste: `DCO Remediation Commit for Ada Example <ada@example.org>\n\nI, Ada Example <ada@example.org>, hereby add my Signed-off-by to this commit: ${sha('2')}\n`,
      },
    ],
  },
};

export const report: Report = {
  subject: 'octo/demo#12',
  base: sha('0'),
  head: sha('5'),
  judgements: [
    { ...judged({ ...verdict([]), rule: 'policy', title: say`The policy is valid` }), name: 'Policy' },
    mixed,
  ],
  policySources: context.policySources,
};

function signed(digit: string, subject: string): Finding {
  return {
    code: 'dco.signed',
    level: 'ok',
    at: { commit: sha(digit), subject },
    text: say`Signed off by its author, ${'Ada Example <ada@example.org>'}.`,
  };
}
