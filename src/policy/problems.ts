// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { z } from 'zod';
import { say, type Text } from '../rules/text.ts';
import { anyOf, choiceHint, explain, type Found, typeName, whatIs } from './explain.ts';
import { type JsonSchema, keysAt } from './json-schema.ts';
import { excerpt, type Mistake, mistake } from './mistakes.ts';
import { nearestOf } from './nearest.ts';
import type { Located, Span } from './yaml.ts';

type Issue = z.core.$ZodIssue;

interface File {
  readonly text: string;
  readonly root: Located;
  /** Of the whole file; called only when there is a key to correct. */
  readonly schema: () => JsonSchema;
}

/** Every issue that zod found in the file as mistakes at their places, in words of ours. */
export function mistakesOf(issues: readonly Issue[], file: File): Mistake[] {
  let known: JsonSchema | undefined;
  const schema = () => {
    known ??= file.schema();
    return known;
  };
  return issues.flatMap((issue) => translate(issue, [], { ...file, schema }));
}

function translate(issue: Issue, above: readonly PropertyKey[], file: File): Mistake[] {
  const path = [...above, ...issue.path];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey(key, path, file));
    case 'invalid_union':
      return noAlternative(issue, path, file);
    case 'invalid_key': {
      const name = String(path.at(-1));
      const words = (inner: Issue) => explain(inner, pathText(path), { value: name, written: name });
      return issue.issues.map((inner) => mistake('policy.invalid', placeOf(file.root, path).key, words(inner)));
    }
    case 'invalid_element':
      return issue.issues.flatMap((inner) => translate(inner, path, file));
    default: {
      const place = placeOf(file.root, path);
      return [mistake('policy.invalid', place.at, explain(issue, pathText(path), foundAt(place, file.text)))];
    }
  }
}

function unknownKey(key: string, path: readonly PropertyKey[], { root, schema }: File): Mistake {
  const at = placeOf(root, [...path, key]).key;
  const allowed = keysAt(schema(), path);
  const nearest = nearestOf(key, allowed);
  const where = path.length === 0 ? ['at the top level'] : say`in ${pathText(path)}`;
  const problem = say`There is no key ${excerpt(key)} ${where}.`;
  if (nearest !== null) return mistake('policy.unknown-key', at, say`${problem} Did you mean ${nearest}?`);
  const wayOut = allowed.length === 0 ? ['Remove it.'] : say`Use ${anyOf(allowed)}, or remove it.`;
  return mistake('policy.unknown-key', at, say`${problem} ${wayOut}`);
}

/** Of several alternatives, that one was meant which the value got furthest into; if none, all are named. */
function noAlternative(issue: z.core.$ZodIssueInvalidUnion, path: readonly PropertyKey[], file: File): Mistake[] {
  const reach = (issues: readonly Issue[]) => Math.min(...issues.map((one) => one.path.length));
  const best = issue.errors.toSorted((a, b) => reach(b) - reach(a))[0];
  if (best !== undefined && reach(best) > 0) return best.flatMap((inner) => translate(inner, path, file));
  const found = issue.errors.flat();
  const types = [...new Set(found.flatMap((one) => (one.code === 'invalid_type' ? [typeName(one.expected)] : [])))];
  const values = found.flatMap((one) => (one.code === 'invalid_value' ? one.values.map(String) : []));
  const place = placeOf(file.root, path);
  const start = say`${pathText(path)} must be ${expected(values, types)}. ${whatIs(foundAt(place, file.text))}`;
  const hint = choiceHint(values, place.node?.value);
  return [mistake('policy.invalid', place.at, hint === null ? start : say`${start} ${hint}`)];
}

function expected(values: readonly string[], types: readonly string[]): Text {
  if (values.length === 0) return [types.join(' or ') || 'one of the allowed values'];
  return types.length === 0 ? anyOf(values) : say`${anyOf(values)}, or ${[types.join(' or ')]}`;
}

interface Place {
  readonly at: Span;
  /** The key that leads here, for what is said of the key and not of its value. */
  readonly key: Span;
  /** null where the file has nothing at that path; the place is then the nearest one that it has. */
  readonly node: Located | null;
}

/** Where a path leads in the file. */
export function placeOf(root: Located, path: readonly PropertyKey[]): Place {
  let node = root;
  // The whole file would be a poor place to point at.
  let key: Span = { start: root.at.start, end: root.at.start + 1 };
  for (const step of path) {
    const member = node.members.get(step);
    if (member === undefined) return { at: key, key, node: null };
    ({ key, node } = member);
  }
  return { at: node.at, key, node };
}

function foundAt({ node }: Place, text: string): Found | null {
  return node === null ? null : { value: node.value, written: text.slice(node.at.start, node.at.end) };
}

function pathText(path: readonly PropertyKey[]): Text {
  const steps = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`));
  return path.length === 0 ? ['The file'] : say`${excerpt(steps.join('').slice(1))}`;
}
