// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { restLogin } from '../state/accounts.ts';
import type { PullRequest, Repository } from '../state/model.ts';
import { newestRuns } from '../state/rollup.ts';
import { fullName } from '../state/world.ts';
import { headline } from './checks.ts';
import { type Html, html } from './html.ts';
import { icon, runLabel, runTone } from './icons.ts';

function row(one: PullRequest): Html {
  const runs = newestRuns(one.repository, one.headSha);
  const { tone, text } = headline(runs);
  const checks = runs.map((run) => html`<span class="badge">${icon(runTone(run), runLabel(run))} ${run.name}</span> `);
  const author = one.author ? restLogin(one.author) : 'ghost';
  return html`<div class="row">${icon(tone, text)}<div class="grow"><a href="/${fullName(one.repository)}/pull/${one.number}"><b>${one.title}</b></a>
<p class="small soft">#${one.number} by ${author} · ${one.state.toLowerCase()}${one.draft ? ', draft' : ''} · ${text.toLowerCase()}</p><p class="checks">${checks}</p></div></div>`;
}

function repositoryBox(repository: Repository): Html | null {
  const pullRequests = [...repository.pullRequests.values()].toReversed();
  if (pullRequests.length === 0) return null;
  const name = fullName(repository);
  return html`<section><h2><a href="/${name}">${name}</a></h2><div class="box">${pullRequests.map(row)}</div></section>`;
}

/** Every pull request of the repositories, newest first, with the state of its checks. */
export function listContent(repositories: readonly Repository[]): Html {
  const boxes = repositories.map(repositoryBox).filter((box) => box !== null);
  return html`<h1>Pull requests</h1>${boxes.length > 0 ? boxes : html`<p class="soft">There is no pull request yet.</p>`}`;
}
