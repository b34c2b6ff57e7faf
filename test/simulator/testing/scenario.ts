// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { PullRequestHandle } from '../handles/pull-request.ts';
import type { RepositoryHandle } from '../handles/repository.ts';
import { type InstallationHandle, type Simulator, type SimulatorOptions, startSimulator } from '../index.ts';
import { tokenFor } from './client.ts';

export const ada = { name: 'Ada Example', email: 'ada@example.org' };

/** What `app.yml` asks for, written down here so that the simulator's own tests don't depend on it. */
export const permissions = {
  checks: 'write',
  contents: 'read',
  issues: 'write',
  members: 'read',
  merge_queues: 'read',
  pull_requests: 'write',
} as const;
export const events = [
  'check_run',
  'check_suite',
  'issue_comment',
  'merge_group',
  'pull_request',
  'pull_request_review',
  'push',
];

export interface Scenario {
  readonly simulator: Simulator;
  readonly repository: RepositoryHandle;
  readonly installation: InstallationHandle;
  /** From `feature` into `main`: two commits by Ada, the first one signed. */
  readonly pullRequest: PullRequestHandle;
  readonly token: string;
}

/** An organisation `acme` with a member `ada`, a repository `acme/widgets` and a pull request in it. */
export async function startScenario(options: SimulatorOptions = {}): Promise<Scenario> {
  const simulator = await startSimulator({ app: { name: 'Countersign', permissions, events }, ...options });
  simulator.user('ada', { name: ada.name, emails: [ada.email] });
  simulator.user('mallory');
  simulator.organization('acme', { members: ['ada'] });
  const files = {
    'README.md': '# Widgets\n',
    '.mailmap': 'Ada Example <ada@example.org>\n',
    'docs/guide.md': 'Guide\n',
  };
  const repository = simulator.repository('acme/widgets', { files });
  const installation = await simulator.install('acme');
  repository.commit(
    'feature',
    {
      message: 'Add a cog\n\nSigned-off-by: Ada Example <ada@example.org>',
      author: ada,
      files: { 'cog.txt': 'cog\n' },
      signature: { signer: 'ada' },
    },
    { message: 'Add a wheel', author: ada, files: { 'wheel.txt': 'wheel\n' } },
  );
  const pullRequest = await repository.openPullRequest({ author: 'ada', head: 'feature', title: 'Add parts' });
  const token = await tokenFor(simulator, installation.state.id);
  simulator.requests.reset();
  return { simulator, repository, installation, pullRequest, token };
}
