// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { z } from 'zod';
import { overrideSettings } from '../overrides/settings.ts';
import { commonSettings } from '../rules/rule.ts';
import { type RuleId, ruleIds, rules } from '../rules/rules.ts';

/** Each rule's own section, straight from the table of rules: a new rule needs no edit here. */
const sections = Object.fromEntries(ruleIds.map((id) => [id, rules[id].settings])) as {
  readonly [Id in RuleId]: (typeof rules)[Id]['settings'];
};

/**
 * The whole policy file. This one table drives validation, defaults, `schemas/policy.json` and `docs/policy.md`.
 */
export const policySchema = z
  .strictObject({
    version: z
      .literal(1)
      .default(1)
      .meta({ description: 'The version of this file’s format.', examples: [1] }),
    policy: z
      .strictObject({
        name: commonSettings('Policy').name.meta({
          description: 'The name of the check run that reports on the policy file itself.',
          examples: ['Policy'],
        }),
      })
      .prefault({})
      .meta({ description: 'The check of the policy file itself.' }),
    ...sections,
    overrides: overrideSettings,
  })
  .meta({
    title: 'Countersign policy',
    description: 'What Countersign asks of the pull requests into this repository: .github/countersign.yml.',
  });

/** The whole file with every default filled in. */
export type PolicySettings = z.output<typeof policySchema>;
