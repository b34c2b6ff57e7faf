// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Rule } from '../rule.ts';
import { type DcoSettings, dcoSettings } from './settings.ts';

export const dco: Rule<DcoSettings> = {
  id: 'dco',
  settings: dcoSettings,
  needs: () => [],
  judge: () => ({ rule: 'dco', outcome: 'incomplete', title: ['Not judged'], findings: [], remedies: [] }),
};
