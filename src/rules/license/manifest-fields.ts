// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Entry, FileEntry } from '../../contribution/contribution.ts';
import { directoryOf, pathFrom } from '../link.ts';
import { oncePer } from '../once.ts';
import type { Lookup } from '../rule.ts';
import { say, type Text } from '../text.ts';
import type { Finding } from '../verdict.ts';
import { type Case, type Subject, wholeText } from './case.ts';
import { followed, linkLookup } from './linked.ts';
import type { Declared, Manifest } from './manifests/declared.ts';
import { readManifest } from './manifests/manifest.ts';
import { decided, opinionOf, unknownLevel, unlessExcepted, whoActs } from './opinion.ts';
import { finding, type Section, unread } from './section.ts';
import { identifiedIn } from './text-budget.ts';
import { describeAll, expressionOf, isKnown } from './texts.ts';

/** What manifests say of their package's license, where a pull request changes it. */
export function manifestFields(judged: Case): Section {
  const manifests = judged.subjects.filter(({ kind, deleted }) => kind === 'manifest' && !deleted);
  return {
    name: 'Manifests',
    looked: manifests.length,
    findings: manifests.flatMap((manifest) => manifestFindings(manifest, judged)),
  };
}

function manifestFindings(manifest: Subject, judged: Case): Finding[] {
  const { path } = manifest;
  const entry = judged.atHead(path);
  if (entry === null || entry === undefined) return [unread(path)];
  const own = unlessExcepted(alarms(manifest, judged), { path }, judged);
  return [...own, ...freshIn(manifest, judged).flatMap((one) => declaredFindings(path, one, judged))];
}

/** What cannot be read, is gone, or is another than it was. */
function alarms({ path, former }: Subject, judged: Case): Finding[] {
  const now = manifestAt(path, judged.atHead(path));
  if (now === null) return [unreadable(path, 1, ['It is no text file, or too large.'], judged)];
  const before = former === null ? null : manifestAt(former, judged.atBase(former));
  const problem = now.problem === null || before?.problem != null ? [] : [now.problem];
  const old = before?.declared ?? [];
  const fresh = freshAmong(now, before);
  const gone = old.length > 0 && now.declared.length === 0 && now.problem === null;
  return [
    ...problem.map(({ text, line }) => unreadable(path, line, text, judged)),
    ...(gone ? [removed(path, old)] : []),
    ...(fresh.length > 0 && old.length > 0 ? [changed(path, old, fresh)] : []),
  ];
}

function freshIn({ path, former }: Subject, judged: Case): readonly Declared[] {
  const now = manifestAt(path, judged.atHead(path));
  return freshAmong(now, former === null ? null : manifestAt(former, judged.atBase(former)));
}

function freshAmong(now: Manifest | null, before: Manifest | null): readonly Declared[] {
  const known = new Set(before?.declared.map(signature));
  return now?.declared.filter((one) => !known.has(signature(one))) ?? [];
}

/** Facts are read in rounds, and in each of them a manifest is looked at. */
const manifestIn = oncePer((_: FileEntry, path: string, text: string) => readManifest(path, text));

function manifestAt(path: string, entry: Entry | undefined): Manifest | null {
  const text = wholeText(entry);
  return entry?.kind !== 'file' || text === null ? null : manifestIn(entry, path, text);
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

/** License files that one manifest may name; what it names beside these is not read. */
const mostNamed = 5;

/** The license files that manifests name anew. */
export function namedLookups(judged: Case): Lookup[] {
  const commit = judged.facts.head.sha;
  return judged.subjects.flatMap((one) => {
    if (one.kind !== 'manifest' || one.deleted) return [];
    const named = freshIn(one, judged).filter(({ form }) => form === 'file');
    return named.slice(0, mostNamed).flatMap(({ expression }) => {
      const path = pathFrom(directoryOf(one.path), expression ?? '');
      if (path === null) return [];
      return [{ commit, path, whole: true }, ...linkLookup(commit, path, judged.atHead(path))];
    });
  });
}

/** A license file that is named is judged where it is changed, and otherwise here. */
function fileFindings(path: string, named: string, line: number, judged: Case): Finding[] {
  const target = pathFrom(directoryOf(path), named);
  if (judged.subjects.some((one) => one.path === target && !one.deleted && one.kind === 'license')) return [];
  const at = { path, line };
  const text = target === null ? null : wholeText(followed(target, judged.atHead));
  const parts = text === null ? null : identifiedIn(text, judged);
  if (text === null || parts === null || parts.length === 0) return [fileUnknown(at, named, judged)];
  return parts.flatMap((one) => {
    const found = say`This manifest names the license file ${named}, which is ${describeAll([one])}.`;
    const expression = isKnown(one) ? expressionOf(one) : null;
    return opinionOf({ path, at, found, expression, excepted: { license: text } }, judged);
  });
}

function fileUnknown(at: { readonly path: string; readonly line: number }, named: string, judged: Case): Finding {
  const scope = judged.scopeOf(at.path);
  const text = say`This manifest names the license file ${named}, where no license text can be read. Name the license by its SPDX identifier, so that it can be judged. ${decided(scope, 'unknown')}${whoActs(scope)}`;
  return finding('manifest-file', unknownLevel(scope), at, text);
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
