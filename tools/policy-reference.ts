// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { JsonSchema } from '../src/policy/json-schema.ts';

interface Row {
  readonly key: string;
  readonly schema: JsonSchema;
}

/** The reference of all keys in Markdown: the file's own first, then a section with a table for each key that has keys. */
export function policyReference(schema: JsonSchema): string {
  const keys = Object.entries(schema.properties ?? {});
  const plain = keys.filter(([, value]) => value.properties === undefined);
  const sections = keys.filter(([, value]) => value.properties !== undefined);
  const top =
    plain.length === 0 ? [] : ['### At the top level', table(plain.map(([key, value]) => ({ key, schema: value })))];
  return `${[...top, ...sections.flatMap(([key, value]) => section(key, value))].join('\n\n')}\n`;
}

function section(key: string, schema: JsonSchema): string[] {
  return [`### \`${key}\``, schema.description ?? '', table(keysBelow(key, schema))];
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
    const cells = [code(key), kind(schema), fallback, schema.description ?? '', code(flow(example))];
    return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  });
  return ['| Key | Value | Default | Meaning | Example |', '| --- | --- | --- | --- | --- |', ...lines].join('\n');
}

function kind(schema: JsonSchema): string {
  const { type, anyOf = Array.isArray(type) ? type.map((one) => ({ type: one })) : undefined } = schema;
  if (anyOf !== undefined) return anyOf.map(kind).join(', ');
  if (schema.type === 'null') return '`null`';
  const values = schema.enum ?? (schema.const === undefined ? undefined : [schema.const]);
  if (values !== undefined) return values.map((value) => code(flow(value))).join(', ');
  if (schema.properties !== undefined) return 'mapping';
  if (schema.anyOf !== undefined) {
    const kinds = schema.anyOf.filter(({ type }) => type !== 'null').map(kind);
    return [...new Set(kinds.flatMap((one) => one.split(' or ')))].join(' or ');
  }
  if (schema.type === 'object') return 'mapping';
  if (schema.type === 'boolean') return '`true`, `false`';
  if (schema.type === 'array') return `list of ${kind(schema.items ?? {})}`;
  return schema.type === 'string' ? 'text' : String(schema.type ?? 'anything');
}

/** As it can stand in YAML on one line. */
function flow(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

function code(text: string): string {
  return text === '' ? '' : `\`${text}\``;
}
