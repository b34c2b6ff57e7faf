// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { SubmoduleLicense } from '../contribution/contribution.ts';
import { usualLicenseFiles } from '../rules/license/names.ts';
import { checked } from './checked.ts';
import { classify } from './errors.ts';
import { entriesAnswer, entriesQuery } from './graphql/entries.ts';
import type { Asking } from './read-pull-request.ts';

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
  const repository = repositoryOf(absolute(url, asking.host, from), asking.host);
  if (repository === null) return { url, sha, files: null };
  const { query, variables } = entriesQuery(
    repository,
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

/** Git reads an address that starts with `./` or `../` as relative to the repository's own. */
function absolute(
  url: string,
  host: string,
  { owner, name }: { readonly owner: string; readonly name: string },
): string {
  if (!/^\.{1,2}\//.test(url)) return url;
  return URL.parse(url, `https://${host}/${owner}/${name}/`)?.href ?? url;
}

/** `owner/name` where a Git address leads to this GitHub, in any of the forms that Git takes; else null. */
export function repositoryOf(url: string, host: string): { readonly owner: string; readonly name: string } | null {
  const scp = /^(?:[\w.-]{1,100}@)?([\w.-]{1,255}(?::\d{1,5})?):(?!\/\/)\/?([^\s]{1,500})$/.exec(url);
  const [place, path] = scp === null ? parts(url) : [scp[1], scp[2]];
  if (place === undefined || path === undefined || place.toLowerCase() !== host.toLowerCase()) return null;
  const named = /^\/*([\w.-]{1,100})\/([\w.-]{1,100}?)(?:\.git)?\/?$/.exec(path);
  return named?.[1] === undefined || named[2] === undefined ? null : { owner: named[1], name: named[2] };
}

function parts(url: string): [string?, string?] {
  const parsed = URL.parse(url);
  if (parsed === null || !/^(?:https?|ssh|git):$/.test(parsed.protocol)) return [];
  return [parsed.host, parsed.pathname];
}
