// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { misnamedPolicies, misnamedText } from '../../policy/misnamed.ts';
import { plain } from '../../report/phrase.ts';
import type { Noticed } from './notice.ts';

/** What was noticed, a line for each, so that nobody wonders where a proposal comes from. */
export function describeNoticed(noticed: Noticed, files: readonly string[]): string {
  const lines = [
    ...misnamedPolicies(files).map((one) => plain(misnamedText(one))),
    ...dcoApp(noticed),
    ...license(noticed),
    ...(noticed.reuse === null ? [] : [`REUSE, by ${noticed.reuse}`]),
    ...noticed.notApproved.map(({ id, path }) => `${path}: ${id} is not OSI-approved, and would be allowed`),
    ...noticed.vendored.map((name) => `${name}/ holds code from elsewhere, with licenses of its own`),
    ...noticed.conventions.map(({ id, because }) => `upstream notation ${id}: ${because}`),
    ...(noticed.fork === null ? [] : [`upstream is ${noticed.fork.repo}`]),
    ...(noticed.submodules ? ['there are submodules'] : []),
  ];
  return `Found in this repository:\n${lines.map((line) => `  - ${line}\n`).join('')}\n`;
}

function dcoApp({ dcoApp: found }: Noticed): string[] {
  if (found === null) return [];
  if (found !== 'broken') return ['.github/dco.yml: its settings are taken over'];
  return ['.github/dco.yml has mistakes and is not taken over; see countersign policy validate .github/dco.yml'];
}

function license({ license: found, reuse }: Noticed): string[] {
  if (found === null) return reuse === null ? ['no license file at the root'] : [];
  return [`${found.path}: ${found.expression ?? 'no license of the SPDX License List'}`];
}
