// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Declared } from './declared.ts';

/**
 * Python's license classifiers that mean exactly one license. PEP 639 forbids to infer one from the others, such as
 * "BSD License", "Apache Software License" or "GPLv3": https://peps.python.org/pep-0639/appendix-mapping-classifiers/
 */
const identifiers: ReadonlyMap<string, string> = new Map([
  ['CC0 1.0 Universal (CC0 1.0) Public Domain Dedication', 'CC0-1.0'],
  ['OSI Approved :: Blue Oak Model License (BlueOak-1.0.0)', 'BlueOak-1.0.0'],
  ['OSI Approved :: Boost Software License 1.0 (BSL-1.0)', 'BSL-1.0'],
  ['OSI Approved :: Common Development and Distribution License 1.0 (CDDL-1.0)', 'CDDL-1.0'],
  ['OSI Approved :: Eclipse Public License 1.0 (EPL-1.0)', 'EPL-1.0'],
  ['OSI Approved :: Eclipse Public License 2.0 (EPL-2.0)', 'EPL-2.0'],
  ['OSI Approved :: European Union Public Licence 1.1 (EUPL 1.1)', 'EUPL-1.1'],
  ['OSI Approved :: European Union Public Licence 1.2 (EUPL 1.2)', 'EUPL-1.2'],
  ['OSI Approved :: GNU Affero General Public License v3 or later (AGPLv3+)', 'AGPL-3.0-or-later'],
  ['OSI Approved :: GNU General Public License v2 or later (GPLv2+)', 'GPL-2.0-or-later'],
  ['OSI Approved :: GNU General Public License v3 or later (GPLv3+)', 'GPL-3.0-or-later'],
  ['OSI Approved :: GNU Lesser General Public License v3 or later (LGPLv3+)', 'LGPL-3.0-or-later'],
  ['OSI Approved :: ISC License (ISCL)', 'ISC'],
  ['OSI Approved :: MIT License', 'MIT'],
  ['OSI Approved :: MIT No Attribution License (MIT-0)', 'MIT-0'],
  ['OSI Approved :: Mozilla Public License 1.0 (MPL)', 'MPL-1.0'],
  ['OSI Approved :: Mozilla Public License 1.1 (MPL 1.1)', 'MPL-1.1'],
  ['OSI Approved :: Mozilla Public License 2.0 (MPL 2.0)', 'MPL-2.0'],
  ['OSI Approved :: Mulan Permissive Software License v2 (MulanPSL-2.0)', 'MulanPSL-2.0'],
  ['OSI Approved :: PostgreSQL License', 'PostgreSQL'],
  ['OSI Approved :: SIL Open Font License 1.1 (OFL-1.1)', 'OFL-1.1'],
  ['OSI Approved :: The Unlicense (Unlicense)', 'Unlicense'],
  ['OSI Approved :: Universal Permissive License (UPL)', 'UPL-1.0'],
  ['OSI Approved :: zlib/libpng License', 'Zlib'],
  ['OSI Approved :: Zero-Clause BSD (0BSD)', '0BSD'],
]);

const prefix = 'License :: ';
const proprietary = 'Other/Proprietary License';

/** What a trove classifier says of the license; null for a classifier of something else, and for "OSI Approved" alone. */
export function licenseClassifier(classifier: string, line: number): Declared | null {
  const trimmed = classifier.trim();
  if (!trimmed.startsWith(prefix)) return null;
  const name = trimmed.slice(prefix.length);
  // A category that names no license, and is often given beside one that does.
  if (name === 'OSI Approved') return null;
  const expression = identifiers.get(name);
  if (expression !== undefined) return { expression, form: 'spdx', line };
  return { expression: trimmed, form: name === proprietary ? 'none' : 'text', line };
}
