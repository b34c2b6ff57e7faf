// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { createFaults, type FaultyRequest } from './faults.ts';
import { graphql, rest, tokenFor } from './testing/client.ts';
import { type Scenario, startScenario } from './testing/scenario.ts';

let scenario: Scenario;

beforeAll(async () => {
  scenario = await startScenario();
});

afterEach(() => scenario.simulator.faults.clear());
afterAll(() => scenario.simulator.close());

const get = () => rest(scenario.simulator, 'GET /repos/acme/widgets', { token: scenario.token });
const read = () =>
  graphql(scenario.simulator, scenario.token, 'query Read { repository(owner: "acme", name: "widgets") { name } }');

describe('a request can meet', () => {
  test('a server error with a page in place of JSON, as often as it was told', async () => {
    const { simulator } = scenario;
    simulator.faults.add({ kind: 'status', status: 502 }, { times: 2 });
    expect(await get()).toMatchObject({ status: 502, body: expect.stringContaining('Unicorn') });
    expect((await read()).status).toBe(502);
    expect((await get()).status).toBe(200);
    expect(simulator.requests.requests.at(-2)).toMatchObject({ status: 502, fault: 'status' });
  });

  test('a broken connection', async () => {
    scenario.simulator.faults.add({ kind: 'reset' }, { times: 1 });
    await expect(get()).rejects.toThrow('fetch failed');
    expect((await get()).status).toBe(200);
  });

  test('a body that is no JSON', async () => {
    scenario.simulator.faults.add({ kind: 'malformed' }, { times: 1 });
    await expect(read()).rejects.toThrow('JSON');
  });

  test('latency, and another fault all the same', async () => {
    const { simulator } = scenario;
    simulator.faults.add({ kind: 'latency', milliseconds: 1 });
    simulator.faults.add({ kind: 'status', status: 503 }, { times: 1 });
    expect((await get()).status).toBe(503);
    expect((await get()).status).toBe(200);
  });

  test('a push that comes first', async () => {
    const { simulator, pullRequest } = scenario;
    const before = pullRequest.state.headSha;
    const when = ({ operation }: FaultyRequest) => operation === 'query Head';
    simulator.faults.add(
      { kind: 'meanwhile', act: () => pullRequest.push([{ message: 'Meanwhile' }]) },
      { times: 1, when },
    );
    const query = 'query Head { repository(owner: "acme", name: "widgets") { pullRequest(number: 1) { headRefOid } } }';
    const { body } = await graphql(simulator, scenario.token, query);
    expect(body.data.repository.pullRequest.headRefOid).toBe(pullRequest.state.headSha);
    expect(pullRequest.state.headSha).not.toBe(before);
  });

  test('a failure after what it asked for was done', async () => {
    const { simulator, token, pullRequest } = scenario;
    simulator.faults.add({ kind: 'status', status: 502, after: true }, { times: 1 });
    const body = { name: 'DCO', head_sha: pullRequest.state.headSha, conclusion: 'success' };
    expect((await rest(simulator, 'POST /repos/acme/widgets/check-runs', { token, body })).status).toBe(502);
    expect(pullRequest.check('DCO')).toMatchObject({ conclusion: 'SUCCESS' });
  });

  test('the primary rate limit, with the moment when it ends', async () => {
    const { simulator, installation } = scenario;
    simulator.faults.add({ kind: 'primary-rate-limit', resetIn: 30 }, { times: 1 });
    const { status, headers, body } = await get();
    expect(status).toBe(403);
    expect(body.message).toBe(`API rate limit exceeded for installation ID ${installation.state.id}.`);
    expect(headers.get('x-ratelimit-remaining')).toBe('0');
    expect(Number(headers.get('x-ratelimit-reset'))).toBeGreaterThan(Date.now() / 1000 + 20);
    expect(headers.get('x-ratelimit-limit')).toBe('5000');
  });

  test.each([
    [{}, '60'],
    [{ retryAfter: 7 }, '7'],
    [{ retryAfter: null }, null],
  ])('the secondary rate limit %j', async (more, retryAfter) => {
    scenario.simulator.faults.add({ kind: 'secondary-rate-limit', status: 429, ...more }, { times: 1 });
    const { status, headers, body } = await get();
    expect(status).toBe(429);
    expect(body.message).toMatch(/^You have exceeded a secondary rate limit/);
    expect(headers.get('retry-after')).toBe(retryAfter);
    expect(headers.get('x-ratelimit-remaining')).not.toBe('0');
  });

  test('GraphQL’s errors in an answer with status 200', async () => {
    const { faults } = scenario.simulator;
    faults.add({ kind: 'graphql-rate-limited' }, { times: 1 });
    expect(await read()).toMatchObject({ status: 200, body: { errors: [{ type: 'RATE_LIMITED' }] } });
    faults.add({ kind: 'graphql-timeout' }, { times: 1 });
    expect(await read()).toMatchObject({
      status: 200,
      body: { data: null, errors: [{ message: /Something went wrong/ }] },
    });
  });
});

describe('a fault strikes', () => {
  const request: FaultyRequest = { method: 'GET', path: '/', operation: 'x', installation: 1, isMutation: false };
  const status = { kind: 'status', status: 500 } as const;
  const strikes = (faults: ReturnType<typeof createFaults>, count = 1) =>
    Array.from({ length: count }, () => faults.draw(request).fault !== null);

  test('only what it is meant for', () => {
    const faults = createFaults(1);
    faults.add(status, { when: ({ isMutation }) => isMutation });
    expect(faults.draw(request).fault).toBeNull();
    expect(faults.draw({ ...request, isMutation: true }).fault).toEqual(status);
  });

  test('after it has let some through', () => {
    const faults = createFaults(1);
    faults.add(status, { skip: 2, times: 1 });
    expect(strikes(faults, 4)).toEqual([false, false, true, false]);
  });

  test('by chance, the same for the same seed', () => {
    const draw = (seed: number) => {
      const faults = createFaults(seed);
      faults.add(status, { probability: 0.5 });
      return strikes(faults, 200);
    };
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
    const hits = draw(7).filter(Boolean).length;
    expect(hits).toBeGreaterThan(60);
    expect(hits).toBeLessThan(140);
  });

  test('one at a time, so that none is used up by another', () => {
    const faults = createFaults(1);
    faults.add(status, { times: 1 });
    faults.add({ kind: 'reset' }, { times: 1 });
    expect([faults.draw(request).fault, faults.draw(request).fault]).toEqual([status, { kind: 'reset' }]);
  });

  test('with every latency added up beside it', () => {
    const faults = createFaults(1);
    faults.add({ kind: 'latency', milliseconds: 20 });
    faults.add(status);
    faults.add({ kind: 'latency', milliseconds: 5 });
    expect(faults.draw(request)).toEqual({ latency: 25, fault: status, meanwhile: [] });
  });

  test('until it is taken away', () => {
    const faults = createFaults(1);
    const remove = faults.add(status);
    expect(strikes(faults)).toEqual([true]);
    remove();
    expect(strikes(faults)).toEqual([false]);
  });
});

describe('GitHub’s own limits', () => {
  test('end an installation’s hour, and no other’s', async () => {
    const { simulator, installation } = scenario;
    simulator.organization('calm');
    const calm = await tokenFor(simulator, (await simulator.install('calm')).state.id);
    simulator.limiter.exhaust(installation.state, 'core');
    expect(await get()).toMatchObject({ status: 403, body: { message: /API rate limit exceeded/ } });
    expect((await rest(simulator, 'GET /repos/acme/widgets', { token: calm })).status).toBe(200);
    expect((await read()).body.data.repository.name).toBe('widgets');
    simulator.limiter.exhaust(installation.state, 'graphql');
    expect((await read()).body.errors).toMatchObject([{ type: 'RATE_LIMITED' }]);
    // Asking how much is left costs nothing.
    const { body } = await rest(simulator, 'GET /rate_limit', { token: scenario.token });
    expect(body.resources.core).toMatchObject({ remaining: 0, used: 5000 });
  });

  test('come back after an hour', async () => {
    let time = Date.now();
    const { simulator, token, installation } = await startScenario({ now: () => new Date(time), tokenLifetime: 9000 });
    const ask = () => rest(simulator, 'GET /repos/acme/widgets', { token });
    simulator.limiter.exhaust(installation.state, 'core');
    expect((await ask()).status).toBe(403);
    time += 3_600_001;
    expect(await ask()).toMatchObject({ status: 200 });
    await simulator.close();
  });

  test('allow so many points a minute, a write counting five', async () => {
    const { simulator, token } = await startScenario({ limits: { restPerMinute: 12 } });
    const comment = () => rest(simulator, 'POST /repos/acme/widgets/issues/1/comments', { token, body: { body: 'x' } });
    expect((await comment()).status).toBe(201);
    expect((await comment()).status).toBe(201);
    const third = await comment();
    expect(third).toMatchObject({ status: 403, body: { message: /secondary rate limit/ } });
    expect(Number(third.headers.get('retry-after'))).toBeGreaterThan(0);
    await simulator.close();
  });

  test('allow so many requests at a time', async () => {
    const { simulator, token } = await startScenario({ limits: { concurrent: 2 } });
    simulator.faults.add({ kind: 'latency', milliseconds: 200 });
    const ask = () => rest(simulator, 'GET /repos/acme/widgets', { token });
    const statuses = (await Promise.all([ask(), ask(), ask()])).map(({ status }) => status);
    expect(statuses.toSorted()).toEqual([200, 200, 403]);
    await simulator.close();
  });
});
