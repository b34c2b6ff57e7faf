// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { fallbacksOf } from '../../src/policy/cache.ts';
import {
  type Extended,
  type Location,
  locationKey,
  type PolicyFile,
  type PolicyFiles,
  type PolicyResolution,
} from '../../src/policy/policy.ts';
import { loadPresets } from '../../src/policy/presets.ts';
import { referencesOf, resolvePolicy } from '../../src/policy/resolve.ts';
import { readTarget } from '../../src/policy/target.ts';
import { unjudgedVerdicts } from '../../src/policy/unjudged.ts';
import { plain, policyFile } from './help.ts';

const fallbacks = fallbacksOf(loadPresets(), 'default');
const commit = 'c'.repeat(40);

/** Texts by where they lie, such as `a.yml` here or `acme/policies:b.yml@v1`. */
type World = Readonly<Record<string, string | Extended>>;

function nameOf({ repository, path, ref }: Location): string {
  if (repository === 'example/project') return path;
  return `${repository}:${path}${ref === null ? '' : `@${ref}`}`;
}

function found(location: Location, world: World, some: Partial<PolicyFile>): Extended {
  const text = world[nameOf(location)];
  if (text === undefined) return { missing: 'file' };
  if (typeof text !== 'string') return text;
  return { file: { ...policyFile(text, { ...location, ...some }) } };
}

/** Reads what is wanted until nothing is, as the App does. */
function resolve(own: string, world: World = {}, some: Partial<PolicyFile> = {}): PolicyResolution {
  let files: PolicyFiles = { repository: [policyFile(own, { commit })], organisation: [] };
  for (let round = 0; round < 10; round += 1) {
    const { wanted } = referencesOf(files, fallbacks);
    if (wanted.length === 0) break;
    const read = wanted.map((location) => [locationKey(location), found(location, world, some)] as const);
    files = { ...files, extended: new Map([...(files.extended ?? []), ...read]) };
  }
  const resolution = resolvePolicy(files, fallbacks);
  if (resolution === null) throw new Error('There is a file, so that there is a policy.');
  return resolution;
}

function told(resolution: PolicyResolution): string[] {
  return resolution.problems.map(({ source, line, code, text }) => `${source.path}:${line} ${code} ${plain(text)}`);
}

describe('an entry of extends', () => {
  const sha = 'a'.repeat(40);
  test.each([
    ['scs', { kind: 'preset', name: 'scs' }],
    ['.github/policies/base.yml', { kind: 'path', path: '.github/policies/base.yml' }],
    ['./base.yaml', { kind: 'path', path: 'base.yaml' }],
    ['acme/policies:base.yml', { kind: 'remote', owner: 'acme', name: 'policies', path: 'base.yml', ref: null }],
    ['acme/.github:a/b.yml@v1.2', { kind: 'remote', owner: 'acme', name: '.github', path: 'a/b.yml', ref: 'v1.2' }],
    [`acme/p:b.yml@${sha}`, { kind: 'remote', owner: 'acme', name: 'p', path: 'b.yml', ref: sha }],
    [
      'acme/p:b.yml@refs/tags/p@1.0',
      { kind: 'remote', owner: 'acme', name: 'p', path: 'b.yml', ref: 'refs/tags/p@1.0' },
    ],
  ])('%s is read', (written, expected) => {
    expect(readTarget(written)).toEqual(expected);
  });

  test.each([
    '',
    'SCS',
    'base.txt',
    '/base.yml',
    '../base.yml',
    'a/../base.yml',
    'a//base.yml',
    'https://example.org/base.yml',
    'acme/policies:../base.yml',
    'acme/policies:base.yml@',
    'acme/policies:base.yml@main~1',
    'acme/policies:base.yml@main:x',
    'acme/policies:base.yml@a..b',
    'acme/policies:base.yml@-x',
    'acme/policies:base.yml@@{1}',
    'acme/..:base.yml',
    `${'a/'.repeat(300)}base.yml`,
  ])('cannot be %j', (written) => {
    expect(readTarget(written)).toBeNull();
  });
});

describe('a policy that extends others', () => {
  test('has what they set, the later before the earlier, and its own before all', () => {
    const { policy } = resolve('extends: [a.yml, b.yml]\ndco: {name: Own}\n', {
      'a.yml': 'dco: {name: A, noreply: reject, coAuthors: require}',
      'b.yml': 'dco: {name: B, noreply: accept}',
    });
    expect(policy?.rules.dco).toMatchObject({ name: 'Own', noreply: 'accept', coAuthors: 'require' });
    expect(policy?.sources.map(({ path }) => path)).toEqual(['.github/countersign.yml', 'b.yml', 'a.yml']);
  });

  test('has what a preset sets', () => {
    const { policy } = resolve('extends: [scs]\nlicense: {prefer: none}\n');
    expect(policy?.rules.license).toMatchObject({ prefer: 'none', inboundEqualsOutbound: true });
    expect(policy?.rules.upstream.preset).toBe('scs');
  });

  test('adds to their lists, or replaces those that it names', () => {
    const world = { 'a.yml': 'license: {deny: [MIT], alsoAllow: [curl]}' };
    const own = 'extends: [a.yml]\nreplace: [license.alsoAllow]\nlicense: {deny: [ISC], alsoAllow: [CC0-1.0]}\n';
    expect(resolve(own, world).policy?.rules.license).toMatchObject({ deny: ['ISC', 'MIT'], alsoAllow: ['CC0-1.0'] });
  });

  test('finds in another repository what a file there names by its path, at the same commit', () => {
    const { policy } = resolve(
      'extends: ["acme/policies:base.yml@v1"]',
      { 'acme/policies:base.yml@v1': 'extends: [more.yml]', [`acme/policies:more.yml@${commit}`]: 'dco: {name: More}' },
      { commit },
    );
    expect(policy?.rules.dco.name).toBe('More');
  });

  test('is checked as a whole: names may not clash between files', () => {
    const resolution = resolve('extends: [a.yml]\ndco: {name: Check}\n', { 'a.yml': 'license:\n  name: Check\n' });
    expect(resolution.policy).toBeNull();
    expect(told(resolution)).toEqual([
      'a.yml:2 policy.duplicate-name `license.name` must differ from `dco.name`: two check runs cannot have one name.',
    ]);
  });

  test('may give a name that only another file takes away', () => {
    expect(
      resolve('extends: [a.yml]\ndco: {name: License}', { 'a.yml': 'license: {name: Licenses}' }).policy,
    ).not.toBeNull();
  });

  test('can come to the same file in two ways', () => {
    const world = { 'a.yml': 'extends: [c.yml]', 'b.yml': 'extends: [c.yml]', 'c.yml': 'dco: {name: C}' };
    expect(resolve('extends: [a.yml, b.yml]', world).policy?.rules.dco.name).toBe('C');
  });

  test('ignores the floor of a file that it extends', () => {
    const resolution = resolve('extends: ["acme/.github:.github/countersign.yml"]', {
      'acme/.github:.github/countersign.yml': 'floor: {license: {deny: [MIT]}}',
    });
    expect(resolution).toMatchObject({ policy: { floor: null, rules: { license: { deny: [] } } }, problems: [] });
  });
});

describe('a policy is broken, at the entry and with the way there,', () => {
  const cases: [string, string, World, string[]][] = [
    [
      'where a preset is not there',
      'extends: [nope]',
      {},
      [
        expect.stringMatching(
          /^\.github\/countersign\.yml:1 policy\.extends-missing There is no preset `nope`\. Use one of /,
        ) as never,
      ],
    ],
    [
      'where a file is not there',
      'dco: {}\nextends:\n  - a.yml\n',
      {},
      [
        '.github/countersign.yml:3 policy.extends-missing `a.yml` cannot be used: there is no such file. Mend the path or the ref, or remove the entry.',
      ],
    ],
    [
      'where one is not there further down',
      'extends: [a.yml]',
      { 'a.yml': 'dco: {}\nextends: [b.yml]' },
      [
        'a.yml:2 policy.extends-missing `b.yml` cannot be used: there is no such file. Mend the path or the ref, or remove the entry. It is extended by way of `.github/countersign.yml → a.yml → b.yml`.',
      ],
    ],
    [
      'where a repository is not there, or not to be read',
      'extends: ["acme/policies:a.yml"]',
      { 'acme/policies:a.yml': { missing: 'place' } },
      [
        '.github/countersign.yml:1 policy.extends-missing `acme/policies:a.yml` cannot be used: there is no such repository, branch or tag, or this App may not read it, or another account’s private file does not name yours in sharedWith. Mend the entry, or ask there.',
      ],
    ],
    [
      'where files extend each other in a circle',
      'extends: [a.yml]',
      { 'a.yml': 'extends: [b.yml]', 'b.yml': 'extends: [a.yml]' },
      [expect.stringMatching(/^b\.yml:1 policy\.extends-cycle .* → a\.yml → b\.yml → a\.yml`\.$/) as never],
    ],
    [
      'where a file extends itself',
      'extends: [.github/countersign.yml]',
      { '.github/countersign.yml': 'extends: [.github/countersign.yml]' },
      [
        '.github/countersign.yml:1 policy.extends-cycle `.github/countersign.yml` extends itself in the end, so that there is no first one to begin with.',
      ],
    ],
    [
      'where files extend each other more than five deep',
      'extends: [1.yml]',
      Object.fromEntries([1, 2, 3, 4, 5, 6].map((n) => [`${n}.yml`, `extends: [${n + 1}.yml]`])),
      [
        expect.stringMatching(
          /^5\.yml:1 policy\.extends-depth Policies can extend each other 5 deep at most\. It is extended by way of /,
        ) as never,
      ],
    ],
    [
      'where an extended file has a mistake, which is told too',
      'extends: [a.yml]',
      { 'a.yml': 'dco:\n  mode: on\n' },
      [
        '.github/countersign.yml:1 policy.extends-broken `a.yml` has a mistake and cannot be used. Mend it there.',
        'a.yml:2 policy.invalid `dco.mode` must be `enforce`, `warn` or `off`. It is the text `on`.',
      ],
    ],
  ];

  test.each(cases)('%s', (_, own, world, expected) => {
    const resolution = resolve(own, world);
    expect(resolution.policy).toBeNull();
    expect(told(resolution)).toEqual(expected);
  });

  test('where it is made of too many files', () => {
    const many = (name: string) => Array.from({ length: 10 }, (_, index) => `${name}${index}.yml`);
    const world = Object.fromEntries(
      many('a').flatMap((a) => [[a, `extends: [${many('b').join(', ')}]`], ...many('b').map((b) => [b, 'dco: {}'])]),
    );
    const resolution = resolve(`extends: [${many('a').join(', ')}]`, world);
    expect(told(resolution)).toEqual([
      expect.stringContaining('policy.extends-count A policy can be made of 50 files at most.'),
    ]);
  });

  test('where nobody looked for a file', () => {
    const resolution = resolvePolicy(
      { repository: [policyFile('extends: ["acme/p:a.yml"]')], organisation: [] },
      fallbacks,
    );
    expect(resolution).toMatchObject({ policy: null, problems: [{ code: 'policy.extends-missing' }] });
  });

  test('and then nothing passes, under the names that its own file gives', () => {
    const verdicts = unjudgedVerdicts(resolve('extends: [a.yml]\ndco: {name: Sign-off}\nlicense: {mode: off}\n'));
    expect(verdicts.map(({ name, verdict }) => [name, verdict.outcome])).toEqual([['Sign-off', 'incomplete']]);
  });
});

describe('a file that not everybody can read', () => {
  const own = 'extends: ["example/secret:a.yml"]';
  const resolveSecret = (entry: string, text: string) =>
    resolve(`extends: ["${entry}"]`, { [entry]: text }, { hidden: true });

  test('is named, and none of its text is told', () => {
    expect(told(resolveSecret('example/secret:a.yml', 'dco:\n  name: Hush\n  mode: on\n'))).toEqual([
      '.github/countersign.yml:1 policy.extends-broken `example/secret:a.yml` has a mistake and cannot be used. Mend it there.',
    ]);
  });

  test('is left out, with a warning, where it was withheld', () => {
    const resolution = resolve(own, { 'example/secret:a.yml': { missing: 'withheld' } });
    expect(resolution.policy?.rules.dco.name).toBe('DCO');
    expect(resolution.problems).toMatchObject([{ code: 'policy.extends-withheld', severity: 'warning', line: 1 }]);
  });

  test('is another account’s to use only where it says so', () => {
    const name = (text: string) => resolveSecret('acme/secret:a.yml', text).policy?.rules.dco.name;
    expect(name('dco: {name: Hush}\nsharedWith: [EXAMPLE]')).toBe('Hush');
    expect(name('dco: {name: Hush}\nsharedWith: [other]')).toBeUndefined();
  });

  test('looks as if it were not there where it does not', () => {
    const texts = ['dco: {name: Hush}', 'dco: {mode: on}', 'x: [', ''];
    const messages = texts.map((text) => told(resolveSecret('acme/secret:a.yml', text)).join());
    const gone = told(resolve('extends: ["acme/secret:a.yml"]', { 'acme/secret:a.yml': { missing: 'place' } })).join();
    expect(messages).toEqual(texts.map(() => gone));
  });
});
