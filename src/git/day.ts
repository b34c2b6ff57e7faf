// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

/** The day in UTC of a time in seconds as Git writes it; null: no day that a calendar of four-digit years has. */
export function dayOf(seconds: string): string | null {
  const date = new Date(Number(seconds) * 1000);
  if (seconds === '' || Number.isNaN(date.getTime())) return null;
  return /^\d{4}-\d{2}-\d{2}(?=T)/.exec(date.toISOString())?.[0] ?? null;
}
