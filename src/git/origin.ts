// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Contribution } from '../contribution/contribution.ts';
import { gitHubRepository } from '../rules/git-address.ts';
import { git } from './git.ts';

/** The repository on that GitHub that the remote `origin` leads to; null: none. @throws GitError */
export async function readOrigin(host: string): Promise<Contribution['repository']> {
  const { stdout } = await git(['config', '--get', 'remote.origin.url']);
  const found = gitHubRepository(stdout.toString('utf8').trim(), host);
  if (found === null) return null;
  const [owner = '', name = ''] = found.split('/');
  return { host, owner, ownerType: 'Organization', name, squash: null };
}
