// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { createRequire } from 'node:module';
import licenses from 'spdx-license-list';

/** What is known of a statement: yes, no, or that it can't be said. */
export type Ternary = 'yes' | 'no' | 'unknown';

/** A license of the SPDX License List, 3.28.0. */
export interface ListedLicense {
  /** The id, spelled as the list spells it. */
  readonly id: string;
  readonly name: string;
  readonly osiApproved: boolean;
}

const exceptions: readonly string[] = createRequire(import.meta.url)('spdx-exceptions');

/** On the list, but not yet in the package that carries the ids of its exceptions. */
const newerExceptions = [
  'Asterisk-linking-protocols-exception',
  'CGAL-linking-exception',
  'Classpath-exception-2.0-short',
  'Digia-Qt-LGPL-exception-1.1',
  'GPL-3.0-389-ds-base-exception',
  'Independent-modules-exception',
  'PCRE2-exception',
  'RRDtool-FLOSS-exception-2.0',
  'Simple-Library-Usage-exception',
  'erlang-otp-linking-exception',
  'harbour-exception',
  'kvirc-openssl-exception',
  'mxml-exception',
  'polyparse-exception',
  'romic-exception',
  'rsync-linking-exception',
  'sqlitestudio-OpenSSL-exception',
];

/** Every license of the list, the deprecated ones included. */
export const listedLicenses: readonly ListedLicense[] = Object.entries(licenses).map(([id, { name, osiApproved }]) => ({
  id,
  name,
  osiApproved,
}));

/** Every exception of the list that is not deprecated. */
export const listedExceptions: readonly string[] = [...exceptions, ...newerExceptions];

const licensesById = new Map(listedLicenses.map((license) => [fold(license.id), license]));
const exceptionsById = new Map(listedExceptions.map((id) => [fold(id), id]));

/** SPDX compares ids without regard to letter case (SPDX Specification 3.0, Annex B, "Case sensitivity"). */
export function fold(id: string): string {
  return id.toLowerCase();
}

/** The license with this id in any letter case, or null. The id is one of ASCII characters only. */
export function licenseWithId(id: string): ListedLicense | null {
  return licensesById.get(fold(id)) ?? null;
}

/** The exception's id as the list spells it, or null where it isn't listed. */
export function exceptionWithId(id: string): string | null {
  return exceptionsById.get(fold(id)) ?? null;
}
