// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

/** What we leave in a check run's `external_id`, for ourselves to read at the next look. */
export interface Mark {
  /** Digest of the output that was posted; null while annotations of it are still to come. */
  readonly digest: string | null;
  readonly annotated: boolean;
  /** Numbers of the pull requests whose result it is, ascending, `mostMarked` at most; none for a merge group's. */
  readonly pullRequests: readonly number[];
  readonly stretch: Stretch;
  /** Key of the policies that it shows a preview of; absent: it shows none. */
  readonly preview?: string;
}

/** Anybody can open pull requests, and `external_id` must not grow with them. */
export const mostMarked = 51;

/** Whether there may be pull requests with this head that could not be named any more. */
export function isFull(mark: Mark): boolean {
  return mark.pullRequests.length >= mostMarked;
}

/** In place of a pull request's own: so many share the head that nobody can see a result of theirs. */
export const crowdStretch = 'crowd';

/**
 * What was looked at when the run was posted: one pull request, by its `runMark`, `queue` for a merge group, or `crowd`. An
 * override counts only after a run of its own pull request's present stretch. The others in `pullRequests` only share
 * the result: at the time of this run nobody may have seen it there.
 */
export type Stretch = string;

/**
 * `DIGEST`, `+annotated` where it has annotations, `+preview:KEY` where it has a preview, ` #NUMBER` for each pull request,
 * ` for STRETCH`.
 */
export function writeMark({ digest, annotated, pullRequests, stretch, preview }: Mark): string {
  const numbers = pullRequests.map((number) => ` #${number}`).join('');
  const signs = `${annotated ? '+annotated' : ''}${preview === undefined ? '' : `+preview:${preview}`}`;
  return `${digest ?? 'unfinished'}${signs}${numbers} for ${stretch}`;
}

const written =
  /^(unfinished|[0-9a-f]{64})(\+annotated)?(?:\+preview:([0-9a-f]{16}))?((?: #[1-9]\d{0,9})*) for ([1-9]\d{0,9}(?:@[0-9a-f]{16})?|queue|crowd)$/;

/** null for what we did not write. */
export function readMark(externalId: string | null): Mark | null {
  const match = written.exec(externalId ?? '');
  if (match === null) return null;
  const [, digest = '', annotated, preview, numbers = '', stretch = ''] = match;
  return {
    digest: digest === 'unfinished' ? null : digest,
    annotated: annotated !== undefined,
    pullRequests: numbers.split(' #').slice(1).map(Number),
    stretch,
    ...(preview === undefined ? {} : { preview }),
  };
}
