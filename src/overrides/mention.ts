// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * Whether a comment has a line that begins like a command of ours. Only reading it as Markdown tells whether there is
 * one; where this says no, there is none.
 */
export function mentionsCommand(body: string): boolean {
  return /^\/(?:override|recheck|policy)/im.test(body);
}
