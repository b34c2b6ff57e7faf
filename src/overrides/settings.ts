// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import * as z from 'zod';
import { type RuleId, ruleIds } from '../rules/rules.ts';

/** What everybody has on a public repository: a list with one of them would let anyone override. */
const rolesOfAnybody = ['none', 'read'];

const roles = z.array(
  z
    .string()
    .min(1)
    .refine((role) => !rolesOfAnybody.includes(role.trim().toLowerCase()), {
      error: 'must not be a role that anybody has on a public repository',
    }),
);
const teams = z.array(
  z
    .string()
    .regex(/^[\w.-]{1,100}\/[\w.-]{1,100}$/, { error: 'must name the organisation and the team, as in org/legal' }),
);
const users = z.array(z.string().min(1));
const reason = z.enum(['required', 'optional']);
const lifetime = z.enum(['head', 'pull-request']);

const keys = {
  roles: {
    value: roles,
    fallback: ['maintain', 'admin'],
    description:
      'Repository roles whose holders may override: triage, write, maintain, admin, or a custom role’s name. Each is named by itself; write does not include admin.',
    example: ['write', 'maintain', 'admin'],
    stricter: { list: 'fewer' },
    guards: true,
  },
  teams: {
    value: teams,
    fallback: [],
    description: 'Teams whose members may override, whatever their role, each as ORGANISATION/TEAM.',
    example: ['example-org/legal'],
    stricter: { list: 'fewer' },
    guards: true,
  },
  users: {
    value: users,
    fallback: [],
    description: 'Logins of people who may override, whatever their role.',
    example: ['ada'],
    stricter: { list: 'fewer' },
    guards: true,
  },
  CODEOWNERS: {
    value: z.boolean(),
    fallback: false,
    description:
      'true: so may whoever owns every affected path by the CODEOWNERS file on the base branch and can push to the repository.',
    example: true,
    stricter: { order: [false, true] },
    guards: true,
  },
  allowOwn: {
    value: z.boolean(),
    fallback: false,
    description: 'true: also in a pull request that they opened, or in which they are author or committer of a commit.',
    example: true,
    stricter: { order: [false, true] },
    guards: true,
  },
  reason: {
    value: reason,
    fallback: 'required',
    description: 'optional: an override needs no reason, and a failing check carries a button for it.',
    example: 'optional',
    stricter: { order: ['required', 'optional'] },
    guards: false,
  },
  lifetime: {
    value: lifetime,
    fallback: 'head',
    description:
      'How long an override holds. head: until the next push. pull-request: across pushes, for findings about the very same commit, or the same content of the same file.',
    example: 'pull-request',
    stricter: { order: ['head', 'pull-request'] },
    guards: false,
  },
} as const;

type Keys = typeof keys;
type Key = keyof Keys;
/** Who may override one check, and how long it holds. */
export type Authority = { readonly [Name in Key]: z.output<Keys[Name]['value']> };

const general = Object.fromEntries(
  Object.entries(keys).map(([name, { value, fallback, description, example, stricter, guards }]) => [
    name,
    (value as z.ZodType)
      .default(fallback)
      .meta({ description, examples: [example], stricter, ...(guards ? { least: fallback } : {}) }),
  ]),
) as unknown as { readonly [Name in Key]: z.ZodDefault<Keys[Name]['value']> };

const ofOneCheck = Object.fromEntries(
  Object.entries(keys).map(([name, { value, example, stricter }]) => [
    name,
    (value as z.ZodType)
      .nullable()
      .default(null)
      .meta({
        description: `Instead of overrides.${name}, for this check alone; null: the same.`,
        examples: [example],
        stricter,
        insteadOf: name,
      }),
  ]),
) as unknown as { readonly [Name in Key]: z.ZodDefault<z.ZodNullable<Keys[Name]['value']>> };

const perCheck = Object.fromEntries(
  ruleIds.map((id) => [
    id,
    z
      .strictObject(ofOneCheck)
      .prefault({})
      .meta({ description: `Overrides of the check ${id}.` }),
  ]),
) as { readonly [Id in RuleId]: z.ZodPrefault<z.ZodObject<typeof ofOneCheck>> };

/** The policy file's `overrides` section. */
export const overrideSettings = z
  .strictObject({
    ...general,
    checks: z
      .strictObject(perCheck)
      .prefault({})
      .meta({ description: 'What differs for single checks. A key that is given replaces the general one.' }),
  })
  .prefault({})
  .meta({
    description:
      'Who may let a failing check pass, by a comment such as `/override dco because REASON`. See [Overrides](overrides.md).',
  });

export type OverrideSettings = z.output<typeof overrideSettings>;

/** What holds for one check. */
export function authorityOver(check: string, { checks, ...fallback }: OverrideSettings): Authority {
  const own = Object.hasOwn(checks, check) ? checks[check as RuleId] : undefined;
  const set = Object.entries(own ?? {}).filter(([, value]) => value !== null);
  return { ...fallback, ...Object.fromEntries(set) };
}
