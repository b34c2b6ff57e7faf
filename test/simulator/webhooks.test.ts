// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { createHmac } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { payloadProblems } from './contracts/webhooks.ts';
import type { PullRequestHandle } from './handles/pull-request.ts';
import { startSimulator } from './index.ts';
import { jwt, rest } from './testing/client.ts';
import { type Received, type Receiver, startReceiver } from './testing/receiver.ts';
import { events, permissions, type Scenario, startScenario } from './testing/scenario.ts';

let scenario: Scenario;
let receiver: Receiver;

beforeAll(async () => {
  [scenario, receiver] = await Promise.all([startScenario(), startReceiver()]);
  scenario.simulator.sendWebhooksTo(receiver.url);
});

beforeEach(() => {
  receiver.received.splice(0);
});

afterEach(() => {
  // Every payload of every test fits GitHub's published schema.
  expect(scenario.simulator.violations.list).toEqual([]);
  scenario.simulator.webhooks.plan.clear();
});

afterAll(async () => {
  await scenario.simulator.close();
  await receiver.close();
});

async function arrived(): Promise<string[]> {
  await scenario.simulator.webhooks.idle();
  return receiver.names().toSorted();
}

const last = () => JSON.parse(receiver.received.at(-1)?.text ?? '{}');

describe('what happens on GitHub is told to the App', () => {
  const cases: [string, (one: PullRequestHandle) => Promise<unknown>, string[]][] = [
    ['a comment', (one) => one.comment('mallory', '/recheck'), ['issue_comment.created']],
    ['a review', (one) => one.review('ada', 'APPROVED', 'Good'), ['pull_request_review.submitted']],
    ['a new title', (one) => one.edit({ title: 'Better' }), ['pull_request.edited']],
    ['becoming a draft', (one) => one.markDraft(true), ['pull_request.converted_to_draft']],
    ['being ready for review', (one) => one.markDraft(false), ['pull_request.ready_for_review']],
    ['closing', (one) => one.close(), ['pull_request.closed']],
    ['opening again', (one) => one.reopen(), ['pull_request.reopened']],
    [
      'a push to its branch',
      (one) => one.push([{ message: 'More', files: { 'more.txt': 'x\n' } }]),
      ['check_suite.requested', 'pull_request.synchronize', 'push'],
    ],
    ['running all checks again', (one) => one.rerunAll(), ['check_suite.rerequested']],
  ];

  test.each(cases)('%s', async (_, act, expected) => {
    await act(scenario.pullRequest);
    expect(await arrived()).toEqual(expected);
    expect(receiver.received.map(({ text }) => JSON.parse(text).repository.full_name)).toEqual(
      expected.map(() => 'acme/widgets'),
    );
  });

  test('a new base, with the old one', async () => {
    const { repository, pullRequest } = scenario;
    repository.branch('stable');
    await pullRequest.edit({ base: 'stable' });
    await arrived();
    expect(last()).toMatchObject({
      action: 'edited',
      changes: { base: { ref: { from: 'main' } } },
      pull_request: { base: { ref: 'stable' } },
    });
    await pullRequest.edit({ base: 'main' });
    await arrived();
  });

  test('a force push, with the commit before it', async () => {
    const { repository, pullRequest } = scenario;
    const before = pullRequest.state.headSha;
    const [after = ''] = await pullRequest.push([{ message: 'Rewritten' }], { onto: repository.tip() });
    await arrived();
    const of = (name: string) => JSON.parse(receiver.received.find((one) => one.name === name)?.text ?? '{}');
    expect(of('pull_request.synchronize')).toMatchObject({ before, after, pull_request: { head: { sha: after } } });
    expect(of('push')).toMatchObject({
      forced: true,
      before,
      after,
      ref: 'refs/heads/feature',
      commits: [{ id: after }],
    });
  });

  test('a push to a branch, a new branch and a deleted one', async () => {
    const { repository } = scenario;
    await repository.push('main', [
      { message: 'Change the policy', files: { '.github/countersign.yml': 'dco: {}\n' } },
    ]);
    await arrived();
    const push = receiver.received.find((one) => one.name === 'push');
    expect(JSON.parse(push?.text ?? '')).toMatchObject({
      created: false,
      commits: [{ added: ['.github/countersign.yml'] }],
    });
    await repository.push('fresh', [{ message: 'x' }]);
    await repository.deleteBranch('fresh');
    await arrived();
    const pushes = receiver.received.filter((one) => one.name === 'push').map(({ text }) => JSON.parse(text));
    expect(pushes.map(({ created, deleted }) => [created, deleted])).toEqual([
      [false, false],
      [true, false],
      [false, true],
    ]);
  });

  test('«Re-run» on one check, which shows the suite as it was', async () => {
    const { simulator, repository, pullRequest, token } = scenario;
    const body = { name: 'DCO', head_sha: repository.tip('feature'), conclusion: 'failure' };
    await rest(simulator, 'POST /repos/acme/widgets/check-runs', { token, body });
    expect(await arrived()).toEqual(['check_run.completed', 'check_run.created']);
    await pullRequest.rerun('DCO', 'ada');
    await arrived();
    expect(last()).toMatchObject({
      action: 'rerequested',
      sender: { login: 'ada' },
      check_run: { name: 'DCO', status: 'completed', conclusion: 'failure', check_suite: { status: 'completed' } },
    });
  });

  test('what becomes of an installation', async () => {
    const { simulator } = scenario;
    const extra = simulator.repository('extra/one');
    const installation = await simulator.install('extra', []);
    await installation.select('added', [extra]);
    await installation.select('removed', [extra]);
    await installation.suspend();
    await installation.unsuspend();
    await installation.uninstall();
    await simulator.ping();
    expect(await arrived()).toEqual([
      'installation.created',
      'installation.deleted',
      'installation.suspend',
      'installation.unsuspend',
      'installation_repositories.added',
      'installation_repositories.removed',
      'ping',
    ]);
  });
});

test('a delivery is signed with the App’s secret and names itself', async () => {
  const { simulator, pullRequest } = scenario;
  await pullRequest.comment('ada', 'Ünïcode ✓');
  await arrived();
  const { headers, text } = receiver.received[0] as Received;
  const signature = createHmac('sha256', simulator.app.webhookSecret).update(text).digest('hex');
  expect(headers).toMatchObject({
    'x-hub-signature-256': `sha256=${signature}`,
    'x-github-event': 'issue_comment',
    'x-github-delivery': expect.stringMatching(/^[0-9a-f-]{36}$/),
    'x-github-hook-installation-target-id': String(simulator.app.id),
    'x-github-hook-installation-target-type': 'integration',
  });
});

describe('nobody is told', () => {
  const act = async (
    options: { permissions?: Record<string, 'read' | 'write'>; events?: string[] },
    install = true,
  ) => {
    const app = {
      name: 'Poor',
      permissions: { ...permissions, ...options.permissions },
      events: options.events ?? events,
    };
    const simulator = await startSimulator({ app: { ...app, webhookUrl: receiver.url } });
    simulator.user('ada');
    const repository = simulator.repository('acme/widgets');
    const installation = install ? await simulator.install('acme') : null;
    await simulator.webhooks.idle();
    receiver.received.splice(0);
    return { simulator, repository, installation };
  };

  test('of comments without the Issues permission', async () => {
    const { issues, ...others } = permissions;
    const simulator = await startSimulator({ app: { permissions: others, events, webhookUrl: receiver.url } });
    simulator.user('ada');
    const repository = simulator.repository('acme/widgets');
    await simulator.install('acme');
    repository.branch('feature');
    const pullRequest = await repository.openPullRequest({ author: 'ada', head: 'feature' });
    await pullRequest.comment('ada', '/recheck');
    await simulator.webhooks.idle();
    expect(issues).toBe('write');
    expect(receiver.names().toSorted()).toEqual(['installation.created', 'pull_request.opened']);
    await simulator.close();
  });

  test('of an event that the App didn’t subscribe to', async () => {
    const { simulator, repository } = await act({ events: ['issue_comment'] });
    repository.branch('feature');
    const pullRequest = await repository.openPullRequest({ author: 'ada', head: 'feature' });
    await pullRequest.comment('ada', 'x');
    await simulator.webhooks.idle();
    expect(receiver.names()).toEqual(['issue_comment.created']);
    await simulator.close();
  });

  test('of «Re-run» without leave to write checks', async () => {
    const { simulator, repository } = await act({ permissions: { checks: 'read' } });
    await repository.push('main', [{ message: 'x' }]);
    await simulator.webhooks.idle();
    expect(receiver.names()).toEqual(['push']);
    await simulator.close();
  });

  test('where the App isn’t installed, or is suspended', async () => {
    const { simulator, repository } = await act({}, false);
    await repository.push('main', [{ message: 'x' }]);
    const installation = await simulator.install('acme');
    await installation.suspend();
    await simulator.webhooks.idle();
    receiver.received.splice(0);
    await repository.push('main', [{ message: 'y' }]);
    await simulator.webhooks.idle();
    expect(receiver.names()).toEqual([]);
    await simulator.close();
  });
});

describe('deliveries can', () => {
  test('get lost, be listed as failed, and be asked for again under the same id', async () => {
    const { simulator, pullRequest } = scenario;
    simulator.webhooks.plan.add({ kind: 'drop' }, { times: 1, when: ({ event }) => event === 'issue_comment' });
    await pullRequest.comment('ada', 'lost');
    expect(await arrived()).toEqual([]);
    const list = await rest(simulator, 'GET /app/hook/deliveries?per_page=1', { token: jwt(simulator) });
    expect(list.body).toMatchObject([
      { event: 'issue_comment', action: 'created', status_code: 502, redelivery: false },
    ]);
    const [{ guid }] = list.body;
    // Its number has more digits than JSON.parse keeps.
    const id = simulator.webhooks.deliveries.at(-1)?.id;
    const again = await rest(simulator, `POST /app/hook/deliveries/${id}/attempts`, { token: jwt(simulator) });
    expect(again.status).toBe(202);
    expect(await arrived()).toEqual(['issue_comment.created']);
    expect(receiver.received[0]?.headers['x-github-delivery']).toBe(guid);
    const newest = await rest(simulator, 'GET /app/hook/deliveries?status=success&per_page=1', {
      token: jwt(simulator),
    });
    expect(newest.body).toMatchObject([{ guid, redelivery: true, status_code: 202 }]);
  });

  test('get lost without a trace', async () => {
    const { simulator, pullRequest } = scenario;
    const before = simulator.webhooks.deliveries.length;
    simulator.webhooks.plan.add({ kind: 'drop', recorded: false });
    await pullRequest.comment('ada', 'lost');
    expect(await arrived()).toEqual([]);
    expect(simulator.webhooks.deliveries).toHaveLength(before);
  });

  test('come twice', async () => {
    const { simulator, pullRequest } = scenario;
    simulator.webhooks.plan.add({ kind: 'repeat', times: 2 });
    await pullRequest.comment('ada', 'twice');
    expect(await arrived()).toEqual(['issue_comment.created', 'issue_comment.created']);
    const [first, second] = receiver.received.map(({ headers }) => headers['x-github-delivery']);
    expect(first).toBe(second);
  });

  test('come late, or the other way round', async () => {
    const { simulator, pullRequest } = scenario;
    const release = simulator.webhooks.hold();
    await pullRequest.comment('ada', 'first');
    await pullRequest.comment('ada', 'second');
    expect(await arrived()).toEqual([]);
    await release('last to first');
    expect(receiver.received.map(({ text }) => JSON.parse(text).comment.body)).toEqual(['second', 'first']);
  });

  test('be signed wrongly', async () => {
    const { simulator, pullRequest } = scenario;
    simulator.webhooks.plan.add({ kind: 'bad-signature' });
    await pullRequest.comment('mallory', 'forged');
    await arrived();
    const { headers, text } = receiver.received[0] as Received;
    const right = createHmac('sha256', simulator.app.webhookSecret).update(text).digest('hex');
    expect(headers['x-hub-signature-256']).not.toBe(`sha256=${right}`);
  });

  test('be refused by the App, which is recorded', async () => {
    const { simulator, pullRequest } = scenario;
    receiver.answer(500);
    await pullRequest.comment('ada', 'x');
    await arrived();
    receiver.answer(202);
    expect(simulator.webhooks.deliveries.at(-1)).toMatchObject({ answer: { statusCode: 500, body: 'taken' } });
  });

  test('be of an event that nothing here brings about', async () => {
    await scenario.simulator.webhooks.sendRaw('star', { action: 'created' });
    expect(await arrived()).toEqual(['star.created']);
  });
});

describe('a payload that GitHub wouldn’t send is noticed', () => {
  test.each([
    ['of an unknown event', 'pull_request', { action: 'vanished' }, 'GitHub has no webhook pull_request.vanished'],
    ['without its parts', 'issue_comment', { action: 'created' }, "must have required property 'issue'"],
  ])('%s', (_, event, payload, problem) => {
    expect(payloadProblems(event, payload)[0]).toContain(problem);
  });

  test('with a property too many', () => {
    const { payload } = scenario.simulator.webhooks.deliveries.find(({ event }) => event === 'push') ?? { payload: {} };
    expect(payloadProblems('push', payload)).toEqual([]);
    expect(payloadProblems('push', { ...payload, extra: true })[0]).toContain('must NOT have additional properties');
  });
});
