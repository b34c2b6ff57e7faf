// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * Names in prose that mean exactly one license, as its steward or SPDX's list writes them. What leaves a version or a
 * variant open ("BSD", "GPL v2", "Apache License") is not here: guessing it would be a pass by accident.
 */
const names: ReadonlyMap<string, string> = new Map([
  ['apache license 2.0', 'Apache-2.0'],
  ['apache license, version 2.0', 'Apache-2.0'],
  ['the apache license, version 2.0', 'Apache-2.0'],
  ['apache software license, version 2.0', 'Apache-2.0'],
  ['the apache software license, version 2.0', 'Apache-2.0'],
  ['bsd 2-clause license', 'BSD-2-Clause'],
  ['the bsd 2-clause license', 'BSD-2-Clause'],
  ['the 2-clause bsd license', 'BSD-2-Clause'],
  ['bsd 3-clause license', 'BSD-3-Clause'],
  ['the bsd 3-clause license', 'BSD-3-Clause'],
  ['the 3-clause bsd license', 'BSD-3-Clause'],
  ['eclipse public license 1.0', 'EPL-1.0'],
  ['eclipse public license - v 1.0', 'EPL-1.0'],
  ['eclipse public license v1.0', 'EPL-1.0'],
  ['eclipse public license, version 1.0', 'EPL-1.0'],
  ['eclipse public license 2.0', 'EPL-2.0'],
  ['eclipse public license - v 2.0', 'EPL-2.0'],
  ['eclipse public license v2.0', 'EPL-2.0'],
  ['eclipse public license v. 2.0', 'EPL-2.0'],
  ['eclipse public license, version 2.0', 'EPL-2.0'],
  ['epl 2.0', 'EPL-2.0'],
  ['isc license', 'ISC'],
  ['mit license', 'MIT'],
  ['the mit license', 'MIT'],
  ['the mit license (mit)', 'MIT'],
  ['mozilla public license 2.0', 'MPL-2.0'],
  ['mozilla public license version 2.0', 'MPL-2.0'],
  ['mozilla public license, version 2.0', 'MPL-2.0'],
]);

/** The identifier of the license that has this name, null where it is none or several licenses are called so. */
export function licenseNamed(name: string): string | null {
  if (name.length > 200) return null;
  return names.get(name.trim().toLowerCase().split(/\s+/).join(' ')) ?? null;
}

/** Hosts and paths under which a license's identifier is the rest of the address. */
const prefixes = [
  'opensource.org/licenses/',
  'opensource.org/license/',
  'spdx.org/licenses/',
  'licenses.nuget.org/',
] as const;

const addresses: ReadonlyMap<string, string> = new Map([
  ['apache.org/licenses/license-2.0', 'Apache-2.0'],
  ['eclipse.org/legal/epl-2.0', 'EPL-2.0'],
  ['eclipse.org/legal/epl-v10', 'EPL-1.0'],
  ['eclipse.org/legal/epl-v20', 'EPL-2.0'],
  ['mozilla.org/mpl/2.0', 'MPL-2.0'],
  ['mozilla.org/en-us/mpl/2.0', 'MPL-2.0'],
]);

/** The expression that an address of a license's text stands for, null where that is not certain. */
export function licenseAt(url: string): string | null {
  const address = /^https?:\/\/(?:www\.)?([^\s?#]{1,200}?)(?:\.(?:txt|html|php))?\/?$/i.exec(url.trim())?.[1];
  if (address === undefined) return null;
  const prefix = prefixes.find((one) => address.toLowerCase().startsWith(one));
  if (prefix === undefined) return addresses.get(address.toLowerCase()) ?? null;
  const expression = decoded(address.slice(prefix.length));
  return expression !== null && /^[A-Za-z0-9.+ ()-]+$/.test(expression) ? expression : null;
}

function decoded(component: string): string | null {
  try {
    return decodeURIComponent(component);
  } catch {
    return null;
  }
}
