// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Who runs what an address points at. `unknown`: nobody that is recognised. */
export type Service =
  | 'github'
  | 'gitlab'
  | 'gerrit'
  | 'gitiles'
  | 'lore'
  | 'patchwork'
  | 'cgit'
  | 'gitweb'
  | 'sourceware'
  | 'launchpad'
  | 'bugzilla'
  | 'debbugs'
  | 'mailing-list'
  | 'unknown';

/** The thing that an address points at. Names and numbers are as a stranger wrote them, by form alone. */
export type Thing =
  /** A pull request, merge request, or change under review. */
  | { readonly thing: 'pull-request'; readonly repository: string | null; readonly number: number }
  /** `sha`: 7 digits or more, lower case. */
  | { readonly thing: 'commit'; readonly repository: string | null; readonly sha: string }
  | { readonly thing: 'issue'; readonly repository: string | null; readonly number: number }
  | { readonly thing: 'release'; readonly repository: string; readonly tag: string }
  /** A mail, or a patch sent by mail; `id` is its message id, or its number on Patchwork. */
  | { readonly thing: 'message'; readonly list: string | null; readonly id: string | null }
  /** Anything else there. */
  | { readonly thing: 'page' };

/** What a web address points at. `repository` is `owner/name` on GitHub, and a path of any depth elsewhere. */
export type Reference = { readonly service: Service /** With its port, lower case. */; readonly host: string } & Thing;

/** A web address, taken apart. */
export interface Address {
  readonly host: string;
  /** Without doubled slashes and without one at the end. */
  readonly path: string;
  readonly hash: string;
  readonly query: URLSearchParams;
  readonly isGitHub: boolean;
}

/** Recognises the addresses of one service; null: it is none of its. */
export type Form = (address: Address) => Reference | null;

/** A number that an identifier of a service can have; null: something else. */
export function numberOf(digits: string | undefined | null): number | null {
  return digits !== undefined && digits !== null && /^[1-9]\d{0,9}$/.test(digits) ? Number(digits) : null;
}
