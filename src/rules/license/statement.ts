// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { evaluate } from './expressions/evaluate.ts';
import { type Header, readHeader } from './headers/header.ts';

/** What a file says of its own license, in its header. */
export interface Statement {
  readonly header: Header;
  /** Its tags joined by AND or, where it has none, its well-known notices; null where it has neither. */
  readonly expression: string | null;
  /** Whether a notice says it, and not a tag. */
  readonly byNotice: boolean;
  readonly line: number;
}

export function statementOf(path: string, text: string): Statement {
  const header = readHeader(path, text);
  const tags = header.tags.map(({ expression }) => expression);
  const notices = header.notices.map(({ id }) => id);
  const byNotice = tags.length === 0;
  const all = [...new Set(byNotice ? notices : tags)];
  return {
    header,
    expression: all.length === 0 ? null : joined(all),
    byNotice,
    line: (byNotice ? header.notices[0]?.line : header.tags[0]?.line) ?? 1,
  };
}

/** "Several licenses apply" is AND (REUSE Specification 3.3, "Format of Licensing Information"). */
export function joined(expressions: readonly string[]): string {
  const [only = '', ...others] = expressions;
  return others.length === 0 ? only : expressions.map((one) => (/\s/.test(one) ? `(${one})` : one)).join(' AND ');
}

/** Equal where two expressions say the same in other spellings, such as GPL-2.0+ and GPL-2.0-or-later. */
export function comparable(expression: string): string {
  return evaluate(expression).canonical ?? expression;
}
