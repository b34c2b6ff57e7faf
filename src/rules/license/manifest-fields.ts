// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { say, type Text } from '../text.ts';
import type { Finding } from '../verdict.ts';
import { type Case, type Subject, textFile } from './case.ts';
import type { Declared, Manifest } from './manifests/declared.ts';
import { readManifest } from './manifests/manifest.ts';
import { decided, opinionOf, unknownLevel, whoActs } from './opinion.ts';
import { finding, type Section, unread } from './section.ts';

/** What manifests say of their package's license, where a pull request changes it. */
export function manifestFields(judged: Case): Section {
  const manifests = judged.subjects.filter(({ kind, deleted }) => kind === 'manifest' && !deleted);
  return {
    name: 'Manifests',
    looked: manifests.length,
    findings: manifests.flatMap((manifest) => manifestFindings(manifest, judged)),
  };
}

function manifestFindings({ path, former }: Subject, judged: Case): Finding[] {
  const entry = judged.atHead(path);
  if (entry === null || entry === undefined) return [unread(path)];
  const now = manifestAt(path, entry);
  if (now === null) return [unreadable(path, 1, ['It is no text file, or too large.'], judged)];
  const before = former === null ? null : manifestAt(former, judged.atBase(former));
  const problem = now.problem === null || before?.problem != null ? [] : [now.problem];
  const known = new Set(before?.declared.map(signature));
  const fresh = now.declared.filter((one) => !known.has(signature(one)));
  const gone = before !== null && before.declared.length > 0 && now.declared.length === 0 && now.problem === null;
  return [
    ...problem.map(({ text, line }) => unreadable(path, line, text, judged)),
    ...(gone ? [removed(path, before.declared)] : []),
    ...(fresh.length > 0 && known.size > 0 ? [changed(path, before?.declared ?? [], fresh)] : []),
    ...fresh.flatMap((one) => declaredFindings(path, one, judged)),
  ];
}

function manifestAt(path: string, entry: Parameters<typeof textFile>[0]): Manifest | null {
  const file = textFile(entry);
  return file === null || file.truncated ? null : readManifest(path, file.text);
}

function signature({ expression, form }: Declared): string {
  return JSON.stringify([form, expression]);
}

function declaredFindings(path: string, { expression, form, line }: Declared, judged: Case): Finding[] {
  const at = { path, line };
  switch (form) {
    case 'elsewhere':
      return [];
    case 'file':
      return fileFindings(path, expression ?? '', line, judged);
    case 'none':
    case 'spdx':
    case 'text': {
      const found = say`This manifest says ${expression ?? 'nothing'}.`;
      return opinionOf({ path, at, found, expression: expressionIn({ expression, form }) }, judged);
    }
  }
}

/**
 * What a statement amounts to as an expression; null where it names a file or another manifest. Words such as
 * `proprietary` grant nothing, which SPDX writes as NONE; `UNLICENSED` is known as what it is.
 */
export function expressionIn({ expression, form }: Pick<Declared, 'expression' | 'form'>): string | null {
  if (form === 'file' || form === 'elsewhere') return null;
  return form === 'none' && expression?.toUpperCase() !== 'UNLICENSED' ? 'NONE' : expression;
}

/** A license file that is named is judged where it is changed; only one that is not there is worth a word here. */
function fileFindings(path: string, named: string, line: number, judged: Case): Finding[] {
  const directory = path.includes('/') ? path.slice(0, path.lastIndexOf('/') + 1) : '';
  const target = `${directory}${named.replace(/^\.\//, '')}`;
  if (judged.subjects.some((one) => one.path === target && !one.deleted && one.kind === 'license')) return [];
  const scope = judged.scopeOf(path);
  const text = say`This manifest names the license file ${named}, which this change does not bring in. Name the license by its SPDX identifier, so that it can be judged. ${decided(scope, 'unknown')}${whoActs(scope)}`;
  return [finding('manifest-file', unknownLevel(scope), { path, line }, text)];
}

function unreadable(path: string, line: number, why: Text, judged: Case): Finding {
  const scope = judged.scopeOf(path);
  const text = say`What this manifest says of its license cannot be read. ${why} ${decided(scope, 'unknown')}${whoActs(scope)}`;
  return finding('manifest-unreadable', unknownLevel(scope), { path, line }, text);
}

function removed(path: string, before: readonly Declared[]): Finding {
  const text = say`Relicensing alarm: this manifest no longer says its license. It said ${listed(before)}.`;
  return finding('manifest-removed', 'error', { path }, text);
}

function changed(path: string, before: readonly Declared[], fresh: readonly Declared[]): Finding {
  const text = say`Relicensing alarm: this manifest said ${listed(before)}, and says ${listed(fresh)} now. Whoever holds the copyright has to agree.`;
  return finding('manifest-changed', 'error', { path, line: fresh[0]?.line ?? 1 }, text);
}

function listed(declared: readonly Declared[]): Text {
  return declared
    .slice(0, 5)
    .flatMap(({ expression }, index) => [...(index === 0 ? [] : [', ']), ...say`${expression ?? 'another file'}`]);
}
