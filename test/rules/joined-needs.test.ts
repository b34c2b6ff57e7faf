// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { joinedNeeds } from '../../src/rules/joined-needs.ts';
import type { Lookup, Need } from '../../src/rules/rule.ts';

const head = 'b'.repeat(40);
const at = (path: string, whole = false): Lookup => ({ commit: head, path, whole });
const contents = (lookups: readonly Lookup[], of = head): Need => ({ fact: 'contents', head: of, lookups });

describe('Needs of several rules', () => {
  test('ask for file contents once', () => {
    const needs = joinedNeeds([contents([at('a')]), contents([at('b')])]);
    expect(needs).toEqual([contents([at('a'), at('b')])]);
  });

  test.each([
    [false, false, false],
    [true, false, true],
    [false, true, true],
  ])('ask for a file that two rules want (whole: %p and %p) whole: %p', (one, other, whole) => {
    expect(joinedNeeds([contents([at('a', one)]), contents([at('a', other)])])).toEqual([contents([at('a', whole)])]);
  });

  test('stay apart where they are of different heads', () => {
    const needs = [contents([at('a')]), contents([at('a')], 'c'.repeat(40))];
    expect(joinedNeeds(needs)).toEqual(needs);
  });

  test('that are for other facts stay as they are', () => {
    const needs: Need[] = [
      { fact: 'merge-base', head },
      { fact: 'membership', login: 'ada' },
    ];
    expect(joinedNeeds(needs)).toEqual(needs);
    expect(joinedNeeds([])).toEqual([]);
  });
});
