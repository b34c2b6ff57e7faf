// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { isKnownGap } from './gaps.ts';

type Schema = Record<string, unknown>;

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema: Schema;
}

interface Media {
  readonly schema: Schema;
}

interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly (Parameter | { $ref: string })[];
  readonly requestBody?: { required?: boolean; content: Record<string, Media> };
  readonly responses: Record<string, { $ref?: string; content?: Record<string, Media> }>;
}

interface Contract {
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: Record<string, Record<string, unknown>>;
}

let contract: Contract | undefined;

/** GitHub's REST contract, 13 MB of JSON: read when the first request is checked. */
function load(): Contract {
  if (contract) return contract;
  const path = createRequire(import.meta.url).resolve('@octokit/openapi/generated/api.github.com.json');
  contract = JSON.parse(readFileSync(path, 'utf8')) as Contract;
  return contract;
}

function resolve<Value>(value: Value | { $ref: string }): Value {
  if (typeof value !== 'object' || value === null || !('$ref' in value)) return value as Value;
  let found: unknown = load();
  for (const part of value.$ref.slice(2).split('/')) found = (found as Record<string, unknown>)[part];
  return found as Value;
}

/** Id under which a component's schema is known to ajv. */
function schemaId($ref: string): string {
  return $ref.replace('#/', 'github:/');
}

/** OpenAPI 3.0's `nullable` in JSON Schema's words, throughout, and references to ids. */
function toJsonSchema(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toJsonSchema);
  if (typeof value !== 'object' || value === null) return value;
  const { nullable, example, examples, ...rest } = value as Schema;
  if (typeof rest.$ref === 'string') return { $ref: schemaId(rest.$ref) };
  const schema = Object.fromEntries(Object.entries(rest).map(([key, part]) => [key, toJsonSchema(part)]));
  return nullable === true ? { anyOf: [{ type: 'null' }, schema] } : schema;
}

let ajv: Ajv | undefined;
const added = new Set<string>();

function references(value: unknown, found: Set<string>): void {
  if (Array.isArray(value)) for (const one of value) references(one, found);
  if (typeof value !== 'object' || value === null) return;
  const { $ref } = value as Schema;
  if (typeof $ref === 'string') found.add($ref);
  for (const one of Object.values(value)) references(one, found);
}

/** Adds the component schemas that a schema needs, and theirs: a few dozen of nine hundred. */
function addReferenced(validator: Ajv, schema: unknown): void {
  const found = new Set<string>();
  references(schema, found);
  for (const $ref of found) {
    if (added.has($ref)) continue;
    added.add($ref);
    const target = resolve<Schema>({ $ref });
    validator.addSchema({ ...(toJsonSchema(target) as Schema), $id: schemaId($ref) });
    addReferenced(validator, target);
  }
}

function compile(schema: Schema, coerceTypes: boolean): ValidateFunction {
  const options = { strict: false, allErrors: true, validateFormats: true } as const;
  if (coerceTypes) return addFormats.default(new Ajv({ ...options, coerceTypes: true })).compile(schema);
  ajv ??= addFormats.default(new Ajv(options));
  addReferenced(ajv, schema);
  return ajv.compile(toJsonSchema(schema) as Schema);
}

const compiled = new Map<string, ValidateFunction>();

function problems(key: string, where: string, schema: Schema, value: unknown, coerce = false): string[] {
  let validate = compiled.get(key);
  if (!validate) {
    validate = compile(schema, coerce);
    compiled.set(key, validate);
  }
  if (validate(value)) return [];
  return (validate.errors ?? [])
    .filter(({ instancePath }) => !isKnownGap(where, instancePath))
    .map(({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`);
}

/** GitHub's operation behind a method and a path template, such as `get /repos/{owner}/{repo}`; undefined: none. */
export function operation(method: string, template: string): Operation | undefined {
  return load().paths[template]?.[method.toLowerCase()];
}

/** Whether GitHub has any route that fits the method and the path. */
export function knowsRoute(method: string, path: string): boolean {
  const parts = path.split('/');
  return Object.entries(load().paths).some(([template, methods]) => {
    const names = template.split('/');
    const fits = names.length === parts.length && names.every((name, at) => name.startsWith('{') || name === parts[at]);
    return fits && method.toLowerCase() in methods;
  });
}

/** Parameters that GitHub doesn't have, lacks or has with another type. */
export function queryProblems(one: Operation, query: Readonly<Record<string, string>>): string[] {
  const parameters = (one.parameters ?? []).map((parameter) => resolve<Parameter>(parameter));
  const allowed = parameters.filter((parameter) => parameter.in === 'query');
  const schema = {
    type: 'object',
    properties: Object.fromEntries(allowed.map(({ name, schema }) => [name, schema])),
    required: allowed.filter(({ required }) => required).map(({ name }) => name),
    additionalProperties: false,
  };
  return problems(`${one.operationId} query`, one.operationId, schema, { ...query }, true);
}

/** What is wrong with a request's body. Stricter than GitHub: a property that the contract doesn't have is an error. */
export function bodyProblems(one: Operation, body: unknown): string[] {
  const schema = one.requestBody?.content['application/json']?.schema;
  const empty = body === undefined || (typeof body === 'object' && Object.keys(body ?? {}).length === 0);
  if (!schema) return empty ? [] : [`${one.operationId} takes no body`];
  if (empty && !one.requestBody?.required) return [];
  const properties = schema.properties as Schema | undefined;
  const extra = properties ? Object.keys(body as object).filter((name) => !(name in properties)) : [];
  const unknown = extra.map((name) => `GitHub has no property «${name}» in the body`);
  return [...unknown, ...problems(`${one.operationId} body`, one.operationId, schema, body)];
}

/** What is wrong with an answer of the simulator's. */
export function responseProblems(one: Operation, status: number, body: unknown): string[] {
  const declared = one.responses[String(status)];
  if (!declared) return status < 400 ? [`${one.operationId} never answers ${status}`] : [];
  const schema = resolve<{ content?: Record<string, Media> }>(declared as never).content?.['application/json']?.schema;
  if (!schema || body === undefined) return [];
  return problems(`${one.operationId} ${status}`, one.operationId, schema, body);
}
