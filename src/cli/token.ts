// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

/** The user's token for GitHub, where gh looks for it; null where there is none. */
export function tokenIn(env: Readonly<Record<string, string | undefined>>): string | null {
  return env.GH_TOKEN || env.GITHUB_TOKEN || null;
}
