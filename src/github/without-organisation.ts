// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * GitHub answers an error beside the data where the organisation has no `.github` repository that we may read. That is
 * an answer; every other error is thrown on, also one about a file in that repository: it may be the policy.
 */
export async function withoutOrganisation(answer: Promise<unknown>): Promise<unknown> {
  try {
    return await answer;
  } catch (thrown) {
    const error = thrown as { errors?: { type?: string; path?: unknown[] }[]; data?: { organisation?: unknown } };
    const harmless = (error.errors ?? []).every(
      ({ type, path }) =>
        path?.[0] === 'organisation' && path.length <= 2 && (type === 'NOT_FOUND' || type === 'FORBIDDEN'),
    );
    if (!Array.isArray(error.errors) || !harmless || error.data == null) throw thrown;
    return { organisation: null, ...error.data };
  }
}
