// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { dco } from './dco/dco.ts';
import { license } from './license/license.ts';
import { upstream } from './upstream/upstream.ts';

/** Every rule, in the order in which its check run is shown. A new rule is one line here. */
export const rules = { dco, license, upstream } as const;

export type RuleId = keyof typeof rules;
export const ruleIds = Object.keys(rules) as readonly RuleId[];
