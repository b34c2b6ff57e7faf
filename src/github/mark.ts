// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

/** What we leave in a check run's `external_id`, for ourselves to read at the next look. */
export interface Mark {
  /** Digest of the output that was posted; null while annotations of it are still to come. */
  readonly digest: string | null;
  readonly annotated: boolean;
  /** Numbers of the pull requests whose result it is, ascending; none for a merge group's. */
  readonly pullRequests: readonly number[];
}

/** `DIGEST`, then `+annotated` where it has annotations, then ` #NUMBER` for each pull request. */
export function writeMark({ digest, annotated, pullRequests }: Mark): string {
  return `${digest ?? 'unfinished'}${annotated ? '+annotated' : ''}${pullRequests.map((number) => ` #${number}`).join('')}`;
}

/** null for what we did not write. */
export function readMark(externalId: string | null): Mark | null {
  const match = /^(unfinished|[0-9a-f]{64})(\+annotated)?((?: #[1-9]\d{0,9})*)$/.exec(externalId ?? '');
  if (match === null) return null;
  const [, digest = '', annotated, numbers = ''] = match;
  return {
    digest: digest === 'unfinished' ? null : digest,
    annotated: annotated !== undefined,
    pullRequests: numbers.split(' #').slice(1).map(Number),
  };
}
