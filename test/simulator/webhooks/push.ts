// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { GitIdentity } from '../git/objects.ts';
import { emptyTree } from '../git/store.ts';
import { restLogin, userByEmail } from '../state/accounts.ts';
import type { Happening } from '../state/events.ts';
import type { Repository } from '../state/model.ts';
import { fullName, type World } from '../state/world.ts';
import type { Payload } from './payloads.ts';

const nothing = '0'.repeat(40);
/** «This array includes a maximum of 2048 commits.» https://docs.github.com/webhooks/webhook-events-and-payloads#push */
const mostCommits = 2048;

function person(world: World, one: GitIdentity) {
  const user = userByEmail(world, one.email);
  return { name: one.name, email: one.email, ...(user ? { username: user.login } : {}) };
}

async function pushedCommit(world: World, repository: Repository, sha: string) {
  const commit = await repository.git.commit(sha);
  if (!commit) throw new Error(`No commit ${sha} in what was pushed`);
  const files = await repository.git.diff(commit.parents[0] ?? emptyTree, sha);
  const paths = (...changes: string[]) => files.filter((one) => changes.includes(one.change)).map((one) => one.path);
  const renamedFrom = files.filter((one) => one.change === 'RENAMED').map((one) => one.previousPath ?? '');
  return {
    id: sha,
    tree_id: commit.tree,
    distinct: true,
    message: commit.message,
    timestamp: commit.committer.date,
    url: `${world.origin}/${fullName(repository)}/commit/${sha}`,
    author: person(world, commit.author),
    committer: person(world, commit.committer),
    added: paths('ADDED', 'COPIED', 'RENAMED'),
    removed: [...paths('DELETED'), ...renamedFrom],
    modified: paths('MODIFIED', 'CHANGED'),
  };
}

/** The `push` event. A branch that is made or deleted has forty zeros on the side where it isn't. */
export async function pushBody(world: World, happening: Extract<Happening, { event: 'push' }>): Promise<Payload> {
  const { repository, ref, before, after, sender } = happening;
  const { git } = repository;
  const known = before ?? git.refs.get(`refs/heads/${repository.defaultBranch}`) ?? null;
  const shas = after && known ? await git.range(known, after) : [];
  const commits = await Promise.all(shas.slice(-mostCommits).map((sha) => pushedCommit(world, repository, sha)));
  const forced = before !== null && after !== null && (await git.mergeBase(before, after)) !== before;
  const from = (before ?? nothing).slice(0, 12);
  return {
    ref,
    before: before ?? nothing,
    after: after ?? nothing,
    created: before === null,
    deleted: after === null,
    forced,
    base_ref: null,
    compare: `${world.origin}/${fullName(repository)}/compare/${from}...${(after ?? nothing).slice(0, 12)}`,
    commits,
    head_commit: after ? await pushedCommit(world, repository, after) : null,
    pusher: { name: restLogin(sender), email: sender.emails[0] ?? null },
  };
}
