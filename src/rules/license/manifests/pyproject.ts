// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { licenseClassifier } from './classifiers.ts';
import { expressionField, fileField, type Manifest, manifestOf, type Statement, unreadable } from './declared.ts';
import { type Json, tableOf } from './json.ts';
import { readToml } from './toml.ts';

/**
 * Reads a pyproject.toml: `project.license` as PEP 639's expression or as the table with `text` or `file` before it,
 * the license classifiers where there is nothing better, and Poetry's own section
 * (https://packaging.python.org/en/latest/specifications/pyproject-toml/#license).
 */
export function readPyproject(text: string): Manifest {
  const toml = readToml(text);
  if ('problem' in toml) return unreadable(toml.problem);
  const top = tableOf(toml.value);
  const poetry = tableOf(tableOf(top.get('tool')).get('poetry'));
  return manifestOf([
    ...statementsOf(tableOf(top.get('project')), ['project'], toml),
    ...statementsOf(poetry, ['tool', 'poetry'], toml),
  ]);
}

function statementsOf(table: ReadonlyMap<string, unknown>, path: readonly string[], toml: Json): readonly Statement[] {
  const license = table.get('license');
  const stated = license === undefined ? [] : licenseField(license, toml.lineOf(...path, 'license'));
  const classified = classifiersOf(table.get('classifiers'), [...path, 'classifiers'], toml);
  const dynamic = table.get('dynamic');
  if (Array.isArray(dynamic) && dynamic.includes('license')) {
    return [...stated, ...classified, { expression: null, form: 'elsewhere', line: toml.lineOf(...path, 'dynamic') }];
  }
  return [...stated, ...classified];
}

function licenseField(license: unknown, line: number): readonly Statement[] {
  if (typeof license === 'string') return [expressionField(license, line, ['proprietary'])];
  const table = tableOf(license);
  const text = table.get('text');
  const statements: Statement[] = [];
  if (typeof text === 'string' && text.trim() !== '') {
    statements.push({ expression: text.trim(), form: 'text', line });
  }
  if (table.has('file')) statements.push(fileField(table.get('file'), line));
  if (statements.length > 0) return statements;
  return [{ text: ['The license has to be a string, or a table with a text or a file.'], line }];
}

function classifiersOf(classifiers: unknown, path: readonly string[], toml: Json): readonly Statement[] {
  if (!Array.isArray(classifiers)) return [];
  return classifiers.flatMap((one, index) => {
    const statement = typeof one === 'string' ? licenseClassifier(one, toml.lineOf(...path, index)) : null;
    return statement === null ? [] : [statement];
  });
}
