// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import type { Content, Contribution } from '../../src/contribution/contribution.ts';
import { judge } from '../../src/engine.ts';
import { createPolicyResolver } from '../../src/policy/cache.ts';
import type { Policy } from '../../src/policy/policy.ts';
import { loadPresets } from '../../src/policy/presets.ts';
import { createJudge } from '../../src/worker/judge.ts';
import { contributionOf, shaOf, signedCommitBy } from '../helpers/contribution.ts';

const presets = loadPresets();
const policyNamed = (name: string): Policy => {
  const policy = createPolicyResolver(presets, name).resolve({ repository: [], organisation: [] })?.policy;
  if (policy == null) throw new Error(`no preset ${name}`);
  return policy;
};
const policy = policyNamed('default');
const fileWith = (text: string | null, oid = shaOf(7)): Content => ({
  commit: shaOf(1),
  path: 'LICENSE',
  entry: { kind: 'file', oid, size: 9, mode: 'regular', binary: false, text, truncated: text === null },
});
const contribution = contributionOf([signedCommitBy('Ada Example <ada@example.org>', 'Add a widget')], {
  contents: [fileWith('some text')],
  judgedOn: '2026-01-01',
});
/** The same in every part, and in no part the same object. */
const copy = (more: Partial<Contribution> = {}): Contribution => ({ ...structuredClone(contribution), ...more });

test('What has not changed is judged once', () => {
  const judgeOnce = createJudge();
  const first = judgeOnce(contribution, policy);
  expect(first).toEqual(judge(contribution, policy));
  expect(judgeOnce(copy(), structuredClone(policy))).toBe(first);
});

test('The same policy at another commit of its branch is no other policy', () => {
  const judgeOnce = createJudge();
  const first = judgeOnce(contribution, policy);
  const sources = policy.sources.map((source) => ({ ...source, commit: shaOf(9) }));
  expect(judgeOnce(copy(), { ...policy, sources })).toBe(first);
});

describe('It is judged again where there is another', () => {
  const [commit] = contribution.commits;
  test.each<[string, Contribution, Policy]>([
    ['message', copy({ commits: commit === undefined ? [] : [{ ...commit, message: 'Add a widget' }] }), policy],
    ['day', copy({ judgedOn: '2026-01-02' }), policy],
    ['file', copy({ contents: [fileWith('other txt', shaOf(8))] }), policy],
    ['part of a file that was read', copy({ contents: [fileWith(null)] }), policy],
    ['membership', copy({ memberships: { ada: 'member' } }), policy],
    ['pull request queued with it', copy({ queued: [contribution] }), policy],
    ['policy', copy(), policyNamed('dco-only')],
  ])('%s', (_, changed, by) => {
    const judgeOnce = createJudge();
    const first = judgeOnce(contribution, policy);
    const second = judgeOnce(changed, by);
    expect(second).not.toBe(first);
    expect(second).toEqual(judge(changed, by));
  });
});

test('What has very many findings is not kept', () => {
  const judgeOnce = createJudge();
  const large = contributionOf(
    Array.from({ length: 250 }, (_, number) => ({
      ...signedCommitBy('Ada Example <ada@example.org>', `Change ${number}`),
      message: `Change ${number}`,
    })),
  );
  expect(judgeOnce(large, policy)).not.toBe(judgeOnce(large, policy));
});
