// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { z } from 'zod';
import type { Contribution } from '../../../src/contribution/contribution.ts';
import { dco } from '../../../src/rules/dco/dco.ts';
import { dcoSettings } from '../../../src/rules/dco/settings.ts';
import type { Text } from '../../../src/rules/text.ts';
import type { Verdict } from '../../../src/rules/verdict.ts';
import { type CommitDraft, contributionOf } from '../../helpers/contribution.ts';

export type Policy = z.input<typeof dcoSettings>;

export const ada = 'Ada Example <ada@example.org>';
export const bob = 'Bob Example <bob@example.org>';
export const cy = 'Cy Example <cy@example.org>';

/** The verdict on a pull request of these commits, or on a whole contribution, under a policy. */
export function judged(subject: readonly CommitDraft[] | Contribution, policy: Policy = {}): Verdict {
  return dco.judge('version' in subject ? subject : contributionOf(subject), dcoSettings.parse(policy));
}

export function needsOf(subject: readonly CommitDraft[] | Contribution, policy: Policy = {}) {
  return dco.needs('version' in subject ? subject : contributionOf(subject), dcoSettings.parse(policy));
}

/** Codes of the findings on commits, in their order, without `dco.`. */
export function codesOf({ findings }: Verdict): string[] {
  return findings.filter(({ at }) => at !== null).map(({ code }) => code.replace(/^dco\./, ''));
}

/** A text with the quoted parts between “ and ”. */
export function plain(text: Text): string {
  return text.map((part) => (typeof part === 'string' ? part : `“${part.quoted}”`)).join('');
}

/** What is said of the commit at a position, from 0. */
export function saidOf({ findings }: Verdict, position = 0): string {
  const finding = findings.filter(({ at }) => at !== null)[position];
  return finding === undefined ? '' : plain(finding.text);
}
