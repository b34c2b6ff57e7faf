// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

/** `1 commit`, `2 commits` */
export function commitCount(amount: number): string {
  return `${amount} ${amount === 1 ? 'commit' : 'commits'}`;
}
