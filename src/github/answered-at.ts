// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * When GitHub answered by its own clock, in milliseconds since 1970, to the second; `now` where it does not say. What else
 * it tells of times is compared with this: our clock may be wrong.
 */
export function answeredAt(headers: unknown, now: number): number {
  const { date } = (headers ?? {}) as { readonly date?: unknown };
  const time = typeof date === 'string' ? Date.parse(date) : Number.NaN;
  return Number.isNaN(time) ? now : time;
}
