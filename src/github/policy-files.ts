// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { type Misnamed, misnamedPolicies } from '../policy/misnamed.ts';
import type { PolicyFile, PolicyFiles, PolicySource, Traits } from '../policy/policy.ts';
import type { DefaultBranchAnswer, FilesPage, PolicyEntries, PullRequestAnswer, TreeEntry } from './graphql/answers.ts';

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
    repository: policyFilesOf(base, { repository: name, ref: repository.pullRequest.baseRefName, commit: base.oid }),
    organisation: sharedPolicyFiles(answer),
  };
}

/** The policy files on the default branch; none where it has no commit yet. */
export function defaultPolicyFiles(answer: DefaultBranchAnswer): PolicyFiles {
  const { name, owner, defaultBranchRef } = answer.repository;
  const { name: ref = '', target = null } = defaultBranchRef ?? {};
  return {
    repository: policyFilesOf(target, { repository: `${owner.login}/${name}`, ref, commit: target?.oid ?? null }),
    organisation: sharedPolicyFiles(answer),
  };
}

/** The organisation's policy files, as they are read in one of its repositories. */
export function sharedPolicyFiles({ repository, organisation }: Owned): PolicyFile[] {
  const shared = organisation?.repository ?? null;
  if (shared?.defaultBranchRef == null) return [];
  // GitHub follows a repository that was renamed or handed to somebody else; what is there now is no policy for all.
  if (shared.nameWithOwner.toLowerCase() !== `${repository.owner.login}/.github`.toLowerCase()) return [];
  const { name: ref, target } = shared.defaultBranchRef;
  const isHere = repository.name.toLowerCase() === '.github';
  return policyFilesOf(target, {
    repository: shared.nameWithOwner,
    ref,
    commit: target?.oid ?? null,
    ...(shared.visibility === 'PUBLIC' || isHere ? {} : { hidden: true }),
  });
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
  return policyFilesOf(head, {
    repository: name,
    ref: repository.pullRequest.headRefName,
    commit: repository.pullRequest.headRefOid,
  });
}

/** What a floor's exemptions ask about the repository. */
export function traitsOf({ repository }: Pick<Traited, 'repository'>): Traits {
  const { name, visibility, isArchived, isFork, repositoryTopics } = repository;
  return {
    name,
    topics: repositoryTopics.nodes.flatMap((node) => node?.topic.name ?? []),
    visibility: visibility.toLowerCase() as Lowercase<typeof visibility>,
    archived: isArchived,
    fork: isFork,
  };
}

interface Owned {
  readonly repository: { readonly name: string; readonly owner: { readonly login: string } };
  readonly organisation: PullRequestAnswer['organisation'];
}
interface Traited {
  readonly repository: Pick<
    PullRequestAnswer['repository'],
    'name' | 'visibility' | 'isArchived' | 'isFork' | 'repositoryTopics'
  >;
}

type Around = Omit<PolicySource, 'path'>;

/** The policy files of a commit. */
export function policyFilesOf(entries: PolicyEntries | null, around: Around): PolicyFile[] {
  if (entries === null) return [];
  return [
    policyFile({ ...around, path: '.github/countersign.yml' }, entries.yml),
    policyFile({ ...around, path: '.github/countersign.yaml' }, entries.yaml),
    policyFile({ ...around, path: '.github/dco.yml' }, entries.dco),
  ].filter((file) => file !== null);
}

/** An entry that is no blob (a directory, a submodule) is there all the same, and cannot be read. */
export function policyFile(source: PolicySource, entry: TreeEntry): PolicyFile | null {
  if (entry === null) return null;
  if (entry.object === null || !('oid' in entry.object)) return { ...source, oid: null, size: 0, text: null };
  const { oid, byteSize, isBinary, isTruncated, text } = entry.object;
  return { ...source, oid, size: byteSize, text: isBinary === true || isTruncated ? null : text };
}
