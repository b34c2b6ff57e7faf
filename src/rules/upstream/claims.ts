// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { UpstreamQuestion } from '../rule.ts';
import { say, type Text } from '../text.ts';
import type { Case } from './case.ts';
import type { Evidence, Marker } from './model.ts';
import { readReference } from './references.ts';

/** A piece of evidence as a question to GitHub; or why nobody can be asked. */
export type Claim = { readonly question: UpstreamQuestion } | { readonly unverified: Text };

const mostPieces = 3;

/**
 * What a marker claims that GitHub can confirm. Only the configured GitHub is asked, and where the policy names
 * upstream of a path, only about that repository: everybody can put a commit into one of their own.
 */
export function claimsOf(marker: Marker, path: string | null, judged: Case): readonly Claim[] {
  const { verify } = judged.settings;
  if (!verify.commits && !verify.pullRequests) return [];
  const claims = marker.evidence.flatMap((piece) => claimOf(piece, marker, path, judged) ?? []);
  // A commit and its page are often named both, so that one question is enough.
  const unique = new Map(claims.map((claim) => [JSON.stringify('question' in claim ? claim.question : claim), claim]));
  return [...unique.values()].slice(0, mostPieces);
}

function claimOf(piece: Evidence, marker: Marker, path: string | null, judged: Case): Claim | null {
  switch (piece.kind) {
    case 'commit':
      return commitClaim(piece.sha, ownerAndName(piece.repository), piece.branch, marker, path, judged);
    case 'pull-request':
      return pullRequestClaim(piece.number, ownerAndName(piece.repository), path, judged);
    case 'url':
      return urlClaim(piece.url, marker, path, judged);
    default:
      return null;
  }
}

function urlClaim(url: string, marker: Marker, path: string | null, judged: Case): Claim | null {
  const host = judged.facts.repository?.host ?? 'github.com';
  const reference = readReference(url, host);
  if (reference === null) return { unverified: say`${url} is no web address that is recognised` };
  const { verify } = judged.settings;
  const isOurs = reference.service === 'github' && reference.host === host;
  if (reference.thing === 'commit' && provesMerge(marker)) {
    if (!verify.commits) return null;
    if (!isOurs) return { unverified: elsewhere(reference.host) };
    return commitClaim(reference.sha, reference.repository, null, marker, path, judged);
  }
  if (reference.thing === 'pull-request') {
    if (!verify.pullRequests) return null;
    if (!isOurs) return { unverified: elsewhere(reference.host) };
    return pullRequestClaim(reference.number, reference.repository, path, judged);
  }
  return { unverified: isOurs ? say`${url} names no commit or pull request` : elsewhere(reference.host) };
}

function elsewhere(host: string): Text {
  return say`${host} is not the GitHub that this runs for, and nobody else is asked`;
}

/** States in which a commit is one of upstream's. */
function provesMerge({ state }: Marker): boolean {
  return state === 'merged' || state === 'accepted';
}

function commitClaim(
  sha: string,
  repository: string | null,
  branch: string | null,
  marker: Marker,
  path: string | null,
  judged: Case,
): Claim | null {
  if (!provesMerge(marker) || !judged.settings.verify.commits) return null;
  const place = placeOf(repository, path, judged);
  if ('unverified' in place) return place;
  return {
    question: {
      ask: 'contained',
      repository: place.repository,
      branch: branch ?? place.branch,
      commit: sha,
      trusted: place.trusted,
    },
  };
}

function pullRequestClaim(number: number, repository: string | null, path: string | null, judged: Case): Claim | null {
  if (!judged.settings.verify.pullRequests) return null;
  const place = placeOf(repository, path, judged);
  if ('unverified' in place) return place;
  return { question: { ask: 'pull-request', repository: place.repository, number, trusted: place.trusted } };
}

interface Place {
  readonly repository: string;
  readonly branch: string | null;
  readonly trusted: boolean;
}

function placeOf(named: string | null, path: string | null, judged: Case): Place | { readonly unverified: Text } {
  const remote = judged.remoteFor(path);
  if (remote === null) {
    if (named === null)
      return { unverified: ['it names no repository, and neither does the policy (`upstream.remotes`)'] };
    if (judged.settings.verify.repositories === 'public') return { repository: named, branch: null, trusted: false };
    return { unverified: say`the policy does not name ${named} (${['`upstream.remotes`']})` };
  }
  if (named === null || named.toLowerCase() === remote.repository.toLowerCase()) return { ...remote, trusted: true };
  return { unverified: say`it names ${named}, and by the policy upstream is ${remote.repository}` };
}

/** `owner/name` where a convention's own words name a repository in that form; else null, the policy's. */
function ownerAndName(repository: string | null): string | null {
  const named = /^(?:https?:\/\/[\w.:-]{1,255}\/)?([\w.-]{1,100}\/[\w.-]{1,100}?)(?:\.git)?\/?$/.exec(repository ?? '');
  return named?.[1] ?? null;
}

/** Whether a marker claims that the change is upstream's, and nothing but. */
export function isClean({ state, modifiers }: Marker): boolean {
  const { modified, partial, revert } = modifiers;
  return (state === 'merged' || state === 'accepted') && modified !== true && partial !== true && revert !== true;
}
