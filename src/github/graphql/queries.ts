// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

/** How many items a page of commits or files holds; GitHub allows 100 at most. */
export const pageSize = 100;

/** Where policy files lie in a commit, by alias. */
const policyPaths = {
  yml: '.github/countersign.yml',
  yaml: '.github/countersign.yaml',
  dco: '.github/dco.yml',
} as const;

const policyFields = Object.entries(policyPaths)
  .map(([alias, path]) => `${alias}: file(path: "${path}") { path object { ... on Blob { ...Text } } }`)
  .join('\n    ');

const blobFragment = 'fragment Text on Blob { oid byteSize isBinary isTruncated text }';

const commitFragment = `
fragment CommitFacts on Commit {
  oid
  message
  author { name email user { login } }
  committer { name email user { login } }
  signature { isValid signer { login } wasSignedByGitHub }
  parents(first: 50) { nodes { oid } }
}`;

/** Everything that a look at a pull request needs, in one request as long as no page is full. */
export const pullRequestQuery = `
query PullRequest($owner: String!, $name: String!, $number: Int!, $appId: Int!, $pageSize: Int!) {
  rateLimit { cost }
  repository(owner: $owner, name: $name) {
    id
    name
    owner { __typename login }
    squashMergeAllowed
    squashMergeCommitMessage
    pullRequest(number: $number) {
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
      baseRef { target { ...Policy ...Mailmap } }
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
      head: commits(last: 1) { nodes { commit { oid ...Policy ...Suites } } }
    }
  }
  organisation: repositoryOwner(login: $owner) {
    repository(name: ".github") {
      nameWithOwner
      defaultBranchRef { name target { ...Policy } }
    }
  }
}
fragment Policy on Commit {
    ${policyFields}
}
fragment Mailmap on Commit { mailmap: file(path: ".mailmap") { path object { ... on Blob { ...Text } } } }
${suitesFragment()}
${commitFragment}
${blobFragment}`;

/** What our App has posted on one commit: the newest run of every name. */
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

function suitesFragment(): string {
  return `
fragment Suites on Commit {
  checkSuites(first: 10, filterBy: { appId: $appId }) {
    nodes {
      status
      checkRuns(first: 100, filterBy: { checkType: LATEST }) {
        nodes { id name status conclusion externalId }
      }
    }
  }
}`;
}
