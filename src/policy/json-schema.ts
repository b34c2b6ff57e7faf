// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import * as z from 'zod';
import { $ZodDefault } from 'zod/v4/core';
import { contributionSchema, contributionVersion } from '../contribution/contribution.ts';
import { ruleIds } from '../rules/rules.ts';
import { announcementSchema } from './announcements.ts';
import { policySchema } from './schema.ts';

/** The part of JSON Schema (draft 2020-12) that is read here, for hints and for the reference page. */
export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly $ref?: string;
  readonly properties?: { readonly [key: string]: JsonSchema };
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
}

/** The JSON Schema of the policy file, as a person writes it: every key may be left out. */
export function policyJsonSchema(): JsonSchema {
  const schema = jsonSchemaOf(policySchema);
  const sections = ruleIds.map((id) => [id, { ...schema.properties?.[id], ...announcementSchema }]);
  return { ...schema, properties: { ...schema.properties, ...Object.fromEntries(sections) } };
}

/** The JSON Schema of a Contribution as `countersign evaluate` reads it; its version is the `version` field's value. */
export function contributionJsonSchema(): JsonSchema & { readonly $comment: string } {
  return {
    ...jsonSchemaOf(contributionSchema),
    $comment: `Version ${contributionVersion} of the format. It rises when a field is renamed, removed or changes its meaning.`,
  };
}

/** The JSON Schema of what a zod schema takes, without an id: no host name has to be owned for it. */
export function jsonSchemaOf(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, { io: 'input', target: 'draft-2020-12', override: plainKeywords }) as JsonSchema;
}

/** Leaves only JSON Schema's own keywords, and names a section that stands in a second place instead of repeating it. */
function plainKeywords({ zodSchema, jsonSchema }: { zodSchema: z.core.$ZodType; jsonSchema: object }): void {
  const { sameAs, examples } = z.globalRegistry.get(zodSchema) ?? {};
  for (const key of Object.keys(jsonSchema)) {
    if (sameAs !== undefined || ownKeywords.has(key)) Reflect.deleteProperty(jsonSchema, key);
  }
  if (sameAs !== undefined) Object.assign(jsonSchema, { $ref: `#/properties/${sameAs}` });
  // zod leaves both out where there is a transformation further in. Ours leave alone what they are examples of.
  else if (zodSchema instanceof $ZodDefault && !('default' in jsonSchema)) {
    Object.assign(jsonSchema, { default: zodSchema._zod.def.defaultValue, examples });
  }
}

const ownKeywords = new Set(['stricter', 'least', 'insteadOf', 'sameAs']);

/** The keys that an object in this schema may have. */
export function keysAt(schema: JsonSchema, path: readonly PropertyKey[]): readonly string[] {
  let at: JsonSchema | undefined = schema;
  for (const step of path) {
    const holder: JsonSchema | undefined = holderOf(at, schema);
    at = typeof step === 'number' ? holder?.items : holder?.properties?.[String(step)];
  }
  return Object.keys(holderOf(at, schema)?.properties ?? {});
}

/** Of alternatives, the one that holds something; of a reference, what it names. */
function holderOf(at: JsonSchema | undefined, root: JsonSchema): JsonSchema | undefined {
  const inner = at?.anyOf?.find(({ type }) => type !== 'null') ?? at;
  const section = /^#\/properties\/(\w+)$/.exec(inner?.$ref ?? '')?.[1];
  return section === undefined ? inner : root.properties?.[section];
}
