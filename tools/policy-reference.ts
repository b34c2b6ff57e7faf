// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { JsonSchema } from '../src/policy/json-schema.ts';
import { keyTable } from '../src/policy/key-table.ts';
import type { Comparison } from '../src/rules/strictness.ts';

interface Row {
  readonly key: string;
  readonly schema: JsonSchema;
}

/** The reference of all keys in Markdown: the file's own first, then a section with a table for each key that has keys. */
export function policyReference(schema: JsonSchema): string {
  const keys = Object.entries(schema.properties ?? {});
  const plain = keys.filter(([, value]) => mappingIn(value) === undefined);
  const sections = keys.filter(([, value]) => mappingIn(value) !== undefined);
  const top =
    plain.length === 0 ? [] : ['### At the top level', table(plain.map(([key, value]) => ({ key, schema: value })))];
  return `${[...top, ...sections.flatMap(([key, value]) => section(key, value))].join('\n\n')}\n`;
}

function section(key: string, schema: JsonSchema): string[] {
  return [`### \`${key}\``, schema.description ?? '', table(keysBelow(key, mappingIn(schema) ?? schema))];
}

/** A section's keys, also where it may be null. */
function mappingIn(schema: JsonSchema): JsonSchema | undefined {
  return [schema, ...(schema.anyOf ?? [])].find(({ properties }) => properties !== undefined);
}

/** Which values are stricter, and what a floor is that names the section alone. */
function floorOf(key: string): string {
  const found = keyTable().get(key);
  if (found === undefined) return '';
  const closed = found.least === undefined ? '' : `; left out: ${code(flow(found.least))}`;
  return `${strictness(found.stricter)}${closed}`;
}

function strictness(stricter: Comparison): string {
  if (stricter === 'lowest') return 'the sooner';
  if (stricter === 'fixed') return 'the floor’s value';
  if (stricter === 'parts') return 'each by the section’s own keys';
  if ('order' in stricter) return stricter.order.map((value) => code(flow(value))).join(' > ');
  const lists = {
    fewer: 'fewer entries',
    more: 'more entries',
    within: `fewer entries, ${code('[]')} being no limit`,
  };
  return lists[stricter.list];
}

/** Every key below this one by its full path, mappings before what they hold. */
function keysBelow(key: string, schema: JsonSchema): Row[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, inner]) => {
    const path = `${key}.${name}`;
    const items = inner.items === undefined ? [] : keysBelow(`${path}[]`, inner.items);
    return [{ key: path, schema: inner }, ...keysBelow(path, inner), ...items];
  });
}

function table(rows: readonly Row[]): string {
  const lines = rows.map(({ key, schema }) => {
    const [example] = schema.examples ?? [];
    const fallback = schema.properties === undefined ? code(flow(schema.default)) : '';
    const cells = [code(key), kind(schema), fallback, schema.description ?? '', code(flow(example)), floorOf(key)];
    return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  });
  const head = ['Key', 'Value', 'Default', 'Meaning', 'Example', 'Floor'];
  return [`| ${head.join(' | ')} |`, `|${' --- |'.repeat(head.length)}`, ...lines].join('\n');
}

function kind(schema: JsonSchema): string {
  const { type, anyOf = Array.isArray(type) ? type.map((one: string) => ({ type: one })) : undefined } = schema;
  const section = /^#\/properties\/(\w+)$/.exec(schema.$ref ?? '')?.[1];
  if (section !== undefined) return `the keys of ${code(section)}`;
  const values = schema.enum ?? (schema.const === undefined ? undefined : [schema.const]);
  if (values !== undefined) return values.map((value) => code(flow(value))).join(', ');
  if (schema.properties !== undefined) return 'mapping';
  if (anyOf !== undefined) {
    const kinds = anyOf.filter((one) => one.type !== 'null').map(kind);
    return [...new Set(kinds.flatMap((one) => one.split(' or ')))].join(' or ');
  }
  if (type === 'object') return 'mapping';
  if (type === 'boolean') return '`true`, `false`';
  if (type === 'array') return `list of ${kind(schema.items ?? {})}`;
  return type === 'string' ? 'text' : String(type ?? 'anything');
}

/** As it can stand in YAML on one line. */
function flow(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

function code(text: string): string {
  return text === '' ? '' : `\`${text}\``;
}
