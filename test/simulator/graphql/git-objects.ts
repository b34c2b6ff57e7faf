// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { reads } from '../access.ts';
import type { GitCommit, GitIdentity, TreeItem } from '../git/objects.ts';
import { gitAsync } from '../git/run.ts';
import { emptyTree } from '../git/store.ts';
import { runsOf } from '../state/checks.ts';
import type { Account, Repository, SignatureState } from '../state/model.ts';
import { rollupState } from '../state/rollup.ts';
import { fullName } from '../state/world.ts';
import { iso } from '../time.ts';
import { page, pageArguments } from './connection.ts';
import { define } from './define.ts';

/** A commit as seen through one repository, whose check suites it has. */
export interface CommitNode {
  readonly kind: 'Commit';
  readonly repository: Repository;
  readonly git: GitCommit;
}

interface ObjectNode {
  readonly kind: 'Blob' | 'Tree';
  readonly repository: Repository;
  readonly oid: string;
}

interface BlobNode extends ObjectNode {
  readonly content: Buffer;
}

interface EntryNode {
  readonly repository: Repository;
  readonly item: TreeItem;
  readonly path: string;
  /** The root tree, where `.gitmodules` lies; null for an entry that was found in a directory. */
  readonly root: string | null;
}

/** A submodule as `.gitmodules` in the same commit describes it. */
interface SubmoduleNode {
  readonly path: string;
  readonly url: string;
  readonly oid: string;
}

/** Past this GitHub cuts a blob's text off, and says so. */
const mostBlobText = 512 * 1024;

export async function commitNode(repository: Repository, sha: string): Promise<CommitNode | null> {
  const git = await repository.git.commit(sha);
  return git && { kind: 'Commit', repository, git };
}

/** A blob, tree or commit by its id; null where the repository has no such object. */
export async function objectNode(repository: Repository, item: Pick<TreeItem, 'oid' | 'type'>) {
  if (item.type === 'commit') return commitNode(repository, item.oid);
  if (item.type === 'tree') return { kind: 'Tree', repository, oid: item.oid } as const;
  const content = await repository.git.blob(item.oid);
  return content && { kind: 'Blob', repository, oid: item.oid, content };
}

async function entryNode({ repository, git }: CommitNode, path: string): Promise<EntryNode | null> {
  const clean = path.replace(/\/+$/, '');
  const item = await repository.git.at(git.tree, clean);
  return item && { repository, item, path: clean, root: git.tree };
}

function headline(message: string): string {
  return message.trimStart().split('\n', 1)[0] ?? '';
}

function body(message: string): string {
  return message.trimStart().split('\n').slice(1).join('\n').trim();
}

async function changedFiles({ repository, git }: CommitNode): Promise<number> {
  return (await repository.git.diff(git.parents[0] ?? emptyTree, git.sha)).length;
}

/** Ranges of lines of one file, each with the commit that brought them. */
async function blameOf({ repository, git: { sha } }: CommitNode, path: string) {
  const output = await gitAsync(repository.git.directory, ['blame', '--incremental', sha, '--', path]);
  const found = [...output.matchAll(/^([0-9a-f]{40}) \d+ (\d+) (\d+)$/gm)];
  const ranges = found.map(async ([, by = '', start, lines]) => ({
    startingLine: Number(start),
    endingLine: Number(start) + Number(lines) - 1,
    commit: await commitNode(repository, by),
  }));
  return { ranges: await Promise.all(ranges) };
}

interface BlameRangeNode {
  readonly startingLine: number;
  readonly endingLine: number;
  readonly commit: CommitNode | null;
}

export const blame = define<{ readonly ranges: readonly BlameRangeNode[] }>({ ranges: (one) => one.ranges });
export const blameRange = define<BlameRangeNode>({
  startingLine: (one) => one.startingLine,
  endingLine: (one) => one.endingLine,
  commit: (one) => one.commit,
});

/** The author, and whom the message's trailers name as co-authors. */
function authorsOf(git: GitCommit): GitIdentity[] {
  const named = [...git.message.matchAll(/^co-authored-by: *([^<\n]*?) *<([^>\n]*)>$/gim)];
  return [git.author, ...named.map(([, name = '', email = '']) => ({ ...git.author, name, email }))];
}

export const commit = define<CommitNode>(
  {
    id: (one) => `C_${Buffer.from(`${one.repository.id}:${one.git.sha}`).toString('base64url')}`,
    oid: (one) => one.git.sha,
    abbreviatedOid: (one) => one.git.sha.slice(0, 7),
    message: (one) => one.git.message,
    messageHeadline: (one) => headline(one.git.message),
    messageBody: (one) => body(one.git.message),
    author: (one): GitIdentity => one.git.author,
    committer: (one): GitIdentity => one.git.committer,
    authoredDate: (one) => iso(one.git.author.date),
    committedDate: (one) => iso(one.git.committer.date),
    committedViaWeb: (one) => one.git.committer.email === 'noreply@github.com',
    signature: (one) => {
      const known = one.repository.signatures.get(one.git.sha);
      return known ? { kind: 'GpgSignature', ...known } : null;
    },
    repository: (one) => one.repository,
    url: (one, _, { world }) => `${world.origin}/${fullName(one.repository)}/commit/${one.git.sha}`,
    changedFilesIfAvailable: changedFiles,
    changedFiles,
    authors: { args: pageArguments, resolve: (one, args) => page('authors', authorsOf(one.git), args) },
    parents: {
      args: pageArguments,
      resolve: async (one, args) => {
        const parents = page('parents', one.git.parents, args);
        return { ...parents, nodes: await Promise.all(parents.nodes.map((sha) => commitNode(one.repository, sha))) };
      },
    },
    tree: {
      need: reads('contents'),
      resolve: (one) => ({ kind: 'Tree', repository: one.repository, oid: one.git.tree }),
    },
    file: { args: ['path'], need: reads('contents'), resolve: (one, { path }) => entryNode(one, String(path)) },
    blame: { args: ['path'], need: reads('contents'), resolve: (one, { path }) => blameOf(one, String(path)) },
    history: {
      args: pageArguments,
      need: reads('contents'),
      resolve: async ({ repository, git }, args) => {
        const shas = [...(await repository.git.history(git.sha))].reverse();
        const part = page('history', shas, args);
        return { ...part, nodes: await Promise.all(part.nodes.map((sha) => commitNode(repository, sha))) };
      },
    },
    checkSuites: {
      args: [...pageArguments, 'filterBy'],
      need: reads('checks'),
      resolve: (one, args) => {
        const { appId, checkName } = (args.filterBy ?? {}) as { appId?: number; checkName?: string };
        const suites = (one.repository.checkSuites.get(one.git.sha) ?? [])
          .filter((suite) => !appId || suite.app.id === appId)
          .filter((suite) => !checkName || suite.runs.some((run) => run.name === checkName));
        return page('checkSuites', suites, args);
      },
    },
    statusCheckRollup: {
      need: reads('checks'),
      resolve: (one) => {
        const runs = runsOf(one.repository, one.git.sha);
        return runs.length === 0 ? null : { state: rollupState(one.repository, one.git.sha), commit: one };
      },
    },
  },
  (one) => one.repository,
);

/** A tag with a message of its own. */
export interface TagNode {
  readonly kind: 'Tag';
  readonly repository: Repository;
  readonly oid: string;
  readonly target: string;
}

export const tag = define<TagNode>(
  {
    oid: (one) => one.oid,
    target: { need: reads('contents'), resolve: (one) => commitNode(one.repository, one.target) },
  },
  (one) => one.repository,
);

export const signature = define<SignatureState>({
  isValid: (one) => one.valid,
  state: (one) => (one.valid ? 'VALID' : 'INVALID'),
  wasSignedByGitHub: (one) => one.byGitHub,
  signer: (one, _, { world }): Account | null => {
    const signer = one.signer === null ? undefined : world.accounts.get(one.signer.toLowerCase());
    return signer?.kind === 'User' ? signer : null;
  },
});

const object = {
  id: (one: ObjectNode) => `${one.kind[0]}_${Buffer.from(`${one.repository.id}:${one.oid}`).toString('base64url')}`,
  oid: (one: ObjectNode) => one.oid,
  abbreviatedOid: (one: ObjectNode) => one.oid.slice(0, 7),
  repository: (one: ObjectNode) => one.repository,
};

function isBinary(content: Buffer): boolean {
  return content.subarray(0, 8000).includes(0);
}

export const blob = define<BlobNode>(
  {
    ...object,
    byteSize: (one) => one.content.length,
    isBinary: (one) => isBinary(one.content),
    isTruncated: (one) => one.content.length > mostBlobText,
    text: (one) => (isBinary(one.content) ? null : one.content.toString('utf8', 0, mostBlobText)),
  },
  (one) => one.repository,
);

export const tree = define<ObjectNode>(
  {
    ...object,
    entries: {
      need: reads('contents'),
      resolve: async (one) => {
        const items = (await one.repository.git.tree(one.oid)) ?? [];
        return items.map((item) => ({ repository: one.repository, item, path: item.name, root: null }));
      },
    },
  },
  (one) => one.repository,
);

async function submoduleOf({ repository, item, path, root }: EntryNode): Promise<SubmoduleNode | null> {
  if (item.type !== 'commit' || root === null) return null;
  const modules = await repository.git.at(root, '.gitmodules');
  const text = modules && (await repository.git.blob(modules.oid))?.toString('utf8');
  const section = (text ?? '').split(/^\[/m).find((one) => one.includes(`path = ${path}\n`));
  const url = /url = (\S+)/.exec(section ?? '')?.[1];
  return url === undefined ? null : { path, url, oid: item.oid };
}

export const submodule = define<SubmoduleNode>({
  gitUrl: (one) => one.url,
  name: (one) => one.path,
  path: (one) => one.path,
  subprojectCommitOid: (one) => one.oid,
});

export const treeEntry = define<EntryNode>({
  submodule: submoduleOf,
  name: (one) => one.item.name || (one.path.split('/').at(-1) ?? ''),
  path: (one) => one.path,
  mode: (one) => one.item.mode,
  type: (one) => one.item.type,
  oid: (one) => one.item.oid,
  object: (one) => (one.item.type === 'commit' ? null : objectNode(one.repository, one.item)),
  repository: (one) => one.repository,
  size: async (one) => (await one.repository.git.blob(one.item.oid))?.length ?? 0,
});
