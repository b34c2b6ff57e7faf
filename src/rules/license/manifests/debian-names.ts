// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * Short names of Debian's that SPDX calls otherwise, in lower case
 * (https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/#license-short-name).
 */
const names: ReadonlyMap<string, string> = new Map([
  ['artistic', 'Artistic-1.0'],
  ['artistic-1', 'Artistic-1.0'],
  ['cc0', 'CC0-1.0'],
  ['expat', 'MIT'],
  ['perl', '(GPL-1.0-or-later OR Artistic-1.0-Perl)'],
  ['public-domain', 'LicenseRef-public-domain'],
]);

/** The GNU licenses: SPDX tells "only" from "or later" in words, where Debian adds a plus sign or nothing. */
const gnu = /^(AGPL|LGPL|GPL|GFDL(-NIV)?)-(\d+(?:\.\d+)?)(\.0)*(\+)?$/i;

/** Names by which a version alone makes an SPDX identifier; there it always has a minor number. */
const versioned = /^(Apache|Artistic|CC-BY(?:-[A-Z]{2})*|CDDL|CPL|EFL|EPL|MPL|QPL|Python|ZPL)-(\d+)(?:\.0)*$/i;

const oneName = /^[A-Za-z0-9.+-]+$/;
const longest = 1_000;

/**
 * The SPDX expression for the first line of a `License` field, null where there is none: exceptions ("with OpenSSL
 * exception") and names such as "GPL" say too little. `and` binds closer than `or`, unless a comma comes before it
 * (https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/#license-syntax).
 */
export function debianExpression(synopsis: string): string | null {
  if (synopsis.length > longest) return null;
  const words = synopsis
    .replaceAll(',', ' , ')
    .split(/\s+/)
    .filter((word) => word !== '');
  const clauses = splitAt(words, (word, next) => word === ',' && next?.toLowerCase() === 'and');
  const expressions = clauses.map((clause, index) => clauseExpression(index === 0 ? clause : clause.slice(1)));
  if (expressions.includes(null)) return null;
  if (expressions.length === 1) return expressions[0] ?? null;
  return expressions.map((one) => (one?.includes(' OR ') ? `(${one})` : one)).join(' AND ');
}

function clauseExpression(words: readonly string[]): string | null {
  const converted = words.map((word, index) => (index % 2 === 0 ? spdxName(word) : operator(word)));
  if (words.length % 2 === 0 || converted.includes(null)) return null;
  return converted.join(' ');
}

function operator(word: string): string | null {
  return ['and', 'or'].includes(word.toLowerCase()) ? word.toUpperCase() : null;
}

/** The SPDX identifier for a short name; one that is not Debian's own is taken to be SPDX's already. */
function spdxName(name: string): string | null {
  const known = names.get(name.toLowerCase());
  if (known !== undefined) return known;
  const family = gnu.exec(name);
  if (family !== null) return gnuName(family);
  const [, license, major] = versioned.exec(name) ?? [];
  if (license !== undefined) return `${license}-${major}.0`;
  return oneName.test(name) ? name : null;
}

function gnuName([, family = '', invariant, version = '', , later]: RegExpExecArray): string {
  const name = family.toUpperCase().replace('-NIV', '');
  const number = version.includes('.') ? version : `${version}.0`;
  return `${name}-${number}${invariant ? '-no-invariants' : ''}-${later ? 'or-later' : 'only'}`;
}

function splitAt(
  words: readonly string[],
  isSeparator: (word: string, next: string | undefined) => boolean,
): readonly (readonly string[])[] {
  const parts: string[][] = [[]];
  words.forEach((word, index) => {
    if (isSeparator(word, words[index + 1])) parts.push([]);
    else parts.at(-1)?.push(word);
  });
  return parts;
}
