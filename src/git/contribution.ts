// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Contribution } from '../contribution/contribution.ts';
import type { PolicyFile } from '../policy/policy.ts';
import type { policyPaths } from '../policy/resolve.ts';
import type { Need } from '../rules/rule.ts';
import { emptyTreeLike, findMergeBase, readChangedFiles } from './changed-files.ts';
import { readCommits } from './commits.ts';
import { readContents } from './contents.ts';
import { readMergePaths } from './merge-paths.ts';
import { type GitBlob, readFiles } from './objects.ts';
import { readPaths } from './paths.ts';
import type { Range } from './range.ts';
import { readUpstreamFacts } from './upstream-facts.ts';

// Only types come from the policy and the schema, so that Git can start before they are loaded.
const policyFileNames: typeof policyPaths = ['.github/countersign.yml', '.github/countersign.yaml', '.github/dco.yml'];
const mailmapPath = '.mailmap';
/** In bytes: far above the limit for policy files, which the policy's parser enforces and explains. */
const fileLimit = 1024 * 1024;

/** The facts of a local range, and the policy files at its base. */
interface LocalContribution {
  readonly contribution: Contribution;
  readonly policyFiles: readonly PolicyFile[];
}

/**
 * Reads a range with two `git` processes. There are no accounts, memberships or verified signatures: a clone knows
 * of none, so what a policy lets pass because of them is not let pass here.
 *
 * @throws GitError
 */
export async function readContribution(range: Range): Promise<LocalContribution> {
  const [commits, files] = await Promise.all([
    readCommits(range.head.sha, range.exclude),
    readFiles(range.base.sha, [...policyFileNames, mailmapPath], fileLimit),
  ]);
  const contribution: Contribution = {
    version: 1,
    source: 'git',
    repository: null,
    pullRequest: null,
    base: range.base,
    head: range.head,
    commits,
    files: null,
    totals: { commits: commits.length, files: null },
    mailmap: files.find(({ path }) => path === mailmapPath)?.content?.toString('utf8') ?? null,
    contents: [],
    dependencies: null,
    submodules: [],
    actions: [],
    judgedOn: new Date().toISOString().slice(0, 10),
    memberships: {},
    queued: null,
  };
  const policyFiles = files.filter(({ path }) => path !== mailmapPath).map((file) => policyFile(file, range.base.sha));
  return { contribution, policyFiles };
}

/** Files that a policy extends, at a commit. @throws GitError */
export async function filesAt(sha: string, paths: readonly string[]): Promise<readonly PolicyFile[]> {
  return (await readFiles(sha, paths, fileLimit)).map((file) => policyFile(file, sha));
}

/** The policy files of a commit. @throws GitError */
export async function policyFilesAt(sha: string): Promise<readonly PolicyFile[]> {
  return filesAt(sha, policyFileNames);
}

function policyFile({ path, oid, size, content }: GitBlob, sha: string): PolicyFile {
  // The rule by which Git itself calls a file binary.
  const text = content === null || content.includes(0) ? null : content.toString('utf8');
  return { repository: null, path, ref: sha.slice(0, 12), commit: sha, oid, size, text };
}

/** The contribution with the facts that rules asked for, as far as a clone has them. @throws GitError */
export async function answerNeeds(contribution: Contribution, needs: readonly Need[]): Promise<Contribution> {
  if (needs.length === 0) return contribution;
  const shas = needs.flatMap((need) => (need.fact === 'commit-paths' ? [need.sha] : []));
  const logins = needs.flatMap((need) => (need.fact === 'membership' ? [need.login] : []));
  const lookups = needs.flatMap((need) => (need.fact === 'contents' ? need.lookups : []));
  const unknown = Object.fromEntries(logins.map((login) => [login, 'unknown' as const]));
  const paths = shas.length === 0 ? new Map<string, string[]>() : await readPaths(shas);
  const mergePaths = await readAllMergePaths(needs);
  const known = await readDifference(contribution, needs);
  return {
    ...known,
    commits: known.commits.map((commit) => ({
      ...commit,
      paths: paths.get(commit.sha) ?? commit.paths,
      ...(mergePaths.has(commit.sha) ? { mergePaths: mergePaths.get(commit.sha) } : {}),
    })),
    memberships: { ...known.memberships, ...unknown },
    contents: [...known.contents, ...(await readContents(lookups))],
    dependencies: needs.some(({ fact }) => fact === 'dependencies') ? noDependencyReview : known.dependencies,
    submodules: [...known.submodules, ...needs.flatMap(unknownSubmodule)],
    ...(await readUpstreamFacts(known, needs)),
  };
}

async function readAllMergePaths(needs: readonly Need[]): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for (const need of needs) if (need.fact === 'merge-paths') found.set(need.sha, await readMergePaths(need.sha));
  return found;
}

const noDependencyReview = { read: false, why: 'a local clone knows nothing of them' } as const;

function unknownSubmodule(need: Need): Contribution['submodules'] {
  return need.fact === 'submodule' ? [{ url: need.url, sha: need.sha, files: null }] : [];
}

/** What files differ since the base and the head had their last commit in common, as GitHub compares them. */
async function readDifference(contribution: Contribution, needs: readonly Need[]): Promise<Contribution> {
  const asked = (fact: Need['fact']) => needs.some((need) => need.fact === fact);
  if (!asked('files') && !asked('merge-base')) return contribution;
  const { base, head } = contribution;
  const mergeBase = await findMergeBase(base.sha, head.sha);
  if (!asked('files')) return { ...contribution, mergeBase };
  const files = await readChangedFiles(mergeBase ?? emptyTreeLike(head.sha), head.sha);
  return { ...contribution, mergeBase, files, totals: { ...contribution.totals, files: files.length } };
}
