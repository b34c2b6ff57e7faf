// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import * as z from 'zod';
import { globPattern } from '../rules/glob-pattern.ts';

const selectors = {
  name: globPattern.optional().meta({ description: 'A glob of names, without the owner.', examples: ['sandbox-*'] }),
  topic: z
    .string()
    .min(1)
    .max(50)
    .optional()
    .meta({ description: 'One of its topics.', examples: ['experiment'] }),
  visibility: z
    .enum(['public', 'internal', 'private'])
    .optional()
    .meta({ description: 'Who can see it.', examples: ['private'] }),
  archived: z
    .boolean()
    .optional()
    .meta({ description: 'Whether it is archived.', examples: [true] }),
  fork: z
    .boolean()
    .optional()
    .meta({ description: 'Whether it is a fork.', examples: [true] }),
};

const exemption = z
  .strictObject({
    ...selectors,
    reason: z
      .string()
      .min(1)
      .max(500)
      .meta({ description: 'Why the floor does not hold there.', examples: ['Throw-away experiments'] }),
    until: z
      .string()
      .regex(/^\d{4}-\d{2}-\d{2}$/, { error: 'must be a day, such as 2027-01-31' })
      .refine((day) => !Number.isNaN(Date.parse(day)), { error: 'must be a day that the calendar has' })
      .meta({ description: 'The last day, in UTC, on which the exemption holds.', examples: ['2027-01-31'] }),
  })
  .refine((one) => Object.keys(selectors).some((key) => one[key as keyof typeof selectors] !== undefined), {
    error: `must say of which repositories, by ${Object.keys(selectors).join(', ')}`,
  });

/**
 * The policy file's `floor` section. `sections` are those of the file itself: in the floor, the keys that are written
 * count, and the defaults that the schema fills in do not.
 */
export function floorSettings<Sections extends Readonly<Record<string, z.ZodType>>>(sections: Sections) {
  const same = Object.entries(sections).map(([key, section]) => [
    key,
    section
      .meta({ ...section.meta(), sameAs: key })
      .nullable()
      .default(null)
      .meta({ description: `What \`${key}\` has to be at least; null: the floor says nothing of it.`, examples: [{}] }),
  ]);
  return z
    .strictObject({
      ...(Object.fromEntries(same) as { readonly [Key in keyof Sections]: z.ZodDefault<z.ZodNullable<Sections[Key]>> }),
      free: z
        .array(z.string().min(1).max(200))
        .default([])
        .meta({
          description:
            'Keys that repositories may set as they like, although they could undo what the floor sets in the same section.',
          examples: [['dco.exempt.users', 'license.exceptions']],
        }),
      exemptRepositories: z
        .array(exemption)
        .max(200)
        .default([])
        .meta({
          description:
            'Repositories in which the floor does not hold. Of each entry, every selector that it has has to fit.',
          examples: [[{ name: 'sandbox-*', reason: 'Throw-away experiments', until: '2027-01-31' }]],
        }),
    })
    .nullable()
    .default(null)
    .meta({
      description:
        'In the organisation’s `.github` repository: what no repository may undercut. Anywhere else it has no effect. See [One policy for an organisation](organisation.md).',
      examples: [{ dco: { mode: 'enforce' }, license: { deny: ['SSPL-1.0'] } }],
    });
}

export type Exemption = z.output<typeof exemption>;
