// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { ChangedFile } from '../git/diff.ts';
import type { GitCommit, GitIdentity } from '../git/objects.ts';
import { accountByEmail } from '../state/accounts.ts';
import type { Repository, SignatureState } from '../state/model.ts';
import { fullName, type World } from '../state/world.ts';
import { iso } from '../time.ts';
import { maybeUser } from './account.ts';
import { repositoryUrl } from './repository.ts';

const identity = (one: GitIdentity) => ({ name: one.name, email: one.email, date: iso(one.date) });

function verification(signature: SignatureState | undefined) {
  return {
    verified: signature?.valid ?? false,
    reason: signature ? (signature.valid ? 'valid' : 'invalid') : 'unsigned',
    signature: signature ? 'simulated' : null,
    payload: signature ? 'simulated' : null,
    verified_at: null,
  };
}

/** A commit as REST lists it. */
export function commitResource(world: World, repository: Repository, one: GitCommit) {
  const url = repositoryUrl(world, repository);
  const page = `${world.origin}/${fullName(repository)}/commit`;
  return {
    sha: one.sha,
    node_id: `C_${Buffer.from(`${repository.id}:${one.sha}`).toString('base64url')}`,
    commit: {
      author: identity(one.author),
      committer: identity(one.committer),
      message: one.message,
      tree: { sha: one.tree, url: `${url}/git/trees/${one.tree}` },
      url: `${url}/git/commits/${one.sha}`,
      comment_count: 0,
      verification: verification(repository.signatures.get(one.sha)),
    },
    url: `${url}/commits/${one.sha}`,
    html_url: `${page}/${one.sha}`,
    comments_url: `${url}/commits/${one.sha}/comments`,
    author: maybeUser(world, accountByEmail(world, one.author.email)),
    committer: maybeUser(world, accountByEmail(world, one.committer.email)),
    parents: one.parents.map((sha) => ({ sha, url: `${url}/commits/${sha}`, html_url: `${page}/${sha}` })),
  };
}

const statuses = {
  ADDED: 'added',
  MODIFIED: 'modified',
  DELETED: 'removed',
  RENAMED: 'renamed',
  COPIED: 'copied',
  CHANGED: 'changed',
} as const;

/** A changed file as REST lists it. */
export function diffEntry(world: World, repository: Repository, sha: string, one: ChangedFile, patch?: string) {
  const path = one.path.split('/').map(encodeURIComponent).join('/');
  const page = `${world.origin}/${fullName(repository)}`;
  return {
    sha: one.blob,
    filename: one.path,
    status: statuses[one.change],
    additions: one.additions,
    deletions: one.deletions,
    changes: one.additions + one.deletions,
    blob_url: `${page}/blob/${sha}/${path}`,
    raw_url: `${page}/raw/${sha}/${path}`,
    contents_url: `${repositoryUrl(world, repository)}/contents/${path}?ref=${sha}`,
    ...(patch === undefined ? {} : { patch }),
    ...(one.previousPath === null ? {} : { previous_filename: one.previousPath }),
  };
}
