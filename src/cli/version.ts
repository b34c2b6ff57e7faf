// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { readFileSync } from 'node:fs';
import { shipped } from '../shipped.ts';

/** The version in package.json. */
export function version(): string {
  const manifest: { version: string } = JSON.parse(readFileSync(shipped('package.json'), 'utf8'));
  return manifest.version;
}
