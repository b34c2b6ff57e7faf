// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import * as z from 'zod';

/** The version of the Contribution's JSON form. It rises when a field is renamed, removed or changes its meaning. */
export const contributionVersion = 1;

const sha = z
  .string()
  .regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/)
  .meta({ description: 'A full object id in lower-case hexadecimal, SHA-1 or SHA-256.' });

const person = z
  .object({
    name: z.string().meta({ description: 'As Git recorded it, before .mailmap; may be empty.' }),
    email: z.string().meta({ description: 'As Git recorded it, without angle brackets; may be empty or invalid.' }),
  })
  .meta({ description: 'A Git identity. Whoever makes the commit chooses it freely.' });

const account = z
  .object({
    login: z.string().meta({ description: "GitHub's login; a bot's ends in [bot]." }),
    type: z.enum(['User', 'Bot']),
  })
  .meta({
    description:
      'A GitHub account. On a commit it is found by the e-mail address that the commit claims, so it proves nothing by itself.',
  });

const signature = z
  .object({
    valid: z.boolean().meta({ description: 'Whether GitHub verified the signature.' }),
    signer: z
      .string()
      .nullable()
      .meta({ description: 'Login of the account that owns the key, where GitHub names one.' }),
    byGitHub: z.boolean().meta({ description: "Whether the key is GitHub's own (web editor, merge button, bots)." }),
  })
  .meta({ description: 'What GitHub says of the commit’s cryptographic signature.' });

const commit = z
  .object({
    sha,
    message: z.string().meta({ description: 'The whole message, subject line included.' }),
    author: person.nullable().meta({ description: 'null where the source could not tell.' }),
    committer: person.nullable().meta({ description: 'null where the source could not tell.' }),
    authorAccount: account.nullable(),
    committerAccount: account.nullable(),
    signature: signature.nullable().meta({ description: 'null: not signed, or the source cannot verify signatures.' }),
    authoredOn: z
      .string()
      .regex(/^\d{4}-\d{2}-\d{2}$/)
      .nullable()
      .optional()
      .meta({
        description: 'The day in UTC on which it was made, by the word of its author; null or absent: not known.',
      }),
    parents: z.array(sha).meta({ description: 'Parent commits, in order; two or more make a merge commit.' }),
    paths: z
      .array(z.string())
      .nullable()
      .default(null)
      .meta({ description: 'Every path that the commit touches, old names included; null: not read.' }),
    mergePaths: z.array(z.string()).nullable().optional().meta({
      description:
        'Of a merge commit, the paths that it changes in a way that none of its parents has; null: nobody knows; absent: not read.',
    }),
  })
  .meta({ description: 'One commit of the contribution.' });

const changedFile = z
  .object({
    path: z.string(),
    change: z.enum(['added', 'modified', 'deleted', 'renamed', 'copied', 'changed']),
    previousPath: z
      .string()
      .nullable()
      .optional()
      .meta({ description: 'Where it lay before it was renamed or copied; null: nowhere else; absent: not read.' }),
  })
  .meta({ description: 'A file as it differs between base and head.' });

const entry = z
  .union([
    z.object({
      kind: z.literal('file'),
      oid: z.string(),
      size: z.int().nonnegative().meta({ description: 'In bytes.' }),
      mode: z
        .enum(['regular', 'executable', 'symlink'])
        .meta({ description: "A symbolic link's text is where it points." }),
      binary: z.boolean(),
      text: z.string().nullable().meta({ description: 'null: binary, or too large to be read.' }),
      truncated: z
        .boolean()
        .meta({ description: 'Whether the text is only the beginning, or was not read for its size.' }),
    }),
    z.object({
      kind: z.literal('directory'),
      names: z.array(z.string()).meta({ description: 'Names in it, as far as they may be those of license files.' }),
    }),
    z.object({
      kind: z.literal('submodule'),
      sha: z.string().nullable(),
      url: z.string().nullable().meta({ description: 'As .gitmodules says; null where it says nothing.' }),
    }),
    z.null(),
  ])
  .meta({ description: 'What lies at a path in a commit; null: nothing does.' });

const content = z
  .object({ commit: sha, path: z.string(), entry })
  .meta({ description: 'What a source read at one path of one commit.' });

const dependencyChange = z.object({
  change: z.enum(['added', 'removed']),
  manifest: z.string().meta({ description: 'Path of the manifest or lock file that names the package.' }),
  purl: z.string().nullable(),
  name: z.string(),
  version: z.string(),
  license: z.string().nullable().meta({ description: 'As GitHub knows it; null or NOASSERTION: it does not.' }),
});

const dependencies = z
  .union([
    z.object({ read: z.literal(true), changes: z.array(dependencyChange) }),
    z.object({ read: z.literal(false), why: z.string() }),
    z.null(),
  ])
  .meta({ description: "What GitHub's dependency review answered; null: not asked." });

const submoduleLicense = z
  .object({
    url: z.string(),
    sha: z.string(),
    files: z.array(z.object({ path: z.string(), text: z.string().nullable() })).nullable(),
  })
  .meta({ description: "The license files at the root of a submodule's commit; files null: they cannot be read." });

const actionLicense = z
  .object({
    repository: z.string().meta({ description: '`owner/name`, in lower case.' }),
    ref: z.string().meta({ description: 'The tag, branch or commit at which it is used.' }),
    directory: z.string().meta({ description: 'Where the action lies in the repository; empty: at its root.' }),
    files: z
      .array(z.object({ path: z.string(), text: z.string().nullable() }))
      .nullable()
      .meta({ description: 'null: they cannot be read. A text of null: no text, or too large.' }),
    why: z.string().nullable().meta({ description: 'Why they cannot be read.' }),
  })
  .meta({
    description: "The license files of a GitHub Action: those beside it or, where none are, at its repository's root.",
  });

const upstreamAnswer = z
  .union([
    z.object({
      ask: z.literal('contained').meta({ description: 'Is a commit part of a branch?' }),
      repository: z.string().meta({ description: '`owner/name` on the same GitHub.' }),
      branch: z.string().nullable().meta({ description: 'null: the default branch.' }),
      commit: z.string().meta({ description: 'As the question had it; may be abbreviated.' }),
      answer: z.enum(['yes', 'no', 'unknown']),
      why: z.string().nullable().meta({ description: 'Why nobody knows.' }),
    }),
    z.object({
      ask: z.literal('pull-request'),
      repository: z.string(),
      number: z.int(),
      answer: z.enum(['open', 'merged', 'closed', 'unknown']),
      why: z.string().nullable(),
      mergeCommit: z.string().nullable(),
      base: z.string().nullable().meta({ description: 'The branch that it was merged into, or is to be.' }),
      release: z.string().nullable().meta({ description: 'The first release that contains it, where one is known.' }),
    }),
    z.object({
      ask: z.literal('diff').meta({ description: 'What does a commit change?' }),
      repository: z.string(),
      commit: z.string(),
      files: z
        .array(z.object({ path: z.string(), patch: z.string().nullable() }))
        .nullable()
        .meta({ description: 'null: it could not be read whole.' }),
    }),
  ])
  .meta({ description: 'What GitHub answered about an upstream repository.' });

const upstream = z
  .object({
    answers: z.array(upstreamAnswer).default([]),
    carried: z
      .array(
        z.object({
          repository: z.string(),
          branch: z.string().nullable(),
          commits: z.array(sha).nullable().meta({ description: 'null: nobody knows.' }),
        }),
      )
      .default([])
      .meta({ description: "The contribution's commits that upstream's branch does not contain." }),
    dates: z
      .array(z.object({ path: z.string(), line: z.int(), date: z.string().nullable() }))
      .default([])
      .meta({ description: 'The day (UTC) of the commit that brought a line of a file at the head.' }),
  })
  .meta({ description: 'Facts about where changes are upstream.' });

const membership = z.enum(['member', 'none', 'unknown']);

const pullRequest = z
  .object({
    number: z.int().positive(),
    url: z.string(),
    author: account.nullable().meta({ description: 'Who opened it; null for a deleted account.' }),
    draft: z.boolean(),
    body: z.string().optional().meta({ description: 'The description; absent: not read.' }),
  })
  .meta({ description: 'The pull request, where there is one.' });

const repository = z
  .object({
    host: z.string().meta({ description: 'The GitHub host, such as github.com.' }),
    owner: z.string(),
    ownerType: z.enum(['Organization', 'User']),
    name: z.string(),
    squash: z
      .object({
        allowed: z.boolean(),
        message: z.enum(['PR_BODY', 'COMMIT_MESSAGES', 'BLANK']).meta({
          description:
            "Where a squash merge's default message comes from. Only COMMIT_MESSAGES keeps sign-offs by itself.",
        }),
      })
      .nullable()
      .meta({ description: 'Squash-merge settings; null where they could not be read.' }),
  })
  .meta({ description: 'The repository, where there is one on GitHub.' });

const facts = z.object({
  version: z.literal(contributionVersion),
  source: z.enum(['github', 'git']).meta({ description: 'Where the facts were read.' }),
  repository: repository.nullable(),
  pullRequest: pullRequest.nullable(),
  base: z.object({
    ref: z.string().meta({ description: 'Branch name, or the revision as it was given.' }),
    sha,
  }),
  head: z.object({ ref: z.string(), sha }),
  commits: z.array(commit).meta({ description: 'Reachable from head and not from base; parents come first.' }),
  files: z.array(changedFile).nullable().default(null).meta({ description: 'Changed files; null: not read.' }),
  totals: z
    .object({ commits: z.int().nonnegative(), files: z.int().nonnegative().nullable().default(null) })
    .meta({ description: "The source's own counts. Where they differ from what was read, the facts are incomplete." }),
  mailmap: z.string().nullable().default(null).meta({ description: 'Text of .mailmap on the base branch.' }),
  mergeBase: sha.nullable().optional().meta({
    description: 'The commit that the changed files are compared with; null: there is none; absent: not asked.',
  }),
  contents: z.array(content).default([]).meta({ description: 'Paths that were looked up; others were not.' }),
  dependencies: dependencies.default(null),
  submodules: z.array(submoduleLicense).default([]),
  actions: z.array(actionLicense).default([]),
  upstream: upstream.optional(),
  judgedOn: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .nullable()
    .default(null)
    .meta({ description: 'The day in UTC on which the facts were read, so that rules need no clock.' }),
  memberships: z.record(z.string(), membership).default({}).meta({
    description: 'By login: is the account a member of the organisation (or the owning user)? Absent: not asked.',
  }),
});

/**
 * The facts of one pull request, one Git range or one merge group: plain data, the only thing that rules see beside
 * their settings. Its JSON Schema (`schemas/contribution.json`) is generated from this very table.
 */
export const contributionSchema = facts
  .extend({
    queued: z.array(facts).nullable().default(null).meta({
      description:
        'For a merge group: the pull requests in it, each with its own commits; `commits` above are then what the merge queue built. null: not a merge group.',
    }),
  })
  .meta({
    title: 'Countersign contribution',
    description: 'The facts of one pull request, one Git range or one merge group, as Countersign judges them.',
  });

/** The part that a merge group and each pull request queued in it have in common. */
export type Facts = z.output<typeof facts>;
export type Contribution = z.output<typeof contributionSchema>;
export type Commit = Contribution['commits'][number];
export type Person = z.output<typeof person>;
export type Account = z.output<typeof account>;
export type Signature = z.output<typeof signature>;
export type ChangedFile = z.output<typeof changedFile>;
export type Membership = z.output<typeof membership>;
export type Content = z.output<typeof content>;
export type Entry = Content['entry'];
export type FileEntry = Extract<Entry, { readonly kind: 'file' }>;
export type Dependencies = z.output<typeof dependencies>;
export type DependencyChange = z.output<typeof dependencyChange>;
export type ActionLicense = z.output<typeof actionLicense>;
export type SubmoduleLicense = z.output<typeof submoduleLicense>;
export type UpstreamFacts = z.output<typeof upstream>;
export type UpstreamAnswer = z.output<typeof upstreamAnswer>;
