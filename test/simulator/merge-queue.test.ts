// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { PullRequestHandle } from './handles/pull-request.ts';
import { graphql, rest } from './testing/client.ts';
import { type Receiver, startReceiver } from './testing/receiver.ts';
import { ada, type Scenario, startScenario } from './testing/scenario.ts';

let scenario: Scenario;
let receiver: Receiver;

beforeAll(async () => {
  [scenario, receiver] = await Promise.all([startScenario(), startReceiver()]);
});

afterEach(() => expect(scenario.simulator.violations.list).toEqual([]));

afterAll(async () => {
  await scenario.simulator.close();
  await receiver.close();
});

let branches = 0;

/** A pull request of two commits by Ada into a branch of its own, which is one commit ahead. */
async function contribution(): Promise<{ base: string; one: PullRequestHandle }> {
  branches += 1;
  const [base, head] = [`base-${branches}`, `head-${branches}`];
  const { repository } = scenario;
  repository.branch(base);
  const signed = 'Signed-off-by: Ada Example <ada@example.org>';
  repository.commit(
    head,
    { message: `First\n\n${signed}\n`, author: ada, files: { [`${head}-1`]: '1\n' } },
    { message: `Second\n\n${signed}\n`, author: ada, files: { [`${head}-2`]: '2\n' } },
  );
  const one = await repository.openPullRequest({ author: 'ada', head, base, title: 'Both', body: 'What and why' });
  repository.commit(base, { message: 'Meanwhile', files: { [base]: 'x\n' } });
  return { base, one };
}

describe('a merge group', () => {
  test('of method MERGE is a merge commit of GitHub’s', async () => {
    const { repository } = scenario;
    const { base, one } = await contribution();
    const entry = await repository.mergeQueue('MERGE', base).enqueue(one, 'ada');
    const commit = await repository.state.git.commit(entry.headSha);
    expect(commit).toMatchObject({
      parents: [repository.tip(base), one.state.headSha],
      committer: { name: 'GitHub', email: 'noreply@github.com' },
      message: expect.stringMatching(/^Merge pull request #\d+ from acme\/head-/),
    });
    expect(entry.headRef).toBe(`refs/heads/gh-readonly-queue/${base}/pr-${one.number}-${repository.tip(base)}`);
    expect(repository.state.signatures.get(entry.headSha)).toEqual({ valid: true, signer: null, byGitHub: true });
  });

  test.each([
    ['COMMIT_MESSAGES', /^Both \(#\d+\)\n\n\* First\n\nSigned-off-by: Ada Example <ada@example.org>\n\n\* Second/],
    ['PR_BODY', /^Both \(#\d+\)\n\nWhat and why$/],
    ['BLANK', /^Both \(#\d+\)$/],
  ] as const)(
    'of method SQUASH is one commit by the account, with a message by the setting %s',
    async (setting, message) => {
      const { repository } = scenario;
      repository.state.merging.squashMessage = setting;
      const { base, one } = await contribution();
      const entry = await repository.mergeQueue('SQUASH', base).enqueue(one);
      const commit = await repository.state.git.commit(entry.headSha);
      expect(commit).toMatchObject({ parents: [repository.tip(base)], author: ada, committer: { name: 'GitHub' } });
      expect(commit?.message.trim()).toMatch(message);
    },
  );

  test('of method REBASE is each commit again, committed by GitHub', async () => {
    const { repository } = scenario;
    const { git } = repository.state;
    const { base, one } = await contribution();
    const entry = await repository.mergeQueue('REBASE', base).enqueue(one);
    const shas = await git.range(repository.tip(base), entry.headSha);
    const commits = await Promise.all(shas.map((sha) => git.commit(sha)));
    expect(
      commits.map((commit) => [commit?.message.split('\n')[0], commit?.author.name, commit?.committer.name]),
    ).toEqual([
      ['First', 'Ada Example', 'GitHub'],
      ['Second', 'Ada Example', 'GitHub'],
    ]);
    const names = (await git.tree(commits.at(-1)?.tree ?? ''))?.map((item) => item.name);
    expect(names).toEqual(expect.arrayContaining([base, `${one.state.headRef}-1`, `${one.state.headRef}-2`]));
  });

  test('stands on the group before it, and the queue shows both in order', async () => {
    const { repository, simulator, token } = scenario;
    const { base, one } = await contribution();
    repository.branch(`second-${base}`, base);
    repository.commit(`second-${base}`, { message: 'Other', files: { other: 'x\n' } });
    const other = await repository.openPullRequest({ author: 'ada', head: `second-${base}`, base });
    const queue = repository.mergeQueue('SQUASH', base);
    const first = await queue.enqueue(one);
    const second = await queue.enqueue(other);
    expect(second.baseSha).toBe(first.headSha);
    const entries =
      'entries(first: 10) { nodes { position state headCommit { oid } baseCommit { oid } pullRequest { number } } }';
    const query = `query Queue($branch: String!) { repository(owner: "acme", name: "widgets") { mergeQueue(branch: $branch) { configuration { mergeMethod } ${entries} } } }`;
    const { body } = await graphql(simulator, token, query, { branch: base });
    expect(body.data.repository.mergeQueue).toEqual({
      configuration: { mergeMethod: 'SQUASH' },
      entries: {
        nodes: [
          {
            position: 1,
            state: 'AWAITING_CHECKS',
            headCommit: { oid: first.headSha },
            baseCommit: { oid: repository.tip(base) },
            pullRequest: { number: one.number },
          },
          {
            position: 2,
            state: 'AWAITING_CHECKS',
            headCommit: { oid: second.headSha },
            baseCommit: { oid: first.headSha },
            pullRequest: { number: other.number },
          },
        ],
      },
    });
  });
});

test('a queue asks for checks, and merges once the required ones are satisfied', async () => {
  const { repository, simulator, token } = scenario;
  const { base, one } = await contribution();
  repository.requireChecks(['DCO'], base);
  simulator.sendWebhooksTo(receiver.url);
  const queue = repository.mergeQueue('SQUASH', base);
  const entry = await queue.enqueue(one);
  await simulator.webhooks.idle();
  const asked = receiver.received.find(({ name }) => name === 'merge_group.checks_requested');
  expect(JSON.parse(asked?.text ?? '{}').merge_group).toMatchObject({
    head_sha: entry.headSha,
    head_ref: entry.headRef,
    base_ref: `refs/heads/${base}`,
    base_sha: entry.baseSha,
  });
  expect(await queue.mergeFirst()).toBe(false);
  const body = { name: 'DCO', head_sha: entry.headSha, conclusion: 'success' };
  await rest(simulator, 'POST /repos/acme/widgets/check-runs', { token, body });
  expect(queue.check(entry, 'DCO')).toMatchObject({ conclusion: 'SUCCESS' });
  expect(await queue.mergeFirst()).toBe(true);
  await simulator.webhooks.idle();
  expect(one.state).toMatchObject({ state: 'MERGED', merged: { sha: entry.headSha } });
  expect(repository.tip(base)).toBe(entry.headSha);
  expect(receiver.names()).toEqual(expect.arrayContaining(['merge_group.destroyed', 'pull_request.closed']));
  expect(() => repository.tip(entry.headRef.replace('refs/heads/', ''))).toThrow('has no branch');
});

test('a pull request can leave the queue unmerged', async () => {
  const { base, one } = await contribution();
  const queue = scenario.repository.mergeQueue('MERGE', base);
  await queue.dequeue(await queue.enqueue(one));
  expect(queue.state.entries).toEqual([]);
  expect(one.state.state).toBe('OPEN');
});
