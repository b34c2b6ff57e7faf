// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { anyOf } from './alternatives.ts';
import { expressionField, fileField, type Manifest, manifestOf, type Statement, unreadable } from './declared.ts';
import { type Json, readJson, tableOf } from './json.ts';

/** npm warns of neither spelling: https://docs.npmjs.com/cli/configuring-npm/package-json#license */
const unlicensed = ['unlicensed', 'unlicenced'];

/**
 * Reads a package.json: `license` as an expression, `UNLICENSED` or `SEE LICENSE IN <file>`, and its deprecated forms,
 * an object with a `type`, and `licenses`, of which anyone may be chosen
 * (https://docs.npmjs.com/cli/configuring-npm/package-json#license).
 */
export function readPackageJson(text: string): Manifest {
  const json = readJson(text);
  if ('problem' in json) return unreadable(json.problem);
  const fields = tableOf(json.value);
  const statements: Statement[] = [];
  if (fields.has('license')) statements.push(statementOf(fields.get('license'), json.lineOf('license')));
  if (fields.has('licenses')) statements.push(...oldLicenses(fields.get('licenses'), json));
  return manifestOf(statements);
}

function statementOf(license: unknown, line: number): Statement {
  const value = typeof license === 'object' && license !== null ? tableOf(license).get('type') : license;
  const file = typeof value === 'string' ? /^\s?SEE LICEN[CS]E IN (.*)$/is.exec(value)?.[1] : undefined;
  return file === undefined ? expressionField(value, line, unlicensed) : fileField(file, line);
}

function oldLicenses(licenses: unknown, json: Json): readonly Statement[] {
  if (!Array.isArray(licenses)) return [statementOf(licenses, json.lineOf('licenses'))];
  const statements = licenses.map((license, index) => statementOf(license, json.lineOf('licenses', index)));
  const names = statements.flatMap((one) => ('form' in one && one.form === 'spdx' ? [one.expression ?? ''] : []));
  // A file or a problem among them cannot be written as an alternative, so that each has to hold.
  if (names.length < statements.length || names.length === 0) return statements;
  return [{ expression: anyOf(names), form: 'spdx', line: json.lineOf('licenses') }];
}
