// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Facts } from '../../contribution/contribution.ts';
import { listGap } from '../changed-files/list.ts';
import { oncePer } from '../once.ts';
import type { Lookup, Need } from '../rule.ts';
import { wantedActions } from './actions/incoming.ts';
import { mayUseActions } from './actions/uses.ts';
import { mayBeOnlyCalledSo } from './called-so.ts';
import { type Case, caseOf, type Subject } from './case.ts';
import { emptiedLookups } from './gone-with-code.ts';
import { namesDependencies } from './kind.ts';
import { linkLookups } from './linked.ts';
import { sidecarLookups } from './lost-sidecars.ts';
import { namedLookups } from './manifest-fields.ts';
import { usualLicenseFiles } from './names.ts';
import { type Scope, scopesOf } from './scope.ts';
import type { LicenseSettings } from './settings.ts';
import { changedSubmodules, submoduleLookups } from './submodules.ts';
import { vendorLookups } from './vendored.ts';

/** The facts that the verdict on these needs next; each step rests on the one before. */
export function needsOf(facts: Facts, settings: LicenseSettings): Need[] {
  const head = facts.head.sha;
  if (facts.files === null) return [{ fact: 'files', head }];
  // A list with gaps cannot be judged, whatever else is read.
  if (listGap(facts) !== null) return [];
  const judged = caseOf(facts, settings);
  const first = [
    ...(judged.base === undefined ? [{ fact: 'merge-base', head } as const] : []),
    ...(lacksFormerPaths(facts) ? [{ fact: 'former-paths', head } as const] : []),
  ];
  return first.length > 0 ? first : [...contentNeeds(judged), ...otherNeeds(judged)];
}

function lacksFormerPaths({ files }: Facts): boolean {
  return (files ?? []).some(({ change, previousPath }) => change === 'renamed' && previousPath === undefined);
}

function contentNeeds(judged: Case): Need[] {
  const { head } = judged.facts;
  const first = missing(lookupsFor(judged.subjects, head.sha, judged.base ?? null, judged.settings), judged);
  // What lies in a directory, behind a symbolic link, or by the word of another file, shows only later.
  const second = [
    ...emptiedLookups(judged),
    ...linkLookups(judged),
    ...sidecarLookups(judged),
    ...namedLookups(judged),
    ...vendorLookups(judged),
    ...submoduleLookups(judged),
  ];
  const lookups = first.length > 0 ? first : missing(second, judged);
  return lookups.length === 0 ? [] : [{ fact: 'contents', head: head.sha, lookups }];
}

function otherNeeds(judged: Case): Need[] {
  const { facts, base } = judged;
  const head = facts.head.sha;
  const dependencies = facts.dependencies === null && base != null && changesDependencies(judged);
  const actions = wantedActions(judged);
  return [
    ...(dependencies ? [{ fact: 'dependencies', head, base } as const] : []),
    ...(actions.length > 0 ? [{ fact: 'actions', head, actions } as const] : []),
    ...changedSubmodules(judged).flatMap(({ url, sha }) => {
      if (url === null || sha === null) return [];
      const known = facts.submodules.some((one) => one.url === url && one.sha === sha);
      return known ? [] : [{ fact: 'submodule', head, url, sha } as const];
    }),
  ];
}

export function changesDependencies({ subjects }: Case): boolean {
  return subjects.some(({ path, kind }) => namesDependencies(path, kind));
}

/** At the head and, unless everything is new, at the base. */
interface Sides {
  readonly head: string;
  readonly base: string | null;
}

/** Where a file may say how it is licensed, and where the tree does. */
const lookupsFor = oncePer(
  (subjects: readonly Subject[], head: string, base: string | null, settings: LicenseSettings): readonly Lookup[] => {
    const scopeOf = scopesOf(settings);
    const sides = { head, base };
    return [...subjects.flatMap((one) => ofSubject(one, scopeOf(one.path), sides)), ...ofTree(subjects, sides)];
  },
);

const readWhole = new Set(['license', 'notice', 'reuse', 'manifest', 'lock', 'modules', 'sidecar']);

const mayHaveHeader = new Set(['source', 'opaque', 'manifest']);

/** The file itself on both sides, and the .license file that may speak for it. */
function ofSubject(subject: Subject, scope: Scope, sides: Sides): Lookup[] {
  const { path, former, deleted, kind, vendored } = subject;
  const { headers, headersFor } = scope.settings;
  const whole = readWhole.has(kind) || mayUseActions(path);
  // Looked at even where headers are off: a submodule has a path like any other.
  const own = kind === 'opaque' ? [] : both(sides, deleted ? null : path, former, whole);
  // A deleted source file takes its license with it, and nobody misses that.
  if (deleted) return kind === 'source' || kind === 'lock' ? [] : own;
  const asked = headers === 'require' && vendored === null && (former === null || headersFor === 'all');
  const speaks = asked && (mayHaveHeader.has(kind) || mayBeOnlyCalledSo(subject));
  return [...own, ...(speaks ? both(sides, `${path}.license`, null, true) : [])];
}

/** What tells how the tree as a whole is licensed: REUSE's files above what is changed, and the root's license. */
function ofTree(subjects: readonly Subject[], sides: Sides): Lookup[] {
  const paths = subjects.filter(({ deleted, kind }) => !deleted && kind !== 'license').map(({ path }) => path);
  if (paths.length === 0) return [];
  const directories = new Set(paths.flatMap(ancestors));
  const reuse = [...directories].map((directory) => (directory === '' ? 'REUSE.toml' : `${directory}/REUSE.toml`));
  const atOutset = ['LICENSES', 'REUSE.toml', '.reuse/dep5', ...usualLicenseFiles];
  return [
    ...[...reuse, '.reuse/dep5'].flatMap((path) => both(sides, path, null, true)),
    ...atOutset.flatMap((path) =>
      sides.base === null ? both(sides, path, null, true) : both(sides, null, path, true),
    ),
  ];
}

function both(sides: Sides, head: string | null, base: string | null, whole: boolean): Lookup[] {
  return [
    ...(head === null ? [] : [{ commit: sides.head, path: head, whole }]),
    ...(base === null || sides.base === null ? [] : [{ commit: sides.base, path: base, whole }]),
  ];
}

/** Every directory above the path, the root as the empty string. */
function ancestors(path: string): string[] {
  const segments = path.split('/').slice(0, -1);
  return ['', ...segments.map((_, index) => segments.slice(0, index + 1).join('/'))];
}

function missing(lookups: readonly Lookup[], judged: Case): Lookup[] {
  const unique = new Map<string, Lookup>();
  for (const lookup of lookups) {
    if (judged.has(lookup)) continue;
    const key = `${lookup.commit}:${lookup.path}`;
    const before = unique.get(key);
    unique.set(key, before?.whole === true ? before : lookup);
  }
  return [...unique.values()];
}
