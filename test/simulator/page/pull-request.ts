// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { restLogin } from '../state/accounts.ts';
import type { Account, PullRequest } from '../state/model.ts';
import { commitsOf } from '../state/pull-requests.ts';
import { fullName } from '../state/world.ts';
import { pullRequestView, type RequiredCheck } from '../view.ts';
import { checksSection } from './checks.ts';
import { type Html, html } from './html.ts';
import { icon, type Tone } from './icons.ts';
import { markdown } from './markdown.ts';

const nobody = 'ghost';

function login(account: Account | null): string {
  return account ? restLogin(account) : nobody;
}

function pill(one: PullRequest): Html {
  const word = one.state === 'OPEN' && one.draft ? 'draft' : one.state.toLowerCase();
  return html`<span class="pill ${word}">${word[0]?.toUpperCase() ?? ''}${word.slice(1)}</span>`;
}

async function commits(one: PullRequest): Promise<Html> {
  const { git, signatures } = one.repository;
  const found = await Promise.all((await commitsOf(one)).map((sha) => git.commit(sha)));
  const rows = found.flatMap((commit) => {
    if (!commit) return [];
    const verified = signatures.get(commit.sha)?.valid ? html`<span class="badge good">Verified</span> ` : null;
    const [subject = ''] = commit.message.split('\n', 1);
    return [
      html`<div class="row"><span class="grow"><b>${subject || '(no subject)'}</b><br><span class="small soft">${commit.author.name} &lt;${commit.author.email}&gt;</span></span>${verified}<a class="sha" href="/${fullName(one.repository)}/commit/${commit.sha}">${commit.sha.slice(0, 7)}</a></div>`,
    ];
  });
  return html`<section><h2>Commits</h2><div class="box">${rows.length > 0 ? rows : html`<div class="row soft">No commits</div>`}</div></section>`;
}

const requiredTones: Readonly<Record<RequiredCheck['state'], Tone>> = {
  passed: 'good',
  failed: 'bad',
  pending: 'busy',
  expected: 'busy',
};

const requiredWords: Readonly<Record<RequiredCheck['state'], string>> = {
  passed: 'Required, satisfied',
  failed: 'Required, blocks merging',
  pending: 'Required, not completed yet',
  expected: 'Expected — waiting for status to be reported',
};

function mergeBox(one: PullRequest): Html {
  const view = pullRequestView(one);
  const rows = view.required.map(
    ({ name, state }) =>
      html`<div class="row">${icon(requiredTones[state], state)}<span class="grow"><b>${name}</b> <span class="soft">${requiredWords[state]}</span></span></div>`,
  );
  const text = view.mergeable ? 'This pull request can be merged' : 'Merging is blocked';
  return html`<section><h2>Merging</h2><div class="box"><div class="row head">${icon(view.mergeable ? 'good' : 'bad', text)}<span class="grow">${text}</span></div>${rows}</div></section>`;
}

function conversation(one: PullRequest): Html {
  const said = [
    { by: login(one.author), body: one.body ?? '' },
    ...one.comments.map((comment) => ({ by: login(comment.author), body: comment.body })),
  ].filter(({ body }) => body !== '');
  const boxes = said.map(
    ({ by, body }) =>
      html`<div class="box"><div class="row head">${by}</div><div class="row"><div class="markdown grow">${markdown(body)}</div></div></div><br>`,
  );
  return boxes.length === 0 ? html`` : html`<section><h2>Conversation</h2>${boxes}</section>`;
}

/** A pull request's page: what it is, its commits, its checks in full, and whether it can be merged. */
export async function pullRequestContent(one: PullRequest): Promise<Html> {
  const head =
    one.headRepository === one.repository ? one.headRef : `${login(one.headRepository?.owner ?? null)}:${one.headRef}`;
  const number = (await commitsOf(one)).length;
  return html`<h1>${one.title} <span class="number">#${one.number}</span></h1>
<p>${pill(one)} <b>${login(one.author)}</b> <span class="soft">wants to merge ${number} ${number === 1 ? 'commit' : 'commits'} into</span> <span class="branch">${one.baseRef}</span> <span class="soft">from</span> <span class="branch">${head}</span></p>
${await commits(one)}
${checksSection(one.repository, one.headSha)}
${one.state === 'OPEN' ? mergeBox(one) : null}
${conversation(one)}`;
}
