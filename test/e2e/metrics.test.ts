// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ada, commitOf, type Stage, startStage } from './stage.ts';

let stage: Stage;
let address: string;

beforeAll(async () => {
  stage = await startStage({ METRICS_HOST: '127.0.0.1', METRICS_PORT: '0' });
  const said = stage.log.find(({ msg }) => msg === 'figures can be read') as { metrics: { port: number } };
  address = `http://127.0.0.1:${said.metrics.port}`;
});
afterAll(() => stage.close());

/** The figures by name and labels. */
async function figures(): Promise<ReadonlyMap<string, number>> {
  const text = await (await fetch(`${address}/metrics`)).text();
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ')))]),
  );
}

describe('The figures', () => {
  test('tell of a pull request from its webhook to its checks', async () => {
    const { simulator } = stage;
    simulator.user('ada', { emails: [ada.email] });
    simulator.organization('acme', { members: ['ada'] });
    const repository = simulator.repository('acme/widgets', { files: { 'README.md': '#\n' } });
    const { state } = await simulator.install('acme');
    await stage.settled();
    repository.commit('widget', commitOf(ada, 'Add a widget'));
    await repository.openPullRequest({ author: 'ada', head: 'widget' });
    await stage.settled();
    const told = await figures();
    const of = (name: string) => told.get(name);
    expect(of('countersign_webhooks_total{event="pull_request",result="stored"}')).toBe(1);
    expect(of('countersign_judgement_seconds_count{kind="pull-request"}')).toBe(1);
    expect(of('countersign_verdicts_total{rule="dco",outcome="pass"}')).toBe(1);
    expect(of('countersign_look_api_points_count{kind="pull-request"}')).toBe(1);
    expect(of('countersign_look_api_points_sum{kind="pull-request"}')).toBe(
      of('countersign_look_api_requests_sum{kind="pull-request"}'),
    );
    const graphql = `installation="${state.id}",api="graphql"`;
    expect(of(`countersign_github_budget_limit{${graphql}}`)).toBe(5000);
    expect(of(`countersign_github_budget_remaining{${graphql}}`)).toBe(
      5000 - (of(`countersign_github_points_total{${graphql}}`) ?? 0),
    );
    expect(of('countersign_inbox_depth')).toBe(0);
    expect(of('countersign_dead_letters')).toBe(0);
  });

  test('are not on the address that webhooks come to', async () => {
    expect((await fetch(new URL('/metrics', stage.service.url))).status).toBe(404);
  });

  test.each([
    ['/healthz', 200],
    ['/readyz', 200],
    ['/', 404],
  ])('come with what an orchestrator asks: %s', async (path, status) => {
    expect((await fetch(`${address}${path}`)).status).toBe(status);
  });
});
