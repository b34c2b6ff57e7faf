// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Entry } from '../../contribution/contribution.ts';
import { say, type Text } from '../text.ts';
import type { Finding } from '../verdict.ts';
import { type Case, type Subject, wholeText } from './case.ts';
import { goneWithCode, movedFromCode } from './gone-with-code.ts';
import { followed } from './linked.ts';
import { decided, opinionOf, unknownLevel, unlessExcepted, whoActs } from './opinion.ts';
import { finding, type Section, unread } from './section.ts';
import { identifiedIn, overBudget } from './text-budget.ts';
import { type Identified, isCertain } from './texts/identify.ts';
import { splitWords } from './texts/words.ts';
import { describeAll, expressionOf, isKnown } from './texts.ts';

/** License files that come in, go away or change: a repository's license must not change unnoticed. */
export function licenseFiles(judged: Case): Section {
  const files = judged.subjects.filter(({ kind }) => kind === 'license' || kind === 'notice');
  const findings = files.flatMap((file) => [...ownFindings(file, judged), ...movedFindings(file, judged)]);
  return { name: 'License files', looked: files.length, findings };
}

function ownFindings(file: Subject, judged: Case): Finding[] {
  const { path, kind, deleted } = file;
  if (!deleted && judged.atHead(path) === null) return [unread(path)];
  if (deleted && goneWithCode(file, judged)) return [finding('removed-with-code', 'note', { path }, withCode)];
  return kind === 'notice' ? unlessExcepted(noticeFindings(file), { path }, judged) : fileFindings(file, judged);
}

function movedFindings(file: Subject, judged: Case): Finding[] {
  const path = movedFromCode(file, judged);
  if (path === null) return [];
  const text = say`Relicensing alarm: this license file is moved to ${file.path}, away from code that stays. Leave one where it was.`;
  return unlessExcepted([finding('removed', 'error', { path }, text)], { path }, judged);
}

const withCode = ['This file is removed together with everything that lay beside and below it.'];

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
  const before = former === null ? null : readText(former, judged.atBase, judged);
  if (deleted) return unlessExcepted([finding('removed', 'error', { path }, removed(before))], { path }, judged);
  const now = readText(path, judged.atHead, judged);
  if (now === null) return [unread(path)];
  if (typeof now === 'string') return unlessExcepted([unreadable(path, before, now, judged)], { path }, judged);
  const { found } = now;
  const excepted = { license: now.text };
  if (before !== null && typeof before !== 'string') return changed(file, before, now, judged);
  if (found.length === 0)
    return unlessExcepted([unidentified(path, ['The file is empty.'], judged, null)], { path }, judged);
  return [...mislabelled(path, found), ...found.flatMap((one) => textFindings(path, one, judged, excepted))];
}

function removed(old: Read | string | null): Text {
  const what = old === null || typeof old === 'string' ? ['a license'] : describeAll(old.found);
  return say`Relicensing alarm: this license file is removed. It was ${what}. Whoever holds the copyright has to agree.`;
}

interface Read {
  readonly text: string;
  readonly found: readonly Identified[];
}

/** Its text and what is in it or, in words of ours, why it has none. */
function readText(path: string, at: (path: string) => Entry | undefined, judged: Case): Read | string | null {
  const entry = followed(path, at);
  const text = wholeText(entry);
  if (text !== null) {
    const found = identifiedIn(text, judged);
    return found === null ? overBudget : { text, found };
  }
  if (entry?.kind !== 'file') return entry === undefined || entry === null ? null : 'It is not a file.';
  if (entry.mode === 'symlink') return 'It is a symbolic link, and no text that can be read lies where it points.';
  return entry.binary ? 'It is binary.' : 'It is too large to be a license, and was not read.';
}

/** A license file without readable text: it must not lose its license that way. */
function unreadable(path: string, before: Read | string | null, why: string, judged: Case): Finding {
  if (before === null || typeof before === 'string') return unidentified(path, [why], judged, null);
  const text = say`Relicensing alarm: this was ${describeAll(before.found)}. ${[why]} A person has to read the change.`;
  return finding('unrecognised', 'error', { path }, text);
}

function changed(
  { path }: Subject,
  { text: oldText, found: old }: Read,
  { text, found }: Read,
  judged: Case,
): Finding[] {
  const same = (idsOf(old) === idsOf(found) && isCertain(found)) || saysTheSame(oldText, text);
  if (same) return [];
  const excepted = { path, license: text };
  const incoming = found.flatMap((one) => textFindings(path, one, judged, { license: text }));
  if (judged.exceptions.find(excepted)?.holds) return incoming;
  const was = describeAll(old);
  if (isCertain(old) && !isCertain(found)) {
    const words = say`Relicensing alarm: this was ${was}. The text is not recognised any more: it is now ${describeAll(found)}. A person has to read the change.`;
    return [finding('unrecognised', 'error', lines(path, found[0]), words), ...incoming];
  }
  const words = say`Relicensing alarm: this was ${was}, and is now ${describeAll(found)}. Whoever holds the copyright has to agree.`;
  return [finding('relicensed', 'error', lines(path, found[0]), words), ...incoming];
}

/** Whether two texts are the same by SPDX's matching guidelines, known or not: another year, other line breaks. */
function saysTheSame(one: string, other: string): boolean {
  const words = splitWords(other).words;
  const own = splitWords(one).words;
  return own.length === words.length && own.every((word, index) => word === words[index]);
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
