// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { ActionLicense, Contribution, Entry } from '../contribution/contribution.ts';
import { isLicenseOfTree } from '../rules/license/names.ts';
import type { ActionPlace } from '../rules/rule.ts';
import { checked } from './checked.ts';
import { classify } from './errors.ts';
import {
  actionAnswer,
  actionField,
  actionFileAnswer,
  actionFilesQuery,
  actionsQuery,
  type CommitOfAction,
  type FileOfAction,
} from './graphql/actions.ts';
import type { BlobAnswer } from './graphql/blob.ts';
import { withoutMissing } from './missing.ts';
import type { Asking } from './read-pull-request.ts';

type Repository = Pick<NonNullable<Contribution['repository']>, 'owner' | 'name'>;

/** Read of one directory. */
const mostBeside = 10;
/** Characters of a text: no license is longer. */
const longest = 300_000;
/** Characters of all texts together: more are not identified either. */
const mostText = 3_000_000;

/** A directory of an action's repository, and the names of the license files in it; or why nobody knows. */
type Found = { readonly why: string } | { readonly oid: string; readonly paths: readonly string[] };

/**
 * The license files of actions at the very refs at which they are used: those beside the action or, where none are, at the
 * root. One request for what lies there, and one for the texts that are not known yet. Private repositories are left
 * alone even where the App may read them, as submodules are; the contribution's own may be used by itself.
 */
export async function readActions(
  asking: Asking,
  own: Repository,
  places: readonly ActionPlace[],
): Promise<ActionLicense[]> {
  const found: Found[] = [];
  for (const part of partsOf(places, asking.pageSize / 2)) found.push(...(await findFiles(asking, own, part)));
  const files = places.flatMap(({ repository }, index) => {
    const one = found[index];
    if (one === undefined || 'why' in one) return [];
    return one.paths.slice(0, mostBeside).map((path) => ({ repository, oid: one.oid, path }));
  });
  const textOf = await readTexts(asking, files);
  return places.map((place, index) => {
    const one = found[index];
    if (one === undefined || 'why' in one) return { ...place, files: null, why: one?.why ?? null };
    const { oid, paths } = one;
    const texts = paths.map((path) => ({ path, text: textOf({ repository: place.repository, oid, path }) }));
    return { ...place, files: texts, why: null };
  });
}

async function findFiles(asking: Asking, own: Repository, places: readonly ActionPlace[]): Promise<Found[]> {
  const { query, variables } = actionsQuery(places);
  const fields = places.map((_, index) => actionField(index));
  const asked = asking.client.graphql(query, variables);
  const answer = await withoutMissing(asked, ([field]) => fields.includes(String(field))).catch(whereGone);
  return places.map((place, index) => {
    const field = actionField(index);
    const repository = checked(actionAnswer, answer[field] ?? null, "the query for actions' repositories");
    const isOwn = place.repository === `${own.owner}/${own.name}`.toLowerCase();
    if (repository === null || (repository.isPrivate && !isOwn)) return { why: notPublic(asking.host) };
    const { object } = repository;
    const commit = object !== null && 'target' in object ? object.target : object;
    if (commit === null) return { why: 'its repository has no such version' };
    return { oid: commit.oid, paths: licensePaths(commit, place.directory) };
  });
}

type Answer = Readonly<Record<string, unknown>>;

/** A repository that is gone, or that this App must not see, is no reason to give the pull request up. */
function whereGone(thrown: unknown): Answer {
  if (classify(thrown, Date.now()).kind === 'gone') return {};
  throw thrown;
}

/**
 * The same for what is private and what is not there, so that nobody learns which of the two it is. On a server of one's
 * own, actions may come from github.com, which is never asked.
 */
function notPublic(host: string): string {
  const elsewhere = host === 'github.com' ? '' : '; one on github.com is not asked for';
  return `${host} has no public repository of that name${elsewhere}`;
}

function licensePaths({ tree, file }: CommitOfAction, directory: string): readonly string[] {
  const beside = file?.object == null ? [] : namesIn(file.object);
  return beside.length > 0 ? beside.map((name) => `${directory}/${name}`) : namesIn(tree);
}

/** Symbolic links left out: what they point at is a license file at the root, or goes by another name beside it. */
function namesIn({ entries }: CommitOfAction['tree']): readonly string[] {
  const files = (entries ?? []).filter(({ mode }) => (mode & 0o170000) === 0o100000);
  return files.map(({ name }) => name).filter(isLicenseOfTree);
}

/** The texts by their files; null where one is no text, too large, or past what is read in all. */
async function readTexts(
  asking: Asking,
  files: readonly FileOfAction[],
): Promise<(file: FileOfAction) => string | null> {
  const known = new Map<string, Entry>();
  const wanted = new Map<string, FileOfAction>();
  for (const file of files) {
    const entry = asking.contents?.get(commitOf(asking, file), file.path);
    if (entry === undefined) wanted.set(keyOf(file), file);
    else known.set(keyOf(file), entry);
  }
  let left = mostText;
  for (const part of partsOf([...wanted.values()], asking.pageSize / 5)) {
    if (left <= 0) break;
    for (const [file, entry] of await askForTexts(asking, part)) {
      known.set(keyOf(file), entry);
      asking.contents?.add(commitOf(asking, file), file.path, entry);
      left -= entry?.kind === 'file' ? (entry.text?.length ?? 0) : 0;
    }
  }
  return (file) => {
    const entry = known.get(keyOf(file));
    return entry?.kind === 'file' ? entry.text : null;
  };
}

async function askForTexts(
  asking: Asking,
  files: readonly FileOfAction[],
): Promise<(readonly [FileOfAction, Entry])[]> {
  const { query, variables } = actionFilesQuery(files);
  const answer = await asking.client.graphql<Answer>(query, variables).catch(whereGone);
  return files.map((file, index) => {
    const repository = checked(actionFileAnswer, answer[actionField(index)] ?? null, "the query for actions' licenses");
    const blob = repository?.object ?? null;
    return [file, blob === null ? null : toEntry(blob)] as const;
  });
}

function toEntry({ oid, byteSize: size, isBinary, isTruncated, text }: BlobAnswer): Entry {
  const binary = isBinary ?? text === null;
  const truncated = isTruncated || (text?.length ?? 0) > longest;
  return { kind: 'file', oid, size, mode: 'regular', binary, text: truncated ? null : text, truncated };
}

function keyOf({ repository, oid, path }: FileOfAction): string {
  return `${repository} ${oid} ${path}`;
}

/** What tells commits apart in memory: what one installation sees is not another's. */
function commitOf({ installationId }: Asking, { repository, oid }: FileOfAction): string {
  return `action ${installationId ?? '-'} ${repository} ${oid}`;
}

/** What goes into one request: fewer where GitHub failed to answer larger ones in time. */
function* partsOf<One>(all: readonly One[], most: number): Generator<readonly One[]> {
  const size = Math.max(1, Math.floor(most));
  for (let from = 0; from < all.length; from += size) yield all.slice(from, from + size);
}
