// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { expect, test } from '@jest/globals';
import { fallbacksOf } from '../../src/policy/cache.ts';
import { parsePolicy } from '../../src/policy/parse.ts';
import type { PolicyResolution } from '../../src/policy/policy.ts';
import { loadPresets } from '../../src/policy/presets.ts';
import { resolvePolicy } from '../../src/policy/resolve.ts';
import { unjudgedVerdicts } from '../../src/policy/unjudged.ts';
import { ruleIds } from '../../src/rules/rules.ts';
import { plain, policyFile, topLevelKeys } from './help.ts';

const fallbacks = fallbacksOf(loadPresets(), 'default');

function resolved(text: string): PolicyResolution {
  const resolution = resolvePolicy({ repository: [policyFile(text)], organisation: [] }, fallbacks);
  if (resolution === null) throw new Error('There is always a preset here.');
  return resolution;
}

test('without a policy every rule that is not off by itself is incomplete, and none passes', () => {
  const judgements = unjudgedVerdicts(resolved('dco: 1\nx: 1\n'));
  expect(judgements.map(({ verdict }) => [verdict.rule, verdict.outcome])).toEqual(
    ruleIds.filter((id) => parsePolicy('').settings?.[id].mode !== 'off').map((id) => [id, 'incomplete']),
  );
});

test('the reason names the file, its first mistake and what happens next', () => {
  const broken = resolved('x: 1\ny: 1\n');
  const [first] = unjudgedVerdicts(broken, 'example/project');
  expect(first?.verdict.findings.map(({ code, level, at, text }) => [code, level, at, plain(text)])).toEqual([
    [
      'dco.no-policy',
      'gap',
      null,
      `The policy file \`.github/countersign.yml\` on \`main\` has 2 errors, the first in line 1: There is no key \`x\` at the top level. Use ${topLevelKeys}, or remove it. Without a policy this check cannot be judged; it is repeated by itself once the policy is mended.`,
    ],
  ]);
  expect(first?.verdict.remedies[0]?.commands).toEqual(['countersign policy validate .github/countersign.yml']);
  const [local] = unjudgedVerdicts(broken);
  expect(local?.verdict.findings.map(({ text }) => plain(text)).join()).toMatch(/this check cannot be judged\.$/);
});

function ofDco(text: string) {
  return unjudgedVerdicts(resolved(text)).filter(({ verdict }) => verdict.rule === 'dco');
}

test('its name is the one that can still be read', () => {
  expect(ofDco('dco: {name: Sign-off, x: 1}')).toMatchObject([{ name: 'Sign-off', mode: 'enforce' }]);
});

test('a rule that is off in a section without mistakes stays off, and one that warns only warns', () => {
  expect(ofDco('x: 1\ndco: {mode: off}')).toEqual([]);
  expect(ofDco('x: 1\ndco: {mode: warn}')).toMatchObject([{ mode: 'warn' }]);
});

test('a rule that a policy has to ask for keeps no success of before, unless it is switched off', () => {
  const upstreamOf = (text: string, posted: string[]) =>
    unjudgedVerdicts(resolved(text), null, new Set(posted)).filter(({ verdict }) => verdict.rule === 'upstream');
  const left = [{ name: 'Upstream First', mode: 'enforce', verdict: { outcome: 'incomplete' } }];
  expect(upstreamOf('x: 1', ['Upstream First'])).toMatchObject(left);
  expect(upstreamOf('x: [', ['Upstream First'])).toMatchObject(left);
  expect(upstreamOf('x: 1', ['DCO'])).toEqual([]);
  expect(upstreamOf('x: 1\nupstream: {mode: off}', ['Upstream First'])).toEqual([]);
});

test('where there is a policy, not judging by it is a mistake of the program', () => {
  expect(() => unjudgedVerdicts(resolved(''))).toThrow('There is a policy: judge by it.');
});
