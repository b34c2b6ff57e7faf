// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { forkOf } from './ancestry.ts';
import { type ChangedFile, parseDiff, splitPatches } from './diff.ts';
import { type DatedCommit, fastImport, type NewCommit } from './fast-import.ts';
import { openObjectReader } from './object-reader.ts';
import { type GitCommit, parseCommit, parseTree, type TreeItem } from './objects.ts';
import { git, gitAsync } from './run.ts';

/** A real bare Git repository. Its refs change through here only, so that they are kept in memory as well. */
export interface GitStore {
  readonly directory: string;
  /** Full ref name → object id. */
  readonly refs: ReadonlyMap<string, string>;
  /** Commits on top of the ref, which is made or moved. Returns their object ids. */
  write(ref: string, commits: readonly NewCommit[]): string[];
  /** Writes a commit object as it stands, however malformed; returns its id. */
  writeRaw(commit: string | Buffer): string;
  setRef(ref: string, sha: string | null): void;
  /** Merges two commits' trees; throws where the same file changed on both sides. Returns the tree's id. */
  mergeTrees(base: string, ours: string, theirs: string): string;
  commit(sha: string): Promise<GitCommit | null>;
  tree(oid: string): Promise<readonly TreeItem[] | null>;
  blob(oid: string): Promise<Buffer | null>;
  /** What a tag with a message of its own points at; null where there is no such tag. */
  tagged(oid: string): Promise<string | null>;
  /** What lies at the path in a commit's or tree's tree; null where nothing does. */
  at(tree: string, path: string): Promise<TreeItem | null>;
  /** Reachable from head and not from base, parents first. */
  range(base: string, head: string): Promise<readonly string[]>;
  /** Every commit reachable from head, parents first. */
  history(head: string): Promise<readonly string[]>;
  mergeBase(one: string, other: string): Promise<string | null>;
  /** From one tree or commit to another, renames found as GitHub does. */
  diff(from: string, to: string): Promise<readonly ChangedFile[]>;
  patches(from: string, to: string): Promise<readonly (string | undefined)[]>;
  close(): void;
}

/** Git's id of the empty tree, which a root commit is compared with. */
export const emptyTree = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';
const firstCommitAt = Date.UTC(2026, 0, 5, 9);

/** Remembers what a function said for a key: objects and ranges between them never change. */
function remember<Value>(load: (key: string) => Promise<Value>): (key: string) => Promise<Value> {
  const known = new Map<string, Promise<Value>>();
  return (key) => {
    const before = known.get(key);
    if (before) return before;
    const loading = load(key);
    known.set(key, loading);
    // What is missing or failed may be there the next time.
    loading.then(
      (value) => value === null && known.delete(key),
      () => known.delete(key),
    );
    return loading;
  };
}

function initialise(directory: string, defaultBranch: string, shareWith: GitStore | null): void {
  mkdirSync(directory, { recursive: true });
  git(directory, ['init', '--quiet', '--bare', '--template=', `--initial-branch=${defaultBranch}`]);
  if (!shareWith) return;
  // As on GitHub, a fork and its upstream share one object store: each commit of one can be read through the other.
  rmSync(join(directory, 'objects'), { recursive: true });
  symlinkSync(join(shareWith.directory, 'objects'), join(directory, 'objects'));
}

/** As a file of its own, which is how Git keeps it too: a process for each would take most of the time of many a test. */
function writeRef(directory: string, ref: string, sha: string | null): void {
  const file = join(directory, ref);
  if (sha === null) {
    rmSync(file, { force: true });
    return;
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${sha}\n`);
}

/** Makes an empty bare repository; with `shareWith`, one that shares the other's objects, as a fork does. */
export function createStore(directory: string, defaultBranch: string, shareWith: GitStore | null): GitStore {
  initialise(directory, defaultBranch, shareWith);
  const reader = openObjectReader(directory);
  const refs = new Map<string, string>();
  let made = 0;

  function dated(commit: NewCommit): DatedCommit {
    const date = commit.date ?? new Date(firstCommitAt + made++ * 60_000).toISOString();
    return { ...commit, date, author: commit.author ?? { name: 'Example Author', email: 'author@example.org' } };
  }

  const commit = remember(async (sha) => {
    const object = await reader.read(sha);
    return object?.type === 'commit' ? parseCommit(object.oid, object.content) : null;
  });
  const tree = remember(async (oid) => {
    const object = await reader.read(oid);
    return object?.type === 'tree' ? parseTree(object.content) : null;
  });
  const parentsOf = async (sha: string) => (await commit(sha))?.parents ?? null;
  const range = remember(async (key) => {
    const [head = '', base] = key.split(' ^');
    const fork = base === undefined ? null : await forkOf(base, head, parentsOf);
    if (fork !== null) return fork.line;
    const output = await gitAsync(directory, ['rev-list', '--topo-order', '--reverse', ...key.split(' ')]);
    return output === '' ? [] : output.trimEnd().split('\n');
  });
  const diffOptions = ['-z', '--no-abbrev', '--find-renames', '-l0'];
  const diff = remember(async (key) =>
    parseDiff(await gitAsync(directory, ['diff', '--raw', '--numstat', ...diffOptions, ...key.split(' '), '--'])),
  );
  const mergeBase = remember(async (key) => {
    const [one = '', other = ''] = key.split(' ');
    const fork = (await forkOf(one, other, parentsOf)) ?? (await forkOf(other, one, parentsOf));
    if (fork !== null) return fork.mergeBase;
    return gitAsync(directory, ['merge-base', one, other]).then(
      (output) => output.trim(),
      () => null,
    );
  });

  return {
    directory,
    refs,
    write(ref, commits) {
      const shas = fastImport(directory, ref, refs.get(ref), commits.map(dated));
      refs.set(ref, shas.at(-1) as string);
      return shas;
    },
    writeRaw(content) {
      return git(directory, ['hash-object', '-t', 'commit', '-w', '--stdin', '--literally'], content).trim();
    },
    setRef(ref, sha) {
      writeRef(directory, ref, sha);
      if (sha) refs.set(ref, sha);
      else refs.delete(ref);
    },
    mergeTrees(base, ours, theirs) {
      const index = { GIT_INDEX_FILE: join(directory, 'merge.index') };
      try {
        git(directory, ['read-tree', '-i', '-m', '--aggressive', base, ours, theirs], '', index);
        return git(directory, ['write-tree'], '', index).trim();
      } finally {
        rmSync(index.GIT_INDEX_FILE, { force: true });
      }
    },
    commit,
    tree,
    async blob(oid) {
      const object = await reader.read(oid);
      return object?.type === 'blob' ? object.content : null;
    },
    async tagged(oid) {
      const object = await reader.read(oid);
      return object?.type === 'tag' ? (/^object (\w+)$/m.exec(object.content.toString('utf8'))?.[1] ?? null) : null;
    },
    async at(root, path) {
      const start = (await commit(root))?.tree ?? root;
      let item: TreeItem | null = { mode: 0o040000, name: '', oid: start, type: 'tree' };
      for (const name of path.split('/').filter((part) => part !== '')) {
        const items: readonly TreeItem[] | null = item?.type === 'tree' ? await tree(item.oid) : null;
        item = items?.find((one) => one.name === name) ?? null;
      }
      return item;
    },
    range: (base, head) => range(`${head} ^${base}`),
    history: (head) => range(head),
    mergeBase: (one, other) => mergeBase(`${one} ${other}`),
    diff: (from, to) => diff(`${from} ${to}`),
    async patches(from, to) {
      return splitPatches(await gitAsync(directory, ['diff', '--patch', '--find-renames', '-l0', from, to, '--']));
    },
    close: () => reader.close(),
  };
}
