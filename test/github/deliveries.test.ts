// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { readFailedDeliveries, redeliver } from '../../src/github/deliveries.ts';
import { expectingGitHub } from '../helpers/github.ts';

const github = expectingGitHub();
const time = (hour: number) => `2026-01-01T${String(hour).padStart(2, '0')}:00:00Z`;
const item = (id: string, hour: number) =>
  `{"id":${id},"guid":"guid ${id}","delivered_at":"${time(hour)}","redelivery":false,"duration":0.1,"status":"timed out",
  "status_code":504,"event":"push","action":null,"installation_id":1,"repository_id":2,"throttled_at":null}`;

/** Expects a page. A string, since JSON.stringify would round the numbers. */
function page(items: readonly string[], cursor: string | null, next: string | null): void {
  const after = cursor === null ? '' : `&cursor=${cursor}`;
  const link = `<https://api.github.com/app/hook/deliveries?per_page=100&status=failure&cursor=${next}>; rel="next"`;
  github.rest(
    `GET /app/hook/deliveries?per_page=100&status=failure${after}`,
    200,
    `[${items.join(',')}]` as unknown as object,
    { 'content-type': 'application/json', ...(next === null ? {} : { link }) },
  );
}

describe('Failed deliveries', () => {
  test('are read to the end, and keep every digit of numbers that no JavaScript number holds', async () => {
    page([item('3804004623172239366', 5)], null, 'v1_next');
    page([item('199287304442', 4)], 'v1_next', null);
    const { failed, complete } = await readFailedDeliveries(github.client, 0, 10);
    expect({ complete, ids: failed.map(({ id }) => id) }).toEqual({
      complete: true,
      ids: ['3804004623172239366', '199287304442'],
    });
    expect(failed[0]).toMatchObject({ event: 'push', action: null, statusCode: 504, at: Date.parse(time(5)) });
  });

  test('are read back to a time, and no further', async () => {
    page([item('3', 5), item('2', 4), item('1', 3)], null, 'more');
    const { failed, complete } = await readFailedDeliveries(github.client, Date.parse(time(4)), 10);
    expect({ complete, ids: failed.map(({ id }) => id) }).toEqual({ complete: true, ids: ['3'] });
  });

  test('are said to be more where pages are left', async () => {
    const full = Array.from({ length: 100 }, (_, index) => item(String(index + 1), 5));
    page(full, null, 'more');
    expect(await readFailedDeliveries(github.client, 0, 1)).toMatchObject({ complete: false });
  });

  test('are asked for with every digit', async () => {
    github.rest('POST /app/hook/deliveries/3804004623172239366/attempts', 202);
    await redeliver(github.client, { id: '3804004623172239366' });
  });
});
