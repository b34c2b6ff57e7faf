// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

/** What an entry of `extends` names, as it is written. */
export type Target =
  | { readonly kind: 'preset'; readonly name: string }
  /** A file of the repository that the file with the entry lies in. */
  | { readonly kind: 'path'; readonly path: string }
  /** A file of another repository; a ref of null is its default branch. */
  | {
      readonly kind: 'remote';
      readonly owner: string;
      readonly name: string;
      readonly path: string;
      readonly ref: string | null;
    };

export const longestEntry = 500;

const character = String.raw`[^/\\:@\p{Cc}\p{Cf}]`;
/** From the top of the repository, without ways out of it. */
const path = String.raw`(?:(?!\.{1,2}/)${character}+/)*${character}+\.ya?ml`;
/** Of what Git allows in a ref's name (git-check-ref-format), that which no revision's syntax gives a meaning. */
const ref = String.raw`(?!\S*(?:\.\.|//|\.lock$))[A-Za-z\d_](?:[\w./@+\-]*[\w@+\-])?`;
const preset = String.raw`[a-z\d](?:[a-z\d\-]*[a-z\d])?`;
const repository = String.raw`(?<owner>[A-Za-z\d][\w\-]{0,99})/(?!\.{1,2}:)(?<name>[\w.\-]{1,100})`;

/** Of an entry of `extends`: a preset, a file of the same repository, or one of another. */
export const entryPattern = new RegExp(
  `^(?:(?<preset>${preset})|(?:\\./)?(?<path>${path})|${repository}:(?<remote>${path})(?:@(?<ref>${ref}))?)$`,
  'u',
);

export const entryProblem =
  'must be the name of a preset, the path of a .yml or .yaml file in the repository, or OWNER/REPOSITORY:PATH@REF, with a branch, a tag or a whole SHA after @';

/** What the entry names; null where it is none. */
export function readTarget(written: string): Target | null {
  const groups = written.length > longestEntry ? undefined : entryPattern.exec(written)?.groups;
  if (groups === undefined) return null;
  const { preset: name, path: beside, owner = '', name: repositoryName = '', remote = '', ref: at = null } = groups;
  if (name !== undefined) return { kind: 'preset', name };
  if (beside !== undefined) return { kind: 'path', path: beside };
  return { kind: 'remote', owner, name: repositoryName, path: remote, ref: at };
}
