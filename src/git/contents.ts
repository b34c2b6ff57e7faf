// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Content, Entry } from '../contribution/contribution.ts';
import { mayBeLicenseName } from '../rules/license/names.ts';
import type { Lookup } from '../rules/rule.ts';
import { gitOutput } from './git.ts';
import { type GitObject, readObjects } from './objects.ts';

/** In bytes, as much as the App reads from GitHub, so that both judge alike. */
const beginning = 32 * 1024;
const largestWhole = 5 * 1024 * 1024;
/** Paths of one `git ls-tree`: some systems take no more than 128 KiB of arguments. */
const mostPaths = 500;
const mostPathBytes = 60_000;

interface TreeEntry {
  readonly mode: string;
  readonly type: string;
  readonly oid: string;
}

/** What lies at these paths: one `git ls-tree` for some hundred paths, and two `git cat-file` for all. @throws GitError */
export async function readContents(lookups: readonly Lookup[]): Promise<Content[]> {
  const entries = new Map<Lookup, TreeEntry>();
  const commits = new Set(lookups.map(({ commit }) => commit));
  for (const commit of commits) {
    const wanted = lookups.filter((lookup) => lookup.commit === commit);
    for (const batch of batches(wanted)) {
      const found = await listPaths(commit, batch);
      for (const lookup of batch) {
        const entry = found.get(lookup.path);
        if (entry !== undefined) entries.set(lookup, entry);
      }
    }
  }
  const whole = await readBlobs(entries, ({ whole, type }) => whole || type === 'tree', largestWhole, false);
  const parts = await readBlobs(entries, ({ whole, type }) => !whole && type === 'blob', beginning, true);
  return lookups.map((lookup) => {
    const entry = entries.get(lookup);
    const isPart = !lookup.whole && entry?.type === 'blob';
    return { commit: lookup.commit, path: lookup.path, entry: toEntry(entry, isPart ? parts : whole) };
  });
}

type Objects = ReadonlyMap<string, GitObject | null>;

async function readBlobs(
  entries: ReadonlyMap<Lookup, TreeEntry>,
  wanted: (one: { readonly whole: boolean; readonly type: string }) => boolean,
  limit: number,
  cut: boolean,
): Promise<Objects> {
  const found = [...entries].filter(([{ whole }, { type }]) => type !== 'commit' && wanted({ whole, type }));
  const oids = [...new Set(found.map(([, { oid }]) => oid))];
  const objects = await readObjects(oids, limit, { cut });
  return new Map(oids.map((oid, index) => [oid, objects[index] ?? null]));
}

function* batches(lookups: readonly Lookup[]): Generator<Lookup[]> {
  let batch: Lookup[] = [];
  let bytes = 0;
  for (const lookup of lookups) {
    const size = Buffer.byteLength(lookup.path) + 1;
    if (batch.length === mostPaths || (batch.length > 0 && bytes + size > mostPathBytes)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(lookup);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}

async function listPaths(commit: string, lookups: readonly Lookup[]): Promise<Map<string, TreeEntry>> {
  // Names that no file can have would be read as patterns or refused.
  const paths = lookups.map(({ path }) => path).filter((path) => path !== '' && !path.includes('\0'));
  const args = ['--literal-pathspecs', 'ls-tree', '-t', '-z', '--full-tree', commit, '--', ...paths];
  const output = (await gitOutput(args)).toString('utf8');
  const found = new Map<string, TreeEntry>();
  for (const line of output.split('\0')) {
    const entry = /^(\d+) (\w+) ([0-9a-f]{40,64})\t(.*)$/s.exec(line);
    if (entry === null) continue;
    const [, mode = '', type = '', oid = '', path = ''] = entry;
    found.set(path, { mode, type, oid });
  }
  return found;
}

const modes: Readonly<Record<string, 'regular' | 'executable' | 'symlink'>> = {
  '100644': 'regular',
  '100755': 'executable',
  '120000': 'symlink',
};

function toEntry(entry: TreeEntry | undefined, objects: Objects): Entry {
  if (entry === undefined) return null;
  // The address is in .gitmodules, which nobody needs: a clone cannot read another repository's license.
  if (entry.type === 'commit') return { kind: 'submodule', sha: entry.oid, url: null };
  const object = objects.get(entry.oid) ?? null;
  if (object === null) return null;
  if (entry.type === 'tree') {
    return { kind: 'directory', names: namesIn(object.content, entry.oid.length / 2).filter(mayBeLicenseName) };
  }
  const { size, content } = object;
  const file = { kind: 'file' as const, oid: entry.oid, size, mode: modes[entry.mode] ?? ('regular' as const) };
  if (content === null) return { ...file, binary: false, text: null, truncated: true };
  if (content.includes(0)) return { ...file, binary: true, text: null, truncated: false };
  return { ...file, binary: false, text: content.toString('utf8'), truncated: content.length < size };
}

/** Names in a tree object: `MODE NAME NUL` and an object id of so many bytes, again and again. */
function namesIn(content: Buffer | null, idLength: number): string[] {
  const names: string[] = [];
  for (let at = 0; content !== null && at < content.length; ) {
    const space = content.indexOf(0x20, at);
    const end = content.indexOf(0, space);
    if (space < 0 || end < 0) break;
    names.push(content.toString('utf8', space + 1, end));
    at = end + 1 + idLength;
  }
  return names;
}
