// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Entry } from '../../contribution/contribution.ts';
import { directoryOf } from '../link.ts';
import { oncePer } from '../once.ts';
import { say, type Text } from '../text.ts';
import type { Finding } from '../verdict.ts';
import { type Case, type Subject, wholeText } from './case.ts';
import { decided, opinionOf, unknownLevel, whoActs } from './opinion.ts';
import { type ReuseLicense, reuseLicense } from './reuse/reuse.ts';
import { isReuseFile, type ReuseFiles, type ReuseProblem, readReuseFiles } from './reuse/reuse-files.ts';
import { finding, type Section, unread } from './section.ts';

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
    ...(gone.length > 0 && judged.exceptions.find({ path })?.holds !== true ? [changed(path, gone)] : []),
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
    ...tables.flatMap(({ expressions, line }) => expressions.map((expression) => ({ expression, line }))),
    ...(files.dep5 ?? []).map(({ expression, line }) => ({ expression, line })),
  ];
}

function unreadable({ problem, at }: ReuseProblem, path: string, judged: Case): Finding {
  const scope = judged.scopeOf(path);
  const text = say`${problem} What it says of the files below it is therefore unknown. ${decided(scope, 'unknown')}${whoActs(scope)}`;
  return finding('reuse-unreadable', unknownLevel(scope), at, text);
}

function changed(path: string, gone: readonly string[]): Finding {
  const listed: Text = gone.slice(0, 5).flatMap((one, index) => [...(index === 0 ? [] : [', ']), ...say`${one}`]);
  const text = say`Relicensing alarm: this file said ${listed}, and says so no more. Whoever holds the copyright has to agree.`;
  return finding('reuse-changed', 'error', { path }, text);
}
