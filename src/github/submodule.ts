// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { SubmoduleLicense } from '../contribution/contribution.ts';
import { absoluteAddress, gitHubRepository } from '../rules/git-address.ts';
import { usualLicenseFiles } from '../rules/license/names.ts';
import { checked } from './checked.ts';
import { classify } from './errors.ts';
import { entriesAnswer, entriesQuery } from './graphql/entries.ts';
import type { Asking } from './read-pull-request.ts';
import { partsOf } from './upstream/repository.ts';

/**
 * The license files at the root of a submodule's commit, where it lies on the same GitHub and is public; otherwise
 * `files` is null. Private repositories are left alone even where the App may read them: whoever names one in a
 * pull request might not.
 */
export async function readSubmodule(
  asking: Asking,
  from: { readonly owner: string; readonly name: string },
  { url, sha }: { readonly url: string; readonly sha: string },
): Promise<SubmoduleLicense> {
  const repository = gitHubRepository(absoluteAddress(url, { ...from, host: asking.host }), asking.host);
  if (repository === null) return { url, sha, files: null };
  const { owner, repo: name } = partsOf(repository);
  const { query, variables } = entriesQuery(
    { owner, name },
    usualLicenseFiles.map((path) => ({ commit: sha, path, whole: true })),
  );
  try {
    const answer = checked(entriesAnswer, await asking.client.graphql(query, variables), "a submodule's license files");
    if (answer.repository.isPrivate || answer.repository.e0 == null) return { url, sha, files: null };
    const files = usualLicenseFiles.flatMap((path, index) => {
      const object = answer.repository[`e${index}`]?.file?.object;
      return object != null && 'text' in object ? [{ path, text: object.isTruncated ? null : object.text }] : [];
    });
    return { url, sha, files };
  } catch (thrown) {
    if (classify(thrown, Date.now()).kind !== 'gone') throw thrown;
    return { url, sha, files: null };
  }
}
