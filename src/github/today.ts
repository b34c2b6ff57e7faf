// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

/** The day in UTC, `YYYY-MM-DD`: a fact of the contribution, since rules read no clock. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}
