// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import * as z from 'zod';
import { exemptGlobs, globPattern } from '../glob-pattern.ts';
import { commonSettings } from '../rule.ts';
import { customSettings } from './conventions/custom-settings.ts';
import { conventionIds } from './conventions.ts';

const convention = z.enum(conventionIds);

const remote = z.strictObject({
  repo: z
    .string()
    .regex(/^[\w.-]{1,100}\/[\w.-]{1,100}$/, { error: 'must be OWNER/NAME on the same GitHub' })
    .meta({ description: 'The repository, `OWNER/NAME` on the same GitHub.', examples: ['openstack/nova'] }),
  branch: z
    .string()
    .min(1)
    .max(250)
    .nullable()
    .default(null)
    .meta({ description: 'The branch; without it, the default branch.', examples: ['master'] }),
});

const age = (example: string) =>
  z
    .string()
    .regex(/^[1-9]\d{0,4}d$/, { error: 'must be a number of days, such as 90d' })
    .nullable()
    .default(null)
    .meta({
      description: 'Days after which a change is pointed out; null: never.',
      examples: [example],
      stricter: 'lowest',
    });

const keepOrJudge = z.enum(['keep', 'judge']).default('keep');

/** The keys as they stand in the policy file's `upstream` section. */
const keys = z.strictObject({
  ...commonSettings('Upstream First'),
  preset: z
    .union(
      [
        convention,
        z.array(
          z.union([
            convention,
            z.strictObject({
              paths: z
                .array(globPattern)
                .min(1)
                .meta({ description: 'Globs of what this convention is for.', examples: [['debian/**']] }),
              preset: convention.meta({ description: 'The convention.', examples: ['dep3'] }),
            }),
          ]),
        ),
      ],
      { error: `must be one of ${conventionIds.join(', ')}, or a list of these and of {paths, preset}` },
    )
    .nullable()
    .default(null)
    .meta({
      description:
        'The convention, or conventions, in which changes say where they are upstream; where paths differ, a list with `paths` and `preset`. The rule is off until this or one of the next four keys is set.',
      examples: ['yocto', [{ paths: ['debian/**'], preset: 'dep3' }, 'scs']],
      stricter: 'fixed',
    }),
  custom: customSettings
    .nullable()
    .default(null)
    .meta({
      description:
        'The notation of a project’s own, for `preset: custom`: where it stands (`in`), the page that explains it (`documentation`), and what can be written (`marks`, each with its `state`, one of `prefix`, `trailer` and `line`, and how to `write` it). docs/rules/upstream.md explains it.',
      examples: [
        {
          in: 'commit',
          documentation: 'https://example.org/patches',
          marks: [{ state: 'submitted', trailer: 'Sent-to', requires: ['url'], write: 'Sent-to: URL' }],
        },
      ],
      stricter: 'fixed',
    }),
  patches: z
    .array(globPattern)
    .nullable()
    .default(null)
    .meta({
      description:
        'Globs of patch files. Those that are added or changed have to say it. Without it, the usual places of the conventions that live in patch files.',
      examples: [['patches/**/*.patch', 'debian/patches/*']],
      stricter: 'fixed',
    }),
  commits: z
    .union([z.literal('fork'), z.array(globPattern)], { error: 'must be fork, or a list of globs' })
    .nullable()
    .default(null)
    .meta({
      description:
        'Which commits have to say it. fork: each that the branch of `remotes.default` does not contain. A list of globs: each that touches one of these paths. Without it, and without patches, vendor and submodules, every commit where the convention lives in commits.',
      examples: ['fork', ['src/**']],
      stricter: 'fixed',
    }),
  vendor: z
    .array(globPattern)
    .default([])
    .meta({
      description: 'Globs of code from elsewhere. Commits that touch it have to say it.',
      examples: [['vendor/**', 'third_party/**']],
      stricter: { list: 'more' },
    }),
  submodules: z
    .boolean()
    .default(false)
    .meta({
      description:
        "true: the commit of an added or changed submodule has to be on upstream's branch, and not only in a fork.",
      examples: [true],
      stricter: { order: [true, false] },
    }),
  remotes: z
    .record(z.string().min(1).max(500), remote)
    .default({})
    .meta({
      description:
        'Upstream repositories: `default`, or a glob of the paths that one is for, with its `repo` (`OWNER/NAME` on the same GitHub) and `branch`.',
      examples: [{ default: { repo: 'openstack/nova', branch: 'master' } }],
      stricter: 'fixed',
    }),
  verify: z
    .strictObject({
      commits: z
        .boolean()
        .default(true)
        .meta({
          description: 'true: GitHub is asked whether the branch contains the commit.',
          examples: [false],
          stricter: { order: [true, false] },
        }),
      pullRequests: z
        .boolean()
        .default(true)
        .meta({
          description: 'true: GitHub is asked what became of the pull request.',
          examples: [false],
          stricter: { order: [true, false] },
        }),
      diffs: z
        .boolean()
        .default(true)
        .meta({
          description: 'true: a patch that claims to be a clean backport is compared with what upstream changed.',
          examples: [false],
          stricter: { order: [true, false] },
        }),
      repositories: z
        .enum(['public', 'remotes'])
        .default('public')
        .meta({
          description:
            'Of which repositories GitHub is asked where `remotes` has none for a path. public: every public one that a change names. remotes: none.',
          examples: ['remotes'],
          stricter: { order: ['remotes', 'public'] },
        }),
      unverified: z
        .enum(['note', 'warn', 'fail'])
        .default('warn')
        .meta({
          description: 'What to do with a claim that is well-formed and that nobody could verify.',
          examples: ['fail'],
          stricter: { order: ['fail', 'warn', 'note'] },
        }),
    })
    .prefault({})
    .meta({ description: 'Whether claims are true, by the word of the configured GitHub. No other host is asked.' }),
  evidence: z
    .enum(['convention', 'always'])
    .default('convention')
    .meta({
      description:
        'What a state has to bring forward. convention: what its convention asks for; what else is missing is a warning. always: every state needs its evidence.',
      examples: ['always'],
      stricter: { order: ['always', 'convention'] },
    }),
  stale: z
    .strictObject({ pending: age('90d'), submitted: age('180d') })
    .prefault({})
    .meta({ description: 'How long a change may wait, by the age of the line that says so; it never blocks.' }),
  sweep: z
    .boolean()
    .default(false)
    .meta({
      description:
        'true: once a week the App looks at everything that the default branch carries, and keeps one issue up to date with what can be dropped, was refused, or is stale.',
      examples: [true],
      stricter: { order: [true, false] },
    }),
  renamed: keepOrJudge.meta({
    description: 'keep: a patch that is only renamed needs nothing. judge: it is judged like a new one.',
    examples: ['judge'],
    stricter: { order: ['judge', 'keep'] },
  }),
  refreshed: keepOrJudge.meta({
    description:
      'keep: a patch whose status is as it was needs nothing, but it must not lose it. judge: it is judged like a new one.',
    examples: ['judge'],
    stricter: { order: ['judge', 'keep'] },
  }),
  exempt: z
    .strictObject({
      paths: exemptGlobs('Globs; patches there, and commits that touch nothing else, need nothing.', 'packaging/**'),
      branches: exemptGlobs('Globs of base branches; pull requests into them need nothing.', 'experimental/*'),
    })
    .prefault({})
    .meta({ description: 'What need not say where it is upstream.' }),
  baseline: z
    .string()
    .min(1)
    .max(500)
    .nullable()
    .default(null)
    .meta({
      description:
        'Path of a file on the base branch that lists patches which were there before the policy, one path a line; # begins a comment. They need nothing.',
      examples: ['.github/upstream-baseline.txt'],
      stricter: { list: 'fewer' },
      least: null,
    }),
});

export type UpstreamSettings = z.output<typeof keys>;

/** Whether the policy asks anything of this rule. */
function isConfigured({ preset, patches, commits, vendor, submodules }: UpstreamSettings): boolean {
  return preset !== null || patches !== null || commits !== null || vendor.length > 0 || submodules;
}

/**
 * The policy file's `upstream` section. Nothing can be asked before the policy says in which notation and where, so
 * that the rule is off until then, and no check run is posted.
 */
export const upstreamSettings = keys
  .transform(
    (settings): UpstreamSettings =>
      isConfigured(settings) ? settings : { ...settings, mode: 'off', enforceFrom: null },
  )
  .prefault({})
  .meta({
    description:
      'The Upstream First rule: changes to somebody else’s code say where they are upstream. It is off until `preset`, `patches`, `commits`, `vendor` or `submodules` is set.',
  });
