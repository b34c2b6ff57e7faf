// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { anyOf } from './alternatives.ts';
import { expressionField, type Manifest, manifestOf, type Statement, unreadable } from './declared.ts';
import { readJson, tableOf } from './json.ts';

/**
 * Reads a composer.json's `license`: an expression, `proprietary`, or a list of which anyone may be chosen
 * (https://getcomposer.org/doc/04-schema.md#license).
 */
export function readComposerJson(text: string): Manifest {
  const json = readJson(text);
  if ('problem' in json) return unreadable(json.problem);
  const license = tableOf(json.value).get('license');
  return manifestOf(
    license === undefined ? [] : composerLicense(license, (...path) => json.lineOf('license', ...path)),
  );
}

/** The statements of a `license` field, which composer.lock has for each package too. */
export function composerLicense(
  license: unknown,
  lineOf: (...path: readonly number[]) => number,
): readonly Statement[] {
  if (!Array.isArray(license)) return [composerExpression(license, lineOf())];
  const statements = license.map((one, index) => composerExpression(one, lineOf(index)));
  const names = statements.flatMap((one) => ('form' in one && one.form === 'spdx' ? [one.expression ?? ''] : []));
  if (names.length < statements.length || names.length === 0) return statements;
  return [{ expression: anyOf(names), form: 'spdx', line: lineOf() }];
}

/** Composer takes the operators in lower case, as its own documentation writes them. */
function composerExpression(value: unknown, line: number): Statement {
  const statement = expressionField(value, line, ['proprietary']);
  if (!('form' in statement) || statement.expression === null) return statement;
  const words = statement.expression
    .split(' ')
    .map((word) => (/^(?:and|or|with)$/i.test(word) ? word.toUpperCase() : word));
  return { ...statement, expression: words.join(' ') };
}
