// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import * as z from 'zod';
import type { ChangedFile, Contribution } from '../contribution/contribution.ts';
import { treeContribution } from '../contribution/whole-tree.ts';
import type { PolicyFiles, Traits } from '../policy/policy.ts';
import { checked } from './checked.ts';
import type { Client } from './client.ts';
import { type DefaultBranchAnswer, defaultBranchAnswer } from './graphql/answers.ts';
import { defaultBranchQuery } from './graphql/queries.ts';
import { withoutMissing } from './missing.ts';
import { defaultPolicyFiles, traitsOf } from './policy-files.ts';
import type { Asking } from './read-pull-request.ts';
import { today } from './today.ts';

interface Place {
  readonly owner: string;
  readonly name: string;
}

/** The default branch of a repository that is alive. */
export interface DefaultBranch {
  readonly repository: NonNullable<Contribution['repository']>;
  readonly head: { readonly ref: string; readonly sha: string };
  readonly policyFiles: PolicyFiles;
  readonly traits: Traits;
  /** Whether issues are switched on. */
  readonly hasIssues: boolean;
}

/** One request; null where the repository is archived or has no commit yet. @throws Octokit's errors */
export async function readDefaultBranch(
  { client, host }: Asking,
  { owner, name }: Place,
): Promise<DefaultBranch | null> {
  const asked = client.graphql(defaultBranchQuery, { owner, name });
  const answered = await withoutMissing(asked, ([field]) => field === 'organisation');
  const answer = checked(defaultBranchAnswer, { organisation: null, ...answered }, 'the query for the default branch');
  const { repository } = answer;
  const ref = repository.defaultBranchRef;
  if (repository.isArchived || ref?.target == null) return null;
  return {
    repository: repositoryOf(repository, host),
    head: { ref: ref.name, sha: ref.target.oid },
    policyFiles: defaultPolicyFiles(answer),
    traits: traitsOf(answer),
    hasIssues: repository.hasIssuesEnabled,
  };
}

function repositoryOf({ owner, name }: DefaultBranchAnswer['repository'], host: string): DefaultBranch['repository'] {
  const ownerType = owner.__typename === 'Organization' ? 'Organization' : 'User';
  return { host, owner: owner.login, ownerType, name, squash: null };
}

const tree = z.object({
  truncated: z.boolean(),
  tree: z.array(z.object({ path: z.string(), type: z.string() })),
});

/** Git's id of the tree without files, which a whole tree is compared with. */
const emptyTree = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

/**
 * Everything on a branch as if it had just come in, by "Get a tree"; `whole` is false where GitHub lists only some of it,
 * as it does past 100,000 entries or 7 MB. @throws Octokit's errors
 */
export async function readTreeAsContribution(
  client: Client,
  { repository, head }: DefaultBranch,
): Promise<{ readonly contribution: Contribution; readonly whole: boolean }> {
  const { data } = await client.request('GET /repos/{owner}/{repo}/git/trees/{tree_sha}', {
    owner: repository.owner,
    repo: repository.name,
    tree_sha: head.sha,
    recursive: '1',
  });
  const listed = checked(tree, data, 'the list of a tree');
  const files = listed.tree.flatMap(({ path, type }): ChangedFile[] =>
    type === 'tree' ? [] : [{ path, change: 'added' }],
  );
  const base = { ref: 'the empty tree', sha: emptyTree };
  const contribution = treeContribution({ source: 'github', repository, base, head, files, judgedOn: today() });
  return { contribution, whole: !listed.truncated };
}
