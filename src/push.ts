// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Context } from 'probot';
import type { RepositoryRef, Subject } from './inbox/inbox.ts';

type Push = Context<'push'>['payload'];

/** Policies may extend any file; those that lie here are taken for one. Workflows and the like are none. */
const policyPath = /^(?:\.github\/(?!(?:workflows|actions|ISSUE_TEMPLATE)\/).+\.ya?ml|\.mailmap)$/;
/** Whatever policies may extend, wherever it lies; in the organisation's `.github` repository other repositories' may. */
const extensiblePath = /^(?!\.github\/(?:workflows|actions|ISSUE_TEMPLATE)\/).+\.ya?ml$/;
/** GitHub's "push" payload names at most 2,048 commits. */
const mostPushedCommits = 2048;

/** A push matters where it may have changed what pull requests into that branch, or elsewhere, are judged by. */
export function ofPush(payload: Push, repository: RepositoryRef | null): readonly Subject[] {
  if (repository === null || payload.deleted) return [];
  // The commits of a forced push leave out what it took away.
  const tells = !payload.forced && payload.commits.length < mostPushedCommits;
  const touched = payload.commits.flatMap(({ added, modified, removed }) => [
    ...(added ?? []),
    ...(modified ?? []),
    ...(removed ?? []),
  ]);
  return [...ofBranch(payload, repository, tells, touched), ...ofFoundation(payload, repository, tells, touched)];
}

function ofBranch(
  payload: Push,
  repository: RepositoryRef,
  tells: boolean,
  touched: readonly string[],
): readonly Subject[] {
  if (!payload.ref.startsWith('refs/heads/')) return [];
  const base = withoutHeads(payload.ref);
  const isShared = repository.name.toLowerCase() === '.github' && base === payload.repository.default_branch;
  const matters = isShared ? extensiblePath : policyPath;
  if (tells && !touched.some((path) => matters.test(path))) {
    return base === payload.repository.default_branch ? ofExtensible(repository, base, payload.after, touched) : [];
  }
  // The organisation's own policy may hold in each of its repositories.
  if (isShared) return [{ kind: 'installation', installationId: repository.installationId }];
  return [{ kind: 'open-pull-requests', repository, base, headSha: null }];
}

/** More are not worth to be told apart. */
const mostPaths = 100;

/** What policies in other repositories may build on. A tag's push tells of no files. */
function ofFoundation(
  payload: Push,
  repository: RepositoryRef,
  tells: boolean,
  touched: readonly string[],
): readonly Subject[] {
  const [, kind, ref] = /^refs\/(heads|tags)\/(.+)$/.exec(payload.ref) ?? [];
  if (ref === undefined || (kind === 'tags' && payload.created)) return [];
  const paths = [...new Set(touched)].filter((path) => extensiblePath.test(path));
  const isKnown = tells && kind === 'heads' && paths.length <= mostPaths;
  if (isKnown && paths.length === 0) return [];
  const isDefault = kind === 'heads' && ref === payload.repository.default_branch;
  const sha = payload.after;
  return [{ kind: 'extended-files', repository, ref, isDefault, sha, paths: isKnown ? paths : null }];
}

/** Which of them the policy builds on takes a request to find out. */
function ofExtensible(repository: RepositoryRef, base: string, sha: string, touched: readonly string[]): Subject[] {
  const paths = [...new Set(touched)].filter((path) => extensiblePath.test(path));
  if (paths.length === 0) return [];
  if (paths.length > mostPaths) return [{ kind: 'open-pull-requests', repository, base, headSha: null }];
  return [{ kind: 'policy-files', repository, base, sha, paths }];
}

/** A branch's name without what Git puts before it. */
export function withoutHeads(ref: string): string {
  return ref.replace(/^refs\/heads\//, '');
}
