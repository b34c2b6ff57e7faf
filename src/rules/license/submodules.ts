// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { noModules, readModules } from '../changed-files/modules.ts';
import type { Lookup } from '../rule.ts';
import { say } from '../text.ts';
import type { Finding } from '../verdict.ts';
import { type Case, textFile, wholeText } from './case.ts';
import { opinionOf } from './opinion.ts';
import { finding, type Section } from './section.ts';
import { identifiedIn, overBudget } from './text-budget.ts';
import { describeAll, expressionOf, isKnown } from './texts.ts';

/** A submodule as the head has it. */
export interface ChangedSubmodule {
  readonly path: string;
  readonly url: string | null;
  readonly sha: string | null;
}

/** Submodules whose commit or address a pull request changes. */
export function changedSubmodules(judged: Case): ChangedSubmodule[] {
  const addresses = changedAddresses(judged);
  const byPath = new Map<string, ChangedSubmodule>();
  for (const { path, deleted } of judged.subjects) {
    const entry = deleted ? null : judged.atHead(path);
    if (entry?.kind !== 'submodule') continue;
    byPath.set(path, { path, url: entry.url ?? addresses.now.get(path) ?? null, sha: entry.sha });
  }
  for (const path of addresses.changed) {
    const entry = judged.atHead(path);
    if (entry?.kind !== 'submodule' || byPath.has(path)) continue;
    byPath.set(path, { path, url: addresses.now.get(path) ?? null, sha: entry.sha });
  }
  return [...byPath.values()];
}

/** Paths of submodules whose address in .gitmodules differs from what it was. */
export function changedAddresses(judged: Case): {
  readonly now: ReadonlyMap<string, string>;
  readonly changed: readonly string[];
} {
  const subject = judged.subjects.find(({ kind, deleted }) => kind === 'modules' && !deleted);
  if (subject === undefined) return { now: new Map(), changed: [] };
  const read = (text: string | undefined) => readModules(text ?? '');
  const now = read(textFile(judged.atHead(subject.path))?.text);
  const before = read(textFile(judged.atBase(subject.path))?.text);
  return { now, changed: [...now].filter(([path, url]) => before.get(path) !== url).map(([path]) => path) };
}

/** The entries of submodules that a change of .gitmodules alone gives another address. */
export function submoduleLookups(judged: Case): Lookup[] {
  const commit = judged.facts.head.sha;
  return changedAddresses(judged).changed.map((path) => ({ commit, path, whole: false }));
}

export function submodules(judged: Case): Section {
  const changed = changedSubmodules(judged);
  const unread = changedAddresses(judged).changed.filter((path) => judged.atHead(path) === undefined);
  const gaps = unread.map((path) =>
    finding('unread', 'gap', { path }, ['The submodule at this path could not be read.']),
  );
  return {
    name: 'Submodules',
    looked: changed.length,
    findings: [...unreadModules(judged), ...gaps, ...changed.flatMap((one) => submoduleFindings(one, judged))],
  };
}

/** Git reads .gitmodules whatever bytes a comment holds; what nobody can read here may give a submodule another address. */
function unreadModules({ subjects, atHead }: Case): Finding[] {
  return subjects
    .filter(({ path, kind, deleted }) => kind === 'modules' && !deleted && wholeText(atHead(path)) === null)
    .map(({ path }) => finding('unread', 'gap', { path }, [noModules]));
}

function submoduleFindings({ path, url, sha }: ChangedSubmodule, judged: Case): Finding[] {
  const at = { path };
  const place = say`This submodule is ${url ?? 'at an address that is not known'} at ${sha?.slice(0, 12) ?? 'no commit'}.`;
  const target = judged.facts.submodules.find((one) => one.url === url && one.sha === sha);
  const texts = target?.files?.filter((file) => file.text !== null) ?? [];
  if (texts.length === 0) {
    const why = target?.files == null ? 'It cannot be read from here' : 'It has no license file at its root';
    return opinionOf({ path, at, found: say`${place} ${[why]}.`, expression: null }, judged);
  }
  return texts.flatMap((file) => {
    const parts = identifiedIn(file.text ?? '', judged);
    if (parts === null) return opinionOf({ path, at, found: say`${place} ${[overBudget]}`, expression: null }, judged);
    return parts.flatMap((one) => {
      const found = say`${place} Its ${file.path} is ${describeAll([one])}.`;
      return opinionOf({ path, at, found, expression: isKnown(one) ? expressionOf(one) : null }, judged);
    });
  });
}
