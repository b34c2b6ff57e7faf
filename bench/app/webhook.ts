// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { createHmac, randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { pullRequest } from './pull-requests.ts';

interface Example {
  readonly action?: string;
  readonly installation?: object;
  readonly repository: { readonly owner: object };
  readonly pull_request: { readonly head: object; readonly base: object };
}
const events = createRequire(import.meta.url)('@octokit/webhooks-examples') as readonly {
  readonly name: string;
  readonly examples: readonly Example[];
}[];

/** A payload as GitHub sends it, some 24 kB. */
const example = events
  .find(({ name }) => name === 'pull_request')
  ?.examples.find(({ action, installation }) => action === 'opened' && installation !== undefined);

export interface Webhook {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** The signed delivery that tells of that pull request. */
export function webhookOf(index: number, secret: string): Webhook {
  if (example === undefined) throw new Error('There is no example of a pull_request.opened with an installation');
  const { installationId, owner, name, number, headSha, baseSha } = pullRequest(index);
  const { repository, pull_request: opened } = example;
  const body = JSON.stringify({
    ...example,
    installation: { ...example.installation, id: installationId },
    repository: { ...repository, name, full_name: `${owner}/${name}`, owner: { ...repository.owner, login: owner } },
    number,
    pull_request: {
      ...opened,
      number,
      updated_at: '2026-01-02T03:04:05Z',
      head: { ...opened.head, sha: headSha },
      base: { ...opened.base, sha: baseSha },
    },
  });
  return {
    body,
    headers: {
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(body)),
      'x-github-delivery': randomUUID(),
      'x-github-event': 'pull_request',
      'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
    },
  };
}
