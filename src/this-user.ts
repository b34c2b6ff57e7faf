// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Who has to be let at a file or folder: by number, since in a container the user has no name. */
export function thisUser(): string {
  const number = process.geteuid?.();
  return `the user that runs the App${number === undefined ? '' : ` (${number})`}`;
}
