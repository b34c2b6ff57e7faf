// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { answeredAt } from './answered-at.ts';

/**
 * What an error from GitHub means for the subject that was being looked at.
 * - `retry`: it may pass; try again, not before `after` milliseconds where GitHub named a time
 * - `gone`: there is nothing to look at any more, or no longer anything that we may see; `perhaps` where GitHub also
 *   answers so for a moment about what has only just been made
 * - `unexpected`: not GitHub's doing; a mistake of ours
 */
export type Failure =
  | {
      readonly kind: 'retry';
      readonly why: string;
      readonly after: number | null;
      readonly refreshToken?: boolean;
      /** Not all that the installation asks has to wait: what is more urgent, or reads only, need not. */
      readonly partly?: boolean;
    }
  | { readonly kind: 'gone'; readonly why: string; readonly perhaps?: boolean }
  | { readonly kind: 'unexpected'; readonly why: string };

/** The state read is not the present one: another read, or the webhook, is ahead of it. Read again. */
export class MovedError extends Error {
  override readonly name = 'MovedError';
}

/** Something that the result hangs on cannot be read at this moment. Try again. */
export class UndecidedError extends Error {
  override readonly name = 'UndecidedError';
}

/** The answer does not have the shape that GitHub documents. */
export class AnswerError extends Error {
  override readonly name = 'AnswerError';
}

/** A request was not sent: GitHub would refuse it now, or it is left to others. */
export class HeldError extends Error {
  override readonly name = 'HeldError';
  /** Milliseconds to wait. */
  readonly wait: number;
  /** Whether other requests of the installation may be sent: those that somebody waits for, or that make no content. */
  readonly partly: boolean;

  constructor(wait: number, why: string, partly = false) {
    super(`not sent: ${why}`);
    this.wait = Math.ceil(wait);
    this.partly = partly;
  }
}

/**
 * Errors cross realms (jest, native fetch) and libraries' versions, so that they are told apart by their shape,
 * never by `instanceof`.
 */
interface ErrorShape {
  readonly name?: string;
  readonly message?: string;
  readonly code?: string;
  readonly status?: number;
  readonly cause?: unknown;
  readonly response?: { readonly headers?: Headers };
  readonly headers?: Headers;
  readonly wait?: number;
  readonly partly?: boolean;
  readonly errors?: readonly {
    readonly type?: string;
    readonly message?: string;
    readonly path?: readonly unknown[];
  }[];
}
type Headers = Readonly<Record<string, string | number | undefined>>;

/** GitHub's longest window of a limit, in milliseconds. */
export const longestWindow = 60 * 60_000;

/** Errors of ours that pass. Where our own storage is away, what was read from GitHub cannot be acted on yet. */
const passing = ['MovedError', 'UndecidedError', 'AnswerError', 'StorageError'];

/** Classifies whatever was thrown while speaking to GitHub. `now` in milliseconds since 1970. */
export function classify(thrown: unknown, now: number): Failure {
  const error = (typeof thrown === 'object' && thrown !== null ? thrown : {}) as ErrorShape;
  const why = isPage(error) ? pageOf(error) : firstLine(saidBy(error, thrown));
  if (error.name === 'HeldError') return { kind: 'retry', why, after: error.wait ?? null, ...partly(error) };
  if (passing.includes(error.name ?? '')) return { kind: 'retry', why, after: null };
  if (error.name === 'GraphqlResponseError') return classifyGraphql(error, why, now);
  if (typeof error.status === 'number') return classifyStatus(error, error.status, why, now);
  if (isNetworkError(error)) return { kind: 'retry', why, after: null };
  return { kind: 'unexpected', why };
}

function partly(error: ErrorShape): { readonly partly?: true } {
  return error.partly === true ? { partly: true } : {};
}

function firstLine(message: string): string {
  return message.split('\n', 1)[0]?.slice(0, 500) ?? '';
}

function saidBy(error: ErrorShape, thrown: unknown): string {
  return error.name === 'GraphqlResponseError' ? saidByGraphql(error) : error.message || String(thrown);
}

/** Octokit tells of what is no JSON by the whole of it. GitHub's API answers in JSON, whatever it has to say. */
function isPage({ status, message }: ErrorShape): boolean {
  return typeof status === 'number' && /^\s*<(?:!doctype|html|head|\?xml)/i.test(message ?? '');
}

function pageOf({ status }: ErrorShape): string {
  return `a web page with status ${status} in place of an answer, as an overloaded GitHub, a proxy or a firewall gives it`;
}

/** Octokit's own message has nothing but a heading on its first line. */
function saidByGraphql({ errors = [] }: ErrorShape): string {
  return errors.map(({ message }) => message ?? 'an error without a message').join(' | ');
}

function classifyStatus(error: ErrorShape, status: number, why: string, now: number): Failure {
  const headers = error.response?.headers ?? {};
  const limited = rateLimit(headers, status, why, now);
  if (limited !== null) return { kind: 'retry', why, after: limited };
  if (isPage(error)) return { kind: 'retry', why, after: null };
  if (status === 401) return { kind: 'retry', why, after: null, refreshToken: true };
  if (status === 403 && /suspended/i.test(why)) return { kind: 'gone', why };
  if (status === 404) return { kind: 'gone', why, perhaps: true };
  if (status === 410 || status === 451) return { kind: 'gone', why };
  // GitHub answers 403 "Resource not accessible by integration" until an administrator approves a new permission.
  if (status === 403) return { kind: 'gone', why };
  // 409: an empty or busy Git repository. 500 without a response is a failed fetch in Octokit's clothes.
  if (status >= 500 || status === 408 || status === 409) return { kind: 'retry', why, after: null };
  return { kind: 'unexpected', why };
}

function classifyGraphql(error: ErrorShape, why: string, now: number): Failure {
  const errors = error.errors ?? [];
  const has = (type: string) => errors.some((one) => one.type === type);
  // GitHub has answered both: the first is in its documentation, the second in its answers since 2025.
  if (has('RATE_LIMITED') || has('RATE_LIMIT')) {
    const headers = error.headers ?? {};
    return { kind: 'retry', why, after: retryAfter(headers) ?? untilReset(headers, now) };
  }
  if (/secondary rate limit/i.test(why))
    return { kind: 'retry', why, after: retryAfter(error.headers ?? {}) ?? 60_000 };
  if (has('NOT_FOUND')) return { kind: 'gone', why, perhaps: true };
  if (has('FORBIDDEN') || has('INSUFFICIENT_SCOPES')) return { kind: 'gone', why };
  // What we asked for cannot be done (an input that GitHub refuses, a query too large for it), now or later.
  if (has('UNPROCESSABLE') || has('MAX_NODE_LIMIT_EXCEEDED')) return { kind: 'unexpected', why };
  // A query that does not fit the schema is our mistake; it carries no type and its error has `extensions`.
  if (errors.some((one) => /^(?:Field|Variable|Argument|Unknown|No such type|Parse error)\b/.test(one.message ?? ''))) {
    return { kind: 'unexpected', why };
  }
  return { kind: 'retry', why, after: null };
}

/** Whether GitHub may still be at what it was asked for: it did not answer, or something in between did in its place. */
export function mayBeUnderWay(thrown: unknown): boolean {
  const { name, status = 0, response } = thrown as ErrorShape;
  if (name === 'HeldError' || name === 'GraphqlResponseError') return false;
  return response === undefined || status >= 500;
}

/**
 * What is wrong with an answer that has status 200 and speaks of a rate limit, as GraphQL's do; null where it doesn't.
 * To be classified as if it had been thrown.
 */
export function rateLimitInAnswer(answer: { readonly data?: unknown; readonly headers: unknown }): object | null {
  const { errors } = (answer.data ?? {}) as { readonly errors?: ErrorShape['errors'] };
  if (!Array.isArray(errors)) return null;
  const error = { name: 'GraphqlResponseError', errors, headers: answer.headers as Headers };
  const { kind, ...failure } = classify(error, Date.now());
  return kind === 'retry' && 'after' in failure && failure.after !== null ? error : null;
}

/**
 * Milliseconds to wait where the answer speaks of a rate limit, else null. GitHub's "Best practices for using the REST
 * API": obey `retry-after`; else wait for `x-ratelimit-reset` where nothing remains; else at least a minute.
 */
function rateLimit(headers: Headers, status: number, why: string, now: number): number | null {
  if (status !== 403 && status !== 429) return null;
  const named = retryAfter(headers);
  if (named !== null) return named;
  if (String(headers['x-ratelimit-remaining']) === '0') return untilReset(headers, now);
  if (status === 429 || /rate limit/i.test(why)) return 60_000;
  return null;
}

/**
 * A second at least: what may be tried again at once, and fails again, would be tried without end. As long as GitHub's
 * longest window at most: where it still wants to be left alone then, it says so again, and what some proxy says in its
 * place must not have an installation stand still for years.
 */
function retryAfter(headers: Headers): number | null {
  const seconds = Number(headers['retry-after'] ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(Math.max(seconds, 1) * 1000, longestWindow) : null;
}

/**
 * One second more than GitHub says, since its clock tells no fractions. GitHub's longest window is an hour: a reset further
 * away tells of a clock that is wrong, and would have the App stand still for as long as it is wrong.
 */
function untilReset(headers: Headers, now: number): number {
  const reset = Number(headers['x-ratelimit-reset'] ?? Number.NaN);
  if (!Number.isFinite(reset)) return 60_000;
  return Math.min(Math.max(reset * 1000 - answeredAt(headers, now), 0), longestWindow) + 1000;
}

function isNetworkError(error: ErrorShape): boolean {
  if (error.name === 'HttpError' || error.name === 'AbortError' || error.name === 'TimeoutError') return true;
  if (/fetch failed|terminated|socket hang up|network/i.test(error.message ?? '')) return true;
  return /^(?:E[A-Z]+|UND_ERR_[A-Z_]+)$/.test(error.code ?? '');
}
