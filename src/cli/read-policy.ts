// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Client } from '../github/client.ts';
import { classify } from '../github/errors.ts';
import { createExtendedReader } from '../github/extended.ts';
import { readPolicyFiles } from '../github/read-policy.ts';
import { createPolicyResolver } from '../policy/cache.ts';
import { deepest } from '../policy/compose.ts';
import type { PolicyFiles } from '../policy/policy.ts';
import { loadPresets } from '../policy/presets.ts';
import { clientWith } from './client.ts';
import { tellRefused } from './github-policies.ts';
import { opened, openedExtended } from './opened.ts';
import { type ChosenPolicy, configuredFallbacks } from './policy.ts';
import { requireToken } from './token.ts';
import { UserError } from './user-error.ts';

/**
 * The policy in force for pull requests into a branch (null: the default one), as GitHub shows it to the owner of the token
 * in `GH_TOKEN` or `GITHUB_TOKEN`. @throws UserError where it cannot be had
 */
export async function readPolicyOf(repository: string, branch: string | null): Promise<ChosenPolicy> {
  const [, owner, name] = /^([\w-]+)\/([\w.-]+)$/.exec(repository) ?? [];
  if (owner === undefined || name === undefined) throw new UserError(`--repo ${repository}: has to be OWNER/NAME.`);
  try {
    return await read({ owner, name }, branch);
  } catch (error) {
    if (error instanceof UserError) throw error;
    const failure = classify(error, Date.now());
    if (failure.kind === 'unexpected') throw error;
    throw new UserError(`GitHub does not give the policy of ${repository}: ${failure.why}`);
  }
}

async function read(here: Here, branch: string | null): Promise<ChosenPolicy> {
  const { client, close } = clientWith(requireToken(process.env), process.env);
  try {
    return await readWith(client, here, branch);
  } finally {
    close();
  }
}

type Here = { readonly owner: string; readonly name: string };

async function readWith(client: Client, here: Here, branch: string | null): Promise<ChosenPolicy> {
  const found = await readPolicyFiles(client, here, branch);
  if (found === null) throw new UserError(`${here.owner}/${here.name} has no branch ${branch ?? 'at all'}.`);
  const refused = found.files.organisationRefused === true;
  if (refused) tellRefused(here.owner);
  const presets = loadPresets();
  const { fallback } = configuredFallbacks(presets);
  const resolver = createPolicyResolver(presets, fallback === 'none' ? fallback : fallback.name);
  const reader = createExtendedReader(async () => null);
  let files: PolicyFiles = { ...found.files, organisation: opened(found.files.organisation) };
  for (let round = 0; round <= deepest; round += 1) {
    const { wanted } = resolver.references(files);
    if (wanted.length === 0) break;
    const extended = openedExtended(await reader.read({ client }, here, wanted));
    files = { ...files, extended: new Map([...(files.extended ?? []), ...extended]) };
  }
  const today = new Date().toISOString().slice(0, 10);
  const resolution = resolver.resolve(files, { traits: found.traits, today });
  if (resolution === null) throw new UserError(`No policy holds in ${here.owner}/${here.name}.`);
  return { ...resolution, knowsFloor: !refused };
}
