// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { licenseClassifier } from './classifiers.ts';
import { expressionField, fileField, type Manifest, manifestOf, type Statement, unreadable } from './declared.ts';
import { type IniLine, readIni } from './ini.ts';

/**
 * Reads a setup.cfg: `license` and `license_expression` of `[metadata]`, `license_file`, and the license classifiers
 * (https://setuptools.pypa.io/en/latest/userguide/declarative_config.html#metadata).
 */
export function readSetupCfg(text: string): Manifest {
  const ini = readIni(text);
  if ('problem' in ini) return unreadable(ini.problem);
  const metadata = ini.sections.get('metadata');
  const values = (...keys: readonly string[]) => keys.flatMap((key) => metadata?.get(key) ?? []);
  const license = values('license');
  const written = license.map((one) => one.text).join('\n');
  const statements: Statement[] = [];
  if (license[0] !== undefined) statements.push(freeText(written, license[0].line));
  for (const one of values('license_expression', 'license-expression')) {
    statements.push(expressionField(one.text, one.line));
  }
  for (const one of values('license_file', 'license-file')) statements.push(fileField(one.text, one.line));
  return manifestOf([...statements, ...classified(values('classifiers', 'classifier'))]);
}

/** setuptools reads `file: NAME` as the content of that file. */
function freeText(license: string, line: number): Statement {
  const file = /^file:(.*)$/s.exec(license)?.[1];
  return file === undefined ? { expression: license, form: 'text', line } : fileField(file, line);
}

function classified(lines: readonly IniLine[]): readonly Statement[] {
  return lines.flatMap(({ text, line }) => {
    const statement = licenseClassifier(text, line);
    return statement === null ? [] : [statement];
  });
}
