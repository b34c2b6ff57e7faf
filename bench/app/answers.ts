// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { createHash } from 'node:crypto';
import {
  author,
  commitMessages,
  filesOf,
  indexOf,
  type PullRequest,
  policyOf,
  pullRequest,
  rootFiles,
  shaOf,
  upstreamDiff,
  upstreamPath,
} from './pull-requests.ts';

type Variables = Readonly<Record<string, unknown>>;

/** A check run that was posted, as far as the benchmark wants to know. */
export interface Posted {
  readonly index: number;
  /** Conclusions by name. */
  readonly checks: Readonly<Record<string, string>>;
}

export interface Answer {
  /** What was asked, for the count: the operation's name, or the route. */
  readonly operation: string;
  /** Points of GitHub's limit of 2,000 a minute that a request costs. */
  readonly points: number;
  readonly status: number;
  readonly body: unknown;
  readonly posted?: Posted;
}

/** What GitHub answers to a request of the App's. Throws for one that this benchmark does not know. */
export function answerTo(method: string, path: string, body: string, web: string): Answer {
  if (path === '/api/graphql') return graphql(JSON.parse(body), web);
  const rest = (operation: string, answer: unknown, status = 200): Answer => {
    return { operation, points: 1, status, body: answer };
  };
  if (path === '/api/v3/app') return rest('GET /app', { id: 1, slug: 'countersign' });
  // For the weekly report, whose hour may fall into the benchmark.
  if (path.startsWith('/api/v3/app/installations?')) return rest('GET installations', []);
  if (/^\/api\/v3\/app\/installations\/\d+\/access_tokens$/.test(path) && method === 'POST') {
    const expires = new Date(Date.now() + 3_600_000).toISOString();
    return rest('POST access_tokens', { token: 'token', expires_at: expires, permissions: {} }, 201);
  }
  if (path.startsWith('/api/v3/repos/upstream/engine/compare/')) return rest('GET compare', { status: 'behind' });
  if (path.startsWith('/api/v3/repos/upstream/engine/commits/')) {
    return rest('GET commit', {
      files: [{ filename: upstreamPath, status: 'modified', changes: changesOf(upstreamDiff), patch: upstreamDiff }],
    });
  }
  throw new Error(`The benchmark's GitHub has no answer to ${method} ${path}`);
}

interface Question {
  readonly query: string;
  readonly variables: Variables;
}

function graphql({ query, variables }: Question, web: string): Answer {
  const [, kind, operation = ''] = /^\s*(query|mutation)\s+(\w+)/.exec(query) ?? [];
  const answer = { operation: `${kind} ${operation}`, points: kind === 'mutation' ? 5 : 1, status: 200 };
  switch (operation) {
    case 'PullRequest':
      return { ...answer, body: { data: readPullRequest(variables, web) } };
    case 'Contents':
      return { ...answer, body: { data: readContents(query, variables, web) } };
    case 'CheckRuns':
      return { ...answer, body: { data: writeCheckRuns(variables) }, posted: postedBy(variables) };
    default:
      throw new Error(`The benchmark's GitHub has no answer to ${kind} ${operation}`);
  }
}

function readPullRequest({ number, owner, name }: Variables, web: string) {
  const index = Number(number) - 1;
  const one = pullRequest(index);
  if (owner !== one.owner || name !== one.name) throw new Error(`${owner}/${name} has no pull request ${number}`);
  const policy = { yml: entry('.github/countersign.yml', policyOf(one)), yaml: null, dco: null };
  const names = {
    tree: { entries: Object.keys(rootFiles).map((name) => ({ name, type: 'blob' })) },
    dotGitHub: { object: { entries: [{ name: 'countersign.yml', type: 'blob' }] } },
  };
  const pageInfo = { hasNextPage: false, endCursor: null };
  const commits = commitsOf(one);
  const files = filesOf(index, web);
  return {
    rateLimit: { cost: 1 },
    repository: {
      id: `R_${one.owner}_${one.name}`,
      name: one.name,
      owner: { __typename: 'Organization', login: one.owner },
      visibility: 'PUBLIC',
      isArchived: false,
      isFork: false,
      repositoryTopics: { nodes: [] },
      squashMergeAllowed: true,
      squashMergeCommitMessage: 'COMMIT_MESSAGES',
      pullRequest: {
        id: `PR_${number}`,
        number,
        url: `${web}/${one.owner}/${one.name}/pull/${number}`,
        state: 'OPEN',
        isDraft: false,
        updatedAt: '2026-01-02T03:04:05Z',
        author: { __typename: 'User', login: 'ada' },
        baseRefName: 'main',
        baseRefOid: one.baseSha,
        headRefName: 'topic',
        headRefOid: one.headSha,
        baseRef: { target: { oid: one.baseSha, ...policy, ...names, mailmap: null } },
        commits: { totalCount: commits.length, pageInfo, nodes: commits.map((commit) => ({ commit })) },
        files: {
          totalCount: files.length,
          pageInfo,
          nodes: files.map(({ path, before }) => ({ path, changeType: before === null ? 'ADDED' : 'MODIFIED' })),
        },
        head: { nodes: [{ commit: { oid: one.headSha, ...policy, checkSuites: { nodes: [] } } }] },
        ...conversationOf(`${web}/${one.owner}/${one.name}/pull/${number}`),
      },
    },
    organisation: null,
  };
}

const remarks = ['Thank you, this is the fix that we need.', 'Could the second commit say which register it is?'];

/** Comments that ask the App for nothing, and no reviews. */
function conversationOf(pullRequestUrl: string) {
  const comments = remarks.map((body, at) => ({
    id: `IC_${at}`,
    url: `${pullRequestUrl}#issuecomment-${at}`,
    author: { __typename: 'User', login: 'ben' },
    body,
    createdAt: '2026-01-02T03:00:00Z',
    publishedAt: '2026-01-02T03:00:00Z',
    lastEditedAt: null,
    includesCreatedEdit: false,
    isMinimized: false,
    viewerDidAuthor: false,
    reactionGroups: [],
  }));
  const pageInfo = { hasPreviousPage: false, startCursor: null };
  return {
    comments: { totalCount: comments.length, pageInfo, nodes: comments },
    reviews: { totalCount: 0, pageInfo, nodes: [] },
    forcePushes: { nodes: [] },
    baseMoves: { nodes: [] },
  };
}

function commitsOf({ index, headSha, baseSha }: PullRequest) {
  const messages = commitMessages(index);
  const shas = messages.map((_, at) => (at === messages.length - 1 ? headSha : shaOf(`commit ${at}`, index)));
  const person = { ...author, user: { login: 'ada' } };
  return messages.map((message, at) => ({
    oid: shas[at],
    message,
    authoredDate: '2026-01-02T03:04:05Z',
    author: person,
    committer: person,
    signature: null,
    parents: { nodes: [{ oid: shas[at - 1] ?? baseSha }] },
  }));
}

/** Each alias `eN` asks for the path `$pI` in the commit `$cK`. */
const alias = /(e\d+): object\(oid: \$(c\d+)\) \{ \.\.\. on Commit \{ file\(path: \$(p\d+)\)/g;

function readContents(query: string, variables: Variables, web: string) {
  const [, anyCommit] = Object.entries(variables).find(([name]) => /^c\d+$/.test(name)) ?? [];
  const index = indexOf(String(anyCommit));
  const one = pullRequest(index);
  const trees = new Map([
    [one.headSha, new Map(Object.entries(rootFiles))],
    [one.baseSha, new Map(Object.entries(rootFiles))],
  ]);
  for (const { path, before, after } of filesOf(index, web)) {
    trees.get(one.headSha)?.set(path, after);
    if (before !== null) trees.get(one.baseSha)?.set(path, before);
  }
  const fields = [...query.matchAll(alias)].map(([, name = '', commit = '', path = '']) => {
    const tree = trees.get(String(variables[commit]));
    if (tree === undefined) throw new Error(`There is no commit ${variables[commit]}`);
    const at = String(variables[path]);
    const text = tree.get(at);
    return [
      name,
      { file: text === undefined ? null : { mode: 0o100644, type: 'blob', submodule: null, ...entry(at, text) } },
    ];
  });
  return { rateLimit: { cost: 1 }, repository: { isPrivate: false, ...Object.fromEntries(fields) } };
}

function entry(path: string, text: string) {
  const oid = createHash('sha1').update(`blob ${text.length}\0${text}`).digest('hex');
  return { path, oid, object: { oid, byteSize: text.length, isBinary: false, isTruncated: false, text } };
}

interface Input {
  readonly name: string;
  readonly headSha: string;
  readonly conclusion: string;
}

function inputsOf(variables: Variables): readonly Input[] {
  return Object.values(variables) as Input[];
}

function writeCheckRuns(variables: Variables) {
  const ids = Object.keys(variables).map((name) => [name, { checkRun: { id: `CR_${name}` } }]);
  return Object.fromEntries(ids);
}

function postedBy(variables: Variables): Posted {
  const inputs = inputsOf(variables);
  return {
    index: indexOf(inputs[0]?.headSha ?? ''),
    checks: Object.fromEntries(inputs.map(({ name, conclusion }) => [name, conclusion])),
  };
}

/** Lines that a diff adds or takes away. */
function changesOf(diff: string): number {
  return diff.split('\n').filter((line) => /^[+-]/.test(line)).length;
}
