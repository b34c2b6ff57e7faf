// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Who and when, as a commit records it. */
export interface GitIdentity {
  readonly name: string;
  readonly email: string;
  /** ISO 8601 with the recorded offset. */
  readonly date: string;
}

export interface GitCommit {
  readonly sha: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: GitIdentity;
  readonly committer: GitIdentity;
  readonly message: string;
}

export interface TreeItem {
  readonly mode: number;
  readonly name: string;
  readonly oid: string;
  readonly type: 'blob' | 'tree' | 'commit';
}

function isoDate(seconds: number, offset: string): string {
  const minutes = Number(`${offset[0]}1`) * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(3, 5)));
  const local = new Date((seconds + minutes * 60) * 1000).toISOString().slice(0, 19);
  return minutes === 0 ? `${local}Z` : `${local}${offset.slice(0, 3)}:${offset.slice(3)}`;
}

function parseIdentity(line: string): GitIdentity {
  const open = line.indexOf('<');
  const close = line.lastIndexOf('>');
  const [seconds = '0', offset = '+0000'] = line.slice(close + 2).split(' ');
  return {
    name: line.slice(0, Math.max(0, open)).trim(),
    email: line.slice(open + 1, close),
    date: isoDate(Number(seconds), /^[+-]\d{4}$/.test(offset) ? offset : '+0000'),
  };
}

/** Parses a commit object's content. Continuation lines (a signature's) belong to the header before them. */
export function parseCommit(sha: string, content: Buffer): GitCommit {
  const end = content.indexOf('\n\n');
  const header = content.toString('utf8', 0, end === -1 ? content.length : end);
  const values = new Map<string, string[]>();
  for (const line of header.split('\n')) {
    if (line.startsWith(' ')) continue;
    const space = line.indexOf(' ');
    const key = line.slice(0, space);
    values.set(key, [...(values.get(key) ?? []), line.slice(space + 1)]);
  }
  const message = end === -1 ? Buffer.alloc(0) : content.subarray(end + 2);
  return {
    sha,
    tree: values.get('tree')?.[0] ?? '',
    parents: values.get('parent') ?? [],
    author: parseIdentity(values.get('author')?.[0] ?? ''),
    committer: parseIdentity(values.get('committer')?.[0] ?? ''),
    message: new TextDecoder(values.get('encoding')?.[0] ?? 'utf-8').decode(message),
  };
}

function typeOfMode(mode: number): TreeItem['type'] {
  if (mode === 0o040000) return 'tree';
  return mode === 0o160000 ? 'commit' : 'blob';
}

/** Parses a tree object's content: `mode SP name NUL object-id`, repeated. */
export function parseTree(content: Buffer, idBytes = 20): readonly TreeItem[] {
  const items: TreeItem[] = [];
  let at = 0;
  while (at < content.length) {
    const space = content.indexOf(0x20, at);
    const nul = content.indexOf(0, space);
    const mode = Number.parseInt(content.toString('latin1', at, space), 8);
    const oid = content.toString('hex', nul + 1, nul + 1 + idBytes);
    items.push({ mode, name: content.toString('utf8', space + 1, nul), oid, type: typeOfMode(mode) });
    at = nul + 1 + idBytes;
  }
  return items;
}
