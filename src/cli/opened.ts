// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Extended, ExtendedFiles, PolicyFile } from '../policy/policy.ts';

/** Files as whoever has the token may see them: the App hides from others what is private, and they are nobody else. */
export function opened(files: readonly PolicyFile[]): readonly PolicyFile[] {
  return files.map((file) => ({ ...file, hidden: false }));
}

/** The same of files that others extend. */
export function openedExtended(files: ExtendedFiles): ExtendedFiles {
  const open = (one: Extended): Extended => ('file' in one ? { file: { ...one.file, hidden: false } } : one);
  return new Map([...files].map(([key, one]) => [key, open(one)]));
}
