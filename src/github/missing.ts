// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * The data of a GraphQL answer. GitHub puts errors beside it where a repository is not there or may not be read. For the
 * fields that `mayMiss` names by their path, of at most two steps, that is an answer; every other error is thrown on, also
 * one about a file further in. `onRefused` hears of each that may not be read.
 */
export async function withoutMissing(
  answer: Promise<unknown>,
  mayMiss: (path: readonly unknown[]) => boolean,
  onRefused: (path: readonly unknown[]) => void = () => {},
): Promise<Readonly<Record<string, unknown>>> {
  try {
    return (await answer) as Readonly<Record<string, unknown>>;
  } catch (thrown) {
    const { errors, data } = thrown as { errors?: { type?: string; path?: unknown[] }[]; data?: object | null };
    const harmless = errors?.every(
      ({ type, path = [] }) =>
        path.length > 0 && path.length <= 2 && mayMiss(path) && (type === 'NOT_FOUND' || type === 'FORBIDDEN'),
    );
    if (harmless !== true || data == null) throw thrown;
    for (const { type, path = [] } of errors ?? []) if (type === 'FORBIDDEN') onRefused(path);
    return { ...data };
  }
}
