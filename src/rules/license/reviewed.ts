// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { DependencyChange } from '../../contribution/contribution.ts';
import { directoryOf } from '../link.ts';
import { kindOf } from './kind.ts';
import { packageOf } from './purl.ts';

/**
 * The packages that come in by GitHub's dependency review. One that only moves from one file to another was there
 * before. And GitHub knows no license for a range of versions, as package.json has it: where a lock file beside or above
 * it says which version that comes to, that one is judged.
 */
export function incomingPackages(changes: readonly DependencyChange[]): readonly DependencyChange[] {
  const removed = new Set(changes.filter(({ change }) => change === 'removed').map(versioned));
  const added = changes.filter((one) => one.change === 'added' && (one.purl === null || !removed.has(versioned(one))));
  const locked = new Set(added.flatMap((one) => lockedBy(one)));
  return added.filter((one) => !(isRange(one) && placesOf(one).some((place) => locked.has(place))));
}

function versioned({ purl, version }: DependencyChange): string {
  return JSON.stringify([purl, version]);
}

function lockedBy({ manifest, purl }: DependencyChange): string[] {
  if (purl === null || kindOf(manifest) !== 'lock') return [];
  return [JSON.stringify([directoryOf(manifest), packageOf(purl)])];
}

/** Whether GitHub knows a license for it. */
export function isLicensed({ license }: Pick<DependencyChange, 'license'>): boolean {
  return license !== null && license !== 'NOASSERTION';
}

/** An alias or an address is no range: what it installs goes by another name in the lock file. */
function isRange({ manifest, version, license }: DependencyChange): boolean {
  return !isLicensed({ license }) && kindOf(manifest) !== 'lock' && /^[\w\s.,^~<>=!|*+()-]*$/.test(version);
}

/** Where a lock file may say it: in the manifest's directory, and above, as for the packages of a workspace. */
function placesOf({ manifest, purl }: DependencyChange): string[] {
  if (purl === null) return [];
  const segments = directoryOf(manifest).split('/');
  const above = segments.map((_, index) => segments.slice(0, segments.length - index).join('/'));
  return [...new Set([...above, ''])].map((directory) => JSON.stringify([directory, packageOf(purl)]));
}
