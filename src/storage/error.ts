// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

/** The database or its disk is not there, full or refuses: it may pass, and nothing was stored. */
export class StorageError extends Error {
  override readonly name = 'StorageError';
}
