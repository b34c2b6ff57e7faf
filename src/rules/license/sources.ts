// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Entry } from '../../contribution/contribution.ts';
import { say } from '../text.ts';
import type { Finding } from '../verdict.ts';
import { type Case, type Subject, textFile } from './case.ts';
import { evaluate } from './expressions/evaluate.ts';
import { skippable } from './headers/skippable.ts';
import { lostSidecars } from './lost-sidecars.ts';
import { type Missing, missingFindings } from './missing.ts';
import { decided, opinionOf, unknownLevel, whoActs } from './opinion.ts';
import { preferenceFindings } from './relation.ts';
import { reuseAt } from './reuse-facts.ts';
import { finding, type Section, unread } from './section.ts';
import { comparable, type Statement } from './statement.ts';
import { statementIn } from './statement-memory.ts';

const kinds = new Set<Subject['kind']>(['source', 'manifest', 'sidecar', 'opaque']);

/** What added and changed files say of their license. */
export function sourceFiles(judged: Case): Section {
  const files = judged.subjects.filter((file) => {
    const { kind, deleted } = file;
    return !deleted && kinds.has(kind) && judged.scopeOf(aboutFile(file)).settings.headers !== 'off';
  });
  const looks = files.map((file) => look(file, judged));
  const missing = looks.flatMap((one) => (one.missing === null ? [] : [one.missing]));
  const findings = [
    ...looks.flatMap((one) => one.findings),
    ...lostSidecars(judged),
    ...missingFindings(missing, judged),
  ];
  return { name: 'Source files', looked: files.length, findings };
}

interface Look {
  readonly findings: readonly Finding[];
  /** Where the file says nothing, and nothing says it for the file. */
  readonly missing: Missing | null;
}

function look(file: Subject, judged: Case): Look {
  const entry = judged.atHead(file.path);
  if (file.kind !== 'opaque' && (entry === null || entry === undefined)) {
    return { findings: [unread(file.path)], missing: null };
  }
  // Submodules have a section of their own; a symbolic link says nothing that what it points to does not say.
  if (entry != null && (entry.kind !== 'file' || entry.mode === 'symlink')) return { findings: [], missing: null };
  const now = statementAt(file.path, entry);
  const before = file.former === null ? null : statementAt(file.former, judged.atBase(file.former));
  const own = now === null ? unreadable(file, before, entry, judged) : changes(file, before, now, judged);
  const within = now === null ? [] : inside(file, before, now, judged);
  const fresh = isFresh(now, before) ? incoming(file, now, judged) : [];
  const others = file.kind === 'sidecar' ? { findings: [], says: true } : elsewhere(file, now, judged);
  const silent = now?.expression == null && !others.says;
  return {
    findings: [...own, ...within, ...fresh, ...others.findings],
    missing: silent ? missingOf(file, entry) : null,
  };
}

function statementAt(path: string, entry: Entry | undefined): Statement | null {
  const file = textFile(entry);
  return file === null ? null : statementIn(path, file);
}

function isFresh(now: Statement | null, before: Statement | null): now is Statement {
  if (now?.expression == null) return false;
  return before?.expression == null || comparable(before.expression) !== comparable(now.expression);
}

/** A file without readable text: it must not lose its header that way, and what is too large is unknown. */
function unreadable(file: Subject, before: Statement | null, entry: Entry | undefined, judged: Case): Finding[] {
  const { path } = file;
  if (judged.exceptions.find({ path: aboutFile(file) })?.holds === true) return [];
  if (before?.expression != null) {
    const text = say`Relicensing alarm: this file said it is under ${before.expression}, and cannot be read as text any more.`;
    return [finding('tag-removed', 'error', { path }, text)];
  }
  if (entry?.kind !== 'file' || entry.binary) return [];
  const scope = judged.scopeOf(aboutFile(file));
  const text = say`This file, or all changed files together, are too large to be read, so its license cannot be told. ${decided(scope, 'unknown')}${whoActs(scope)}`;
  return [finding('too-large', unknownLevel(scope), { path }, text)];
}

/** A header that was there and is not, or says something else: on its own, whatever it says now. */
function changes(file: Subject, before: Statement | null, now: Statement, judged: Case): Finding[] {
  const { path } = file;
  if (before === null || judged.exceptions.find({ path: aboutFile(file) })?.holds === true) return [];
  const gone = lostCopyrights(path, before, now);
  if (before.expression === null) return gone;
  if (now.expression === null) {
    const text = say`Relicensing alarm: this file said it is under ${before.expression}, and says nothing any more. Put the line back.`;
    return [finding('tag-removed', 'error', { path, line: 1 }, text), ...gone];
  }
  if (comparable(before.expression) === comparable(now.expression)) return gone;
  const text = say`Relicensing alarm: this file said it is under ${before.expression}, and says ${now.expression} now. Whoever holds the copyright has to agree.`;
  return [finding('tag-changed', 'error', { path, line: now.line }, text), ...gone];
}

function lostCopyrights(path: string, before: Statement, now: Statement): Finding[] {
  const kept = new Set(now.header.copyrights.map(({ text }) => holderOf(text)));
  const lost = before.header.copyrights.find(({ text }) => !kept.has(holderOf(text)));
  if (lost === undefined) return [];
  const text = say`The copyright notice ${lost.text} is gone or names somebody else. Most licenses require that notices are kept.`;
  return [finding('copyright-removed', 'warning', { path, line: 1 }, text)];
}

/** A notice without its years, which change by themselves. */
function holderOf(notice: string): string {
  return notice
    .replace(/^.{0,40}?(?:copyright|©|\(c\)|text:)/i, '')
    .replace(/[^\p{L}@.]+/gu, ' ')
    .trim()
    .toLowerCase();
}

/** The file that a header is about, whose scope and exceptions hold for it: that of a .license file is about another. */
function aboutFile({ path, kind }: Subject): string {
  return kind === 'sidecar' ? path.slice(0, -'.license'.length) : path;
}

function incoming(file: Subject, now: Statement, judged: Case): Finding[] {
  const { path } = file;
  const { line, byNotice } = now;
  const expression = now.expression ?? '';
  const found = byNotice
    ? say`The notice in this file is that of ${expression}.`
    : say`The header of this file says ${expression}.`;
  const incoming = { path: aboutFile(file), at: { path, line }, found, expression };
  const advice = file.former === null && file.vendored === null;
  return [
    ...opinionOf(incoming, judged),
    ...(advice ? preferenceFindings(incoming, evaluate(expression), judged) : []),
  ];
}

/** Snippets and tags further down, where the base does not have them. */
function inside(file: Subject, before: Statement | null, now: Statement, judged: Case): Finding[] {
  const { path } = file;
  const about = aboutFile(file);
  const knownSnippets = new Set(before?.header.snippets.map(({ expression }) => expression));
  const knownStray = new Set(before?.header.stray.map(({ expression }) => expression));
  const snippets = now.header.snippets.filter(({ expression }) => !knownSnippets.has(expression));
  const stray = now.header.stray.filter(({ expression }) => !knownStray.has(expression));
  return [
    ...snippets.flatMap(({ expression, fromLine, toLine }) => {
      const at = { path, line: fromLine, endLine: toLine };
      const found = say`This snippet says it is under ${expression}.`;
      return opinionOf({ path: about, at, found, expression: expression === '' ? null : expression }, judged);
    }),
    ...stray.flatMap(({ expression, line }) => {
      const at = { path, line };
      const found = say`A second license, ${expression}, stands outside the header.`;
      const opinion = opinionOf({ path: about, at, found, expression }, judged);
      const advice = say`${found} Move it to the header, or mark what it is for with SPDX-SnippetBegin and SPDX-SnippetEnd.`;
      return opinion.length > 0 ? opinion : [finding('stray', 'warning', at, advice)];
    }),
  ];
}

/** What a .license file or REUSE's files say for this one. */
function elsewhere(file: Subject, now: Statement | null, judged: Case): { findings: Finding[]; says: boolean } {
  const said = reuseAt(file.path, judged);
  if (said === null) return { findings: [], says: false };
  if ('problem' in said) return { findings: [], says: true };
  const counts = said.override || said.aggregate || now?.expression == null;
  if (file.former !== null || !counts) return { findings: [], says: counts };
  const { path } = file;
  const found = say`${said.source.path} says that this file is under ${said.expression}.`;
  return { findings: opinionOf({ path, at: { path }, found, expression: said.expression }, judged), says: true };
}

function missingOf(file: Subject, entry: Entry | undefined): Missing | null {
  const text = textFile(entry)?.text ?? null;
  const facts = entry?.kind === 'file' ? entry : { mode: 'regular' as const, size: 1, binary: true };
  return { file, text, reason: skippable(file.path, { ...facts, text }) };
}
