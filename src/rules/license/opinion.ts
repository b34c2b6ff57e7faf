// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { say, type Text } from '../text.ts';
import type { Finding, Level, Place } from '../verdict.ts';
import type { Case } from './case.ts';
import type { Excepted } from './exceptions.ts';
import { type Evaluation, evaluate } from './expressions/evaluate.ts';
import { judgeExpression } from './expressions/judge.ts';
import { relationFindings } from './relation.ts';
import type { Scope } from './scope.ts';

/** A license that comes in: where it was found, what was found, and how. */
export interface Incoming {
  /** Whose scope decides, and what an exception for a path has to match. */
  readonly path: string;
  readonly at: Place;
  /** What was found, as a whole sentence: `The header says “MIT”.` */
  readonly found: Text;
  /** An SPDX expression, or whatever stands where one should; null: none can be said. */
  readonly expression: string | null;
  readonly excepted?: Excepted;
}

/** What is to be said of a license that comes in; nothing where it is acceptable and related as the policy asks. */
export function opinionOf(incoming: Incoming, judged: Case): Finding[] {
  const { expression, path, at, found } = incoming;
  const scope = judged.scopeOf(path);
  const exempt = judged.exceptions.find({ path, ...incoming.excepted });
  const evaluation = expression === null ? null : evaluate(expression);
  const verdict = evaluation === null ? notKnown : judgeExpression(evaluation, scope.settings);
  if (evaluation !== null && verdict.acceptable === 'yes') return relationFindings(incoming, evaluation, judged);
  if (exempt?.holds) {
    return [{ code: 'license.excepted', level: 'note', at, text: say`${found} ${exempt.text}` }];
  }
  const ended = exempt === null ? [] : say` ${exempt.text}`;
  const why = say`${found} ${verdict.why}${hint(evaluation, verdict)} ${decided(scope, verdict.decidedBy)}`;
  if (verdict.acceptable === 'no') {
    return [{ code: 'license.not-acceptable', level: 'error', at, text: [...why, ...ended] }];
  }
  const text = say`${why}${ended}${whoActs(scope)}`;
  return [{ code: 'license.unknown', level: unknownLevel(scope), at, text }];
}

/**
 * What is to be said of a path beside whose license it is, such as that its license file is gone; only that it is
 * accepted where an exception for the path, or for the text there, holds.
 */
export function unlessExcepted(found: readonly Finding[], excepted: Excepted, judged: Case): Finding[] {
  const exempt = judged.exceptions.find(excepted);
  if (exempt === null) return [...found];
  return found.map((one) =>
    exempt.holds
      ? { code: 'license.excepted', level: 'note', at: one.at, text: say`${one.text} ${exempt.text}` }
      : { ...one, text: say`${one.text} ${exempt.text}` },
  );
}

const notKnown = { acceptable: 'unknown', why: ['Its license cannot be told.'], decidedBy: 'unknown' } as const;

/** What is wrong with the expression, which is said already where it is why nothing is known, and what may have been meant. */
function hint(evaluation: Evaluation | null, { acceptable }: { readonly acceptable: string }): Text {
  if (evaluation === null) return [];
  const problem = evaluation.problem === null || acceptable === 'unknown' ? [] : say` ${evaluation.problem}`;
  return evaluation.suggestion === null ? problem : say`${problem} Perhaps ${evaluation.suggestion} is meant.`;
}

/** Which line of the policy decides. */
export function decided(scope: Scope, key: string): Text {
  return [`(Decided by \`${scope.key(key)}\`.)`];
}

/** How grave something unknown is where this scope holds. */
export function unknownLevel({ settings }: Scope): Level {
  return settings.unknown === 'warn' ? 'warning' : 'error';
}

/** What follows for whom, after a sentence about something unknown. */
export function whoActs({ settings, key }: Scope): Text {
  if (settings.unknown !== 'ask') return [];
  return [
    ` Unless you can make it plain, a maintainer decides, and can record that as an exception (\`${key('unknown')}: ask\`).`,
  ];
}
