// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { type GitOptions, git, gitOutput } from './git.ts';

/**
 * Resolves revisions to the commits that they name, all in one `git` process; null where there is none.
 * The names go through standard input, where a leading `-` is not an option.
 */
export async function resolveCommits(revisions: readonly string[]): Promise<(string | null)[]> {
  // A line break would be a second question, and no ref's name holds a control character (git-check-ref-format).
  const asked = revisions.map((revision) => (/\p{Cc}/u.test(revision) || revision === '' ? '?' : revision));
  const result = await git(['cat-file', '--batch-check=%(objectname) %(objecttype)'], {
    input: asked.map((revision) => `${revision}^{commit}\n`).join(''),
  });
  const lines = result.stdout.toString('utf8').split('\n');
  return asked.map((_, index) => /^([0-9a-f]{40,64}) commit$/.exec(lines[index] ?? '')?.[1] ?? null);
}

/** A file's content at a commit. */
export interface GitBlob {
  readonly path: string;
  readonly oid: string;
  /** In bytes. */
  readonly size: number;
  /** null where it is larger than the limit, or no file. */
  readonly content: Buffer | null;
}

/**
 * Files at a commit, those that are there, read by one `git` process.
 * @param limit in bytes; what is larger is passed over as it streams by, not held
 */
export async function readFiles(commit: string, paths: readonly string[], limit: number): Promise<GitBlob[]> {
  const reader = blobReader(paths, limit);
  const options: GitOptions = { input: paths.map((path) => `${commit}:${path}\n`).join(''), onData: reader.take };
  await gitOutput(['cat-file', '--batch'], options);
  return reader.blobs;
}

/** A blob or tree, by its id. */
export type GitObject = Pick<GitBlob, 'size' | 'content'>;

/**
 * Blobs and trees in the order of their ids, by one `git` process; null where there is none.
 * @param limit in bytes; of what is larger, the content is null or, with `cut`, the first so many bytes
 */
export async function readObjects(
  oids: readonly string[],
  limit: number,
  { cut = false }: { readonly cut?: boolean } = {},
): Promise<(GitObject | null)[]> {
  if (oids.length === 0) return [];
  const reader = blobReader(oids, limit, { types: ['blob', 'tree'], cut });
  await gitOutput(['cat-file', '--batch'], { input: oids.map((oid) => `${oid}\n`).join(''), onData: reader.take });
  const found = new Map(reader.blobs.map((blob) => [blob.path, blob]));
  return oids.map((oid) => found.get(oid) ?? null);
}

/**
 * Reads what `git cat-file --batch` answers: for each name, in order, either `NAME missing` or a line
 * `OID TYPE SIZE` followed by so many bytes and a line break.
 */
function blobReader(
  paths: readonly string[],
  limit: number,
  { types, cut }: { readonly types: readonly string[]; readonly cut: boolean } = { types: ['blob'], cut: false },
) {
  const blobs: GitBlob[] = [];
  let asked = 0;
  let line = '';
  let body: { oid: string; type: string; size: number; left: number; chunks: Buffer[] } | null = null;

  const finish = () => {
    const path = paths[asked++];
    if (body === null || path === undefined) return;
    const held = types.includes(body.type) && (cut || body.size <= limit);
    const content = held ? Buffer.concat(body.chunks).subarray(0, Math.min(body.size, cut ? limit : body.size)) : null;
    blobs.push({ path, oid: body.oid, size: body.size, content });
  };

  const takeHeader = (chunk: Buffer): number => {
    const end = chunk.indexOf(0x0a);
    line += chunk.toString('utf8', 0, end < 0 ? chunk.length : end);
    if (end < 0) return chunk.length;
    const header = /^([0-9a-f]{40,64}) (\w+) (\d+)$/.exec(line);
    line = '';
    if (header === null) asked += 1;
    else {
      const size = Number(header[3]);
      body = { oid: header[1] ?? '', type: header[2] ?? '', size, left: size + 1, chunks: [] };
    }
    return end + 1;
  };

  const take = (chunk: Buffer) => {
    let at = 0;
    while (at < chunk.length) {
      if (body === null) {
        at += takeHeader(chunk.subarray(at));
        continue;
      }
      const part = chunk.subarray(at, at + body.left);
      const passed = body.size + 1 - body.left;
      if (body.size <= limit) body.chunks.push(part);
      // Copied, or a few bytes would keep the whole chunk in memory.
      else if (cut && passed < limit) body.chunks.push(Buffer.from(part.subarray(0, limit - passed)));
      body.left -= part.length;
      at += part.length;
      if (body.left > 0) continue;
      finish();
      body = null;
    }
  };
  return { blobs, take };
}
