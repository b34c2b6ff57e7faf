// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { readOrigin } from '../git/origin.ts';
import { classify } from '../github/errors.ts';
import { createExtendedReader } from '../github/extended.ts';
import { readPolicyFiles } from '../github/read-policy.ts';
import type { ExtendedFiles, Location, PolicyFile, Traits } from '../policy/policy.ts';
import { clientWith } from './client.ts';
import { opened, openedExtended } from './opened.ts';
import { UserError } from './user-error.ts';

/** What a repository shares with the others of its organisation, and what a floor's exemptions ask about it. */
export interface Shared {
  readonly files: readonly PolicyFile[];
  readonly traits: Traits;
  /** Whether GitHub does not show the organisation's files to whoever has the token. */
  readonly refused: boolean;
}

/** The part of a policy that a clone does not have, with the token of whoever runs the command. */
export interface GitHubPolicies {
  /** Of the organisation that the remote `origin` leads to; null where it leads to no repository on that GitHub. */
  shared(): Promise<Shared | null>;
  read(locations: readonly Location[]): Promise<ExtendedFiles>;
  close(): void;
}

/** At the GitHub in `GHE_HOST`, as for the App. Its functions throw UserError where GitHub does not answer. */
export async function policiesOnGitHub(
  token: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<GitHubPolicies> {
  const { client, host, close } = clientWith(token, env);
  const here = await readOrigin(host).catch(() => null);
  const reader = createExtendedReader(async () => null);
  return {
    shared: async () => {
      if (here === null) return null;
      const name = `${here.owner}/${here.name}`;
      const found = await told(`the policy of ${here.owner} for ${name}`, () => readPolicyFiles(client, here, null));
      if (found === null) return null;
      const refused = found.files.organisationRefused === true;
      if (refused) tellRefused(here.owner);
      return { files: opened(found.files.organisation), traits: found.traits, refused };
    },
    read: async (locations) => {
      const names = locations.map(({ repository, path }) => `${repository}:${path}`).join(', ');
      const at = here ?? { owner: '', name: '' };
      return openedExtended(await told(names, () => reader.read({ client }, at, locations)));
    },
    close,
  };
}

/** A warning on standard error: whoever has written a floor there has to learn that it does not hold. */
export function tellRefused(owner: string): void {
  process.stderr.write(
    `warning: GitHub does not let this token read ${owner}/.github, so that no policy and no floor of the organisation holds here\n`,
  );
}

async function told<Result>(what: string, ask: () => Promise<Result>): Promise<Result> {
  try {
    return await ask();
  } catch (thrown) {
    const { kind, why } = classify(thrown, Date.now());
    if (kind === 'unexpected') throw thrown;
    throw new UserError(`GitHub does not give ${what}: ${why} (with --offline it is not asked)`);
  }
}
