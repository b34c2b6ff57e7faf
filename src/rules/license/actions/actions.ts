// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { ActionLicense, DependencyChange } from '../../../contribution/contribution.ts';
import { say, type Text } from '../../text.ts';
import type { Finding } from '../../verdict.ts';
import type { Case } from '../case.ts';
import { type Incoming, opinionOf } from '../opinion.ts';
import { identifiedIn, overBudget } from '../text-budget.ts';
import { describeAll, expressionOf, isKnown } from '../texts.ts';
import { type ActionUse, exceptedBy, fullName, licenseOf, mostActions, placeOf, purlOf, usesOf } from './incoming.ts';

/** What is to be said of an action that comes in without a license by GitHub's dependency review. */
export function actionFindings(change: DependencyChange, judged: Case): Finding[] {
  const { manifest: path, purl, name } = change;
  const uses = usesOf(change, judged);
  if (uses.length > 0) return uses.flatMap((use) => useFindings(use, change, judged));
  const found = say`The action ${name} comes in. GitHub names no license for it, and at which version it is used cannot be told from this file.`;
  return unknown({ path, at: { path }, found, expression: null, excepted: { purls: [purl ?? ''] } }, null, judged);
}

function useFindings(use: ActionUse, change: DependencyChange, judged: Case): Finding[] {
  const { path, ...excepted } = exceptedBy(change, use);
  const at = use.line === null ? { path } : { path, line: use.line };
  const comes = say`The action ${`${fullName(use)}@${use.ref}`} comes in.`;
  const license = licenseOf(placeOf(use), judged);
  const common = { path, at, expression: null };
  if (license === undefined || license.files === null || license.files.length === 0) {
    const found = say`${comes} GitHub names no license for it, and ${whyNot(license)}.`;
    return unknown({ ...common, found, excepted }, use, judged);
  }
  return license.files.flatMap((file) => {
    const parts = file.text === null ? null : identifiedIn(file.text, judged);
    if (file.text === null || parts === null) {
      const found = say`${comes} Its ${file.path} was not read. ${[file.text === null ? tooLarge : overBudget]}`;
      return unknown({ ...common, found, excepted }, use, judged);
    }
    const incoming = { ...common, excepted: { ...excepted, license: file.text } };
    return parts.flatMap((one) => {
      const found = say`${comes} Its ${file.path} is ${describeAll([one])}.`;
      if (!isKnown(one)) return unknown({ ...incoming, found }, use, judged);
      return opinionOf({ ...incoming, found, expression: expressionOf(one) }, judged);
    });
  });
}

const tooLarge = 'It is no text, or too large to be a license.';

function whyNot(license: ActionLicense | undefined): Text {
  if (license === undefined)
    return [`its files were not read: of one pull request, those of ${mostActions} actions are`];
  return [license.why ?? 'its repository has no license file at that version'];
}

/** With the name by which an exception knows it. */
function unknown(incoming: Incoming, use: ActionUse | null, judged: Case): Finding[] {
  return opinionOf(incoming, judged).map((one) => {
    if (one.code !== 'license.unknown') return one;
    const named = use === null ? [] : say` As a package it is ${purlOf(use)}.`;
    return { ...one, code: 'license.action-unknown', text: say`${one.text}${named}` };
  });
}
