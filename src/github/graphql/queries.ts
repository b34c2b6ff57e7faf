// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { blobFragment } from './blob.ts';

/** How many items a page of commits or files holds; GitHub allows 100 at most. */
export const pageSize = 100;

/**
 * Reviews of the first page. GitHub charges for the inline comments of each that there could be: with a page of 100, the
 * query would cost twice as much in every pull request.
 */
const firstReviews = 10;

/** Where policy files lie in a commit, by alias. */
const policyPaths = {
  yml: '.github/countersign.yml',
  yaml: '.github/countersign.yaml',
  dco: '.github/dco.yml',
} as const;

const policyFields = Object.entries(policyPaths)
  .map(([alias, path]) => `${alias}: file(path: "${path}") { path object { ... on Blob { ...Text } } }`)
  .join('\n    ');

const policyFragment = `fragment Policy on Commit {
    ${policyFields}
}`;

/** What the policy fields of a query need. */
export const policyFragments = `${policyFragment}\n${blobFragment}`;

/** The organisation's policy files, of the owner in the variable `owner`. */
export const organisationField = `organisation: repositoryOwner(login: $owner) {
    repository(name: ".github") {
      nameWithOwner
      visibility
      defaultBranchRef { name target { ... on Commit { oid } ...Policy } }
    }
  }`;

const commitFragment = `
fragment CommitFacts on Commit {
  oid
  message
  authoredDate
  author { name email user { login } }
  committer { name email user { login } }
  signature { isValid signer { login } wasSignedByGitHub }
  parents(first: 50) { nodes { oid } }
}`;

/** What was said, and whether it still stands. `reactionGroups` tell whether we have acknowledged it. */
const saidFields = `
    id
    url
    author { __typename login }
    body
    createdAt
    publishedAt
    lastEditedAt
    includesCreatedEdit
    isMinimized
    viewerDidAuthor
    reactionGroups { content viewerHasReacted }`;

const reviewCommentFields = `${saidFields}
    originalCommit { oid }`;

const reviewFields = `${saidFields}
    state
    submittedAt
    commit { oid }
    comments(first: $pageSize) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes { ${reviewCommentFields} }
    }`;

/**
 * Everything that a look at a pull request needs, in one request as long as no page is full. `further` are fields of the
 * query that are asked along with it, with the declarations of their variables. Without `suites` it leaves out what the App
 * has posted, which a user's token may not be able to read.
 */
export const pullRequestQuery = (further = { declarations: '', fields: '' }, suites = true) => `
query PullRequest($owner: String!, $name: String!, $number: Int!, ${suites ? '$appId: Int!, ' : ''}$pageSize: Int!${further.declarations}) {
  rateLimit { cost }
  repository(owner: $owner, name: $name) {
    id
    name
    owner { __typename login }
    visibility
    isArchived
    isFork
    repositoryTopics(first: 20) { nodes { topic { name } } }
    squashMergeAllowed
    squashMergeCommitMessage
    pullRequest(number: $number) {
      id
      number
      url
      state
      isDraft
      updatedAt
      author { __typename login }
      baseRefName
      baseRefOid
      headRefName
      headRefOid
      baseRef { target { oid ...Policy ...Mailmap ...Names } }
      commits(first: $pageSize) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { commit { ...CommitFacts } }
      }
      files(first: $pageSize) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { path changeType }
      }
      head: commits(last: 1) { nodes { commit { oid ...Policy ${suites ? '...Suites ' : ''}} } }
      comments(last: $pageSize) {
        totalCount
        pageInfo { hasPreviousPage startCursor }
        nodes { ${saidFields} }
      }
      reviews(last: ${firstReviews}) {
        totalCount
        pageInfo { hasPreviousPage startCursor }
        nodes { ${reviewFields} }
      }
      forcePushes: timelineItems(last: 1, itemTypes: [HEAD_REF_FORCE_PUSHED_EVENT]) {
        nodes { ... on HeadRefForcePushedEvent { id } }
      }
      baseMoves: timelineItems(
        last: 1
        itemTypes: [BASE_REF_CHANGED_EVENT, AUTOMATIC_BASE_CHANGE_SUCCEEDED_EVENT, BASE_REF_FORCE_PUSHED_EVENT]
      ) {
        nodes {
          ... on BaseRefChangedEvent { id }
          ... on AutomaticBaseChangeSucceededEvent { id }
          ... on BaseRefForcePushedEvent { id }
        }
      }
    }
  }
  ${organisationField}
${further.fields}
}
${policyFragment}
fragment Names on Commit {
    tree { entries { name type } }
    dotGitHub: file(path: ".github") { object { ... on Tree { entries { name type } } } }
}
fragment Mailmap on Commit { mailmap: file(path: ".mailmap") { path object { ... on Blob { ...Text } } } }
${suites ? suitesFragment() : ''}
${commitFragment}
${blobFragment}`;

/** The default branch of a repository, and the policy on it. */
export const defaultBranchQuery = `
query DefaultBranch($owner: String!, $name: String!) {
  rateLimit { cost }
  repository(owner: $owner, name: $name) {
    name
    owner { __typename login }
    visibility
    isArchived
    isFork
    repositoryTopics(first: 20) { nodes { topic { name } } }
    hasIssuesEnabled
    defaultBranchRef { name target { oid ...Policy } }
  }
  ${organisationField}
}
${policyFragment}
${blobFragment}`;

/** What our App has posted on one commit. */
export const checkRunsQuery = `
query CheckRuns($owner: String!, $name: String!, $sha: GitObjectID!, $appId: Int!) {
  rateLimit { cost }
  repository(owner: $owner, name: $name) {
    id
    object(oid: $sha) { ... on Commit { oid ...Suites } }
  }
}
${suitesFragment()}`;

/** A further page of commits. The head is asked again, since it may move between two pages. */
export const moreCommitsQuery = `
query MoreCommits($owner: String!, $name: String!, $number: Int!, $pageSize: Int!, $after: String!) {
  rateLimit { cost }
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      headRefOid
      commits(first: $pageSize, after: $after) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { commit { ...CommitFacts } }
      }
    }
  }
}
${commitFragment}`;

/** A page of commits with their authors: the first where `after` is null. */
export const authorsQuery = `
query Authors($owner: String!, $name: String!, $number: Int!, $pageSize: Int!, $after: String) {
  rateLimit { cost }
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      headRefOid
      commits(first: $pageSize, after: $after) {
        pageInfo { hasNextPage endCursor }
        nodes { commit { authors(first: 100) { nodes { user { login } } } } }
      }
    }
  }
}`;

/** A page of changed files: the first where `after` is null. */
export const moreFilesQuery = `
query MoreFiles($owner: String!, $name: String!, $number: Int!, $pageSize: Int!, $after: String) {
  rateLimit { cost }
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      headRefOid
      files(first: $pageSize, after: $after) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { path changeType }
      }
    }
  }
}`;

/** The page of comments before one. */
export const moreCommentsQuery = `
query MoreComments($owner: String!, $name: String!, $number: Int!, $pageSize: Int!, $before: String!) {
  rateLimit { cost }
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      headRefOid
      comments(last: $pageSize, before: $before) {
        totalCount
        pageInfo { hasPreviousPage startCursor }
        nodes { ${saidFields} }
      }
    }
  }
}`;

/** The page of reviews before one. */
export const moreReviewsQuery = `
query MoreReviews($owner: String!, $name: String!, $number: Int!, $pageSize: Int!, $before: String!) {
  rateLimit { cost }
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      headRefOid
      reviews(last: $pageSize, before: $before) {
        totalCount
        pageInfo { hasPreviousPage startCursor }
        nodes { ${reviewFields} }
      }
    }
  }
}`;

/** A further page of one review's inline comments. */
export const moreReviewCommentsQuery = `
query MoreReviewComments($id: ID!, $pageSize: Int!, $after: String!) {
  rateLimit { cost }
  node(id: $id) {
    ... on PullRequestReview {
      comments(first: $pageSize, after: $after) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { ${reviewCommentFields} }
      }
    }
  }
}`;

/** The newest run of every name. One suite is all that GitHub makes for an App and a commit, and it charges for more. */
export const newestRunsFragment = `
fragment Suites on Commit {
  checkSuites(first: 1, filterBy: { appId: $appId }) {
    nodes {
      status
      ${newestRunsField()}
    }
  }
}`;

/** Newest runs to compare with, and every attempt to learn since when a result could be seen. */
function suitesFragment(): string {
  return `
fragment Suites on Commit {
  checkSuites(first: 10, filterBy: { appId: $appId }) {
    nodes {
      status
      ${newestRunsField()}
      attempts: checkRuns(first: 100, filterBy: { checkType: ALL }) {
        nodes { name startedAt externalId }
      }
    }
  }
}`;
}

function newestRunsField(): string {
  return `checkRuns(first: 100, filterBy: { checkType: LATEST }) {
        nodes { id name status conclusion externalId }
      }`;
}
