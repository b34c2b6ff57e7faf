// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { existsSync } from 'node:fs';
import { fallbacksOf } from '../policy/cache.ts';
import type { PolicyFile, PolicyFiles, PolicyResolution } from '../policy/policy.ts';
import { loadPresets, type Presets } from '../policy/presets.ts';
import { type Fallbacks, resolvePolicy } from '../policy/resolve.ts';
import { withExtended } from './extended.ts';
import type { GitHubPolicies, Shared } from './github-policies.ts';
import { policyFile } from './policy-file.ts';
import { tokenIn } from './token.ts';
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
  /** Whether GitHub is left alone though there is a token. */
  readonly offline?: boolean;
}

export type ChosenPolicy = PolicyResolution & {
  /** Whether a floor of the organisation would be known. */
  readonly knowsFloor: boolean;
};

/**
 * The policy to judge by: the one given by hand, else what the repository's files amount to, else the organisation's where
 * GitHub is asked, else the preset that `COUNTERSIGN_DEFAULT_POLICY` names, as in the App; with what it extends, and under
 * the floor if one is given or GitHub knows one. In a clone, and where there is a token, GitHub is asked.
 *
 * @param clone the policy files in the clone; null where what is judged lies in none
 * @throws UserError where there is none; mistakes inside a file are no error here but problems of the resolution
 */
export async function choosePolicy(options: PolicyOptions, clone: readonly PolicyFile[] | null): Promise<ChosenPolicy> {
  const repository = clone ?? [];
  const gitHub = clone === null || options.offline === true ? null : await gitHubWith(process.env);
  try {
    const presets = loadPresets();
    const { files, fallbacks } = await chosen(options, repository, presets);
    const given = options.floor !== undefined && (options.policy !== undefined || repository.length > 0);
    const shared = gitHub === null || given ? null : await gitHub.shared();
    const floor = options.floor === undefined ? {} : { floorByHand: await policyFile(options.floor) };
    const whole = await withExtended({ ...withShared(files, options, shared), ...floor }, fallbacks, {
      copies: options.extended ?? [],
      otherwise: 'remote',
      ...(gitHub === null ? {} : { ask: gitHub.read }),
    });
    const resolution = resolvePolicy(whole, fallbacks, circumstances(shared)) ?? refuseToJudgeByNothing();
    return { ...resolution, knowsFloor: options.floor !== undefined || shared?.refused === false };
  } finally {
    gitHub?.close();
  }
}

/** What speaks to GitHub takes longer to load than the rest of the command, so that only a token loads it. */
async function gitHubWith(env: typeof process.env): Promise<GitHubPolicies | null> {
  const token = tokenIn(env);
  if (token === null) return null;
  const { policiesOnGitHub } = await import('./github-policies.ts');
  return policiesOnGitHub(token, env);
}

/** Over a policy that was named, the organisation's own is no policy to fall back on; its floor holds all the same. */
function withShared(files: PolicyFiles, { policy }: PolicyOptions, shared: Shared | null): PolicyFiles {
  if (shared === null) return files;
  if (policy === undefined) return { ...files, organisation: shared.files };
  const floor = shared.files.find(({ path }) => !path.endsWith('/dco.yml'));
  return floor === undefined ? files : { ...files, floorByHand: floor };
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

/** Of the repository, a clone does not know what a floor's exemptions ask: without GitHub, none of them holds. */
function circumstances(shared: Shared | null) {
  return { traits: shared?.traits ?? null, today: new Date().toISOString().slice(0, 10) };
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
