// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { closestMatch } from 'leven';
import { successorOfLicense } from './deprecated.ts';
import { fold, licenseWithId, listedExceptions, listedLicenses } from './spdx.ts';

const longestPhrase = 64;

/** What people write instead of an id. Where that names several licenses, the most common one: it is only asked about. */
const habits: Readonly<Record<string, string>> = {
  agpl: 'AGPL-3.0-or-later',
  agplv3: 'AGPL-3.0-or-later',
  apache: 'Apache-2.0',
  apache2: 'Apache-2.0',
  'apache 2': 'Apache-2.0',
  'apache license': 'Apache-2.0',
  'apache license version 2.0': 'Apache-2.0',
  'apache software license': 'Apache-2.0',
  boost: 'BSL-1.0',
  bsd: 'BSD-2-Clause',
  bsd2: 'BSD-2-Clause',
  bsd3: 'BSD-3-Clause',
  'bsd license': 'BSD-2-Clause',
  'bsd 2 clause license': 'BSD-2-Clause',
  'bsd 3 clause license': 'BSD-3-Clause',
  'new bsd': 'BSD-3-Clause',
  'revised bsd': 'BSD-3-Clause',
  'simplified bsd': 'BSD-2-Clause',
  cc0: 'CC0-1.0',
  eclipse: 'EPL-2.0',
  epl: 'EPL-2.0',
  eupl: 'EUPL-1.2',
  expat: 'MIT',
  gpl: 'GPL-3.0-or-later',
  gpl2: 'GPL-2.0-only',
  gpl3: 'GPL-3.0-only',
  gplv2: 'GPL-2.0-only',
  gplv3: 'GPL-3.0-only',
  'gplv2+': 'GPL-2.0-or-later',
  'gplv3+': 'GPL-3.0-or-later',
  'isc license': 'ISC',
  lgpl: 'LGPL-3.0-or-later',
  lgpl2: 'LGPL-2.1-only',
  lgpl3: 'LGPL-3.0-only',
  lgplv2: 'LGPL-2.1-only',
  lgplv3: 'LGPL-3.0-only',
  'mit license': 'MIT',
  'mit/x11': 'MIT',
  mpl: 'MPL-2.0',
  mpl2: 'MPL-2.0',
  'mpl 2': 'MPL-2.0',
  python: 'PSF-2.0',
  'the mit license': 'MIT',
  'the unlicense': 'Unlicense',
  zlib: 'Zlib',
};

function phrases() {
  return {
    license: new Map([
      ...listedLicenses.map(({ id }) => [plain(id), id] as const),
      ...Object.entries(habits).map(([words, id]) => [plain(words), id] as const),
    ]),
    exception: new Map(listedExceptions.map((id) => [plain(id), id])),
    names: new Map(listedLicenses.map(({ id, name }) => [plain(name), id])),
  };
}
/** Built when first needed, since most starts of the command suggest nothing. */
let known: ReturnType<typeof phrases> | undefined;

/**
 * The id that the writer of an unlisted word or phrase may have meant, or null where none comes near. Deprecated ids
 * are never suggested. It is a question for a human, never an answer: `BSD` is no license's id, and UNLICENSED and
 * Unlicense are opposites.
 */
export function suggestionFor(written: string, of: 'license' | 'exception'): string | null {
  if (written.length > longestPhrase) return null;
  const target = plain(written);
  known ??= phrases();
  const named = of === 'license' ? known.names.get(target) : undefined;
  const id = known[of].get(target) ?? named ?? nearest(target, known[of]);
  if (id === undefined) return null;
  return of === 'license' ? today(id) : id;
}

/** One letter in four may differ. */
function nearest(target: string, known: ReadonlyMap<string, string>): string | undefined {
  const maxDistance = Math.floor(target.length / 4);
  if (maxDistance === 0) return undefined;
  return known.get(closestMatch(target, [...known.keys()], { maxDistance }) ?? '');
}

function plain(words: string): string {
  return fold(words)
    .replaceAll(/[-_,. ]+/g, ' ')
    .trim();
}

function today(id: string): string {
  const now = successorOfLicense(id, false);
  if (now === null) return id;
  return now.exception === null ? now.license : `${now.license} WITH ${now.exception}`;
}

/** `MIT/Apache-2.0`, which is how Cargo once spelled OR, as an expression; null where a part has no listed id. */
export function suggestionForSlashes(written: string): string | null {
  if (written.length > longestPhrase) return null;
  const parts = written.split('/').map((part) => licenseWithId(part.trim())?.id);
  const listed = parts.filter((id) => id !== undefined);
  return parts.length < 2 || listed.length < parts.length ? null : listed.map(today).join(' OR ');
}
