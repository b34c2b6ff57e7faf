// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { createPreviews } from '../../src/worker/previews.ts';

describe('A repository gets', () => {
  test('one preview at a time', () => {
    const previews = createPreviews(() => 0);
    expect(previews.begin('acme/app')).toBe(0);
    expect(previews.begin('acme/app')).toBe(5_000);
    expect(previews.begin('acme/other')).toBe(0);
    previews.end('acme/app');
    expect(previews.begin('acme/app')).toBe(0);
  });

  test('twelve an hour', () => {
    let minute = 0;
    const previews = createPreviews(() => minute * 60_000);
    const make = () => {
      const wait = previews.begin('acme/app');
      if (wait === 0) previews.end('acme/app');
      return wait / 60_000;
    };
    for (; minute < 12; minute += 1) expect(make()).toBe(0);
    expect(make()).toBe(60 - 12);
    minute = 60;
    expect([make(), make()]).toEqual([0, 1]);
  });
});

test('What was seen of a pull request counts for that head and those policies', () => {
  const previews = createPreviews();
  const listed = { number: 1, title: 'One', state: 'OPEN' as const, headSha: 'a' };
  previews.keepCompared('acme/app', 'key', { listed, differences: [] });
  expect(previews.compared('acme/app', 'key', { ...listed, title: 'Another title' })).toBeDefined();
  expect(previews.compared('acme/app', 'key', { ...listed, headSha: 'b' })).toBeUndefined();
  expect(previews.compared('acme/app', 'other', listed)).toBeUndefined();
  expect(previews.compared('acme/other', 'key', listed)).toBeUndefined();
});
