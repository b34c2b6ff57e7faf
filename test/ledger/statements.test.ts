// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { accountOf } from '../../src/ledger/statements.ts';
import { createPolicyResolver } from '../../src/policy/cache.ts';
import { loadPresets } from '../../src/policy/presets.ts';
import { policyFile } from '../policy/help.ts';

const resolver = createPolicyResolver(loadPresets(), 'default');

/** What the ledger is told of the policy that a file with this text is. */
function policyStated(text: string) {
  const file = policyFile(text, { oid: createHash('sha256').update(text).digest('hex') });
  const resolution = resolver.resolve({ repository: [file], organisation: [] });
  if (resolution === null) throw new Error('there is no policy');
  const looked = { host: 'github.com', repository: 'Octo/Hello', pullRequest: 1, head: 'a', base: 'main' };
  const [statement] = accountOf({
    ...looked,
    policyCommit: null,
    resolution,
    results: [],
    decisions: null,
    comments: null,
  }).statements;
  return { statement, resolution };
}

test('The state of a policy is the hash of what it holds, the same each time and in every version', () => {
  const { statement, resolution } = policyStated('version: 1\nextends: [dco-only]\n');
  const { rules, checkName, overrides, sources } = resolution.policy ?? {};
  const files = sources?.map(({ repository, path, ref }) => ({ repository, path, ref }));
  const held = JSON.stringify({ rules, checkName, overrides, sources: files });
  expect(statement?.topic).toBe('policy github.com/octo/hello main');
  expect(statement?.state).toBe(`valid ${createHash('sha256').update(held).digest('hex')}`);
  expect(policyStated('version: 1\nextends: [dco-only]\n').statement).toEqual(statement);
});

test('Another policy, and a broken one, have other states', () => {
  const states = ['version: 1\nextends: [dco-only]\n', 'version: 1\nextends: [osi-only]\n', 'x: 1\n'].map(
    (text) => policyStated(text).statement?.state,
  );
  expect(new Set(states).size).toBe(3);
  expect(states.map((state) => state?.split(' ')[0])).toEqual(['valid', 'valid', 'broken']);
});
