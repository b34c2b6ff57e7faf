// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import * as z from 'zod';
import {
  $ZodArray,
  $ZodDefault,
  $ZodNullable,
  $ZodObject,
  $ZodOptional,
  $ZodPipe,
  $ZodPrefault,
  $ZodUnion,
} from 'zod/v4/core';
import type { Comparison } from '../rules/strictness.ts';
import { settingsSchema } from './schema.ts';

/** A key that holds a value, as the table of settings describes it. */
export interface Key {
  /** Where it stands, such as `dco.exempt.paths`. */
  readonly path: readonly string[];
  /** Whether its value can be a list. */
  readonly list: boolean;
  readonly stricter: Comparison;
  /** What the floor is where it names the section and not the key; undefined: none. */
  readonly least: unknown;
  /** The key, by its path, that this one replaces for a single check; null: none. */
  readonly insteadOf: readonly string[] | null;
}

let known: ReadonlyMap<string, Key> | undefined;

/** Every key that holds a value, by its path with dots. Throws where a key does not say which of its values is stricter. */
export function keyTable(): ReadonlyMap<string, Key> {
  known ??= new Map(keysOf(settingsSchema, []).map((key) => [key.path.join('.'), key]));
  return known;
}

function keysOf(schema: z.core.$ZodType, path: readonly string[]): Key[] {
  const { meta, inner } = unwrap(schema);
  if (meta.stricter === undefined && inner instanceof $ZodObject) {
    return Object.entries(inner._zod.def.shape).flatMap(([name, value]) => keysOf(value, [...path, name]));
  }
  if (meta.stricter === undefined) throw new Error(`The key ${path.join('.')} does not say which value is stricter.`);
  const [section = ''] = path;
  const insteadOf = meta.insteadOf === undefined ? null : [section, ...meta.insteadOf.split('.')];
  return [{ path, list: canBeList(inner), stricter: meta.stricter, least: meta.least, insteadOf }];
}

function canBeList(schema: z.core.$ZodType): boolean {
  const { inner } = unwrap(schema);
  if (inner instanceof $ZodUnion) return inner._zod.def.options.some(canBeList);
  return inner instanceof $ZodArray;
}

/** What every layer of a schema says of the key, and what is left without the layers that add defaults and the like. */
function unwrap(schema: z.core.$ZodType): { readonly meta: z.core.GlobalMeta; readonly inner: z.core.$ZodType } {
  const meta = z.globalRegistry.get(schema) ?? {};
  const below = layerBelow(schema);
  if (below === null) return { meta, inner: schema };
  const { meta: lower, inner } = unwrap(below);
  return { meta: { ...lower, ...meta }, inner };
}

function layerBelow(schema: z.core.$ZodType): z.core.$ZodType | null {
  if (schema instanceof $ZodDefault || schema instanceof $ZodPrefault) return schema._zod.def.innerType;
  if (schema instanceof $ZodNullable || schema instanceof $ZodOptional) return schema._zod.def.innerType;
  return schema instanceof $ZodPipe ? schema._zod.def.in : null;
}
