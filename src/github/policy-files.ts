// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { type Misnamed, misnamedPolicies } from '../policy/misnamed.ts';
import type { PolicyFile, PolicyFiles } from '../policy/policy.ts';
import type { DefaultBranchAnswer, FilesPage, PolicyEntries, PullRequestAnswer, TreeEntry } from './graphql/answers.ts';

interface Sharing {
  readonly repository: Pick<PullRequestAnswer['repository'], 'name' | 'owner'>;
  readonly organisation: PullRequestAnswer['organisation'];
}

/**
 * The policy files as they are on the base branch and in the organisation's `.github` repository. null where there is no
 * base branch, which says nothing about what would lie there.
 */
export function basePolicyFiles(answer: PullRequestAnswer): PolicyFiles | null {
  const { repository } = answer;
  const name = `${repository.owner.login}/${repository.name}`;
  const base = repository.pullRequest.baseRef?.target ?? null;
  if (base === null) return null;
  return {
    repository: policyFilesOf(base, name, repository.pullRequest.baseRefName),
    organisation: sharedPolicyFiles(answer),
  };
}

/** The policy files on the default branch; none where it has no commit yet. */
export function defaultPolicyFiles(answer: DefaultBranchAnswer): PolicyFiles {
  const { name, owner, defaultBranchRef } = answer.repository;
  return {
    repository: policyFilesOf(defaultBranchRef?.target ?? null, `${owner.login}/${name}`, defaultBranchRef?.name ?? ''),
    organisation: sharedPolicyFiles(answer),
  };
}

function sharedPolicyFiles({ repository, organisation }: Sharing): PolicyFile[] {
  const shared = organisation?.repository ?? null;
  if (shared?.defaultBranchRef == null) return [];
  // In the `.github` repository itself, its own file on the base branch is the one that holds.
  if (repository.name.toLowerCase() === '.github') return [];
  // GitHub follows a repository that was renamed or handed to somebody else; what is there now is no policy for all.
  if (shared.nameWithOwner.toLowerCase() !== `${repository.owner.login}/.github`.toLowerCase()) return [];
  return policyFilesOf(shared.defaultBranchRef.target, shared.nameWithOwner, shared.defaultBranchRef.name);
}

/**
 * What looks like a policy and is not read: on the base branch, unless the pull request takes it away, and among what
 * the pull request adds.
 */
export function misnamedFiles({ repository }: PullRequestAnswer, files: readonly FileNode[]): readonly Misnamed[] {
  const base = repository.pullRequest.baseRef?.target;
  const filesIn = (entries: Entries) => (entries ?? []).flatMap(({ name, type }) => (type === 'blob' ? [name] : []));
  const here = [
    ...filesIn(base?.tree?.entries),
    ...filesIn(base?.dotGitHub?.object?.entries).map((name) => `.github/${name}`),
  ];
  const gone = new Set(files.filter(({ changeType }) => changeType === 'DELETED').map(({ path }) => path));
  const kept = files.filter(({ changeType }) => changeType !== 'DELETED').map(({ path }) => path);
  return misnamedPolicies(new Set([...here.filter((path) => !gone.has(path)), ...kept]));
}

type FileNode = FilesPage['nodes'][number];
type Entries = readonly { readonly name: string; readonly type: string }[] | null | undefined;

/** The policy files as the pull request's head has them. */
export function headPolicyFiles(answer: PullRequestAnswer): readonly PolicyFile[] {
  const { repository } = answer;
  const name = `${repository.owner.login}/${repository.name}`;
  const head = repository.pullRequest.head.nodes[0]?.commit ?? null;
  return policyFilesOf(head, name, repository.pullRequest.headRefName);
}

function policyFilesOf(entries: PolicyEntries | null, repository: string, ref: string): PolicyFile[] {
  if (entries === null) return [];
  return [
    policyFile('.github/countersign.yml', entries.yml, repository, ref),
    policyFile('.github/countersign.yaml', entries.yaml, repository, ref),
    policyFile('.github/dco.yml', entries.dco, repository, ref),
  ].filter((file) => file !== null);
}

/** An entry that is no blob (a directory, a submodule) is there all the same, and cannot be read. */
function policyFile(path: string, entry: TreeEntry, repository: string, ref: string): PolicyFile | null {
  if (entry === null) return null;
  const common = { repository, path, ref };
  if (entry.object === null || !('oid' in entry.object)) return { ...common, oid: null, size: 0, text: null };
  const { oid, byteSize, isBinary, isTruncated, text } = entry.object;
  return { ...common, oid, size: byteSize, text: isBinary === true || isTruncated ? null : text };
}
