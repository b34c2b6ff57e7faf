// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import * as z from 'zod';
import { jsonSchemaOf } from '../../src/policy/json-schema.ts';
import { problemsOf } from '../../src/policy/mistakes.ts';
import { mistakesOf } from '../../src/policy/problems.ts';
import { readYaml } from '../../src/policy/yaml.ts';
import { listed } from './help.ts';

function check(schema: z.ZodType, text: string): string[] {
  const { root } = readYaml(text);
  const checked = schema.safeParse(root?.value);
  if (checked.success || root === null) return [];
  const mistakes = mistakesOf(checked.error.issues, { text, root, schema: () => jsonSchemaOf(schema) });
  return listed(problemsOf(text, mistakes));
}

describe('what a later rule may ask of a value is told in the same words', () => {
  const entry = z.union([z.string(), z.strictObject({ path: z.string(), until: z.int().max(9) })]);
  const cases: [string, z.ZodType, string, string][] = [
    ['a missing key', z.object({ a: z.string() }), 'b: 1', '1:1 policy.invalid `a` is missing. Add it.'],
    [
      'a whole number',
      z.object({ a: z.int() }),
      'a: 1.5',
      '1:4 policy.invalid `a` must be a whole number. It is the number `1.5`.',
    ],
    [
      'a number in quotes',
      z.object({ a: z.number() }),
      'a: "3"',
      '1:4 policy.invalid `a` must be a number. It is the text `3`. Write it without quotes.',
    ],
    [
      'a limit',
      z.object({ a: z.number().max(5) }),
      'a: 6',
      '1:4 policy.invalid `a` must be at most 5. It is the number `6`. Shorten it.',
    ],
    [
      'a multiple',
      z.object({ a: z.number().multipleOf(5) }),
      'a: 6',
      '1:4 policy.invalid `a` must be a multiple of 5. It is the number `6`.',
    ],
    [
      'the length of a list',
      z.object({ a: z.array(z.string()).min(2) }),
      'a: [x]',
      '1:4 policy.invalid `a` must have at least 2 entries. It is a list. Fill it in, or remove it.',
    ],
    [
      'a condition of the rule’s own',
      z.object({ a: z.string().refine((text) => text !== 'x', { error: 'must not be x' }) }),
      'a: x',
      '1:4 policy.invalid `a` must not be x. It is the text `x`.',
    ],
    [
      'a format that has no words of its own',
      z.object({ a: z.url() }),
      'a: x',
      '1:4 policy.invalid `a` has a value that is not allowed. It is the text `x`.',
    ],
    [
      'no alternative',
      z.object({ a: entry }),
      'a: 1',
      '1:4 policy.invalid `a` must be text or a mapping (keys with values). It is the number `1`.',
    ],
    [
      'none of the words of an alternative',
      z.object({ a: z.union([z.enum(['yocto', 'dep3']), z.array(z.string())]) }),
      'a: yokto',
      '1:4 policy.invalid `a` must be `yocto` or `dep3`, or a list. It is the text `yokto`. Did you mean `yocto`?',
    ],
    [
      'the alternative that was meant',
      z.object({ a: entry }),
      'a: {path: x, until: 10}',
      '1:21 policy.invalid `a.until` must be at most 9. It is the number `10`. Shorten it.',
    ],
    [
      'a key of a record',
      z.object({ a: z.record(z.string().regex(/^x/, { error: 'must start with x' }), z.int()) }),
      'a: {yz: 1}',
      '1:5 policy.invalid `a.yz` must start with x. It is the text `yz`.',
    ],
    [
      'an unknown key inside a list',
      z.object({ a: z.array(z.strictObject({ path: z.string() })) }),
      'a:\n  - path: x\n    paht: y\n',
      '3:5 policy.unknown-key There is no key `paht` in `a[0]`. Did you mean `path`?',
    ],
  ];

  test.each(cases)('%s', (_, schema, text, problem) => {
    expect(check(schema, text)).toEqual([problem]);
  });
});
