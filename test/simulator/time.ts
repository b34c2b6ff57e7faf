// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

/** A date as both APIs write it: whole seconds, UTC. */
export function iso(date: Date | string | null): string | null {
  return date === null ? null : `${new Date(date).toISOString().slice(0, 19)}Z`;
}
