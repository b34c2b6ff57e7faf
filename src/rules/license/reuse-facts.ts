// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Entry } from '../../contribution/contribution.ts';
import { directoryOf } from '../link.ts';
import { oncePer } from '../once.ts';
import { say, type Text } from '../text.ts';
import type { Finding } from '../verdict.ts';
import { type Case, type Subject, wholeText } from './case.ts';
import { decided, opinionOf, unknownLevel, unlessExcepted, whoActs } from './opinion.ts';
import { type ReuseLicense, reuseLicense } from './reuse/reuse.ts';
import { isReuseFile, type ReuseFiles, type ReuseProblem, readReuseFiles } from './reuse/reuse-files.ts';
import { finding, type Section, unread } from './section.ts';
import { comparable, joined } from './statement.ts';

/** What .license files, REUSE.toml and .reuse/dep5 say at the head of a file; null where they say nothing. */
export function reuseAt(path: string, judged: Case): ReuseLicense | ReuseProblem | null {
  return reuseLicense(path, filesAtHead(judged));
}

const filesAtHead = oncePer((judged: Case): ReuseFiles => {
  const { contents, head } = judged.facts;
  const texts = contents.flatMap(({ commit, path, entry }) =>
    commit === head.sha && isReuseFile(path) && entry !== null ? [[path, wholeText(entry)] as const] : [],
  );
  return readReuseFiles(new Map(texts));
});

/** Changes of REUSE.toml and .reuse/dep5: what they say anew, say no more, or say in a way that nobody can read. */
export function reuseFiles(judged: Case): Section {
  const files = judged.subjects.filter(({ kind }) => kind === 'reuse');
  return { name: 'REUSE files', looked: files.length, findings: files.flatMap((file) => fileFindings(file, judged)) };
}

interface Said {
  readonly expression: string;
  readonly line: number | null;
  /** What it is said of. */
  readonly patterns: readonly string[];
}

function fileFindings({ path, former, deleted }: Subject, judged: Case): Finding[] {
  const before = former === null ? [] : saidIn(former, judged.atBase(former));
  const entry = deleted ? null : judged.atHead(path);
  if (!deleted && (entry === null || entry === undefined)) return [unread(path)];
  const now = deleted ? [] : saidIn(path, entry);
  if ('problem' in now) return [unreadable(now, path, judged)];
  const old = 'problem' in before ? [] : before;
  const told = new Set(now.map(({ expression }) => expression));
  const knew = new Set(old.map(({ expression }) => expression));
  const gone = [...knew].filter((expression) => !told.has(expression));
  const fresh = now.filter(({ expression }) => !knew.has(expression));
  return [
    ...unlessExcepted(gone.length > 0 ? [changed(path, gone)] : reassigned(path, old, now), { path }, judged),
    ...fresh.flatMap(({ expression, line }) => {
      const at = line === null ? { path } : { path, line };
      return opinionOf({ path, at, found: say`This REUSE file says ${expression}.`, expression }, judged);
    }),
  ];
}

function saidIn(path: string, entry: Entry | undefined): readonly Said[] | ReuseProblem {
  const files = readReuseFiles(new Map([[path, wholeText(entry)]]));
  const [problem] = files.problems;
  if (problem !== undefined) return problem;
  const tables = files.tomls.get(directoryOf(path)) ?? [];
  return [
    ...tables.flatMap(({ expressions, line, patterns }) =>
      expressions.map((expression) => ({ expression, line, patterns })),
    ),
    ...(files.dep5 ?? []).map(({ expression, line, patterns }) => ({ expression, line, patterns })),
  ];
}

function unreadable({ problem, at }: ReuseProblem, path: string, judged: Case): Finding {
  const scope = judged.scopeOf(path);
  const text = say`${problem} What it says of the files below it is therefore unknown. ${decided(scope, 'unknown')}${whoActs(scope)}`;
  return finding('reuse-unreadable', unknownLevel(scope), at, text);
}

/** The first pattern that is said another license of than before, though both are still in the file. */
function reassigned(path: string, old: readonly Said[], now: readonly Said[]): Finding[] {
  const [before, after] = [licensesByPattern(old), licensesByPattern(now)];
  for (const [pattern, was] of before) {
    const is = after.get(pattern);
    if (is === undefined || is === was || comparable(is) === comparable(was)) continue;
    const text = say`Relicensing alarm: this file said that ${pattern} is under ${was}, and says ${is} now. Whoever holds the copyright has to agree.`;
    return [finding('reuse-changed', 'error', { path }, text)];
  }
  return [];
}

/** What is said of each pattern; where it stands in several tables, all of it. */
function licensesByPattern(said: readonly Said[]): ReadonlyMap<string, string> {
  const all = new Map<string, Set<string>>();
  for (const { expression, patterns } of said) {
    for (const pattern of patterns) all.set(pattern, (all.get(pattern) ?? new Set()).add(expression));
  }
  return new Map([...all].map(([pattern, expressions]) => [pattern, joined([...expressions].sort())]));
}

function changed(path: string, gone: readonly string[]): Finding {
  const listed: Text = gone.slice(0, 5).flatMap((one, index) => [...(index === 0 ? [] : [', ']), ...say`${one}`]);
  const text = say`Relicensing alarm: this file said ${listed}, and says so no more. Whoever holds the copyright has to agree.`;
  return finding('reuse-changed', 'error', { path }, text);
}
