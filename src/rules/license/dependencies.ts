// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { DependencyChange, Entry, FileEntry } from '../../contribution/contribution.ts';
import { say, type Text } from '../text.ts';
import type { Finding } from '../verdict.ts';
import { actionFindings } from './actions/actions.ts';
import { isUnlicensedAction } from './actions/incoming.ts';
import { type Case, type Subject, textFile } from './case.ts';
import { namesDependencies } from './kind.ts';
import { isLock, readLock } from './locks/lock.ts';
import type { Lock } from './locks/packages.ts';
import { changesDependencies } from './needs.ts';
import { opinionOf } from './opinion.ts';
import { incomingPackages } from './reviewed.ts';
import { condensed, count, finding, type Section } from './section.ts';

/** A package that comes in. */
interface Package {
  readonly path: string;
  readonly line: number | null;
  readonly purl: string | null;
  readonly shown: string;
  readonly license: string | null;
  readonly says: string;
}

const mostListed = 50;
const mostNamed = 10;

/** Added and changed dependencies, by GitHub's dependency review where it answers, and by lock files where not. */
export function dependencies(judged: Case): Section {
  if (!changesDependencies(judged)) return { name: 'Dependencies', looked: 0, findings: [] };
  const locks = judged.subjects.filter(({ path, deleted }) => isLock(path) && !deleted);
  const problems = locks.flatMap((lock) => problemsOf(lock, judged));
  const review = judged.facts.dependencies;
  const locked = locks.flatMap((lock) => packagesOf(lock, judged));
  if (review?.read === true) {
    const incoming = incomingPackages(review.changes);
    const actions = incoming.filter(isUnlicensedAction);
    const known = incoming.filter((one) => !isUnlicensedAction(one)).map((one) => reviewed(one, locked));
    // A lock file that GitHub does not read names packages that its answer lacks.
    const covered = new Set(review.changes.map(({ manifest }) => manifest));
    const others = locked.filter(({ path }) => !covered.has(path));
    return section([...known, ...others], problems, judged, actions);
  }
  const named = locked.filter(({ license }) => license !== null);
  const nameless = locked.filter(({ license, purl }) => license === null && !isExcepted(purl, judged));
  // Also where the base's could not be read either: what came in since is not known.
  const unread = locks.some(({ path }) => (lockIn(path, judged.atHead(path))?.problem ?? null) !== null);
  const unjudged = nameless.length > 0 || problems.length > 0 || unread || !areLocked(judged);
  return section(named, [...problems, ...(unjudged ? [notJudged(nameless, judged)] : [])], judged);
}

/** Whether all that names dependencies is a lock file that was read, or a manifest with a changed one beside it. */
function areLocked({ subjects }: Case): boolean {
  const directory = (path: string) => path.slice(0, path.lastIndexOf('/') + 1);
  const locks = subjects.filter(({ path, kind }) => kind === 'lock' && isLock(path));
  const locked = new Set(locks.map(({ path }) => directory(path)));
  return subjects.every((one) => {
    if (!namesDependencies(one.path, one.kind)) return true;
    return isLock(one.path) ? one.kind === 'lock' : one.kind === 'manifest' && locked.has(directory(one.path));
  });
}

function section(
  packages: readonly Package[],
  more: readonly Finding[],
  judged: Case,
  actions: readonly DependencyChange[] = [],
): Section {
  const found = [
    ...packages.flatMap((one) => packageFindings(one, judged)),
    ...actions.flatMap((one) => actionFindings(one, judged)),
  ];
  const kept = [...Map.groupBy(found, ({ code, level }) => `${code} ${level}`).values()].flatMap((group) =>
    condensed(group, mostListed, (left) => [`The same holds for ${count(left, 'more package')}.`]),
  );
  return { name: 'Dependencies', looked: packages.length + actions.length, findings: [...kept, ...more] };
}

function isExcepted(purl: string | null, judged: Case): boolean {
  return judged.exceptions.find({ purls: purl === null ? [] : [purl] })?.holds === true;
}

function reviewed({ manifest, purl, name, version, license }: DependencyChange, locked: readonly Package[]): Package {
  const shown = version === '' ? name : `${name} ${version}`;
  const line = locked.find((one) => purl !== null && one.purl === purl)?.line ?? null;
  return { path: manifest, line, purl, shown, license, says: 'GitHub' };
}

function packageFindings({ path, line, purl, shown, license, says }: Package, judged: Case): Finding[] {
  const at = line === null ? { path } : { path, line };
  const by = license === null ? say`${[says]} does not know its license.` : say`${[says]} says it is ${license}.`;
  const found = say`The dependency ${shown} comes in. ${by}`;
  return opinionOf({ path, at, found, expression: license, excepted: { purls: purl === null ? [] : [purl] } }, judged);
}

function notJudged(nameless: readonly Package[], judged: Case): Finding {
  const { facts, settings } = judged;
  const review = facts.dependencies;
  const why = review === null || review.read ? 'it was not asked, since there is nothing to compare with' : review.why;
  const level = settings.dependencies.notJudged === 'fail' ? 'error' : 'warning';
  const text = say`The dependencies were not judged: they may have changed, and GitHub’s dependency review says nothing of them (${[why]}).${namesOf(nameless)} (Decided by ${['`license.dependencies.notJudged`']}.)`;
  return finding('dependencies-not-judged', level, null, text);
}

function namesOf(packages: readonly Package[]): Text {
  if (packages.length === 0) return [];
  const named = packages.slice(0, mostNamed).map(({ shown }) => shown);
  const left = packages.length - named.length;
  const more = left === 0 ? [] : [` and ${count(left, 'more package')}`];
  return say` Lock files name ${named.join(', ')}${more} as new, without a license.`;
}

function problemsOf({ path, former }: Subject, judged: Case): Finding[] {
  const file = textFile(judged.atHead(path));
  if (file === null || file.truncated) {
    return [
      finding('lock-unreadable', 'warning', { path }, [
        'This lock file could not be read: it is no text file, or too large.',
      ]),
    ];
  }
  const problem = lockIn(path, judged.atHead(path))?.problem ?? null;
  const before = former === null ? null : (lockIn(former, judged.atBase(former))?.problem ?? null);
  if (problem === null || before !== null) return [];
  const at = { path, line: problem.line };
  return [finding('lock-unreadable', 'warning', at, say`This lock file cannot be read. ${problem.text}`)];
}

const knownLocks = new WeakMap<FileEntry, Lock | null>();

/** What a lock file says, read once; null where there is none that can be read. */
function lockIn(path: string, entry: Entry | undefined): Lock | null {
  const file = textFile(entry);
  if (entry?.kind !== 'file' || file === null) return null;
  const known = knownLocks.get(entry);
  if (known !== undefined) return known;
  const lock = readLock(path, file.text);
  knownLocks.set(entry, lock);
  return lock;
}

/** Packages that the lock file names at the head and not at the base. */
function packagesOf({ path, former }: Subject, judged: Case): Package[] {
  const old = former === null ? null : lockIn(former, judged.atBase(former));
  const before = new Set(old?.packages.map(({ purl }) => purl));
  return (lockIn(path, judged.atHead(path))?.packages ?? [])
    .filter(({ purl }) => !before.has(purl))
    .map(({ purl, license, line }) => ({ path, line, purl, shown: purl, license, says: 'The lock file' }));
}
