// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { isKnownGap } from './gaps.ts';

interface PayloadSchemas {
  readonly definitions: Readonly<Record<string, object>>;
}

let loaded: { ajv: Ajv; names: ReadonlySet<string> } | undefined;

function load() {
  if (loaded) return loaded;
  const path = createRequire(import.meta.url).resolve('@octokit/webhooks-schemas');
  const schema = JSON.parse(readFileSync(path, 'utf8')) as PayloadSchemas;
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats.default(ajv);
  // Validating the root compiles every event; the definitions alone are compiled one by one, when needed.
  ajv.addSchema({ $id: 'webhooks', definitions: schema.definitions });
  loaded = { ajv, names: new Set(Object.keys(schema.definitions)) };
  return loaded;
}

const compiled = new Map<string, ValidateFunction>();

function validator(name: string): ValidateFunction | null {
  const before = compiled.get(name);
  if (before) return before;
  const { ajv, names } = load();
  if (!names.has(name)) return null;
  // A `$` in a JSON pointer is an ordinary character, but a fragment has to be encoded.
  const made = ajv.compile({ $ref: `webhooks#/definitions/${encodeURIComponent(name)}` });
  compiled.set(name, made);
  return made;
}

/** What is wrong with a payload by GitHub's published schema; empty where nothing is. */
export function payloadProblems(event: string, payload: Readonly<Record<string, unknown>>): string[] {
  const name = `${event}$${typeof payload.action === 'string' ? payload.action : 'event'}`;
  const validate = validator(name);
  if (!validate) return [`GitHub has no webhook ${name.replace('$', '.')}`];
  // A payload went through JSON: what is undefined is not there.
  if (validate(JSON.parse(JSON.stringify(payload)))) return [];
  return (validate.errors ?? [])
    .filter(({ instancePath }) => !isKnownGap(name, instancePath))
    .map(({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`);
}
