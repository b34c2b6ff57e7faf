// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { expressionField, fileField, type Manifest, manifestOf, type Statement, unreadable } from './declared.ts';
import { type Json, tableOf } from './json.ts';
import { readToml } from './toml.ts';

/**
 * Reads a Cargo.toml: `license` (where `/` is an old spelling of OR) and `license-file` of the package and of the
 * workspace (https://doc.rust-lang.org/cargo/reference/manifest.html#the-license-and-license-file-fields).
 */
export function readCargoToml(text: string): Manifest {
  const toml = readToml(text);
  if ('problem' in toml) return unreadable(toml.problem);
  const top = tableOf(toml.value);
  const shared = tableOf(tableOf(top.get('workspace')).get('package'));
  return manifestOf([
    ...licensesOf(tableOf(top.get('package')), ['package'], toml, shared),
    ...licensesOf(tableOf(top.get('project')), ['project'], toml, shared),
    ...licensesOf(shared, ['workspace', 'package'], toml, shared),
  ]);
}

type Table = ReadonlyMap<string, unknown>;

function licensesOf(table: Table, path: readonly string[], toml: Json, shared: Table): readonly Statement[] {
  return ['license', 'license-file'].flatMap((key): Statement[] => {
    const value = table.get(key);
    if (value === undefined) return [];
    const line = toml.lineOf(...path, key);
    if (tableOf(value).get('workspace') === true) {
      return shared.has(key) ? [] : [{ expression: null, form: 'elsewhere', line }];
    }
    return [key === 'license' ? licenseField(value, line) : fileField(value, line)];
  });
}

function licenseField(value: unknown, line: number): Statement {
  if (typeof value !== 'string' || !value.includes('/')) return expressionField(value, line);
  const names = value.split('/').map((name) => name.trim());
  return expressionField(names.join(' OR '), line);
}
