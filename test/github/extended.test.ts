// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import type { Client } from '../../src/github/client.ts';
import { createExtendedReader, findInstallation } from '../../src/github/extended.ts';
import { type Location, locationKey } from '../../src/policy/policy.ts';
import { expectingGitHub } from '../helpers/github.ts';

const github = expectingGitHub();
const here = { owner: 'acme', name: 'app' };
const oid = (digit: string) => digit.repeat(40);
const at = (repository: string, path: string, ref: string | null = null): Location => ({ repository, path, ref });
const base = at('acme/policies', 'base.yml');

function found(nameWithOwner: string, text: string | null, visibility = 'PUBLIC') {
  const blob = { oid: oid('b'), byteSize: 9, isBinary: false, isTruncated: false, text };
  const file = text === null ? null : { path: 'base.yml', object: blob };
  return { nameWithOwner, visibility, object: { oid: oid('c'), file } };
}

const reader = (installed: Client | null = null) => createExtendedReader(async () => installed);

async function read(answer: unknown, location = base, errors?: readonly object[]) {
  github.graphql('ExtendedPolicies', { extended0: answer }, ...(errors === undefined ? [] : [errors]));
  const all = await reader().read({ client: github.client }, here, [location]);
  return all.get(locationKey(location));
}

describe('A file that a policy extends', () => {
  test('is read, with the commit that it was read at', async () => {
    const file = { repository: 'acme/policies', path: 'base.yml', ref: null, commit: oid('c'), text: 'dco: {}\n' };
    expect(await read(found('acme/policies', 'dco: {}\n'))).toMatchObject({ file });
  });

  test('is hidden where not everybody can read it', async () => {
    expect(await read(found('acme/policies', '', 'INTERNAL'))).toMatchObject({ file: { hidden: true } });
    expect(await read(found('acme/policies', null, 'PRIVATE'))).toEqual({ missing: 'file', hidden: true });
  });

  test('is not hidden in the judged repository itself', async () => {
    const own = at('Acme/App', 'base.yml');
    expect(await read(found('acme/app', '', 'PRIVATE'), own)).not.toHaveProperty('file.hidden');
  });

  test('may not be there', async () => {
    expect(await read(found('acme/policies', null))).toEqual({ missing: 'file', hidden: false });
  });

  test('is not another repository’s that GitHub leads to', async () => {
    expect(await read(found('mallory/policies', 'dco: {mode: off}'))).toEqual({ missing: 'place' });
  });

  test('is not there where the ref is not, or is no commit', async () => {
    expect(await read({ ...found('acme/policies', ''), object: null })).toEqual({ missing: 'place' });
    expect(await read({ ...found('acme/policies', ''), object: {} })).toEqual({ missing: 'place' });
  });

  test.each(['NOT_FOUND', 'FORBIDDEN'])('is not there where GitHub answers %s for its repository', async (type) => {
    expect(await read(null, base, [{ type, path: ['extended0'], message: 'No' }])).toEqual({ missing: 'place' });
  });

  test('is not taken for missing where GitHub has a fault', async () => {
    const fault = [{ path: ['extended0'], message: 'Something went wrong' }];
    await expect(read(null, base, fault)).rejects.toThrow('Something went wrong');
    const inside = [{ type: 'NOT_FOUND', path: ['extended0', 'object', 'file'], message: 'Deep' }];
    await expect(read(null, base, inside)).rejects.toThrow('Deep');
  });
});

describe('Files are asked for', () => {
  test('in one request for each owner, through the installation there', async () => {
    const other = at('other/policies', 'base.yml', 'v1');
    const asked = github.graphql('ExtendedPolicies', {
      extended0: found('acme/policies', ''),
      extended1: found('acme/more', ''),
    });
    github.graphql('ExtendedPolicies', { extended0: found('other/policies', '') });
    const from: string[] = [];
    const all = await createExtendedReader(async ({ owner, name }) => {
      from.push(`${owner}/${name}`);
      return github.client;
    }).read({ client: github.client }, here, [base, at('acme/more', 'base.yml'), other]);
    expect(from).toEqual(['other/policies']);
    expect(asked.variables).toMatchObject({ owner0: 'acme', name0: 'policies', ref0: 'HEAD', path0: 'base.yml' });
    expect([...all.values()].every((one) => 'file' in one)).toBe(true);
  });

  test('with the asking installation’s own rights alone, where somebody only proposes them', async () => {
    github.graphql('ExtendedPolicies', { extended0: found('other/policies', '') });
    const refuse = async () => Promise.reject(new Error('Nobody may ask for another installation.'));
    const location = at('other/policies', 'base.yml');
    const through = { client: github.client, rights: 'own' } as const;
    const all = await createExtendedReader(refuse).read(through, here, [location]);
    expect(all.get(locationKey(location))).toHaveProperty('file');
  });

  test('of another account in vain, where the App is suspended there', async () => {
    const suspended = Object.assign(new Error('This installation has been suspended'), {
      name: 'HttpError',
      status: 403,
    });
    const location = at('other/policies', 'base.yml');
    const answer = createExtendedReader(async () => Promise.reject(suspended));
    const all = await answer.read({ client: github.client }, here, [location]);
    expect(all.get(locationKey(location))).toEqual({ missing: 'place' });
  });

  test('once where they cannot change: at a commit of the judged repository', async () => {
    const own = at('acme/app', 'base.yml', oid('a'));
    github.graphql('ExtendedPolicies', { extended0: found('acme/app', '') });
    const once = reader();
    const first = await once.read({ client: github.client }, here, [own]);
    expect(await once.read({ client: github.client }, here, [own])).toEqual(first);
  });

  test('again at a commit that GitHub did not have yet', async () => {
    const own = at('acme/app', 'base.yml', oid('a'));
    github.graphql('ExtendedPolicies', { extended0: { ...found('acme/app', ''), object: null } });
    github.graphql('ExtendedPolicies', { extended0: found('acme/app', '') });
    const again = reader();
    const read = async () => (await again.read({ client: github.client }, here, [own])).get(locationKey(own));
    expect(await read()).toEqual({ missing: 'place' });
    expect(await read()).toHaveProperty('file');
  });

  test('along with the pull request from then on, those of the same owner', () => {
    const one = reader();
    one.expect(here, [base, at('other/policies', 'base.yml'), at('acme/app', 'own.yml', oid('a'))]);
    expect(one.expected({ owner: 'Acme', name: 'App' })).toEqual([base]);
    expect(one.expected({ owner: 'acme', name: 'other' })).toEqual([]);
  });
});

describe('The installation at a repository', () => {
  const route = 'GET /repos/other/policies/installation';

  test('is asked for by the App', async () => {
    github.rest(route, 200, { id: 9 });
    expect(await findInstallation(github.client, { owner: 'other', name: 'policies' })).toBe(9);
  });

  test('may not be there', async () => {
    github.rest(route, 404, { message: 'Not Found' });
    expect(await findInstallation(github.client, { owner: 'other', name: 'policies' })).toBeNull();
  });

  test('is not taken for missing where GitHub has a fault', async () => {
    github.rest(route, 502, { message: 'Bad gateway' });
    await expect(findInstallation(github.client, { owner: 'other', name: 'policies' })).rejects.toThrow();
  });
});
