// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * A database's address as it may be logged: protocol, host and database. By hand, since PostgreSQL's addresses are not
 * all what others take for one: `postgres://user:password@/database?host=/run/postgresql` names no host.
 */
export function withoutCredentials(address: string): string {
  const begin = address.indexOf('//') + 2;
  const [place = ''] = address.slice(begin).split(/[?#]/, 1);
  return address.slice(0, begin) + place.slice(place.lastIndexOf('@') + 1);
}
