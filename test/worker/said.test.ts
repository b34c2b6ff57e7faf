// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { expect, test } from '@jest/globals';
import { createSaidLately } from '../../src/worker/said.ts';

test('What was said is not said again', () => {
  const lately = createSaidLately();
  lately.said(['a']);
  expect([lately.of('a'), lately.of('b')]).toEqual(['said', 'unsaid']);
});

test('What may have been said is doubtful until GitHub surely shows it, and is then to be said', () => {
  let now = 1_000_000;
  const lately = createSaidLately(() => now);
  lately.doubt(['a']);
  expect(lately.of('a')).toBe('doubtful');
  now += 60_000;
  expect(lately.of('a')).toBe('unsaid');
  lately.doubt(['a']);
  lately.said(['a']);
  expect(lately.of('a')).toBe('said');
});

test('It does not grow for ever', () => {
  const lately = createSaidLately();
  lately.said(['first']);
  for (let index = 0; index < 20_000; index += 1) lately.said([`${index}`]);
  expect(lately.of('first')).toBe('unsaid');
});
