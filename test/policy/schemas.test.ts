// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { contributionSchema } from '../../src/contribution/contribution.ts';
import { contributionJsonSchema, policyJsonSchema } from '../../src/policy/json-schema.ts';
import { parsePolicy } from '../../src/policy/parse.ts';
import { ruleIds } from '../../src/rules/rules.ts';
import { generate } from '../../tools/generate.ts';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

describe('what is generated is up to date (npm run generate)', () => {
  const generated = generate();

  test.each([...generated.keys()])('%s', (path) => {
    const content = (text: string | undefined) => (path.endsWith('.json') ? JSON.parse(text ?? '') : text);
    expect(content(read(path))).toEqual(content(generated.get(path)));
  });
});

describe('every key of the policy', () => {
  interface Node {
    description?: string;
    default?: unknown;
    examples?: unknown[];
    properties?: Record<string, Node>;
  }

  function keys(schema: Node, above: readonly string[] = []): [string, Node, readonly string[]][] {
    return Object.entries(schema.properties ?? {}).flatMap(([key, node]) => {
      const path = [...above, key];
      return [[path.join('.'), node, path] as [string, Node, readonly string[]], ...keys(node, path)];
    });
  }
  const all = keys(policyJsonSchema() as Node);

  test('is there for each rule', () => {
    const names = all.map(([name]) => name);
    expect(names).toEqual(expect.arrayContaining(ruleIds.flatMap((id) => [`${id}.mode`, `${id}.name`])));
  });

  test.each(all)('%s has a default and is described, with valid examples where it holds a value', (_, node, path) => {
    expect(node.description).toMatch(/\.$/);
    expect(node).toHaveProperty('default');
    if (node.properties !== undefined) return;
    expect(node.examples).not.toHaveLength(0);
    for (const example of node.examples ?? []) {
      // A day to enforce a rule from says something only where the rule warns.
      const beside = path.at(-1) === 'enforceFrom' ? { mode: 'warn' } : {};
      const file = path.reduceRight<unknown>(
        (inner, key) => ({ ...(inner === example ? beside : {}), [key]: inner }),
        example,
      );
      expect(parsePolicy(JSON.stringify(file)).problems).toEqual([]);
    }
  });

  test.each(all)('%s is on the reference page', (name) => {
    expect(read('docs/policy.md')).toMatch(new RegExp(`\`${name}\``));
  });
});

test('every policy on the reference page is valid', () => {
  const blocks = [...read('docs/policy.md').matchAll(/```yaml\n(.*?)```/gs)].map(([, text]) => text ?? '');
  expect(blocks.length).toBeGreaterThan(0);
  expect(blocks.flatMap((text) => parsePolicy(text).problems)).toEqual([]);
});

test('the policy of this very repository is valid', () => {
  expect(parsePolicy(read('.github/countersign.yml')).problems).toEqual([]);
});

describe('the JSON Schema of a contribution', () => {
  const valid = new Ajv2020({ strict: true }).compile(contributionJsonSchema());
  const sha = (digit: string) => digit.repeat(40);
  const contribution = {
    version: 1,
    source: 'git',
    repository: null,
    pullRequest: null,
    base: { ref: 'main', sha: sha('a') },
    head: { ref: 'topic', sha: sha('b') },
    commits: [
      {
        sha: sha('b'),
        message: 'Say why\n',
        author: { name: 'Ada Example', email: 'ada@example.org' },
        committer: null,
        authorAccount: null,
        committerAccount: null,
        signature: null,
        parents: [sha('a')],
      },
    ],
    totals: { commits: 1 },
  };

  test.each([
    ['takes what the program takes', contribution, true],
    ['refuses another version', { ...contribution, version: 2 }, false],
    ['refuses a short object id', { ...contribution, head: { ref: 'topic', sha: 'bbbbbbb' } }, false],
    ['refuses missing commits', { ...contribution, commits: undefined }, false],
    ['refuses an unknown membership', { ...contribution, memberships: { ada: 'perhaps' } }, false],
  ])('%s', (_, value, expected) => {
    const json: unknown = JSON.parse(JSON.stringify(value));
    expect([valid(json), contributionSchema.safeParse(json).success]).toEqual([expected, expected]);
  });
});
