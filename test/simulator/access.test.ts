// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { generateKeyPairSync } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { graphql, type JwtOptions, jwt, rest, tokenFor } from './testing/client.ts';
import { type Scenario, startScenario } from './testing/scenario.ts';

let scenario: Scenario;

beforeAll(async () => {
  scenario = await startScenario();
});

afterEach(() => scenario.simulator.violations.clear());
afterAll(() => scenario.simulator.close());

const now = () => Math.floor(Date.now() / 1000);

describe('an App authenticates with a JSON Web Token', () => {
  test('that its key signed', async () => {
    const { status, body } = await rest(scenario.simulator, 'GET /app', { token: jwt(scenario.simulator) });
    expect(status).toBe(200);
    expect(body).toMatchObject({ id: scenario.simulator.app.id, slug: 'countersign' });
  });

  const foreign = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  }).privateKey;

  test.each<[string, JwtOptions, number, RegExp]>([
    ['signed by another key', { key: foreign }, 401, /could not be decoded/],
    ['that claims another algorithm', { algorithm: 'none' }, 401, /could not be decoded/],
    ['of another App', { claims: { iss: 1 } }, 404, /Integration not found/],
    [
      'that has expired',
      { claims: { iat: now() - 900, exp: now() - 300 } },
      401,
      /future time at which the assertion expires/,
    ],
    ['that would live for longer than ten minutes', { claims: { exp: now() + 3600 } }, 401, /too far in the future/],
    [
      'issued in the future',
      { claims: { iat: now() + 300, exp: now() + 500 } },
      401,
      /time that the assertion was issued/,
    ],
  ])('but not with one %s', async (_, options, status, message) => {
    const reply = await rest(scenario.simulator, 'GET /app', { token: jwt(scenario.simulator, options) });
    expect(reply.status).toBe(status);
    expect(reply.body.message).toMatch(message);
  });
});

describe('an installation authenticates with a token', () => {
  const get = (token: string) => rest(scenario.simulator, 'GET /repos/acme/widgets', { token });

  test('that carries the permissions of the installation', async () => {
    const { simulator, installation } = scenario;
    const route = `POST /app/installations/${installation.state.id}/access_tokens`;
    const { status, body } = await rest(simulator, route, { token: jwt(simulator) });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      token: expect.stringMatching(/^ghs_/),
      permissions: { metadata: 'read', checks: 'write', contents: 'read' },
      repository_selection: 'all',
    });
    expect((await get(body.token)).status).toBe(200);
  });

  test('that nobody else may ask for', async () => {
    const { simulator, installation, token } = scenario;
    const reply = await rest(simulator, `POST /app/installations/${installation.state.id}/access_tokens`, { token });
    expect(reply.status).toBe(401);
    expect((await rest(simulator, 'POST /app/installations/1/access_tokens', { token: jwt(simulator) })).status).toBe(
      404,
    );
  });

  test('unless it is unknown, revoked or expired', async () => {
    const { simulator, installation } = scenario;
    const token = await tokenFor(simulator, installation.state.id);
    expect(await get('ghs_unknown')).toMatchObject({ status: 401, body: { message: 'Bad credentials' } });
    for (const issued of simulator.tokens.issued) if (issued.value === token) issued.revoked = true;
    expect(await get(token)).toMatchObject({ status: 401, body: { message: 'Bad credentials' } });
    expect(await graphql(simulator, token, '{ rateLimit { cost } }')).toMatchObject({ status: 401 });
  });

  test('that lives no longer than it was given', async () => {
    let time = Date.now();
    const { simulator, token } = await startScenario({ tokenLifetime: 60, now: () => new Date(time) });
    const ask = () => rest(simulator, 'GET /repos/acme/widgets', { token });
    time += 59_000;
    expect((await ask()).status).toBe(200);
    time += 2_000;
    expect((await ask()).status).toBe(401);
    await simulator.close();
  });

  test('until it is suspended', async () => {
    const { installation, token, simulator } = scenario;
    await installation.suspend();
    expect(await get(token)).toMatchObject({ status: 403, body: { message: 'This installation has been suspended' } });
    const route = `POST /app/installations/${installation.state.id}/access_tokens`;
    expect((await rest(simulator, route, { token: jwt(simulator) })).status).toBe(403);
    await installation.unsuspend();
    expect((await get(token)).status).toBe(200);
  });

  test('that can be narrowed to permissions and repositories, never widened', async () => {
    const { simulator, installation } = scenario;
    simulator.repository('acme/other', { isPrivate: true });
    const { id } = installation.state;
    const narrow = await tokenFor(simulator, id, { repositories: ['widgets'], permissions: { contents: 'read' } });
    expect((await rest(simulator, 'GET /installation/repositories', { token: narrow })).body.total_count).toBe(1);
    expect((await rest(simulator, 'GET /repos/acme/other', { token: narrow })).status).toBe(404);
    expect((await rest(simulator, 'GET /repos/acme/widgets/pulls', { token: narrow })).status).toBe(403);
    await expect(tokenFor(simulator, id, { permissions: { administration: 'write' } })).rejects.toThrow('not granted');
    await expect(tokenFor(simulator, id, { repositories: ['nowhere'] })).rejects.toThrow('does not exist');
  });

  test('and sees only the repositories that were selected', async () => {
    const { simulator, repository } = scenario;
    const hidden = simulator.repository('picky/hidden', { isPrivate: true });
    const shown = simulator.repository('picky/shown', { isPrivate: true });
    const installation = await simulator.install('picky', [shown]);
    const token = await tokenFor(simulator, installation.state.id);
    const names = async () =>
      (await rest(simulator, 'GET /installation/repositories', { token })).body.repositories.map(
        (one: { name: string }) => one.name,
      );
    expect(await names()).toEqual(['shown']);
    expect((await rest(simulator, `GET /repos/${hidden.fullName}`, { token })).status).toBe(404);
    await installation.select('added', [hidden]);
    expect(await names()).toEqual(['hidden', 'shown']);
    expect((await rest(simulator, `GET /repos/${repository.fullName}`, { token })).status).toBe(200);
  });
});

describe('a call beyond the token’s permissions gets GitHub’s 403 and is a violation', () => {
  test.each([
    ['GET /repos/acme/widgets/contents/README.md', { contents: 'read' }],
    ['GET /repos/acme/widgets/commits/main', { contents: 'read' }],
    ['GET /repos/acme/widgets/pulls/1', { pull_requests: 'read' }],
    ['GET /orgs/acme/members/ada', { members: 'read' }],
    ['GET /repos/acme/widgets/commits/main/check-runs', { checks: 'read' }],
  ])('%s needs %j', async (route, permissions) => {
    const { simulator, installation } = scenario;
    const { id } = installation.state;
    const poor = await tokenFor(simulator, id, { permissions: {} });
    expect(await rest(simulator, route, { token: poor })).toMatchObject({
      status: 403,
      body: { message: 'Resource not accessible by integration' },
    });
    expect(simulator.violations.list).toMatchObject([{ kind: 'permission' }]);
    const rich = await tokenFor(simulator, id, { permissions });
    expect((await rest(simulator, route, { token: rich })).status).toBeLessThan(300);
  });

  test('reading checks doesn’t allow to write them', async () => {
    const { simulator, installation, repository } = scenario;
    const token = await tokenFor(simulator, installation.state.id, { permissions: { checks: 'read' } });
    const body = { name: 'DCO', head_sha: repository.tip('feature') };
    expect((await rest(simulator, 'POST /repos/acme/widgets/check-runs', { token, body })).status).toBe(403);
  });

  test('nor does a public repository elsewhere', async () => {
    const { simulator, token } = scenario;
    const elsewhere = simulator.repository('elsewhere/open');
    const body = { name: 'DCO', head_sha: elsewhere.tip() };
    expect((await rest(simulator, 'GET /repos/elsewhere/open/contents/README.md', { token })).status).toBe(200);
    expect((await rest(simulator, 'POST /repos/elsewhere/open/check-runs', { token, body })).status).toBe(403);
  });
});

test('whoever sends no user agent is turned away', async () => {
  const { simulator, token } = scenario;
  const reply = await rest(simulator, 'GET /rate_limit', { token, headers: { 'user-agent': '' } });
  expect(reply.status).toBe(403);
  expect(simulator.violations.list).toMatchObject([{ kind: 'contract' }]);
});
