// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { directoryOf } from '../../link.ts';
import { say, type Text } from '../../text.ts';
import { type Header, readHeader } from '../headers/header.ts';
import { type Dep5Files, readDep5 } from './dep5.ts';
import { type Annotation, readReuseToml } from './reuse-toml.ts';

/** Something that keeps a REUSE file from being read; what it covers is then not known. */
export interface ReuseProblem {
  readonly problem: Text;
  readonly at: { readonly path: string; readonly line?: number; readonly column?: number };
}

/** The REUSE files of a tree, read once for all questions. */
export interface ReuseFiles {
  /** Sidecars by the path of the file for which they speak. */
  readonly sidecars: ReadonlyMap<string, Header>;
  /** The tables of each REUSE.toml by its directory (empty: the root). */
  readonly tomls: ReadonlyMap<string, readonly Annotation[]>;
  readonly dep5: readonly Dep5Files[] | null;
  readonly problems: readonly ReuseProblem[];
}

export const dep5Path = '.reuse/dep5';
const sidecar = '.license';

/** Whether a path is one of the files that `readReuseFiles` takes. */
export function isReuseFile(path: string): boolean {
  return path === dep5Path || nameOf(path) === 'REUSE.toml' || path.endsWith(sidecar);
}

/** The paths of all REUSE files that could speak for a file, the closest first. */
export function reusePathsFor(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  const tomls = parts.map((_, index) => `${parts.slice(0, parts.length - index).join('/')}/REUSE.toml`);
  return [`${path}${sidecar}`, ...tomls, 'REUSE.toml', dep5Path];
}

/**
 * Reads the REUSE files of a tree. Never throws: what can't be read is among the problems, and is one again for each
 * path that it may cover.
 *
 * @param texts  text by path; null for a file that is there and could not be read. Other files are left out.
 */
export function readReuseFiles(texts: ReadonlyMap<string, string | null>): ReuseFiles {
  const files = { sidecars: new Map(), tomls: new Map(), dep5: null, problems: bothKinds(texts) };
  for (const [path, text] of texts) readOne(files, path, text);
  return files;
}

interface Reading extends ReuseFiles {
  readonly sidecars: Map<string, Header>;
  readonly tomls: Map<string, readonly Annotation[]>;
  dep5: readonly Dep5Files[] | null;
  readonly problems: ReuseProblem[];
}

function readOne(files: Reading, path: string, text: string | null): void {
  if (!isReuseFile(path)) return;
  if (text === null) {
    files.problems.push({ problem: say`${path} could not be read as text.`, at: { path } });
  } else if (path === dep5Path) {
    const read = readDep5(text);
    if ('text' in read) files.problems.push(problemAt(path, read.text, read.line, null));
    else files.dep5 = read;
  } else if (path.endsWith(sidecar)) {
    files.sidecars.set(path.slice(0, -sidecar.length), readHeader(path, text));
  } else {
    const read = readReuseToml(text);
    if ('annotations' in read) files.tomls.set(directoryOf(path), read.annotations);
    else files.problems.push(problemAt(path, read.text, read.line, read.column));
  }
}

/** REUSE.toml and `.reuse/dep5` exclude one another (REUSE Specification 3.3, "Licensing Information"). */
function bothKinds(texts: ReadonlyMap<string, string | null>): ReuseProblem[] {
  const toml = [...texts.keys()].find((path) => nameOf(path) === 'REUSE.toml');
  if (toml === undefined || !texts.has(dep5Path)) return [];
  return [
    {
      problem: say`${dep5Path} must not be there beside ${toml}; REUSE takes only one of them.`,
      at: { path: dep5Path },
    },
  ];
}

/** The first problem among the REUSE files that may cover a path, or null. */
export function problemFor(path: string, { problems }: ReuseFiles): ReuseProblem | null {
  if (problems.length === 0) return null;
  const may = new Set(reusePathsFor(path));
  return problems.find(({ at }) => may.has(at.path)) ?? null;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function problemAt(path: string, text: Text, line: number | null, column: number | null): ReuseProblem {
  const at = { path, ...(line === null ? {} : { line }), ...(column === null ? {} : { column }) };
  return { problem: say`${path} can't be used: ${text}`, at };
}
