// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Contribution, Facts } from '../../contribution/contribution.ts';
import { retry } from '../retry.ts';
import type { Rule } from '../rule.ts';
import { say, type Text } from '../text.ts';
import { type Finding, outcomeOf, type Table, type Verdict } from '../verdict.ts';
import { caseOf } from './case.ts';
import { dependencies } from './dependencies.ts';
import { gapsIn } from './gaps.ts';
import { licenseFiles } from './license-files.ts';
import { manifestFields } from './manifest-fields.ts';
import { needsOf } from './needs.ts';
import { remediesFor } from './remedies.ts';
import { reuseFiles } from './reuse-facts.ts';
import { count, type Section } from './section.ts';
import { type LicenseSettings, licenseSettings } from './settings.ts';
import { sourceFiles } from './sources.ts';
import { submodules } from './submodules.ts';
import { vendoredCode } from './vendored.ts';

/** Only acceptable licenses come in, and none changes unnoticed. */
export const license: Rule<LicenseSettings> = {
  id: 'license',
  settings: licenseSettings,
  needs: (contribution, settings) => partsOf(contribution).flatMap((facts) => needsOf(facts, settings)),
  judge(contribution, settings) {
    const judged = partsOf(contribution).map((facts) => sectionsOf(facts, settings));
    const sections = merged(judged.flat());
    return verdictOf(sections, contribution);
  },
};

/** Of a merge group its pull requests: together they bring in what each of them does. */
function partsOf(contribution: Contribution): readonly Facts[] {
  return contribution.queued ?? [contribution];
}

function sectionsOf(facts: Facts, settings: LicenseSettings): Section[] {
  const judged = caseOf(facts, settings);
  const gaps = gapsIn(facts, judged.base);
  if (gaps.length > 0) return [{ name: 'Changed files', looked: facts.files?.length ?? 0, findings: gaps }];
  return [
    licenseFiles(judged),
    sourceFiles(judged),
    reuseFiles(judged),
    manifestFields(judged),
    dependencies(judged),
    vendoredCode(judged),
    submodules(judged),
    { name: 'Exceptions', looked: judged.exceptions.expired.length, findings: judged.exceptions.expired },
  ];
}

function merged(sections: readonly Section[]): Section[] {
  return [...Map.groupBy(sections, ({ name }) => name)].map(([name, same]) => ({
    name,
    looked: same.reduce((sum, { looked }) => sum + looked, 0),
    findings: same.flatMap(({ findings }) => findings),
  }));
}

function verdictOf(sections: readonly Section[], contribution: Contribution): Verdict {
  const all = sections.flatMap(({ findings }) => findings);
  const looked = sections.filter((section) => section.looked > 0 && section.name !== 'Exceptions');
  const findings = all.map((one) =>
    one.level === 'gap' ? { ...one, text: say`${one.text} ${retry(contribution)}` } : one,
  );
  const clean = findings.length === 0 && looked.length > 0 ? [cleanLine(looked)] : [];
  const outcome = looked.length === 0 && findings.length === 0 ? 'not-applicable' : outcomeOf(findings);
  return {
    rule: 'license',
    outcome,
    title: title(findings, looked),
    findings: [...findings, ...clean],
    remedies: remediesFor(findings),
    ...(findings.length === 0 ? {} : { table: tableOf(looked) }),
  };
}

function cleanLine(looked: readonly Section[]): Finding {
  const what = looked.map(({ name, looked: number }) => `${name.toLowerCase()} (${number})`).join(', ');
  const text: Text = [`Nothing comes in whose license is not acceptable, unknown or changed. Looked at: ${what}.`];
  return { code: 'license.clean', level: 'ok', at: null, text };
}

function title(findings: readonly Finding[], looked: readonly Section[]): Text {
  const number = (level: string) => findings.filter((one) => one.level === level).length;
  if (looked.length === 0 && findings.length === 0) return ['No changed file has anything to do with licenses'];
  if (number('gap') > 0) return ['Some of the license facts could not be read'];
  if (number('error') > 0) return [`${count(number('error'), 'license question')} to settle`];
  const warnings = number('warning');
  return [warnings === 0 ? 'All licenses are in order' : `No license stands in the way, ${count(warnings, 'warning')}`];
}

const outcomes = [
  ['error', 'Need a change'],
  ['gap', 'Not judged'],
  ['warning', 'Worth a look'],
  ['note', 'Good to know'],
] as const;

/** A row for each kind of thing looked at, a column for each level that there is. */
function tableOf(sections: readonly Section[]): Table {
  const number = ({ findings }: Pick<Section, 'findings'>, level: string) =>
    findings.filter((one) => one.level === level).length;
  const all = { findings: sections.flatMap(({ findings }) => findings) };
  const shown = outcomes.filter(([level]) => number(all, level) > 0);
  return {
    columns: ['', 'Looked at', ...shown.map(([, words]) => words)],
    rows: sections.map((one) => [one.name, String(one.looked), ...shown.map(([level]) => String(number(one, level)))]),
  };
}
