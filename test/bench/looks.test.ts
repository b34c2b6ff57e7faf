// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { createLooks } from '../../bench/app/looks.ts';
import { expectedChecks } from '../../bench/app/pull-requests.ts';

const news = (index: number, checks = expectedChecks(index)) => ({ index, checks, at: index });

describe('The benchmark', () => {
  test('waits until every pull request has its check runs', async () => {
    const looks = createLooks();
    const all = looks.all([1, 2]);
    looks.hear(news(2));
    looks.hear(news(1));
    expect((await all).map(({ index }) => index)).toEqual([1, 2]);
  });

  test('gives up where one has the wrong conclusion', async () => {
    const looks = createLooks();
    const all = looks.all([1, 2]);
    looks.hear(news(1, { ...expectedChecks(1), DCO: 'ACTION_REQUIRED' }));
    await expect(all).rejects.toThrow('Pull request 1 got {');
  });

  test('gives up where one gets its check runs twice', async () => {
    const looks = createLooks();
    looks.hear(news(1));
    looks.hear(news(1));
    await expect(looks.all([1])).rejects.toThrow('Pull request 1 got its check runs twice');
  });

  test('gives up where the App asks what its GitHub has no answer to', async () => {
    const looks = createLooks();
    const all = looks.all([1]);
    looks.fail('no answer to GET /');
    await expect(all).rejects.toThrow('no answer to GET /');
  });

  test('has pull requests that pass and some that do not', () => {
    const conclusions = new Set(Array.from({ length: 20 }, (_, index) => expectedChecks(index).DCO));
    expect(conclusions).toEqual(new Set(['SUCCESS', 'ACTION_REQUIRED']));
  });
});
