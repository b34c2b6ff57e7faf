// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Milliseconds on a clock that every process of this machine shares and that nobody sets. */
export function now(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
