// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { z } from 'zod';
import { contributionSchema, contributionVersion } from '../contribution/contribution.ts';
import { policySchema } from './schema.ts';

/** The part of JSON Schema (draft 2020-12) that is read here, for hints and for the reference page. */
export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: { readonly [key: string]: JsonSchema };
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
}

/** The JSON Schema of the policy file, as a person writes it: every key may be left out. */
export function policyJsonSchema(): JsonSchema {
  return jsonSchemaOf(policySchema);
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
  return z.toJSONSchema(schema, { io: 'input', target: 'draft-2020-12' }) as JsonSchema;
}

/** The keys that an object in this schema may have. */
export function keysAt(schema: JsonSchema, path: readonly PropertyKey[]): readonly string[] {
  let at: JsonSchema | undefined = schema;
  for (const step of path) at = typeof step === 'number' ? at?.items : at?.properties?.[String(step)];
  return Object.keys(at?.properties ?? {});
}
