// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import * as z from 'zod';
import { day } from '../day.ts';
import { globPattern } from '../glob-pattern.ts';
import { commonSettings } from '../rule.ts';

const licenseId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9.+-]{0,99}(?: WITH [A-Za-z0-9][A-Za-z0-9.+-]{0,99})?$/, {
  error: 'must be one SPDX license id, such as Apache-2.0, or one WITH an exception',
});

const expression = z.string().min(1).max(1000);

/** What can differ from one part of the repository to another. */
const scoped = {
  require: z.enum(['osi', 'listed']).meta({
    description:
      'osi: a license has to be approved by the Open Source Initiative, as the SPDX License List says, or be listed in alsoAllow. listed: it has to be listed in allow or alsoAllow.',
    examples: ['listed'],
    stricter: 'fixed',
  }),
  allow: z.array(licenseId).meta({
    description: 'SPDX ids. Where there are any, no other license is accepted, alsoAllow excepted.',
    examples: [['Apache-2.0', 'MIT', 'BSD-3-Clause']],
    stricter: { list: 'within' },
  }),
  alsoAllow: z.array(licenseId).meta({
    description: 'SPDX ids that are accepted although they are not OSI-approved.',
    examples: [['CC0-1.0', 'curl', 'OpenSSL']],
    stricter: { list: 'fewer' },
    least: [],
  }),
  deny: z.array(licenseId).meta({
    description: 'SPDX ids that are never accepted, whatever the other keys say.',
    examples: [['AGPL-3.0-only']],
    stricter: { list: 'more' },
  }),
  unknown: z.enum(['fail', 'warn', 'ask']).meta({
    description:
      'What to do where a license is unknown: LicenseRef-…, NOASSERTION, a text that is not on the SPDX License List, a dependency whose license GitHub does not know. fail: whoever opened the pull request has to act. ask: it fails too, and asks a maintainer to decide. warn: it is shown and blocks nothing.',
    examples: ['fail'],
    stricter: { order: ['fail', 'ask', 'warn'] },
    least: 'ask',
  }),
  outbound: expression.nullable().meta({
    description:
      "The license that files here have, as an SPDX expression. Without it, it is that of the license file at the repository's root.",
    examples: ['Apache-2.0'],
    stricter: 'fixed',
  }),
  inboundEqualsOutbound: z.boolean().meta({
    description: 'true: the license of what comes in has to be the one that this path has (see outbound).',
    examples: [true],
    stricter: { order: [true, false] },
  }),
  compatibleWithRepository: z.boolean().meta({
    description:
      'true: the license of what comes in has to be compatible with the one that this path has (see outbound). Pairs that nobody has looked at are shown for review.',
    examples: [true],
    stricter: { order: [true, false] },
  }),
  prefer: z.enum(['none', 'copyleft', 'weak-copyleft']).meta({
    description: 'Advice for new files with a license of their own; it never blocks.',
    examples: ['copyleft'],
    stricter: 'fixed',
  }),
  headers: z.enum(['require', 'if-present', 'off']).meta({
    description:
      'require: files say under which license they are: in a header, a .license file beside them, REUSE.toml or .reuse/dep5. if-present: what they say is judged, and nothing is asked for. off: headers are not looked at.',
    examples: ['if-present'],
    stricter: { order: ['require', 'if-present', 'off'] },
    least: 'if-present',
  }),
  headersFor: z.enum(['new-if-used', 'new', 'all']).meta({
    description:
      'Of which files headers: require asks it. new: files that the pull request adds. new-if-used: the same, but it is only mentioned where the repository shows no use of SPDX tags (no LICENSES/, REUSE.toml or .reuse/dep5, and no tag in a file of the same kind that the pull request changes). all: changed files too.',
    examples: ['new'],
    stricter: { order: ['all', 'new', 'new-if-used'] },
  }),
};

type Scoped = { readonly [Key in keyof typeof scoped]: z.output<(typeof scoped)[Key]> };

const defaults: Scoped = {
  require: 'osi',
  allow: [],
  alsoAllow: [],
  deny: [],
  unknown: 'ask',
  outbound: null,
  inboundEqualsOutbound: false,
  compatibleWithRepository: false,
  prefer: 'none',
  headers: 'require',
  headersFor: 'new-if-used',
};

const scope = z.strictObject({
  paths: z
    .array(globPattern)
    .min(1)
    .meta({ description: 'Globs of the files that this is for.', examples: [['docs/**']] }),
  ...z.object(scoped).partial().shape,
});

const exception = z
  .strictObject({
    path: globPattern.optional().meta({ description: 'A glob of files.', examples: ['third_party/tables/**'] }),
    purl: z
      .string()
      .regex(/^pkg:[\w.+-]+\/[^\s*?#]+(?:\/\*|@[^\s/?#]*)?(?:[?#]\S*)?$/, {
        error:
          'must be a package URL, such as pkg:npm/left-pad or pkg:npm/left-pad@1.3.0, or a namespace with /* for all packages in it, such as pkg:githubactions/actions/*',
      })
      .max(500)
      .optional()
      .meta({
        description:
          'A package; without a version, every version of it. A namespace with /*: every package in it, such as pkg:githubactions/actions/*.',
        examples: ['pkg:npm/left-pad@1.3.0'],
      }),
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/, { error: 'must be 64 hexadecimal digits in lower case' })
      .optional()
      .meta({ description: 'SHA-256 of the bytes of a license file.', examples: ['0123456789abcdef'.repeat(4)] }),
    reason: z
      .string()
      .min(1)
      .max(500)
      .meta({ description: 'Why it is accepted.', examples: ['Tables, not code'] }),
    approvedBy: z
      .string()
      .min(1)
      .max(200)
      .meta({ description: 'Who decided it.', examples: ['@example-org/legal'] }),
    expires: day
      .nullable()
      .default(null)
      .meta({
        description: 'The last day, in UTC, on which it holds; without it, it holds for good.',
        examples: ['2027-01-31'],
      }),
  })
  .refine(({ path, purl, sha256 }) => [path, purl, sha256].filter((one) => one !== undefined).length === 1, {
    error: 'must have exactly one of path, purl and sha256',
  })
  // The same for JSON Schema, which knows nothing of refinements.
  .meta({ oneOf: [{ required: ['path'] }, { required: ['purl'] }, { required: ['sha256'] }] });

const withDefaults = Object.fromEntries(
  Object.entries(scoped).map(([key, schema]) => [key, withDefault(schema, defaults[key as keyof Scoped])]),
) as { readonly [Key in keyof typeof scoped]: z.ZodDefault<(typeof scoped)[Key]> };

function withDefault(schema: z.ZodType, value: unknown): z.ZodType {
  return schema.default(value).meta({ ...schema.meta() });
}

/** The policy file's `license` section. */
export const licenseSettings = z
  .strictObject({
    ...commonSettings('License'),
    ...withDefaults,
    scopes: z
      .array(scope)
      .default([])
      .meta({
        description:
          'Parts of the repository with settings of their own. The first whose paths match a file is the one that holds for it; keys that it leaves out are as above.',
        examples: [[{ paths: ['docs/**'], alsoAllow: ['CC-BY-SA-4.0'] }]],
        stricter: 'parts',
      }),
    exceptions: z
      .array(exception)
      .default([])
      .meta({
        description: 'What is accepted although it would not be, each with a reason and who approved it.',
        examples: [[{ purl: 'pkg:npm/left-pad', reason: 'Replaced in 2.0', approvedBy: '@example-org/legal' }]],
        stricter: { list: 'fewer' },
        least: [],
      }),
    dependencies: z
      .strictObject({
        notJudged: z
          .enum(['warn', 'fail'])
          .default('warn')
          .meta({
            description:
              "What to do where dependencies change and GitHub's dependency review does not answer, so that their licenses cannot be judged.",
            examples: ['fail'],
            stricter: { order: ['fail', 'warn'] },
          }),
      })
      .prefault({})
      .meta({ description: 'Added and changed dependencies.' }),
    vendored: z
      .array(globPattern)
      .default([])
      .meta({
        description:
          'Globs of further directories that hold code from elsewhere, beside vendor/, third_party/ and node_modules/ at any depth. What is new in them needs a license file in the nearest directory above that has one.',
        examples: [['lib/external/**']],
        stricter: 'fixed',
      }),
  })
  .prefault({})
  .meta({ description: 'The License rule: only acceptable licenses come in, and none changes unnoticed.' });

export type LicenseSettings = z.output<typeof licenseSettings>;
export type ScopeSettings = Scoped;
export type LicenseException = LicenseSettings['exceptions'][number];
