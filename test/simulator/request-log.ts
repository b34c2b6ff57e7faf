// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

export interface LoggedRequest {
  readonly method: string;
  /** Path and query, without `/api/v3`. */
  readonly path: string;
  /** REST's method and path template (`GET /repos/{owner}/{repo}`), or the GraphQL operation (`query PullRequest`). */
  readonly operation: string;
  /** null for the App itself and for nobody. */
  readonly installation: number | null;
  readonly status: number;
  /** Points of GitHub's secondary limit: 1, or 5 for a mutation or a REST write. */
  readonly points: number;
  readonly milliseconds: number;
  /** Whether a fault made the answer. */
  readonly fault: string | null;
}

export interface RequestLog {
  readonly requests: readonly LoggedRequest[];
  add(request: LoggedRequest): void;
  /** How often each operation was asked for, token requests included. */
  counts(): Readonly<Record<string, number>>;
  reset(): void;
}

export function createRequestLog(): RequestLog {
  const requests: LoggedRequest[] = [];
  return {
    requests,
    add: (request) => void requests.push(request),
    counts() {
      const counts: Record<string, number> = {};
      for (const { operation } of requests) counts[operation] = (counts[operation] ?? 0) + 1;
      return counts;
    },
    reset: () => void requests.splice(0),
  };
}
