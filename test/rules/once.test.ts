// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { oncePer, oncePerText } from '../../src/rules/once.ts';

/** A function that tells what it was asked. */
function asked<Arguments extends unknown[]>() {
  const calls: Arguments[] = [];
  const of = (...args: Arguments) => {
    calls.push(args);
    return { number: calls.length };
  };
  return { calls, of };
}

describe('What follows', () => {
  test('from an object is worked out once for it, and anew for an equal one', () => {
    const { of, calls } = asked<[object]>();
    const once = oncePer(of);
    const [one, other] = [{}, {}];
    expect([once(one), once(other), once(one)]).toEqual([{ number: 1 }, { number: 2 }, { number: 1 }]);
    expect(calls).toHaveLength(2);
  });

  test('from two objects is worked out anew where one of them is another', () => {
    const { of, calls } = asked<[object, object]>();
    const once = oncePer(of);
    const [a, b, c] = [{}, {}, {}];
    const pairs = [[a, b] as const, [a, b] as const, [a, c] as const, [b, c] as const, [a, b] as const];
    expect(pairs.map(([one, other]) => once(one, other).number)).toEqual([1, 1, 2, 3, 4]);
    expect(calls).toEqual([
      [a, b],
      [a, c],
      [b, c],
      [a, b],
    ]);
  });

  test.each(['MIT', '', 'Grüße', '\u{1F600}', '\uD800 alone'])('from the text %j is worked out once', (text) => {
    const { of, calls } = asked<[string]>();
    const once = oncePerText(of);
    expect(once(text)).toBe(once(`${text}.`.slice(0, -1)));
    expect(calls).toEqual([[text]]);
  });

  test('from a long text is not kept', () => {
    const { of, calls } = asked<[string]>();
    const once = oncePerText(of);
    expect(once('x'.repeat(1_000))).not.toBe(once('x'.repeat(1_000)));
    expect(calls).toHaveLength(2);
  });
});
