// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import * as z from 'zod';
import { checked } from './checked.ts';
import type { Client } from './client.ts';
import { type CommitFile, commitFiles, readCommitFiles } from './commit-files.ts';

/** The most files that GitHub lists of a comparison ("Compare two commits"). */
const mostCompared = 300;
const mostParents = 8;

const comparison = z.object({ files: commitFiles.optional() });

interface Merge {
  readonly sha: string;
  readonly parents: readonly string[];
}

/**
 * The paths that a merge commit changes in a way that none of its parents has; null where GitHub does not list enough to
 * tell. One request for each parent. @throws Octokit's errors
 */
export async function readMergePaths(
  client: Client,
  repository: { readonly owner: string; readonly repo: string },
  { sha, parents }: Merge,
): Promise<string[] | null> {
  const [, ...others] = parents;
  if (others.length >= mostParents) return null;
  const lists: (readonly CommitFile[])[] = [];
  for (const parent of others) {
    const files = await readDifference(client, repository, parent, sha);
    if (files.length >= mostCompared) return null;
    if (files.length === 0) return [];
    lists.push(files);
  }
  const first = await readCommitFiles(client, repository, sha);
  return first === null ? null : changedEverywhere(first, lists);
}

/** A parent is the merge base of itself and the merge, so that three dots compare the two. */
async function readDifference(
  client: Client,
  repository: { readonly owner: string; readonly repo: string },
  from: string,
  to: string,
): Promise<readonly CommitFile[]> {
  const { data } = await client.request('GET /repos/{owner}/{repo}/compare/{basehead}', {
    ...repository,
    basehead: `${from}...${to}`,
    per_page: 1,
    page: 1,
  });
  return checked(comparison, data, 'the comparison of a merge with its parent').files ?? [];
}

/**
 * Paths of which a merge has a line that no parent has, or lacks one that all parents have at that place. A file that GitHub
 * does not show counts where it differs from every parent.
 */
export function changedEverywhere(first: readonly CommitFile[], others: readonly (readonly CommitFile[])[]): string[] {
  const byPath = others.map((files) => new Map(files.map((file) => [file.filename, file])));
  return first.flatMap((file) => {
    const found = byPath.map((files) => files.get(file.filename));
    const all = [file, ...found.filter((one) => one !== undefined)];
    if (all.length <= others.length) return [];
    if (all.some(({ changes, patch }) => patch === undefined && changes === 0)) return [];
    if (all.some(({ patch }) => patch === undefined)) return [file.filename];
    const [own = new Set<string>(), ...rest] = all.map(({ patch = '' }) => changesIn(patch));
    return [...own].some((change) => rest.every((one) => one.has(change))) ? [file.filename] : [];
  });
}

/** What a patch adds, by its line in the new file, and what it takes away before that line. */
function changesIn(patch: string): Set<string> {
  const changes = new Set<string>();
  let line = 0;
  for (const text of patch.split('\n')) {
    const heading = /^@@ -\d+(?:,\d+)? \+(\d+)/.exec(text);
    if (heading !== null) line = Number(heading[1]);
    else if (text.startsWith('-')) changes.add(`-${line}${text}`);
    else if (!text.startsWith('\\')) {
      if (text.startsWith('+')) changes.add(`+${line}`);
      line += 1;
    }
  }
  return changes;
}
