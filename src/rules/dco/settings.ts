// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import * as z from 'zod';
import { exemptGlobs } from '../glob-pattern.ts';
import { commonSettings } from '../rule.ts';

/** Letters, digits and hyphens, underscores where an enterprise manages its users; see https://docs.github.com/en/enterprise-cloud@latest/admin/managing-iam/iam-configuration-reference/username-considerations-for-external-authentication */
const login = z.string().regex(/^[A-Za-z0-9_-]+(?:\[bot\])?$/, {
  error: 'must be a login as GitHub shows it, without @, such as ada or release-robot[bot]',
});

/** The policy file's `dco` section. */
export const dcoSettings = z
  .strictObject({
    ...commonSettings('DCO'),
    require: z
      .strictObject({
        members: z
          .boolean()
          .default(true)
          .meta({
            description:
              'false: a member of the organisation (or the owner of a personal repository) needs no sign-off on commits with a verified signature.',
            examples: [false],
            stricter: { order: [true, false] },
            least: true,
          }),
      })
      .prefault({})
      .meta({ description: 'Who has to sign off.' }),
    allowRemediationCommits: z
      .strictObject({
        individual: z
          .boolean()
          .default(false)
          .meta({
            description:
              'true: an author may sign off earlier commits of their own in a later commit of the pull request.',
            examples: [true],
            stricter: { order: [false, true] },
          }),
        thirdParty: z
          .boolean()
          .default(false)
          .meta({
            description: 'true: somebody else may do so on behalf of the author. Needs individual: true.',
            examples: [true],
            stricter: { order: [false, true] },
          }),
      })
      .prefault({})
      .meta({ description: 'Remediation commits, in the DCO App’s exact sentence forms.' }),
    noreply: z
      .enum(['accept', 'reject'])
      .default('accept')
      .meta({
        description: 'Whether a sign-off may use a GitHub no-reply address (users.noreply.github.com).',
        examples: ['reject'],
        stricter: { order: ['reject', 'accept'] },
      }),
    coAuthors: z
      .enum(['ignore', 'require'])
      .default('ignore')
      .meta({
        description: 'require: each person named by Co-authored-by has to sign off too.',
        examples: ['require'],
        stricter: { order: ['require', 'ignore'] },
      }),
    exempt: z
      .strictObject({
        paths: exemptGlobs('Globs; a commit that touches nothing else needs no sign-off.', 'docs/generated/**'),
        branches: exemptGlobs('Globs of base branches; pull requests into them need no sign-off.', 'experimental/*'),
        users: z
          .array(login)
          .default([])
          .meta({
            description:
              'Logins, bots with [bot]; their commits need no sign-off where a verified signature, or having opened the pull request, proves that the commits are theirs.',
            examples: [['release-robot[bot]']],
            stricter: { list: 'fewer' },
            least: [],
          }),
      })
      .prefault({})
      .meta({ description: 'What needs no sign-off.' }),
  })
  .prefault({})
  .meta({ description: 'The DCO rule: every commit is signed off by its author or committer.' });

export type DcoSettings = z.output<typeof dcoSettings>;
