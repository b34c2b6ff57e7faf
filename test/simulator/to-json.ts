// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Node.js has it, TypeScript's library not yet. */
const { rawJSON } = JSON as unknown as { rawJSON(text: string): object };

/** JSON in which a bigint is a number with all its digits, as GitHub writes the ids of deliveries. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? rawJSON(String(part)) : part));
}
