// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Entry } from '../../contribution/contribution.ts';
import { say, type Text } from '../text.ts';
import type { Finding } from '../verdict.ts';
import { type Case, type Subject, textFile } from './case.ts';
import { decided, opinionOf, unknownLevel, whoActs } from './opinion.ts';
import { finding, type Section, unread } from './section.ts';
import { identifiedIn, overBudget } from './text-budget.ts';
import { type Identified, isCertain } from './texts/identify.ts';
import { describeAll, expressionOf, isKnown } from './texts.ts';

/** License files that come in, go away or change: a repository's license must not change unnoticed. */
export function licenseFiles(judged: Case): Section {
  const files = judged.subjects.filter(({ kind }) => kind === 'license' || kind === 'notice');
  const findings = files.flatMap((file) => {
    if (!file.deleted && judged.atHead(file.path) === null) return [unread(file.path)];
    return file.kind === 'notice' ? noticeFindings(file) : fileFindings(file, judged);
  });
  return { name: 'License files', looked: files.length, findings };
}

function noticeFindings({ path, former, deleted }: Subject): Finding[] {
  const at = { path };
  if (deleted) {
    return [
      finding(
        'notice-removed',
        'error',
        at,
        say`This file is removed. Licenses such as Apache-2.0 require that notices are kept.`,
      ),
    ];
  }
  const patents = /^patents/i.test(path.slice(path.lastIndexOf('/') + 1));
  if (former === null && !patents) return [];
  const what = former === null ? 'comes in' : 'is changed';
  const text = say`This file ${[what]}. It is no license text that can be compared, so a person has to read what it says.`;
  return [finding('notice-changed', 'warning', at, text)];
}

function fileFindings(file: Subject, judged: Case): Finding[] {
  const { path, former, deleted } = file;
  const before = former === null ? null : readText(judged.atBase(former), judged);
  const old = before === null || typeof before === 'string' ? before : before.found;
  if (deleted) return [finding('removed', 'error', { path }, removed(old))];
  const now = readText(judged.atHead(path), judged);
  if (now === null) return [unread(path)];
  if (typeof now === 'string') return [unidentified(path, [now], judged, null)];
  const { found } = now;
  const excepted = { license: now.text };
  if (old !== null && typeof old !== 'string') return changed(file, old, found, now.text, judged);
  if (found.length === 0) return [unidentified(path, ['The file is empty.'], judged, null)];
  return [...mislabelled(path, found), ...found.flatMap((one) => textFindings(path, one, judged, excepted))];
}

function removed(old: readonly Identified[] | string | null): Text {
  const what = old === null || typeof old === 'string' ? ['a license'] : describeAll(old);
  return say`Relicensing alarm: this license file is removed. It was ${what}. Whoever holds the copyright has to agree.`;
}

interface Read {
  readonly text: string;
  readonly found: readonly Identified[];
}

/** Its text and what is in it or, in words of ours, why it has none. */
function readText(entry: Entry | undefined, judged: Case): Read | string | null {
  const file = textFile(entry);
  if (file !== null && !file.truncated) {
    const found = identifiedIn(file.text, judged);
    return found === null ? overBudget : { text: file.text, found };
  }
  if (entry?.kind !== 'file') return entry === undefined || entry === null ? null : 'It is not a file.';
  if (entry.mode === 'symlink') return 'It is a symbolic link, so its text is not here.';
  return entry.binary ? 'It is binary.' : 'It is too large to be a license, and was not read.';
}

function changed(
  { path }: Subject,
  old: readonly Identified[],
  found: readonly Identified[],
  text: string,
  judged: Case,
): Finding[] {
  const excepted = { license: text };
  const same = idsOf(old) === idsOf(found) && isCertain(found);
  if (same) return [];
  const exempt = judged.exceptions.find({ path, ...excepted });
  const incoming = found.flatMap((one) => textFindings(path, one, judged, excepted));
  if (exempt?.holds) return incoming;
  const was = describeAll(old);
  if (isCertain(old) && !isCertain(found)) {
    const words = say`Relicensing alarm: this was ${was}. The text is not recognised any more: it is now ${describeAll(found)}. A person has to read the change.`;
    return [finding('unrecognised', 'error', lines(path, found[0]), words), ...incoming];
  }
  const words = say`Relicensing alarm: this was ${was}, and is now ${describeAll(found)}. Whoever holds the copyright has to agree.`;
  return [finding('relicensed', 'error', lines(path, found[0]), words), ...incoming];
}

function idsOf(found: readonly Identified[]): string {
  return [...new Set(found.map(({ id }) => id))].sort().join(' ');
}

function textFindings(path: string, one: Identified, judged: Case, excepted: { license: string }): Finding[] {
  const at = lines(path, one);
  const found = say`The text is ${describeAll([one])}.`;
  if (isKnown(one)) return opinionOf({ path, at, found, expression: expressionOf(one), excepted }, judged);
  const exempt = judged.exceptions.find({ path, ...excepted });
  if (exempt?.holds) return [finding('excepted', 'note', at, say`${found} ${exempt.text}`)];
  return [unidentified(path, found, judged, one)];
}

function unidentified(path: string, found: Text, judged: Case, one: Identified | null): Finding {
  const scope = judged.scopeOf(path);
  const what = one?.layer === 'modified' ? ['A changed license is another license: a person has to read it.'] : [];
  const text = say`${found} ${what.length === 0 ? ['Its license cannot be told.'] : what} ${decided(scope, 'unknown')}${whoActs(scope)}`;
  return finding(
    one?.layer === 'modified' ? 'modified-text' : 'unknown-text',
    unknownLevel(scope),
    lines(path, one),
    text,
  );
}

/** In `LICENSES/` a file is named for the license in it (REUSE Specification 3.3, "License files"). */
function mislabelled(path: string, found: readonly Identified[]): Finding[] {
  const name = /(?:^|\/)LICENSES\/([^/]+?)(?:\.[A-Za-z]+)?$/.exec(path)?.[1];
  if (name === undefined || name.startsWith('LicenseRef-')) return [];
  if (
    !isCertain(found) ||
    found.some(({ id, also }) => [id, ...also].some((one) => comparable(one) === comparable(name)))
  )
    return [];
  const text = say`This file is named for ${name}, and its text is ${describeAll(found)}.`;
  return [finding('mislabelled', 'error', { path }, text)];
}

/** One text has several ids, such as GPL-2.0-only and GPL-2.0-or-later. */
function comparable(id: string): string {
  return id.toLowerCase().replace(/-(?:only|or-later)$|\+$/, '');
}

function lines(path: string, one: Identified | null | undefined) {
  if (one === null || one === undefined || one.from < 1) return { path };
  return { path, line: one.from, endLine: Math.max(one.from, one.to) };
}
