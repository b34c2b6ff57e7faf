// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { isUtf8 } from 'node:buffer';
import { existsSync } from 'node:fs';
import { fallbacksOf } from '../policy/cache.ts';
import type { PolicyFile, PolicyFiles, PolicyResolution } from '../policy/policy.ts';
import { loadPresets, type Presets } from '../policy/presets.ts';
import { type Fallbacks, resolvePolicy, resolvePolicyFile } from '../policy/resolve.ts';
import { readInput } from './input.ts';
import { UserError } from './user-error.ts';

/** In bytes: enough to tell a policy that is too long, which its parser explains, from something else altogether. */
const readLimit = 1024 * 1024;
const noFiles: PolicyFiles = { repository: [], organisation: [] };

/**
 * The policy to judge by: the one given by hand, else what the files amount to, else the preset that
 * `COUNTERSIGN_DEFAULT_POLICY` names, as in the App.
 *
 * @param given a preset's name or a path. The preset wins, or whoever adds a file of that name to the
 *   repository would choose the policy.
 * @throws UserError where there is none; mistakes inside a file are no error here but problems of the resolution
 */
export async function choosePolicy(given: string | undefined, files: PolicyFiles = noFiles): Promise<PolicyResolution> {
  const presets = loadPresets();
  const fallbacks = configuredFallbacks(presets);
  if (given === undefined) return resolvePolicy(files, fallbacks) ?? refuseToJudgeByNothing();
  const preset = presets.get(given);
  if (preset === undefined) return resolvePolicyFile(await readPolicyFile(given, presets), fallbacks);
  return resolvePolicy(noFiles, { ...fallbacks, fallback: preset }) ?? refuseToJudgeByNothing();
}

/** The policy of a file on its own, to look for mistakes. @throws UserError where it cannot be read */
export async function checkPolicyFile(path: string): Promise<{ file: PolicyFile; resolution: PolicyResolution }> {
  const file = await policyFile(path);
  return { file, resolution: resolvePolicyFile(file, fallbacksOf(loadPresets(), 'default')) };
}

function configuredFallbacks(presets: Presets): Fallbacks {
  try {
    return fallbacksOf(presets, process.env.COUNTERSIGN_DEFAULT_POLICY || 'default');
  } catch (error) {
    throw new UserError(`COUNTERSIGN_DEFAULT_POLICY: ${(error as Error).message}`);
  }
}

function refuseToJudgeByNothing(): never {
  throw new UserError(
    'No policy holds here: there is no policy file at the base, and COUNTERSIGN_DEFAULT_POLICY is none. Add .github/countersign.yml, or name a policy with --policy.',
  );
}

async function readPolicyFile(path: string, presets: Presets): Promise<PolicyFile> {
  if (/^[\w-]+$/.test(path) && !existsSync(path)) {
    throw new UserError(
      `There is no preset or policy file named ${path}. The presets are ${[...presets.keys()].join(', ')}.`,
    );
  }
  return policyFile(path);
}

async function policyFile(path: string): Promise<PolicyFile> {
  const content = await readInput(path, readLimit);
  const text = content.includes(0) || !isUtf8(content) ? null : content.toString('utf8');
  return { repository: null, path, ref: null, oid: null, size: content.length, text };
}
