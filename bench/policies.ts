// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * What it takes to hold the policies of 10,000 repositories, each with a file of its own: `npm run bench:policies`.
 * In one run every file differs in one line, as files do that were copied and changed; in the other every repository sets
 * something of its own in each section, which leaves nothing to share.
 */

import { createHash } from 'node:crypto';
import { createPolicyResolver } from '../src/policy/cache.ts';
import { type Extended, locationKey, type PolicyFile } from '../src/policy/policy.ts';
import { loadPresets } from '../src/policy/presets.ts';

const repositories = 10_000;

function file(repository: string, path: string, text: string): PolicyFile {
  const oid = createHash('sha1').update(text).digest('hex');
  return { repository, path, ref: 'main', commit: oid, oid, size: text.length, text };
}

const floor = file('acme/.github', '.github/countersign.yml', 'floor:\n  dco: {}\n  license: {deny: [SSPL-1.0]}\n');
const base: Extended = { file: file('acme/policies', 'base.yml', 'extends: [scs]\ndco: {noreply: reject}\n') };
const shared = { repository: 'acme/policies', path: 'base.yml', ref: 'v1' };

const copied = (index: number) => `extends: ["acme/policies:base.yml@v1"]
dco:
  exempt:
    users: ["robot-${index}[bot]"]
license:
  mode: warn
`;

const different = (index: number) => `extends: ["acme/policies:base.yml@v1"]
dco:
  name: DCO ${index}
license:
  name: License ${index}
  alsoAllow: [curl, CC0-1.0, X-${index}]
  exceptions:
    - { path: "lib/${index}/**", reason: Kept as it is, approvedBy: legal }
upstream:
  name: Upstream ${index}
  vendor: ["lib/${index}/**"]
overrides:
  teams: [acme/team-${index}]
`;

function measure(what: string, textOf: (index: number) => string): void {
  const resolver = createPolicyResolver(loadPresets(), 'default');
  const extended = new Map([[locationKey(shared), base]]);
  const resolve = (index: number) => {
    const own = file(`acme/repository-${index}`, '.github/countersign.yml', textOf(index));
    return resolver.resolve({ repository: [own], organisation: [floor], extended });
  };
  if (resolve(0)?.policy === null) throw new Error('The policies of this benchmark are broken.');
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  const start = performance.now();
  for (let index = 0; index < repositories; index += 1) resolve(index);
  const first = performance.now() - start;
  globalThis.gc?.();
  const held = process.memoryUsage().heapUsed - before;
  const again = performance.now();
  for (let index = 0; index < repositories; index += 1) resolve(index);
  const known = performance.now() - again;
  const each = (milliseconds: number) => `${((milliseconds * 1000) / repositories).toFixed(0)} µs each`;
  console.log(
    `${what}: ${(held / 1e6).toFixed(1)} MB held, ${each(first)} the first time, ${each(known)} once known, ${resolver.compositions} put together`,
  );
}

measure('alike but for a line', copied);
measure('different in every section', different);
