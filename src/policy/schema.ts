// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import * as z from 'zod';
import { overrideSettings } from '../overrides/settings.ts';
import { commonSettings } from '../rules/rule.ts';
import { type RuleId, ruleIds, rules } from '../rules/rules.ts';
import { floorSettings } from './floor-settings.ts';
import { entryPattern, entryProblem, longestEntry } from './target.ts';

/** Each rule's own section, straight from the table of rules: a new rule needs no edit here. */
const sections = Object.fromEntries(ruleIds.map((id) => [id, rules[id].settings])) as {
  readonly [Id in RuleId]: (typeof rules)[Id]['settings'];
};

const policySection = z
  .strictObject({
    name: commonSettings('Policy').name.meta({
      description: 'The name of the check run that reports on the policy file itself.',
      examples: ['Policy'],
    }),
  })
  .prefault({})
  .meta({ description: 'The check of the policy file itself.' });

/** What is merged and held to the floor: every section with settings. */
const merged = { policy: policySection, ...sections, overrides: overrideSettings };

/** What a file says of other files, and which of its own keys it means. */
const composition = {
  extends: z
    .array(z.string().max(longestEntry).regex(entryPattern, { error: entryProblem }))
    .max(10)
    .default([])
    .meta({
      description:
        'Policies that this one builds on: presets, files of the same repository by their path, and OWNER/REPOSITORY:PATH@REF on the same GitHub. A later one goes before an earlier one, and this file before all of them.',
      examples: [['scs', '.github/policies/base.yml', 'acme/policies:base.yml@v1']],
    }),
  replace: z
    .array(z.string().min(1).max(200))
    .default([])
    .meta({
      description: 'Lists of this file that stand alone, and are not added to those of the policies that it extends.',
      examples: [['license.allow']],
    }),
  sharedWith: z
    .array(z.string().regex(/^[A-Za-z\d][\w-]{0,99}$/, { error: 'must be the login of an account, without @' }))
    .max(100)
    .default([])
    .meta({
      description:
        'Other accounts whose repositories may extend this file although it is not public. Those of the same account may in any case, and a public file can be extended by everybody.',
      examples: [['acme-labs']],
    }),
};

/** The settings that a policy amounts to, without what composes it. */
export const settingsSchema = z.strictObject(merged);

/**
 * The whole policy file. This one table drives validation, defaults, `schemas/policy.json`, `docs/policy.md`, and what
 * an organisation's floor takes for stricter.
 */
export const policySchema = z
  .strictObject({
    version: z
      .literal(1)
      .default(1)
      .meta({ description: 'The version of this file’s format.', examples: [1] }),
    ...composition,
    ...merged,
    floor: floorSettings(merged),
  })
  .meta({
    title: 'Countersign policy',
    description: 'What Countersign asks of the pull requests into this repository: .github/countersign.yml.',
  });

/** A file as it is written, defaults filled in. */
export type FileSettings = z.output<typeof policySchema>;

/** The settings in force, every default filled in. */
export type PolicySettings = z.output<typeof settingsSchema>;
