// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { parse } from 'yaml';
import { policyJsonSchema } from '../../src/policy/json-schema.ts';
import { parsePolicy } from '../../src/policy/parse.ts';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

// An alternative that only requires a key does not define it again, as strictRequired would have it.
const ajv = new Ajv2020({ strict: true, strictRequired: false });
addFormats.default(ajv);
const valid = ajv.compile(policyJsonSchema());
const verdicts = (text: string) => [valid(parse(text)), parsePolicy(text).settings !== null];

describe('the JSON Schema and the parser agree', () => {
  test.each([
    ['nothing', '{}'],
    ['a version', 'version: 1'],
    ['names', 'policy: {name: Gate}\ndco: {name: Sign-off}'],
    ...['enforce', 'warn', 'off'].map((mode) => [`mode ${mode}`, `dco: {mode: ${mode}}`]),
    ['a day to enforce a warning from', 'dco: {mode: warn, enforceFrom: 2028-02-29}'],
    ['no such day', 'dco: {enforceFrom: null}'],
    ['users and bots', 'dco: {exempt: {users: [ada, Ben-2, ada_acme, "release-robot[bot]"]}}'],
    ['an exception', 'license: {exceptions: [{path: a, reason: b, approvedBy: c, expires: 2027-01-31}]}'],
    ['a mark', 'upstream: {custom: {documentation: "https://e.org/", marks: [{state: drop, line: a, write: a}]}}'],
    ['every key', read('policies/default.yml')],
    ['a notation of its own', read('policies/custom.yml')],
    ['scopes', read('policies/scs.yml')],
  ])('that this is valid: %s', (_, text) => {
    expect(verdicts(text)).toEqual([true, true]);
  });

  const custom = (where: string, mark: string) =>
    `upstream: {custom: {in: ${where}, documentation: "https://e.org/", marks: [{state: drop, write: a, ${mark}}]}}`;

  test.each([
    ['a list', '[]'],
    ['another version', 'version: 2'],
    ['a version in quotes', 'version: "1"'],
    ['an unknown key', 'dcoo: {}'],
    ['an unknown key in a section', 'dco: {mod: warn}'],
    ['an unknown key deep down', 'dco: {exempt: {path: []}}'],
    ['an unknown value', 'dco: {mode: on}'],
    ['a section that is empty', 'dco:'],
    ['a section that is a list', 'dco: []'],
    ['a name that is empty', 'dco: {name: ""}'],
    ['a name that is too long', `dco: {name: ${'x'.repeat(101)}}`],
    ['a name with an invisible character', 'policy: {name: "a\\u200b"}'],
    ['text for a boolean', 'dco: {require: {members: no}}'],
    ['text for a list', 'dco: {exempt: {users: x}}'],
    ['a number in a list of text', 'dco: {exempt: {branches: [1.0]}}'],
    ['empty text in a list', 'dco: {exempt: {paths: [""]}}'],
    ['a user with an @', 'dco: {exempt: {users: ["@ada"]}}'],
    ['a day that no calendar has', 'dco: {mode: warn, enforceFrom: 2027-02-29}'],
    ['a day and an hour', 'dco: {mode: warn, enforceFrom: "2027-01-31T00:00Z"}'],
    ['a day for what is enforced', 'license: {mode: enforce, enforceFrom: 2027-01-31}'],
    ['a day for what is enforced by default', 'license: {enforceFrom: 2027-01-31}'],
    ['a day for what is off', 'upstream: {mode: off, enforceFrom: 2027-01-31}'],
    ['an exception for nothing', 'license: {exceptions: [{reason: b, approvedBy: c}]}'],
    ['an exception for two things', 'license: {exceptions: [{path: a, purl: "pkg:npm/a", reason: b, approvedBy: c}]}'],
    ['a mark of two kinds', custom('commit', 'prefix: a, trailer: b')],
    ['a mark of no kind', custom('commit', 'requires: [url]')],
    ['a value beside a line', custom('commit', 'line: a, value: b')],
    ['a path with a trailer', custom('path', 'trailer: a')],
    ['a patch with a prefix', custom('patch', 'prefix: a')],
  ])('that this is not: %s', (_, text) => {
    expect(verdicts(text)).toEqual([false, false]);
  });

  test('on any file that is made of keys and values that are nearly right', () => {
    fc.assert(
      fc.property(mapping(sections, []), (file) => {
        const problems = parsePolicy(JSON.stringify(file)).problems.filter(({ code }) => !parserOnly.has(code));
        expect({ file, valid: valid(file) }).toEqual({ file, valid: problems.length === 0 });
      }),
      { numRuns: 500, seed: 20260101 },
    );
  });

  test.each([
    ['a glob that matches nothing', 'dco: {exempt: {paths: ["/"]}}'],
    ['a pattern that is none', custom('commit', 'line: "("')],
    ['two check runs of one name', 'dco: {name: Policy}'],
  ])('but for what JSON Schema cannot say, where the parser is the stricter one: %s', (_, text) => {
    expect(verdicts(text)).toEqual([true, false]);
  });
});

/** What a policy is put together from names keys and other files, which only the parser can follow. */
const { extends: _, replace: __, floor: ___, ...sections } = policyJsonSchema().properties ?? {};

/** Problems of a file as a whole, which no schema of its parts can tell. */
const parserOnly = new Set(['policy.duplicate-name']);

interface Node {
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly examples?: readonly unknown[];
  readonly required?: readonly string[];
  readonly properties?: { readonly [key: string]: Node };
  readonly additionalProperties?: Node | boolean;
  readonly items?: Node;
  readonly anyOf?: readonly Node[];
}

/** Values of every type, some of which are right somewhere; the globs and patterns among them are sound. */
const odd = fc.constantFrom<unknown>(
  ...[null, true, 0, 1, 1.5, '', 'x', 'on', 'warn', '@ada', 'a\u200b', '2027-02-29', '2028-02-29', 'MIT', '90d'],
  ...['pkg:npm/a', 'https://example.org/', 'x'.repeat(101), [], ['x'], [null], {}, { x: 1 }],
);

/** Values as a node of the schema describes them, and now and then something else in their place. */
function valuesOf(node: Node): fc.Arbitrary<unknown> {
  return oddly(right(node));
}

/** Rarely enough that of whole files some are right and some are wrong in one place. */
function oddly(arbitrary: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 80, arbitrary }, { weight: 1, arbitrary: odd });
}

function right(node: Node): fc.Arbitrary<unknown> {
  const { type, properties, required = [], additionalProperties, items, anyOf, examples = [] } = node;
  if (node.const !== undefined) return fc.constant(node.const);
  if (node.enum !== undefined) return fc.constantFrom(...node.enum);
  if (properties !== undefined) return mapping(properties, required);
  if (anyOf !== undefined) return fc.oneof(...anyOf.map(valuesOf));
  if (type === 'boolean') return fc.boolean();
  if (type === 'null') return fc.constant(null);
  if (Array.isArray(type)) return fc.oneof(...type.map((one) => valuesOf({ ...node, type: one })));
  if (type === 'array') return fc.array(valuesOf(items ?? {}), { maxLength: 3 });
  if (typeof additionalProperties === 'object') {
    return fc.dictionary(fc.constantFrom('default', 'src/**', ''), valuesOf(additionalProperties), { maxKeys: 2 });
  }
  return examples.length === 0 ? odd : oddly(fc.constantFrom(...examples));
}

/** With few keys each, since every further one makes it less likely that a whole file is right. */
function mapping(properties: { readonly [key: string]: Node }, required: readonly string[]): fc.Arbitrary<unknown> {
  const all = Object.keys(properties);
  const known = fc.subarray(all, { maxLength: Math.min(3, all.length) }).chain((some) => {
    const keys = [...new Set([...required, ...some])];
    return fc.record(Object.fromEntries(keys.map((key) => [key, valuesOf(properties[key] ?? {})])));
  });
  const unknown = known.map((value) => ({ ...value, unheardOf: 1 }));
  return fc.oneof({ weight: 80, arbitrary: known }, { weight: 1, arbitrary: unknown });
}
