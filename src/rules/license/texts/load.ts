// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { readFileSync } from 'node:fs';
import { shipped } from '../../../shipped.ts';
import { type LicenseIndex, readIndex } from './index.ts';

let loaded: LicenseIndex | null = null;

/** The index of the texts that ship with Countersign: read when first asked for, then kept. Throws where the file is damaged. */
export function licenseIndex(): LicenseIndex {
  loaded ??= readIndex(readFileSync(shipped('data/license-texts.br')));
  return loaded;
}
