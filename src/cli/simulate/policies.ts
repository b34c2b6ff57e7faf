// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Asking, PullRequestFacts } from '../../github/read-pull-request.ts';
import type { PolicyFile, PolicyFiles, PolicyResolution } from '../../policy/policy.ts';
import { loadPresets } from '../../policy/presets.ts';
import { plain } from '../../report/phrase.ts';
import type { Policies } from '../../worker/policies.ts';
import { governedBy } from '../../worker/policies.ts';
import { checkPolicyFile } from '../policy.ts';
import { UserError } from '../user-error.ts';

/** Whose policy is to be another one: a repository's own, or the organisation's, which may hold a floor. */
export type Level = 'repository' | 'organisation';

/**
 * A policy to try: a file, or a preset by its name, as a file that extends the preset and nothing else.
 * @throws UserError where it cannot be read, or has mistakes that show without looking at anything else
 */
export async function readCandidate(given: string): Promise<PolicyFile> {
  if (loadPresets().has(given)) {
    const text = `extends: [${given}]\n`;
    return { repository: null, path: `${given}.yml`, ref: null, oid: null, size: text.length, text };
  }
  const { file, resolution } = await checkPolicyFile(given);
  if (resolution.policy !== null) return file;
  throw new UserError(
    `${given} has mistakes: ${firstError(resolution)} \`countersign policy validate\` lists them all.`,
  );
}

/** The policy that would hold for a pull request if that file were in force at its base; null file: what is in force. */
export function resolutionWith(
  policies: Policies,
  asking: Asking,
  facts: PullRequestFacts,
  candidate: { readonly file: PolicyFile; readonly level: Level } | null,
): Promise<PolicyResolution | null> {
  const governed = governedBy(facts);
  if (candidate === null) return policies.inForce(asking, governed);
  const policyFiles = withCandidate(governed.policyFiles, governed.here, facts.policyCommit, candidate);
  return policies.inForce(asking, { ...governed, policyFiles });
}

/** What an organisation's file is for all, is at the same time its `.github` repository's own. */
function withCandidate(
  files: PolicyFiles,
  { owner, name }: { readonly owner: string; readonly name: string },
  commit: string | null,
  { file, level }: { readonly file: PolicyFile; readonly level: Level },
): PolicyFiles {
  const path = /(?:^|\/)dco\.ya?ml$/.test(file.path) ? '.github/dco.yml' : '.github/countersign.yml';
  const own: PolicyFile = { ...file, repository: `${owner}/${name}`, path, commit };
  const shared: PolicyFile = { ...file, ...placeOf(files.organisation, owner), path };
  const isShared = name.toLowerCase() === '.github';
  return {
    ...files,
    repository: level === 'repository' || isShared ? [own] : files.repository,
    organisation: level === 'organisation' || isShared ? [shared] : files.organisation,
  };
}

/** Where the organisation's file lies now, so that what it extends there is found. */
function placeOf([file]: readonly PolicyFile[], owner: string) {
  if (file === undefined) return { repository: `${owner}/.github`, ref: null };
  const { repository, ref, commit = null } = file;
  return { repository, ref, commit };
}

/** Why a policy cannot be judged by, in a sentence. */
export function firstError({ problems }: PolicyResolution): string {
  const error = problems.find(({ severity }) => severity === 'error');
  return error === undefined ? 'it cannot be used.' : `line ${error.line}: ${plain(error.text)}`;
}
