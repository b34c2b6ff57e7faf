// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { glob } from '../glob.ts';

const names = new Set(['vendor', 'third_party', 'node_modules']);

/**
 * The outermost directory for code from elsewhere that a path lies in, without a slash at its end; null where it lies
 * in none. Beside the well-known names these are the policy's own globs, each meaning what lies below the part before
 * its first wildcard.
 */
export function vendoredIn(globs: readonly string[]): (path: string) => string | null {
  const own = globs.map((pattern) => ({ matches: glob(pattern), root: rootOf(pattern) }));
  return (path) => {
    const segments = path.split('/').slice(0, -1);
    const at = segments.findIndex((segment) => names.has(segment));
    const known = at < 0 ? [] : [segments.slice(0, at + 1).join('/')];
    if (own.length === 0) return known[0] ?? null;
    const matched = own.filter(({ matches }) => matches(path)).map(({ root }) => root);
    return [...known, ...matched].toSorted((one, other) => one.length - other.length)[0] ?? null;
  };
}

function rootOf(pattern: string): string {
  const segments = pattern.replace(/^\//, '').split('/').slice(0, -1);
  const wild = segments.findIndex((segment) => /[*?]/.test(segment));
  return (wild < 0 ? segments : segments.slice(0, wild)).join('/');
}

/** The directories from the file's own up to `root`, nearest first; all of them up to the tree's where it is empty. */
export function directoriesUpTo(path: string, root: string): string[] {
  const segments = path.split('/').slice(0, -1);
  const depth = root === '' ? 0 : root.split('/').length;
  return segments
    .map((_, index) => segments.slice(0, segments.length - index))
    .filter((parts) => parts.length >= Math.max(depth, 1))
    .map((parts) => parts.join('/'));
}
