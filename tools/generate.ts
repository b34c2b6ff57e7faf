// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { contributionJsonSchema, policyJsonSchema } from '../src/policy/json-schema.ts';
import { reportJsonSchema } from '../src/report/report-schema.ts';
import { policyReference } from './policy-reference.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const template = fileURLToPath(new URL('./policy.template.md', import.meta.url));

/** Every generated file's content by its path from the project's root; JSON is not formatted yet. */
export function generate(): ReadonlyMap<string, string> {
  const page = readFileSync(template, 'utf8').replace('<!-- keys -->\n', () => policyReference(policyJsonSchema()));
  return new Map([
    ['schemas/policy.json', JSON.stringify(policyJsonSchema())],
    ['schemas/contribution.json', JSON.stringify(contributionJsonSchema())],
    ['schemas/report.json', JSON.stringify(reportJsonSchema())],
    ['docs/policy.md', page],
  ]);
}

if (import.meta.main) {
  const files = generate();
  for (const [path, content] of files) writeFileSync(`${root}/${path}`, content);
  // The formatter's layout of JSON is its own, so it does it.
  const json = [...files.keys()].filter((path) => path.endsWith('.json'));
  execFileSync('node_modules/.bin/biome', ['format', '--write', ...json], { cwd: root, stdio: 'inherit' });
}
