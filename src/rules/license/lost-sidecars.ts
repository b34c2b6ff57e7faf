// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Lookup } from '../rule.ts';
import { say } from '../text.ts';
import type { Finding } from '../verdict.ts';
import { type Case, textFile } from './case.ts';
import { opinionOf, unlessExcepted } from './opinion.ts';
import { reusePathsFor } from './reuse/reuse-files.ts';
import { reuseAt } from './reuse-facts.ts';
import { finding } from './section.ts';
import { comparable, joined } from './statement.ts';
import { statementIn } from './statement-memory.ts';

/** A .license file that no longer lies where it was, and the file for which it spoke. */
interface Lost {
  readonly path: string;
  readonly target: string;
}

function lostIn({ subjects }: Case): Lost[] {
  return subjects.flatMap(({ path, former, kind, deleted }) => {
    if (kind !== 'sidecar' || former === null || !(deleted || former !== path)) return [];
    return [{ path: former, target: former.slice(0, -'.license'.length) }];
  });
}

/** The files that .license files spoke for, and what else may speak for them now. */
export function sidecarLookups(judged: Case): Lookup[] {
  const commit = judged.facts.head.sha;
  return lostIn(judged).flatMap(({ target }) => [
    { commit, path: target, whole: false },
    ...reusePathsFor(target).map((path) => ({ commit, path, whole: true })),
  ]);
}

/** A file that stays must not lose what its .license file said of it. */
export function lostSidecars(judged: Case): Finding[] {
  return lostIn(judged)
    .filter(({ target }) => judged.scopeOf(target).settings.headers !== 'off')
    .flatMap((lost) => unlessExcepted(lostFindings(lost, judged), { path: lost.target }, judged));
}

function lostFindings({ path, target }: Lost, judged: Case): Finding[] {
  const file = textFile(judged.atBase(path));
  const before = file === null ? null : statementIn(path, file).expression;
  if (before === null || judged.atHead(target)?.kind !== 'file') return [];
  const now = saidOf(target, judged);
  if (now === 'unreadable' || (now !== null && comparable(now) === comparable(before))) return [];
  const said = say`Relicensing alarm: this .license file said that ${target} is under ${before}, and is gone.`;
  if (now === null) return [finding('tag-removed', 'error', { path }, say`${said} Nothing else says it. Put it back.`)];
  const found = say`${target} is now under ${now}.`;
  return [
    finding('tag-changed', 'error', { path }, say`${said} ${found} Whoever holds the copyright has to agree.`),
    ...opinionOf({ path: target, at: { path: target }, found, expression: now }, judged),
  ];
}

/** What the file itself and REUSE's files say of its license at the head; null: nothing. */
function saidOf(path: string, judged: Case): string | null | 'unreadable' {
  const file = textFile(judged.atHead(path));
  const own = file === null ? null : statementIn(path, file).expression;
  const said = reuseAt(path, judged);
  if (said === null) return own;
  if ('problem' in said) return 'unreadable';
  if (own === null || said.override) return said.expression;
  return said.aggregate ? joined([own, said.expression]) : own;
}
