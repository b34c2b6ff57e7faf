// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { directoryOf } from '../../link.ts';
import type { Header } from '../headers/header.ts';
import { dep5Path, problemFor, type ReuseFiles, type ReuseProblem } from './reuse-files.ts';
import type { Annotation } from './reuse-toml.ts';

export interface Source {
  readonly path: string;
  readonly line?: number;
}

/** An expression or a copyright notice that REUSE associates with a file, and where it stands. */
export interface Claim {
  readonly text: string;
  readonly source: Source;
}

/** All that REUSE associates with a file. Several expressions hold together: AND. */
export interface Licensing {
  readonly expressions: readonly Claim[];
  readonly copyrights: readonly Claim[];
  /** Whether the file's own comments count for nothing: a sidecar or an `override` speaks instead. */
  readonly override: boolean;
}

/** What REUSE files alone say about a file's license. */
export interface ReuseLicense {
  /** Several are joined with AND. */
  readonly expression: string;
  /** Where the first of them stands. */
  readonly source: Source;
  /** Whether it holds instead of what the file itself says. */
  readonly override: boolean;
  /** Whether it holds beside what the file itself says. Neither: it holds where the file itself says nothing. */
  readonly aggregate: boolean;
}

interface Table extends Annotation {
  readonly path: string;
}

interface Claims {
  readonly expressions: readonly Claim[];
  readonly copyrights: readonly Claim[];
}

const nothing: Claims = { expressions: [], copyrights: [] };

/**
 * What the REUSE Specification 3.3 associates with a file ("Order of precedence"): the sidecar in place of the file's
 * comments, REUSE.toml by `precedence`, and `.reuse/dep5` beside them. Copyright and license are looked for apart.
 *
 * @param header  what the file's own comments say, or null where it has none that could be read
 */
export function licensingOf(path: string, header: Header | null, files: ReuseFiles): Licensing | ReuseProblem {
  const problem = problemFor(path, files);
  if (problem !== null) return problem;
  const sidecar = files.sidecars.get(path);
  const tables = tablesFor(path, files);
  const overriding = tables.find(({ precedence }) => precedence === 'override');
  const aggregated = [
    ...tables.filter(({ precedence }) => precedence === 'aggregate').map(claimsOf),
    dep5Claims(path, files),
  ];
  if (overriding !== undefined) return { ...together([claimsOf(overriding), ...aggregated]), override: true };
  const own = sidecar === undefined ? ownClaims(path, header) : ownClaims(`${path}.license`, sidecar);
  const closest = tables
    .filter(({ precedence }) => precedence === 'closest')
    .map(claimsOf)
    .toReversed();
  const inside = {
    expressions: firstOf([own, ...closest], 'expressions'),
    copyrights: firstOf([own, ...closest], 'copyrights'),
  };
  return { ...together([inside, ...aggregated]), override: sidecar !== undefined };
}

/**
 * What sidecars, REUSE.toml and `.reuse/dep5` say about the license of a file, without what its own comments say; null
 * where they say nothing, and the problem where one that may cover it can't be read.
 *
 * @param header  what the file's own comments say: where they give a license, what only stands in for it is left out
 */
export function reuseLicense(
  path: string,
  files: ReuseFiles,
  header: Header | null = null,
): ReuseLicense | null | ReuseProblem {
  if (isEmpty(files)) return null;
  const licensing = licensingOf(path, header, files);
  if ('problem' in licensing) return licensing;
  const said = licensing.expressions.filter(({ source }) => source.path !== path);
  const [first, ...more] = said;
  if (first === undefined) return null;
  const expression = more.length === 0 ? first.text : said.map(({ text }) => `(${text})`).join(' AND ');
  const { override } = licensing;
  return { expression, source: first.source, override, aggregate: !override && !isFallback(path, files) };
}

/** Most repositories have none of these files. */
function isEmpty({ sidecars, tomls, dep5, problems }: ReuseFiles): boolean {
  return sidecars.size === 0 && tomls.size === 0 && dep5 === null && problems.length === 0;
}

/** Whether all that REUSE files say about a file's license gives way to what the file itself says. */
function isFallback(path: string, files: ReuseFiles): boolean {
  const aggregates = tablesFor(path, files).some(
    (table) => table.precedence === 'aggregate' && table.expressions.length > 0,
  );
  return !aggregates && dep5Claims(path, files).expressions.length === 0;
}

/**
 * The tables for a path from the root to its own directory, the last that matches of each REUSE.toml, up to the first
 * that overrides those below it. Under an override, `closest` tables above it say nothing.
 */
function tablesFor(path: string, { tomls }: ReuseFiles): Table[] {
  const tables: Table[] = [];
  for (const directory of directoriesTo(path)) {
    const inside = directory === '' ? path : path.slice(directory.length + 1);
    const found = tomls.get(directory)?.findLast(({ covers }) => covers(inside));
    if (found === undefined) continue;
    tables.push({ ...found, path: directory === '' ? 'REUSE.toml' : `${directory}/REUSE.toml` });
    if (found.precedence === 'override') break;
  }
  return tables;
}

function directoriesTo(path: string): string[] {
  const parts = directoryOf(path)
    .split('/')
    .filter((part) => part !== '');
  return ['', ...parts.map((_, index) => parts.slice(0, index + 1).join('/'))];
}

function claimsOf({ path, line, expressions, copyrights }: Table): Claims {
  const source = { path, ...(line === null ? {} : { line }) };
  const claims = (texts: readonly string[]) => texts.map((text) => ({ text, source }));
  return { expressions: claims(expressions), copyrights: claims(copyrights) };
}

function dep5Claims(path: string, { dep5 }: ReuseFiles): Claims {
  const found = dep5?.findLast(({ covers }) => covers(path));
  if (found === undefined) return nothing;
  const source = { path: dep5Path, line: found.line };
  return {
    expressions: [{ text: found.expression, source }],
    copyrights: found.copyrights.map((text) => ({ text, source })),
  };
}

function ownClaims(path: string, header: Header | null): Claims {
  if (header === null) return nothing;
  return {
    expressions: header.tags.map(({ expression, line }) => ({ text: expression, source: { path, line } })),
    copyrights: header.copyrights.map(({ text, line }) => ({ text, source: { path, line } })),
  };
}

function firstOf(claims: readonly Claims[], kind: keyof Claims): readonly Claim[] {
  return claims.find((one) => one[kind].length > 0)?.[kind] ?? [];
}

function together(claims: readonly Claims[]): Claims {
  return {
    expressions: claims.flatMap(({ expressions }) => expressions),
    copyrights: claims.flatMap(({ copyrights }) => copyrights),
  };
}
