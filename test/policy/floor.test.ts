// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { bind } from '../../src/policy/bind.ts';
import { fallbacksOf } from '../../src/policy/cache.ts';
import { settingsOf } from '../../src/policy/in-force.ts';
import { type Key, keyTable } from '../../src/policy/key-table.ts';
import { loadPresets } from '../../src/policy/presets.ts';
import { resolvePolicy } from '../../src/policy/resolve.ts';
import { settingsSchema } from '../../src/policy/schema.ts';
import { type Tree, valueAt, withValue } from '../../src/policy/tree.ts';
import { anyGlob } from '../../src/rules/glob.ts';
import type { Comparison } from '../../src/rules/strictness.ts';
import { plain, policyFile, sharedFile } from './help.ts';

const fallbacks = fallbacksOf(loadPresets(), 'default');

function resolve(own: string, floor: string) {
  const resolution = resolvePolicy(
    { repository: [policyFile(own)], organisation: [sharedFile(`floor:\n  ${floor}\n`)] },
    fallbacks,
  );
  if (resolution === null) throw new Error('There are files, so that there is a policy.');
  return resolution;
}

function held(own: string, floor: string, key: string): unknown {
  const { policy } = resolve(own, floor);
  if (policy === null) throw new Error('The files of this test are broken.');
  return valueAt(settingsOf(policy), key.split('.'));
}

function warnings(own: string, floor: string): string[] {
  return resolve(own, floor).problems.map(({ line, column, code, text }) => `${line}:${column} ${code} ${plain(text)}`);
}

describe('of a value and the floor, there holds', () => {
  const order = { order: ['enforce', 'warn', 'off'] } as const;
  const cases: [string, Exclude<Comparison, 'parts'>, unknown, unknown, unknown][] = [
    ['the floor, where the value is weaker', order, 'enforce', 'warn', 'enforce'],
    ['the value, where it is stricter', order, 'warn', 'enforce', 'enforce'],
    ['the floor, where nobody knows the value', order, 'warn', 'maybe', 'warn'],
    ['true, where that is the strict one', { order: [true, false] }, true, false, true],
    ['what both let pass', { list: 'fewer' }, ['a', 'b'], ['b', 'c'], ['b']],
    ['nothing, where the floor lets nothing pass', { list: 'fewer' }, [], ['a'], []],
    ['fewer, where the value lets fewer pass', { list: 'fewer' }, ['a', 'b'], [], []],
    ['a directory within a directory', { list: 'fewer' }, ['docs/**'], ['docs/a/*', 'docs.md'], ['docs/a/*']],
    ['a directory within one that ends in a slash', { list: 'fewer' }, ['docs/'], ['docs/a'], ['docs/a']],
    ['any glob, where the floor has them all', { list: 'fewer' }, ['**'], ['a', '*.md'], ['a', '*.md']],
    ['no glob that may be wider', { list: 'fewer' }, ['docs/*'], ['docs/**'], []],
    ['nothing where null is stricter', { list: 'fewer' }, null, 'list.txt', null],
    ['null, which is always strict enough', { list: 'fewer' }, 'list.txt', null, null],
    ['what either asks for', { list: 'more' }, ['a'], ['b'], ['b', 'a']],
    ['what is within the floor', { list: 'within' }, ['a', 'b'], ['b', 'c'], ['b']],
    ['the floor, where the value has no limit', { list: 'within' }, ['a'], [], ['a']],
    ['the floor, where nothing would be left, which is no limit', { list: 'within' }, ['a'], ['c'], ['a']],
    ['the value, where the floor has no limit', { list: 'within' }, [], ['c'], ['c']],
    ['the earlier day', 'lowest', '2027-01-01', '2027-02-01', '2027-01-01'],
    ['the shorter time', 'lowest', '90d', '100d', '90d'],
    ['a day rather than never', 'lowest', '2027-01-01', null, '2027-01-01'],
    ['the value, where the floor says never', 'lowest', null, '90d', '90d'],
    ['the floor, where the two cannot be compared', 'fixed', 'Apache-2.0', 'MIT', 'Apache-2.0'],
  ];

  test.each(cases)('%s', (_, stricter, floor, value, expected) => {
    expect(bind(stricter, floor, value)).toEqual(expected);
    expect(bind(stricter, floor, expected)).toEqual(expected);
  });
});

test('whatever globs a floor has, nothing passes that it would not let pass', () => {
  const part = fc.constantFrom('a', 'b', '*', '**', 'a*', '?', 'c.md');
  const pattern = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));
  const path = fc
    .array(fc.constantFrom('a', 'b', 'ab', 'c.md'), { minLength: 1, maxLength: 4 })
    .map((all) => all.join('/'));
  fc.assert(
    fc.property(fc.array(pattern), fc.array(pattern), path, (floor, own, name) => {
      const bound = bind({ list: 'fewer' }, floor, own) as string[];
      if (anyGlob(bound)(name)) expect(anyGlob(floor)(name)).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

describe('no key undercuts its floor', () => {
  /** Two values of each key, and more where it is a list. */
  const examples: Readonly<Record<string, readonly unknown[]>> = {
    'license.require': ['osi', 'listed'],
    'license.outbound': [null, 'MIT', 'Apache-2.0'],
    'license.prefer': ['none', 'copyleft'],
    'license.vendored': [[], ['lib/**']],
    'license.allow': [[], ['MIT'], ['MIT', 'Apache-2.0'], ['ISC']],
    'license.deny': [[], ['MIT'], ['MIT', 'Apache-2.0'], ['ISC']],
    'license.alsoAllow': [[], ['CC0-1.0'], ['CC0-1.0', 'curl']],
    'license.exceptions': [[], [{ path: 'a', reason: 'r', approvedBy: 'a' }]],
    'upstream.preset': [null, 'yocto', 'scs', ['scs']],
    'upstream.patches': [null, [], ['patches/**']],
    'upstream.commits': [null, 'fork', ['src/**']],
    'upstream.custom': [null],
    'upstream.remotes': [{}, { default: { repo: 'a/b' } }],
    'upstream.baseline': [null, 'list.txt', 'other.txt'],
    'upstream.stale.pending': [null, '9d', '90d'],
    'upstream.stale.submitted': [null, '9d', '90d'],
  };

  function valuesOf(name: string, { stricter }: Key): readonly unknown[] {
    if (examples[name] !== undefined) return examples[name];
    if (typeof stricter === 'object' && 'order' in stricter) return stricter.order;
    if (name.endsWith('enforceFrom')) return [null, '2027-01-31', '2027-02-01'];
    if (name.endsWith('name')) return ['Gate', 'Door'];
    if (name.endsWith('roles')) return [['admin'], ['maintain', 'admin'], ['write']];
    if (name.endsWith('teams')) return [[], ['acme/legal']];
    return [[], ['ada'], ['ada', 'ben']];
  }

  /** Values that hold keys of their own get their defaults, too. */
  const filled = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value), (_, one) =>
      one?.repo ? { branch: null, ...one } : one?.approvedBy ? { expires: null, ...one } : one,
    );

  /** A rule that no policy asks for is off, whatever its mode, and a day is announced by a rule that warns. */
  function aroundOf(name: string, { path: [section = ''] }: Key): Tree {
    const asked = name === 'upstream.preset' ? {} : { upstream: { preset: 'scs' } };
    return name.endsWith('enforceFrom') ? withValue(asked, [section, 'mode'], 'warn') : asked;
  }

  const keys = [...keyTable()].filter(([, { stricter }]) => stricter !== 'parts');

  test.each(keys)('%s', (name, key) => {
    if (key.stricter === 'parts') return;
    const values = valuesOf(name, key);
    const around = aroundOf(name, key);
    for (const floor of values) {
      for (const own of values) {
        const written = (value: unknown) => withValue(around, key.path, value);
        const value = held(JSON.stringify(written(own)), JSON.stringify(written(floor)), name);
        // As strict as the floor: held to it once more, it stays as it is.
        expect(bind(key.stricter, filled(floor), value)).toEqual(value);
        const isStrict = typeof own !== 'object' && bind(key.stricter, floor, own) === own;
        if (isStrict) expect(value).toBe(own);
      }
    }
  });

  test('each key says which of its values is stricter', () => {
    const leaves = (tree: Tree): number =>
      Object.values(tree).reduce<number>((sum, one) => sum + (isFilled(one) ? leaves(one) : 1), 0);
    const isFilled = (one: unknown): one is Tree =>
      typeof one === 'object' && one !== null && !Array.isArray(one) && Object.keys(one).length > 0;
    expect(keyTable().size).toBe(leaves(settingsSchema.parse({}) as unknown as Tree));
  });
});

describe('in a section that the floor names', () => {
  test.each([
    ['the rule is enforced', 'dco: {mode: off}', 'dco: {}', 'dco.mode', 'enforce'],
    ['a mode of the floor’s own counts', 'dco: {mode: off}', 'dco: {mode: warn}', 'dco.mode', 'warn'],
    ['nothing is exempt', 'dco: {exempt: {branches: ["**"]}}', 'dco: {}', 'dco.exempt.branches', []],
    [
      'what it lists is',
      'dco: {exempt: {users: [ada, ben]}}',
      'dco: {exempt: {users: [ada]}}',
      'dco.exempt.users',
      ['ada'],
    ],
    ['nothing more is allowed', 'license: {alsoAllow: [curl]}', 'license: {}', 'license.alsoAllow', []],
    ['who may override shrinks', 'overrides: {users: [ada]}', 'overrides: {}', 'overrides.users', []],
    ['nobody overrides their own', 'overrides: {allowOwn: true}', 'overrides: {}', 'overrides.allowOwn', false],
    [
      'what it frees is free',
      'dco: {exempt: {users: [ada]}}',
      '{dco: {}, free: [dco.exempt.users]}',
      'dco.exempt.users',
      ['ada'],
    ],
    ['what undoes nothing is free', 'dco: {noreply: reject}', 'dco: {}', 'dco.noreply', 'reject'],
  ])('%s', (_, own, floor, key, expected) => {
    expect(held(own, floor, key)).toEqual(expected);
  });

  test('a rule that the floor does not name is free', () => {
    expect(held('license: {mode: off}', 'dco: {}', 'license.mode')).toBe('off');
    expect(held('license: {mode: off}', '{dco: {}, license: null}', 'license.mode')).toBe('off');
  });

  test('a rule is on that the repository never named', () => {
    expect(held('dco: {}', 'upstream: {preset: scs}', 'upstream.preset')).toBe('scs');
    expect(held('dco: {}', 'upstream: {preset: scs}', 'upstream.mode')).toBe('enforce');
  });

  test('each part of the repository is held to it', () => {
    const scopes =
      'license: {scopes: [{paths: [a/**], alsoAllow: [curl]}, {paths: [b/**], unknown: warn, prefer: copyleft}]}';
    expect(held(scopes, 'license: {require: osi}', 'license.scopes')).toEqual([
      { paths: ['a/**'], alsoAllow: [] },
      { paths: ['b/**'], unknown: 'ask', prefer: 'copyleft' },
    ]);
    expect(warnings(scopes, 'license: {require: osi}')).toHaveLength(2);
  });

  test('a single check is held to what holds for all, and to its own', () => {
    const own = 'overrides: {roles: [write, admin], checks: {dco: {roles: [write]}}}';
    expect(held(own, 'overrides: {roles: [admin]}', 'overrides.checks.dco.roles')).toEqual([]);
    expect(held('{}', 'overrides: {checks: {dco: {roles: [admin]}}}', 'overrides.checks.dco.roles')).toEqual(['admin']);
    expect(held('{}', 'overrides: {roles: [admin]}', 'overrides.roles')).toEqual(['admin']);
  });
});

describe('an attempt to undercut it', () => {
  test('is told at its line, with what holds instead', () => {
    expect(warnings('version: 1\ndco:\n  mode: warn\n', 'dco: {mode: enforce}')).toEqual([
      "3:9 policy.below-floor The organisation's floor does not allow this value of `dco.mode`, which therefore has no effect. What holds is `enforce`.",
    ]);
  });

  test('is told at the very entry of a list', () => {
    const own = 'license:\n  alsoAllow:\n    - curl\n    - CC0-1.0\n';
    expect(warnings(own, 'license: {alsoAllow: [curl]}')).toEqual([
      '4:7 policy.below-floor The organisation\'s floor does not allow this value of `license.alsoAllow`, which therefore has no effect. What holds is `["curl"]`.',
    ]);
  });

  test('is told without the floor’s words, where not everybody can read them', () => {
    const files = {
      repository: [policyFile('dco: {mode: warn}')],
      organisation: [sharedFile('floor: {dco: {mode: enforce}}', { hidden: true })],
    };
    expect(plain(resolvePolicy(files, fallbacks)?.problems[0]?.text ?? [])).toBe(
      "The organisation's floor does not allow this value of `dco.mode`, which therefore has no effect.",
    );
  });

  test('is none where a default is weaker: nobody wrote it', () => {
    expect(warnings('dco: {}', 'license: {unknown: fail}')).toEqual([]);
    expect(held('dco: {}', 'license: {unknown: fail}', 'license.unknown')).toBe('fail');
  });

  test('is told in the DCO App’s file too', () => {
    const files = {
      repository: [policyFile('require:\n  members: false\n', { path: '.github/dco.yml' })],
      organisation: [sharedFile('floor: {dco: {}}')],
    };
    const resolution = resolvePolicy(files, fallbacks);
    expect(resolution?.policy?.rules.dco.require.members).toBe(true);
    expect(resolution?.problems).toMatchObject([
      { code: 'policy.below-floor', line: 2, column: 12, source: { path: '.github/dco.yml' } },
    ]);
  });
});

describe('a floor', () => {
  test('has no effect in a repository’s own file, which is told', () => {
    const resolution = resolvePolicy(
      { repository: [policyFile('floor: {license: {deny: [MIT]}}')], organisation: [] },
      fallbacks,
    );
    expect(resolution?.policy?.rules.license.deny).toEqual([]);
    expect(resolution?.problems).toMatchObject([{ code: 'policy.floor-misplaced', severity: 'warning', line: 1 }]);
  });

  test('that cannot be read lets nothing pass, whatever the repository’s own file says', () => {
    const broken = ['floor: {dco: {mode: on}}', 'floor: [', 'floor:\n  dco: {}\n  dco: {}\n'];
    for (const text of broken) {
      const files = { repository: [policyFile('dco: {name: Sign-off}')], organisation: [sharedFile(text)] };
      const resolution = resolvePolicy(files, fallbacks);
      expect(resolution).toMatchObject({ policy: null, salvaged: { rules: { dco: { name: 'Sign-off' } } } });
      expect(resolution?.problems[0]?.source.repository).toBe('example/.github');
    }
  });

  test('that is not there cannot be broken', () => {
    const files = { repository: [policyFile('dco: {}')], organisation: [sharedFile('dco: {mode: on}')] };
    expect(resolvePolicy(files, fallbacks)?.policy).not.toBeNull();
  });

  test('frees only keys that it closes', () => {
    expect(resolve('dco: {}', '{dco: {}, free: [dco.mod]}').problems).toMatchObject([{ code: 'policy.invalid' }]);
  });
});

describe('a floor’s exemptions', () => {
  const traits = { name: 'sandbox-1', topics: ['toys'], visibility: 'private', archived: false, fork: true } as const;
  const mode = (exemption: string, today: string | null = '2026-11-22', some: object | null = {}) => {
    const floor = `floor: {dco: {}, exemptRepositories: [{${exemption}, reason: Because, until: 2026-11-22}]}`;
    const files = { repository: [policyFile('dco: {mode: off}')], organisation: [sharedFile(floor)] };
    const known = some === null ? null : { ...traits, ...some };
    return resolvePolicy(files, fallbacks, { traits: known, today })?.policy?.rules.dco.mode;
  };

  test.each([
    ['its name', 'name: sandbox-*', 'off'],
    ['its name, whatever the case', 'name: SANDBOX-1', 'off'],
    ['another name', 'name: prod-*', 'enforce'],
    ['a topic', 'topic: toys', 'off'],
    ['another topic', 'topic: toy', 'enforce'],
    ['its visibility', 'visibility: private', 'off'],
    ['another visibility', 'visibility: public', 'enforce'],
    ['being a fork', 'fork: true', 'off'],
    ['not being archived', 'archived: false', 'off'],
    ['being archived', 'archived: true', 'enforce'],
    ['all that is asked for', 'name: sandbox-*, topic: toys, fork: true', 'off'],
    ['only a part of what is asked for', 'name: sandbox-*, topic: prod', 'enforce'],
  ])('go by %s', (_, exemption, expected) => {
    expect(mode(exemption)).toBe(expected);
  });

  test('hold to the end of their last day', () => {
    expect([mode('fork: true', '2026-11-22'), mode('fork: true', '2026-11-23')]).toEqual(['off', 'enforce']);
  });

  test('hold for nobody of whom nothing is known, or where the day is not', () => {
    expect([mode('fork: true', '2026-11-22', null), mode('fork: true', null)]).toEqual(['enforce', 'enforce']);
  });

  test('need a selector, a reason and an end', () => {
    for (const exemption of [
      '{reason: x, until: 2027-01-01}',
      '{fork: true, until: 2027-01-01}',
      '{fork: true, reason: x}',
    ]) {
      expect(resolve('dco: {}', `exemptRepositories: [${exemption}]`).policy).toBeNull();
    }
  });
});
