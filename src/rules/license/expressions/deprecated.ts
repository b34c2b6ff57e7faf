// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { fold } from './spdx.ts';

/** What stands today for a deprecated id: a license, perhaps with a plus sign and an exception. */
export interface Successor {
  readonly license: string;
  readonly plus: boolean;
  readonly exception: string | null;
}

/**
 * Deprecated license ids and what the SPDX License List says to write instead: its `obsoletedBy` elements and, where
 * there are none, the notes on the id's page (https://spdx.org/licenses/#deprecated).
 *
 * Net-SNMP has no successor: it stood for a stack of nine licenses, to be named one by one.
 */
const successors: Readonly<Record<string, string>> = {
  'AGPL-1.0': 'AGPL-1.0-only',
  'AGPL-3.0': 'AGPL-3.0-only',
  'BSD-2-Clause-FreeBSD': 'BSD-2-Clause-Views',
  'BSD-2-Clause-NetBSD': 'BSD-2-Clause',
  'bzip2-1.0.5': 'bzip2-1.0.6',
  'eCos-2.0': 'GPL-2.0-or-later WITH eCos-exception-2.0',
  'GFDL-1.1': 'GFDL-1.1-only',
  'GFDL-1.2': 'GFDL-1.2-only',
  'GFDL-1.3': 'GFDL-1.3-only',
  'GPL-1.0': 'GPL-1.0-only',
  'GPL-1.0+': 'GPL-1.0-or-later',
  'GPL-2.0': 'GPL-2.0-only',
  'GPL-2.0+': 'GPL-2.0-or-later',
  'GPL-2.0-with-autoconf-exception': 'GPL-2.0-only WITH Autoconf-exception-2.0',
  'GPL-2.0-with-bison-exception': 'GPL-2.0-only WITH Bison-exception-2.2',
  'GPL-2.0-with-classpath-exception': 'GPL-2.0-only WITH Classpath-exception-2.0',
  'GPL-2.0-with-font-exception': 'GPL-2.0-only WITH Font-exception-2.0',
  'GPL-2.0-with-GCC-exception': 'GPL-2.0-only WITH GCC-exception-2.0',
  'GPL-3.0': 'GPL-3.0-only',
  'GPL-3.0+': 'GPL-3.0-or-later',
  'GPL-3.0-with-autoconf-exception': 'GPL-3.0-only WITH Autoconf-exception-3.0',
  'GPL-3.0-with-GCC-exception': 'GPL-3.0-only WITH GCC-exception-3.1',
  'LGPL-2.0': 'LGPL-2.0-only',
  'LGPL-2.0+': 'LGPL-2.0-or-later',
  'LGPL-2.1': 'LGPL-2.1-only',
  'LGPL-2.1+': 'LGPL-2.1-or-later',
  'LGPL-3.0': 'LGPL-3.0-only',
  'LGPL-3.0+': 'LGPL-3.0-or-later',
  'Net-SNMP': 'Net-SNMP',
  Nunit: 'zlib-acknowledgement',
  'StandardML-NJ': 'SMLNJ',
  wxWindows: 'GPL-2.0-or-later WITH WxWindows-exception-3.1',
};

/** Notes on the page of the one deprecated exception: "Use Qt-LGPL-exception-1.1". */
const exceptionSuccessors: Readonly<Record<string, string>> = {
  'Nokia-Qt-exception-1.1': 'Qt-LGPL-exception-1.1',
};

const licensesByFoldedId = new Map(Object.entries(successors).map(([id, now]) => [fold(id), successorOf(now)]));
const exceptionsByFoldedId = new Map(Object.entries(exceptionSuccessors).map(([id, now]) => [fold(id), now]));

function successorOf(now: string): Successor {
  const [license = now, exception = null] = now.split(' WITH ');
  return { license, plus: false, exception };
}

/**
 * What the list has instead of a deprecated license id, in any letter case; null for an id that isn't deprecated.
 * `plus` says that a plus sign follows the id. Where the list has an id for that it is given (as for
 * `GPL-2.0-with-classpath-exception+`, whose license becomes `GPL-2.0-or-later`), else the plus sign stays.
 */
export function successorOfLicense(id: string, plus: boolean): Successor | null {
  const now = licensesByFoldedId.get(fold(id));
  if (now === undefined) return null;
  if (!plus || now.license.endsWith('-or-later')) return now;
  if (!now.license.endsWith('-only')) return { ...now, plus };
  return { ...now, license: now.license.replace(/-only$/, '-or-later') };
}

/** What the list has instead of a deprecated exception; null for one that isn't deprecated. */
export function successorOfException(id: string): string | null {
  return exceptionsByFoldedId.get(fold(id)) ?? null;
}
