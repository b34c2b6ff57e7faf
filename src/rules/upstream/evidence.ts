// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Evidence } from './model.ts';

/** Characters that a piece of evidence, or a marker's raw lines, keep at most. */
export const longestText = 500;
const longestUrl = 2000;
const longestWord = 200;
const mostPieces = 20;

/** A stranger's text on one line and no longer than a reader needs. */
export function bounded(text: string, length: number = longestText): string {
  const line = text.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim();
  return line.length <= length ? line : `${line.slice(0, length - 1)}…`;
}

/**
 * What a free text, such as the words in brackets of a status, brings forward: web addresses, commits, releases, pull
 * requests, issues and dates in the order in which they stand there, and the text itself as the reason where it says
 * more than those. Linear time; at most 20 pieces.
 */
export function evidenceIn(text: string): readonly Evidence[] {
  const found: Evidence[] = [];
  let hasWords = false;
  for (const word of words(text)) {
    const piece = evidenceOf(word);
    if (piece === null) hasWords ||= /[\p{L}\p{N}]/u.test(word);
    else if (found.length < mostPieces) found.push(piece);
  }
  return hasWords ? [...found, { kind: 'reason', text: bounded(text) }] : found;
}

function* words(text: string): Generator<string> {
  for (const word of text.split(/[\s<>"[\]]+/)) {
    const at = word.search(/https?:\/\//i);
    if (at < 0) yield* word.split(',');
    else if (at > 0) yield* word.slice(0, at).split(',');
    if (at >= 0) yield word.slice(at);
  }
}

function evidenceOf(word: string): Evidence | null {
  if (/^https?:\/\//i.test(word)) {
    const url = urlIn(word);
    return url === null ? null : { kind: 'url', url };
  }
  const plain = withoutPunctuation(word);
  return plain.length > longestWord ? null : (commitIn(plain) ?? referenceIn(plain));
}

/** The web address that a word starts with, without the punctuation of the sentence around it; null: none. */
export function urlIn(word: string): string | null {
  if (word.length > longestUrl || !/^https?:\/\//i.test(word)) return null;
  const url = withoutPunctuation(word);
  return /^https?:\/\/[^/?#\s]/i.test(url) && URL.canParse(url) ? url : null;
}

function withoutPunctuation(word: string): string {
  let [start, end] = [0, word.length];
  while (start < end && '(\'"`'.includes(word.charAt(start))) start += 1;
  while (end > start && '.,;:\'"`!'.includes(word.charAt(end - 1))) end -= 1;
  const opened = word.slice(start, end).includes('(');
  while (!opened && end > start && '),.;'.includes(word.charAt(end - 1))) end -= 1;
  return word.slice(start, end);
}

function commitIn(word: string): Evidence | null {
  const [, prefix, sha = ''] = /^(commit:)?([0-9a-f]{7,64})$/i.exec(word) ?? [];
  if (sha === '') return null;
  // "effaced" and "20260101" are a word and a date rather than the beginnings of an object id.
  const isPlain = !/\d/.test(sha) || !/[a-f]/i.test(sha);
  if (isPlain && prefix === undefined && sha.length !== 40 && sha.length !== 64) return null;
  return { kind: 'commit', sha: sha.toLowerCase(), repository: null, branch: null };
}

function referenceIn(word: string): Evidence | null {
  if (isDate(word)) return { kind: 'date', date: word };
  if (isRelease(word)) return { kind: 'release', version: word };
  const [, repository, number] = /^([\w.-]+\/[\w.-]+)#(\d{1,9})$/.exec(word) ?? [];
  if (repository !== undefined) return { kind: 'pull-request', number: Number(number), repository };
  return /^(?:[a-z]{0,8}#[\w-]+|CVE-\d{4}-\d{4,})$/i.test(word) ? { kind: 'issue', reference: word } : null;
}

/** Whether a text is a day of the calendar as `YYYY-MM-DD`. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** Whether a word is a version of at least two numbers, such as `v6.5-rc7` or `2.40.1`. */
export function isRelease(word: string): boolean {
  return /^v?\d{1,9}(?:\.\d{1,9}){1,8}(?:[-~+]?[a-z][\w.]{0,30})?$/i.test(word);
}

/**
 * The object id of the commit that a web address shows, lower case; null: it shows something else, or a commit of a
 * pull request, which proves nothing about a branch. By form alone (GitHub, GitLab, cgit, gitweb, Gitiles, Mercurial).
 */
export function commitInUrl(url: string): string | null {
  if (url.length > longestUrl || /\/(?:pull|pulls|merge_requests|-\/merge_requests)\//i.test(url)) return null;
  const named = /\/(?:commit|commits|commitdiff|rev|c|linus|\+)\/(?:\?(?:id|h)=)?([0-9a-f]{7,64})(?![0-9a-z])/i;
  const asked = /[?&;](?:id|h|hb)=([0-9a-f]{7,64})(?![0-9a-z])/i;
  const sha = named.exec(url)?.[1] ?? (/commit|patch|diff/i.test(url) ? asked.exec(url)?.[1] : undefined);
  // Gerrit's change numbers and Bugzilla's attachments are digits alone.
  return sha === undefined || (sha.length < 40 && !/[a-f]/i.test(sha)) ? null : sha.toLowerCase();
}

/** The first piece of one of these kinds, in this order of preference, as one would write it; `fallback`: none. */
export function evidenceText(
  evidence: readonly Evidence[] | undefined,
  kinds: readonly Evidence['kind'][],
  fallback: string,
): string {
  for (const kind of kinds) {
    const piece = evidence?.find((one) => one.kind === kind);
    if (piece !== undefined) return bounded(written(piece), longestUrl);
  }
  return fallback;
}

function written(piece: Evidence): string {
  switch (piece.kind) {
    case 'url':
      return piece.url;
    case 'commit':
      return piece.sha;
    case 'release':
      return piece.version;
    case 'pull-request':
      return `${piece.repository ?? ''}#${piece.number}`;
    case 'issue':
      return piece.reference;
    case 'reason':
      return piece.text;
    case 'date':
      return piece.date;
  }
}
