// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import * as z from 'zod';
import { blob } from './blob.ts';

/** A directory or submodule at that path answers an object without a blob's fields. */
export const treeEntry = z
  .object({ path: z.string().nullable(), object: z.union([blob, z.object({})]).nullable() })
  .nullable();
const names = z.array(z.object({ name: z.string(), type: z.string() })).nullish();
/** What lies at the root and in `.github`; in place of the latter there may be something else, or nothing. */
const namesShape = {
  tree: z.object({ entries: names }).nullish(),
  dotGitHub: z.object({ object: z.object({ entries: names }).nullable() }).nullish(),
};
export const policyShape = { yml: treeEntry, yaml: treeEntry, dco: treeEntry };

/** Of a repository. */
export const visibility = z.enum(['PUBLIC', 'INTERNAL', 'PRIVATE']);

const actor = z.object({
  name: z.string().nullable(),
  email: z.string().nullable(),
  user: z.object({ login: z.string() }).nullable(),
});

const commitAnswer = z.object({
  oid: z.string(),
  message: z.string(),
  authoredDate: z.string(),
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
const authorsPage = z.object({
  pageInfo,
  nodes: z.array(
    z.object({
      commit: z.object({
        authors: z.object({
          nodes: z.array(z.object({ user: z.object({ login: z.string() }).nullable() }).nullable()),
        }),
      }),
    }),
  ),
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

const newestRunsOfSuite = {
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
};
const attemptsOfSuite = {
  attempts: z
    .object({
      nodes: z.array(
        z.object({ name: z.string(), startedAt: z.string().nullable(), externalId: z.string().nullable() }),
      ),
    })
    .nullable(),
};

/** The check suites of our App on a commit, with the newest run of every name. */
export const newestRunsShape = {
  checkSuites: z.object({ nodes: z.array(z.object(newestRunsOfSuite)) }).nullable(),
};

/** The same with every attempt, superseded ones included. */
export const suitesShape = {
  checkSuites: z.object({ nodes: z.array(z.object({ ...newestRunsOfSuite, ...attemptsOfSuite })) }).nullable(),
};

/** Nothing is posted where it was not asked for. */
const suitesIfAsked = { checkSuites: suitesShape.checkSuites.default(null) };

const saidShape = {
  id: z.string(),
  url: z.string(),
  author: z.object({ __typename: z.string(), login: z.string() }).nullable(),
  body: z.string(),
  createdAt: z.string(),
  publishedAt: z.string().nullable(),
  lastEditedAt: z.string().nullable(),
  includesCreatedEdit: z.boolean(),
  isMinimized: z.boolean(),
  viewerDidAuthor: z.boolean(),
  reactionGroups: z.array(z.object({ content: z.string(), viewerHasReacted: z.boolean() })).nullable(),
};
const backwards = z.object({ hasPreviousPage: z.boolean(), startCursor: z.string().nullable() });
const commentsPage = z.object({ totalCount: z.int(), pageInfo: backwards, nodes: z.array(z.object(saidShape)) });
const reviewCommentsPage = z.object({
  totalCount: z.int(),
  pageInfo,
  nodes: z.array(z.object({ ...saidShape, originalCommit: z.object({ oid: z.string() }).nullable() })),
});
const reviewsPage = z.object({
  totalCount: z.int(),
  pageInfo: backwards,
  nodes: z.array(
    z.object({
      ...saidShape,
      state: z.string(),
      submittedAt: z.string().nullable(),
      commit: z.object({ oid: z.string() }).nullable(),
      comments: reviewCommentsPage,
    }),
  ),
});
const conversationShape = {
  comments: commentsPage,
  reviews: reviewsPage.nullable(),
  forcePushes: z.object({ nodes: z.array(z.object({ id: z.string() })) }),
  baseMoves: z.object({ nodes: z.array(z.object({ id: z.string() })) }),
};
/** What a floor's exemptions ask about a repository. */
export const traitsShape = {
  visibility,
  isArchived: z.boolean(),
  isFork: z.boolean(),
  repositoryTopics: z.object({ nodes: z.array(z.object({ topic: z.object({ name: z.string() }) }).nullable()) }),
};

/** The organisation's `.github` repository, where there is one. */
export const organisationAnswer = z
  .object({
    repository: z
      .object({
        nameWithOwner: z.string(),
        visibility,
        defaultBranchRef: z
          .object({ name: z.string(), target: z.object({ oid: z.string(), ...policyShape }).nullable() })
          .nullable(),
      })
      .nullable(),
  })
  .nullable();

const owner = z.object({ __typename: z.string(), login: z.string() });

export const defaultBranchAnswer = z.object({
  repository: z.object({
    name: z.string(),
    owner,
    ...traitsShape,
    hasIssuesEnabled: z.boolean(),
    defaultBranchRef: z
      .object({ name: z.string(), target: z.object({ oid: z.string(), ...policyShape }).nullable() })
      .nullable(),
  }),
  organisation: organisationAnswer,
});

export const pullRequestAnswer = z.looseObject({
  repository: z.object({
    id: z.string(),
    name: z.string(),
    owner,
    ...traitsShape,
    squashMergeAllowed: z.boolean(),
    squashMergeCommitMessage: z.enum(['PR_BODY', 'COMMIT_MESSAGES', 'BLANK']).nullish(),
    pullRequest: z.object({
      id: z.string(),
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
        .object({ target: z.object({ oid: z.string(), ...policyShape, ...namesShape, mailmap: treeEntry }).nullable() })
        .nullable(),
      commits: commitsPage,
      files: filesPage.nullable(),
      head: z.object({
        nodes: z.array(z.object({ commit: z.object({ oid: z.string(), ...policyShape, ...suitesIfAsked }) })),
      }),
      ...conversationShape,
    }),
  }),
  organisation: organisationAnswer,
});

export const checkRunsAnswer = z.object({
  repository: z.object({ id: z.string(), object: z.object({ oid: z.string(), ...suitesShape }).nullable() }),
});

export const moreCommitsAnswer = z.object({
  repository: z.object({ pullRequest: z.object({ headRefOid: z.string(), commits: commitsPage }) }),
});
export const authorsAnswer = z.object({
  repository: z.object({ pullRequest: z.object({ headRefOid: z.string(), commits: authorsPage }) }),
});
export const moreFilesAnswer = z.object({
  repository: z.object({ pullRequest: z.object({ headRefOid: z.string(), files: filesPage }) }),
});
export const moreCommentsAnswer = z.object({
  repository: z.object({ pullRequest: z.object({ headRefOid: z.string(), comments: commentsPage }) }),
});
export const moreReviewsAnswer = z.object({
  repository: z.object({ pullRequest: z.object({ headRefOid: z.string(), reviews: reviewsPage }) }),
});
export const moreReviewCommentsAnswer = z.object({ node: z.object({ comments: reviewCommentsPage }).nullable() });

export type PullRequestAnswer = z.output<typeof pullRequestAnswer>;
export type DefaultBranchAnswer = z.output<typeof defaultBranchAnswer>;
export type CommitAnswer = z.output<typeof commitAnswer>;
export type FilesPage = z.output<typeof filesPage>;
export type AuthorsPage = z.output<typeof authorsPage>;
export type CommitsPage = z.output<typeof commitsPage>;
export type PolicyEntries = z.output<z.ZodObject<typeof policyShape>>;
export type TreeEntry = z.output<typeof treeEntry>;
export type NewestRuns = z.output<z.ZodObject<typeof newestRunsShape>>['checkSuites'];
export type CheckSuites = z.output<z.ZodObject<typeof suitesShape>>['checkSuites'];
export type ConversationAnswer = z.output<z.ZodObject<typeof conversationShape>>;
export type SaidAnswer = z.output<z.ZodObject<typeof saidShape>>;
export type ReviewAnswer = z.output<typeof reviewsPage>['nodes'][number];
export type ReviewCommentAnswer = z.output<typeof reviewCommentsPage>['nodes'][number];
