// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { fallbacksOf } from '../../src/policy/cache.ts';
import type { Policy } from '../../src/policy/policy.ts';
import { loadPresets } from '../../src/policy/presets.ts';
import { resolvePolicyFile } from '../../src/policy/resolve.ts';
import { differencesBetween, isStricter } from '../../src/preview/differences.ts';
import { pairKey, pairOf } from '../../src/preview/preview.ts';
import { commitBy, contributionOf, signedCommitBy } from '../helpers/contribution.ts';

const fallbacks = fallbacksOf(loadPresets(), 'default');
const resolutionOf = (text: string) =>
  resolvePolicyFile({ repository: null, path: 'p.yml', ref: null, oid: null, size: text.length, text }, fallbacks);
function policyOf(dco: string): Policy {
  const { policy } = resolutionOf(`dco: ${dco}\nlicense: { mode: "off" }\n`);
  if (policy === null) throw new Error('The policy is sound.');
  return policy;
}

const ada = 'Ada Example <ada@example.org>';
const signed = contributionOf([signedCommitBy(ada, 'Signed')]);
const unsigned = contributionOf([commitBy(ada, 'Unsigned')]);
const incomplete = { ...signed, totals: { commits: 2, files: null } };
const [off, warn, enforce] = ['{ mode: "off" }', '{ mode: warn }', '{ mode: enforce }'];

describe('Of two policies', () => {
  test.each([
    ['warns where it passed', unsigned, off, warn, 'off', 'warns', true],
    ['fails where it warned', unsigned, warn, enforce, 'warns', 'fails', true],
    ['fails where it passed', unsigned, '{ exempt: { branches: [main] } }', enforce, 'passes', 'fails', true],
    ['warns where it failed', unsigned, enforce, warn, 'fails', 'warns', false],
    ['is off where it failed', unsigned, enforce, off, 'fails', 'off', false],
    ['cannot be judged where it was off', incomplete, off, enforce, 'off', 'not-judged', true],
  ])('the second %s', (_, contribution, now, next, before, after, stricter) => {
    const [difference, ...others] = differencesBetween(contribution, { now: policyOf(now), next: policyOf(next) });
    expect(others).toEqual([]);
    expect(difference).toMatchObject({ rule: 'dco', check: 'DCO', before, after });
    expect(difference && isStricter(difference)).toBe(stricter);
  });

  test.each([
    ['passes where it was off', signed, off, enforce],
    ['is off where it passed', signed, enforce, off],
    ['enforces what passed', signed, warn, enforce],
    ['cannot be judged either', incomplete, warn, enforce],
    ['has another name', unsigned, enforce, '{ name: Sign-off }'],
  ])('the second makes no difference where it %s', (_, contribution, now, next) => {
    expect(differencesBetween(contribution, { now: policyOf(now), next: policyOf(next) })).toEqual([]);
  });
});

describe('There is a preview', () => {
  const now = resolutionOf(`dco: ${warn}`);
  test.each([
    ['where a setting differs', resolutionOf(`dco: ${enforce}`), true],
    ['not where none does', resolutionOf(`# a comment\ndco: ${warn}`), false],
    ['not of a policy that is broken', resolutionOf('dco: { mod: off }'), false],
    ['not where none is proposed', null, false],
  ])('%s', (_, proposed, there) => {
    expect(pairOf(now, proposed) !== null).toBe(there);
  });

  test('known by its settings, and not by where they come from', () => {
    const keyOf = (next: string) => pairKey({ now: policyOf(warn), next: policyOf(next) });
    expect(keyOf(enforce)).toBe(keyOf('{}'));
    expect(keyOf(enforce)).not.toBe(keyOf(off));
    expect(keyOf(enforce)).toMatch(/^[0-9a-f]{16}$/);
  });
});
