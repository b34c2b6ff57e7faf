// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { createHash } from 'node:crypto';
import type { Contribution, Entry, FileEntry } from '../../../src/contribution/contribution.ts';
import { plain } from '../../../src/report/phrase.ts';
import { license } from '../../../src/rules/license/license.ts';
import { mayBeLicenseName } from '../../../src/rules/license/names.ts';
import { licenseSettings } from '../../../src/rules/license/settings.ts';
import type { Lookup, Need } from '../../../src/rules/rule.ts';
import type { Finding, Verdict } from '../../../src/rules/verdict.ts';
import { contributionOf, shaOf, signedCommitBy } from '../../helpers/contribution.ts';

/** A tag of which REUSE's own tools see nothing in this file. */
export const tag = (expression: string) => `SPDX-License-${'Identifier'}: ${expression}`;

/** What lies at each path: text, or an entry that says more. */
export type Tree = Readonly<Record<string, string | Entry>>;

export interface Change {
  readonly base?: Tree;
  /** What differs from the base; null: deleted. */
  readonly head: Tree;
  /** Where renamed files lay before. */
  readonly renamed?: Readonly<Record<string, string>>;
  readonly settings?: unknown;
  /** Facts that are as they are said to be here, whatever the trees say. */
  readonly facts?: Partial<Contribution>;
}

/** Judges a pull request of one commit, its facts read from two trees in memory by what the rule asks for. */
export function judgeChange({ base = {}, head, renamed = {}, settings = {}, facts = {} }: Change): Verdict {
  const parsed = licenseSettings.parse(settings);
  const merged: Tree = { ...base, ...head };
  const gone = Object.values(renamed);
  const files = Object.entries(head)
    .filter(([path]) => !gone.includes(path))
    .map(([path, entry]) =>
      changedFile(path, entry, Object.hasOwn(base, path), Object.hasOwn(renamed, path) ? renamed[path] : undefined),
    );
  let contribution = contributionOf([signedCommitBy('Ada Example <ada@example.org>', 'Change')], {
    files,
    totals: { commits: 1, files: files.length },
    judgedOn: '2026-11-22',
    ...facts,
  });
  const trees = new Map([
    [contribution.base.sha, base],
    [contribution.head.sha, merged],
  ]);
  for (let round = 0; round < 5; round += 1) {
    const needs = license.needs(contribution, parsed);
    const lookups = needs.flatMap((need) => (need.fact === 'contents' ? need.lookups : []));
    if (lookups.length === 0) break;
    contribution = {
      ...contribution,
      contents: [...contribution.contents, ...lookups.map((one) => answer(one, trees))],
    };
  }
  return license.judge(contribution, parsed);
}

/** What the rule asks for first of a contribution. */
export function firstNeeds(facts: Partial<Contribution>, settings: unknown = {}): readonly Need[] {
  const contribution = contributionOf([signedCommitBy('Ada Example <ada@example.org>', 'Change')], facts);
  return license.needs(contribution, licenseSettings.parse(settings));
}

export const baseSha = shaOf(0);

/** Levels, codes and places of findings, one line each: `error license.removed LICENSE`. */
export function lines({ findings }: Pick<Verdict, 'findings'>): string[] {
  return findings.map(({ level, code, at }) => [level, code.replace('license.', ''), place(at)].join(' ').trim());
}

export function words({ findings }: Pick<Verdict, 'findings'>): string {
  return findings.map(({ text }) => plain(text)).join('\n');
}

function place(at: Finding['at']): string {
  if (at === null || !('path' in at)) return '';
  return at.line === undefined ? at.path : `${at.path}:${at.line}`;
}

function changedFile(path: string, entry: string | Entry, wasThere: boolean, from: string | undefined) {
  if (from !== undefined) return { path, change: 'renamed' as const, previousPath: from };
  if (entry === null) return { path, change: 'deleted' as const };
  return { path, change: wasThere ? ('modified' as const) : ('added' as const) };
}

function answer({ commit, path }: Lookup, trees: ReadonlyMap<string, Tree>) {
  return { commit, path, entry: entryIn(trees.get(commit) ?? {}, path) };
}

function entryIn(tree: Tree, path: string): Entry {
  const found = Object.hasOwn(tree, path) ? tree[path] : undefined;
  if (typeof found === 'string') return fileOf(found);
  if (found !== undefined) return found;
  const below = Object.keys(tree).filter((one) => one.startsWith(`${path}/`) && tree[one] !== null);
  const names = [...new Set(below.map((one) => one.slice(path.length + 1).split('/')[0] ?? ''))];
  return names.length === 0 ? null : { kind: 'directory', names: names.filter(mayBeLicenseName) };
}

/** A file with this text, and whatever else is said of it. */
export function fileOf(text: string, more: Partial<FileEntry> = {}): FileEntry {
  const oid = createHash('sha1').update(text).digest('hex');
  const size = Buffer.byteLength(text);
  return { kind: 'file', oid, size, mode: 'regular', binary: false, text, truncated: false, ...more };
}
