// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { GitError } from '../git/git.ts';

/** Something that the user can mend: the message says what was wrong, where, and what to do. Ends with exit code 2. */
export class UserError extends Error {
  override readonly name = 'UserError';
}

/** The message of an error that is the user's to mend; null for any other, which is ours. */
export function expectedMessage(error: unknown): string | null {
  const expected = error instanceof UserError || error instanceof GitError || isSettings(error);
  return expected ? error.message : null;
}

/** Of the environment or the database, told by their names: their modules are not loaded for this. */
function isSettings(error: unknown): error is Error {
  return error instanceof Error && (error.name === 'ConfigurationError' || error.name === 'StorageError');
}
