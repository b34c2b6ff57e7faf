// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

/** What a resolver or route throws to answer with one of GitHub's errors; the two APIs show it each in its form. */
export interface GitHubError extends Error {
  readonly gitHub: {
    readonly status: number;
    /** The GraphQL error's `type`. */
    readonly type: string;
    readonly extensions?: Readonly<Record<string, unknown>>;
    /** REST's `errors`. */
    readonly errors?: readonly unknown[];
  };
}

export function gitHubError(message: string, gitHub: GitHubError['gitHub']): GitHubError {
  return Object.assign(new Error(message), { gitHub });
}

export function isGitHubError(error: unknown): error is GitHubError {
  return error instanceof Error && 'gitHub' in error;
}

/** GitHub's answer for what is not there and for what the token may not see, which look the same on purpose. */
export function notFound(message: string): GitHubError {
  return gitHubError(message, { status: 404, type: 'NOT_FOUND' });
}

export function unprocessable(message: string, errors?: readonly unknown[]): GitHubError {
  return gitHubError(message, { status: 422, type: 'UNPROCESSABLE', ...(errors ? { errors } : {}) });
}

export function forbidden(message = 'Resource not accessible by integration'): GitHubError {
  const type = 'FORBIDDEN';
  return gitHubError(message, {
    status: 403,
    type,
    extensions: { saml_failure: false },
  });
}
