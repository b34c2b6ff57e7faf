// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { IncomingMessage, ServerResponse } from 'node:http';
import { decodePart } from '../decode.ts';
import type { CheckRun, Repository } from '../state/model.ts';
import { findRepository, type World } from '../state/world.ts';
import { checksSection } from './checks.ts';
import { type Html, html } from './html.ts';
import { layout } from './layout.ts';
import { listContent } from './list.ts';
import { pullRequestContent } from './pull-request.ts';
import { contentSecurityPolicy } from './style.ts';

interface Page {
  readonly title: string;
  readonly content: Html;
}

function runOf(repository: Repository, id: number): CheckRun | undefined {
  return [...repository.checkSuites.values()]
    .flat()
    .flatMap((suite) => suite.runs)
    .find((run) => run.id === id);
}

async function commitPage(repository: Repository, sha: string): Promise<Page | null> {
  const commit = await repository.git.commit(sha);
  if (!commit) return null;
  const [subject = ''] = commit.message.split('\n', 1);
  const content = html`<h1>${subject || '(no subject)'} <span class="number">${sha.slice(0, 7)}</span></h1>
<pre><code>${commit.message}</code></pre>${checksSection(repository, sha)}`;
  return { title: `${subject} · ${sha.slice(0, 7)}`, content };
}

async function inRepository(repository: Repository, kind: string | undefined, id: string): Promise<Page | null> {
  if (kind === undefined) return { title: repository.name, content: listContent([repository]) };
  if (kind === 'commit') return commitPage(repository, id);
  if (kind === 'runs') return commitPage(repository, runOf(repository, Number(id))?.suite.sha ?? '');
  const pullRequest = kind === 'pull' ? repository.pullRequests.get(Number(id)) : undefined;
  if (!pullRequest) return null;
  return { title: `${pullRequest.title} · #${id}`, content: await pullRequestContent(pullRequest) };
}

/**
 * Answers what isn't an API request with a page to look at: `/`, `/OWNER/REPO`, and below it `/pull/N` (also with
 * `/checks`), `/commit/SHA` and `/runs/ID`.
 */
export async function servePage(world: World, request: IncomingMessage, response: ServerResponse, path: string) {
  const [owner = '', name = '', kind, id = ''] = path.split('/').slice(1).map(decodePart);
  const repository = owner === '' ? undefined : findRepository(world, owner, name);
  const start: Page = { title: 'Pull requests', content: listContent([...world.repositories.values()]) };
  const page = owner === '' ? start : repository ? await inRepository(repository, kind, id) : null;
  const trail = repository ? [{ name: `${owner}/${name}`, href: `/${owner}/${name}` }] : [];
  const { title, content } = page ?? { title: 'Not found', content: html`<h1>There is nothing here</h1>` };
  response.writeHead(page ? 200 : 404, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': contentSecurityPolicy,
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  });
  response.end(request.method === 'HEAD' ? '' : layout(title, trail, content));
}
