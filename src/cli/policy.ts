// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { existsSync } from 'node:fs';
import { fallbacksOf } from '../policy/cache.ts';
import type { PolicyFile, PolicyFiles, PolicyResolution } from '../policy/policy.ts';
import { loadPresets, type Presets } from '../policy/presets.ts';
import { type Fallbacks, resolvePolicy } from '../policy/resolve.ts';
import { withExtended } from './extended.ts';
import { policyFile } from './policy-file.ts';
import { UserError } from './user-error.ts';

const noFiles: PolicyFiles = { repository: [], organisation: [] };

/** Which policy the user wants. */
export interface PolicyOptions {
  /**
   * A preset's name or a path. The preset wins, or whoever adds a file of that name to the repository would choose the
   * policy.
   */
  readonly policy?: string;
  /** A copy of the organisation's own policy file, whose floor holds. */
  readonly floor?: string;
  /** Copies of files in other repositories, each as `OWNER/REPOSITORY:PATH@REF=FILE`. */
  readonly extended?: readonly string[];
}

/**
 * The policy to judge by: the one given by hand, else what the repository's files amount to, else the preset that
 * `COUNTERSIGN_DEFAULT_POLICY` names, as in the App; with what it extends, and under the floor if one is given.
 *
 * @throws UserError where there is none; mistakes inside a file are no error here but problems of the resolution
 */
export async function choosePolicy(
  options: PolicyOptions,
  repository: readonly PolicyFile[] = [],
): Promise<PolicyResolution> {
  const presets = loadPresets();
  const { files, fallbacks } = await chosen(options, repository, presets);
  const floor = options.floor === undefined ? {} : { floorByHand: await policyFile(options.floor) };
  const whole = await withExtended({ ...files, ...floor }, fallbacks, {
    copies: options.extended ?? [],
    otherwise: 'remote',
  });
  return resolvePolicy(whole, fallbacks, circumstances()) ?? refuseToJudgeByNothing();
}

async function chosen(
  { policy }: PolicyOptions,
  repository: readonly PolicyFile[],
  presets: Presets,
): Promise<{ readonly files: PolicyFiles; readonly fallbacks: Fallbacks }> {
  const fallbacks = configuredFallbacks(presets);
  if (policy === undefined) return { files: { repository, organisation: [] }, fallbacks };
  const preset = presets.get(policy);
  if (preset !== undefined) return { files: noFiles, fallbacks: { ...fallbacks, fallback: preset } };
  return { files: { ...noFiles, byHand: await readPolicyFile(policy, presets) }, fallbacks };
}

/** Of the repository, a clone does not know what a floor's exemptions ask: none of them holds. */
function circumstances() {
  return { traits: null, today: new Date().toISOString().slice(0, 10) };
}

/**
 * The policy of a file, to look for mistakes in it and in the files beside it that it extends. What lies in other
 * repositories is left alone. @throws UserError where it cannot be read
 */
export async function checkPolicyFile(path: string): Promise<{ file: PolicyFile; resolution: PolicyResolution }> {
  const file = await policyFile(path);
  const fallbacks = fallbacksOf(loadPresets(), 'default');
  const files = await withExtended({ ...noFiles, byHand: file }, fallbacks, { copies: [], otherwise: 'unseen' });
  const resolution = resolvePolicy(files, fallbacks) ?? refuseToJudgeByNothing();
  return { file, resolution };
}

/** What holds where no file does, as the environment names it. @throws UserError where it names no preset */
export function configuredFallbacks(presets: Presets): Fallbacks {
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
