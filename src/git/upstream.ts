// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { git } from './git.ts';

/** A branch that HEAD may have left. */
interface UpstreamCandidate {
  readonly fullName: string;
  /** As users write it: `origin/main`. */
  readonly shortName: string;
  /** The branch's name on its remote: `main`. */
  readonly branch: string;
}

/** By convention `upstream` is the project and `origin` may be a fork of it that lags behind. */
const remotes = ['upstream', 'origin'];
const defaultBranches = ['main', 'master'];

/** The current branch (null: detached), and the branches to compare it with, the best first. */
export async function upstreamCandidates() {
  const [{ current, upstream }, defaults] = await Promise.all([currentBranch(), defaultRefs()]);
  // An upstream of the same name is where this branch was pushed to, not where it is headed.
  const isOwnCopy = upstream !== null && current !== null && upstream.endsWith(`/${current}`);
  const names = upstream === null ? defaults : isOwnCopy ? [...defaults, upstream] : [upstream, ...defaults];
  return { current, candidates: names.map(candidate) };
}

async function currentBranch(): Promise<{ current: string | null; upstream: string | null }> {
  // Ends with an error after the first line where there is no upstream, or none that was fetched.
  const { stdout } = await git(['rev-parse', '--symbolic-full-name', 'HEAD', '@{upstream}']);
  const [head = '', upstream = ''] = stdout.toString('utf8').split('\n');
  return {
    current: /^refs\/heads\/(.+)$/.exec(head)?.[1] ?? null,
    upstream: upstream.startsWith('refs/') ? upstream : null,
  };
}

/** Those that exist of each remote's HEAD (as the branch that it points to), main and master; local ones last. */
async function defaultRefs(): Promise<string[]> {
  const remote = remotes.flatMap((name) =>
    ['HEAD', ...defaultBranches].map((branch) => `refs/remotes/${name}/${branch}`),
  );
  const wanted = [...remote, ...defaultBranches.map((branch) => `refs/heads/${branch}`)];
  const { stdout } = await git(['for-each-ref', '--format=%(refname) %(symref)', ...wanted]);
  const found = new Map<string, string>();
  for (const line of stdout.toString('utf8').split('\n')) {
    const [name = '', target = ''] = line.split(' ');
    found.set(name, target || name);
  }
  return wanted.flatMap((name) => found.get(name) ?? []);
}

function candidate(fullName: string): UpstreamCandidate {
  return {
    fullName,
    shortName: fullName.replace(/^refs\/(?:heads|remotes)\//, ''),
    branch: fullName.replace(/^refs\/(?:heads|remotes\/[^/]+)\//, ''),
  };
}
