// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { DependencyChange, FileEntry } from '../../../contribution/contribution.ts';
import { oncePer } from '../../once.ts';
import type { ActionPlace } from '../../rule.ts';
import { type Case, textFile } from '../case.ts';
import type { Excepted } from '../exceptions.ts';
import { actionName } from '../purl.ts';
import { incomingPackages, isLicensed } from '../reviewed.ts';
import { type Use, usesIn } from './uses.ts';

/** Actions whose license is looked up for one pull request; no list of people's is longer. */
export const mostActions = 100;

/** As it is used; without a line where the file does not tell it. */
export type ActionUse = Omit<Use, 'line'> & { readonly line: number | null };

/** Whether this is an action, or a reusable workflow, for which GitHub names no license, as for most of them. */
export function isUnlicensedAction(change: DependencyChange): boolean {
  return change.purl !== null && actionName(change.purl) !== null && !isLicensed(change);
}

/** Where the licenses of these actions lie, as far as they have to be looked up and have not been. */
export function wantedActions(judged: Case): readonly ActionPlace[] {
  const review = judged.facts.dependencies;
  if (review?.read !== true) return [];
  const actions = incomingPackages(review.changes).filter(isUnlicensedAction);
  if (actions.some(({ manifest }) => isUnread(manifest, judged))) return [];
  return placesOf(actions, judged).filter((place) => licenseOf(place, judged) === undefined);
}

/** A file that was not looked at yet tells what is used later. */
function isUnread(path: string, { subjects, atHead }: Case): boolean {
  return atHead(path) === undefined && subjects.some((one) => one.path === path && !one.deleted);
}

function placesOf(actions: readonly DependencyChange[], judged: Case): readonly ActionPlace[] {
  const places = new Map<string, ActionPlace>();
  for (const change of actions) {
    for (const use of usesOf(change, judged)) {
      const place = placeOf(use);
      places.set(JSON.stringify(place), place);
    }
  }
  return [...places.values()].slice(0, mostActions);
}

/** What an exception for it may name: the file, or the package, at its version as GitHub or the file writes it. */
export function exceptedBy({ manifest, purl }: DependencyChange, use: ActionUse): Excepted & { readonly path: string } {
  const written = `${purlOf(use)}@${encodeURIComponent(use.ref)}`;
  return { path: manifest, purls: purl === null ? [written] : [purl, written] };
}

/** Without its version. */
export function purlOf(use: Pick<Use, 'repository' | 'path'>): string {
  return `pkg:githubactions/${fullName(use)}`;
}

/** `owner/name/path` */
export function fullName({ repository, path }: Pick<Use, 'repository' | 'path'>): string {
  return path === '' ? repository : `${repository}/${path}`;
}

/** What is known of the license of an action; undefined: nobody looked. */
export function licenseOf(place: ActionPlace, { facts }: Case) {
  return facts.actions.find(
    ({ repository, ref, directory }) =>
      repository === place.repository && ref === place.ref && directory === place.directory,
  );
}

/** A repository goes by its name in any letter case, and a reusable workflow is a file: above it is no license. */
export function placeOf({ repository, path, ref }: ActionUse): ActionPlace {
  return { repository: repository.toLowerCase(), ref, directory: /\.ya?ml$/.test(path) ? '' : path };
}

const usesAt = oncePer((_: FileEntry, text: string) => usesIn(text));

/**
 * The uses that a package of the dependency review stands for. GitHub tells the version in a form of its own, so that the
 * ref comes from the file that uses it; where none fits the version, every one of that name counts.
 */
export function usesOf({ manifest, purl, version }: DependencyChange, judged: Case): readonly ActionUse[] {
  const name = actionName(purl ?? '') ?? '';
  const file = textFile(judged.atHead(manifest));
  const named = (file === null ? [] : usesAt(file, file.text)).filter((use) => fullName(use).toLowerCase() === name);
  const fitting = named.filter(({ ref }) => isVersion(ref, version));
  const found = fitting.length > 0 ? fitting : named;
  const each = Map.groupBy(found, (use) => `${fullName(use)}@${use.ref}`);
  if (each.size > 0) return [...each.values()].flatMap(([first]) => first ?? []);
  return commit.test(version) ? [{ ...partsOf(name), ref: version, line: null }] : [];
}

const commit = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/** GitHub writes `4.*.*` for `v4`, `4.1.*` for `v4.1` and `4.1.2` for `v4.1.2`; commits and branches as they are. */
function isVersion(ref: string, version: string): boolean {
  return ref === version || ref.replace(/^v/i, '') === version.replace(/(?:\.\*)+$/, '');
}

function partsOf(name: string): Pick<Use, 'repository' | 'path'> {
  const [owner = '', repository = '', ...path] = name.split('/');
  return { repository: `${owner}/${repository}`, path: path.join('/') };
}
