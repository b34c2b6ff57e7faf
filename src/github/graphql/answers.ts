// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { z } from 'zod';

const blob = z.object({
  oid: z.string(),
  byteSize: z.int(),
  isBinary: z.boolean().nullable(),
  isTruncated: z.boolean(),
  text: z.string().nullable(),
});
/** A directory or submodule at that path answers an object without a blob's fields. */
const treeEntry = z
  .object({ path: z.string().nullable(), object: z.union([blob, z.object({})]).nullable() })
  .nullable();
const names = z.array(z.object({ name: z.string(), type: z.string() })).nullish();
/** What lies at the root and in `.github`; in place of the latter there may be something else, or nothing. */
const namesShape = {
  tree: z.object({ entries: names }).nullish(),
  dotGitHub: z.object({ object: z.object({ entries: names }).nullable() }).nullish(),
};
const policyShape = { yml: treeEntry, yaml: treeEntry, dco: treeEntry };

const actor = z.object({
  name: z.string().nullable(),
  email: z.string().nullable(),
  user: z.object({ login: z.string() }).nullable(),
});

const commitAnswer = z.object({
  oid: z.string(),
  message: z.string(),
  author: actor.nullable(),
  committer: actor.nullable(),
  signature: z
    .object({
      isValid: z.boolean(),
      signer: z.object({ login: z.string() }).nullable(),
      wasSignedByGitHub: z.boolean(),
    })
    .nullable(),
  parents: z.object({ nodes: z.array(z.object({ oid: z.string() })) }),
});

const pageInfo = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() });
const commitsPage = z.object({
  totalCount: z.int(),
  pageInfo,
  nodes: z.array(z.object({ commit: commitAnswer })),
});
const filesPage = z.object({
  totalCount: z.int(),
  pageInfo,
  nodes: z.array(
    z.object({
      path: z.string(),
      changeType: z.enum(['ADDED', 'CHANGED', 'COPIED', 'DELETED', 'MODIFIED', 'RENAMED']),
    }),
  ),
});

const suitesShape = {
  checkSuites: z
    .object({
      nodes: z.array(
        z.object({
          status: z.string(),
          checkRuns: z
            .object({
              nodes: z.array(
                z.object({
                  id: z.string(),
                  name: z.string(),
                  status: z.string(),
                  conclusion: z.string().nullable(),
                  externalId: z.string().nullable(),
                }),
              ),
            })
            .nullable(),
        }),
      ),
    })
    .nullable(),
};

export const pullRequestAnswer = z.object({
  repository: z.object({
    id: z.string(),
    name: z.string(),
    owner: z.object({ __typename: z.string(), login: z.string() }),
    squashMergeAllowed: z.boolean(),
    squashMergeCommitMessage: z.enum(['PR_BODY', 'COMMIT_MESSAGES', 'BLANK']).nullish(),
    pullRequest: z.object({
      number: z.int(),
      url: z.string(),
      state: z.enum(['OPEN', 'CLOSED', 'MERGED']),
      isDraft: z.boolean(),
      updatedAt: z.string(),
      author: z.object({ __typename: z.string(), login: z.string() }).nullable(),
      baseRefName: z.string(),
      baseRefOid: z.string(),
      headRefName: z.string(),
      headRefOid: z.string(),
      baseRef: z
        .object({ target: z.object({ ...policyShape, ...namesShape, mailmap: treeEntry }).nullable() })
        .nullable(),
      commits: commitsPage,
      files: filesPage.nullable(),
      head: z.object({
        nodes: z.array(z.object({ commit: z.object({ oid: z.string(), ...policyShape, ...suitesShape }) })),
      }),
    }),
  }),
  organisation: z
    .object({
      repository: z
        .object({
          nameWithOwner: z.string(),
          defaultBranchRef: z.object({ name: z.string(), target: z.object(policyShape).nullable() }).nullable(),
        })
        .nullable(),
    })
    .nullable(),
});

export const checkRunsAnswer = z.object({
  repository: z.object({ id: z.string(), object: z.object({ oid: z.string(), ...suitesShape }).nullable() }),
});

export const moreCommitsAnswer = z.object({
  repository: z.object({ pullRequest: z.object({ headRefOid: z.string(), commits: commitsPage }) }),
});
export const moreFilesAnswer = z.object({
  repository: z.object({ pullRequest: z.object({ headRefOid: z.string(), files: filesPage }) }),
});

export type PullRequestAnswer = z.output<typeof pullRequestAnswer>;
export type CommitAnswer = z.output<typeof commitAnswer>;
export type FilesPage = z.output<typeof filesPage>;
export type CommitsPage = z.output<typeof commitsPage>;
export type PolicyEntries = z.output<z.ZodObject<typeof policyShape>>;
export type TreeEntry = z.output<typeof treeEntry>;
export type CheckSuites = z.output<z.ZodObject<typeof suitesShape>>['checkSuites'];
