// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { git } from './run.ts';

export interface Person {
  readonly name: string;
  readonly email: string;
}

/** A file's content, a link's target or a submodule's commit; null deletes. */
export type NewContent = string | Buffer | null | { readonly symlink: string } | { readonly submodule: string };

/** A commit to be made. What is left out has a fixed default, so that equal calls give equal object ids. */
export interface NewCommit {
  readonly message: string;
  readonly author?: Person;
  /** The author unless given. */
  readonly committer?: Person;
  /** ISO 8601; the repository's own clock, a minute later with each commit, unless given. */
  readonly date?: string;
  /** Path → what lies there from now on. */
  readonly files?: Readonly<Record<string, NewContent>>;
  /** The commit before it on the branch unless given. */
  readonly parents?: readonly string[];
  /** Object id of a whole tree to start from, in place of the first parent's. */
  readonly tree?: string;
}

export type DatedCommit = NewCommit & { readonly author: Person; readonly date: string };

function quote(path: string): string {
  return `"${path.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}

function data(content: string | Buffer): Buffer {
  const bytes = Buffer.from(content as string);
  return Buffer.concat([Buffer.from(`data ${bytes.length}\n`), bytes, Buffer.from('\n')]);
}

function identity(kind: string, person: Person, date: string): string {
  if (/[<>\n\0]/.test(person.name + person.email)) {
    throw new Error(
      `Git cannot record the identity «${person.name} <${person.email}>»; write a raw commit object for it`,
    );
  }
  const name = person.name === '' ? '' : `${person.name} `;
  return `${kind} ${name}<${person.email}> ${Math.floor(Date.parse(date) / 1000)} +0000\n`;
}

function fileChanges(files: NewCommit['files']): Buffer[] {
  return Object.entries(files ?? {}).flatMap(([path, content]) => fileChange(quote(path), content));
}

function fileChange(path: string, content: NewContent): Buffer[] {
  if (content === null) return [Buffer.from(`D ${path}\n`)];
  if (typeof content === 'object' && 'submodule' in content) {
    return [Buffer.from(`M 160000 ${content.submodule} ${path}\n`)];
  }
  if (typeof content === 'object' && 'symlink' in content) {
    return [Buffer.from(`M 120000 inline ${path}\n`), data(content.symlink)];
  }
  return [Buffer.from(`M 100644 inline ${path}\n`), data(content)];
}

function command(ref: string, commit: DatedCommit, mark: number, parents: readonly string[]): Buffer {
  const [first, ...others] = parents;
  const head =
    `commit ${ref}\nmark :${mark}\n` +
    identity('author', commit.author, commit.date) +
    identity('committer', commit.committer ?? commit.author, commit.date);
  const from = (first ? `from ${first}\n` : '') + others.map((parent) => `merge ${parent}\n`).join('');
  return Buffer.concat([
    Buffer.from(head),
    data(commit.message),
    Buffer.from(from),
    Buffer.from(commit.tree ? `M 040000 ${commit.tree} ""\n` : ''),
    ...fileChanges(commit.files),
    Buffer.from(`\nget-mark :${mark}\n`),
  ]);
}

/**
 * Makes the commits one after the other on `ref`, in a single process however many there are, and moves the ref.
 * Returns their object ids. A commit without `parents` follows the one before it, the first one follows `tip`.
 */
export function fastImport(
  directory: string,
  ref: string,
  tip: string | undefined,
  commits: readonly DatedCommit[],
): string[] {
  const commands = commits.map((commit, index) => {
    const before = index === 0 ? tip : `:${index}`;
    return command(ref, commit, index + 1, commit.parents ?? (before ? [before] : []));
  });
  // Quiet on purpose: its progress report would mix with the object ids asked for.
  const output = git(directory, ['fast-import', '--quiet', '--force'], Buffer.concat(commands));
  return output.trim().split('\n');
}
