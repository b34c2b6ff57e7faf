// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import * as z from 'zod';

const repositoryRef = z.object({ installationId: z.int(), owner: z.string(), name: z.string() }).readonly();

/** A repository as seen through one installation of the App. */
export type RepositoryRef = z.output<typeof repositoryRef>;

/**
 * Something to look at. It holds no state of what it names: whoever takes it reads the state as it is then. A schema,
 * since a subject comes back from the database in which it was stored, perhaps by another version.
 */
export const subjectSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('pull-request'), repository: repositoryRef, number: z.int() }).readonly(),
  /** What a change to the policy, in that pull request, would do to others. */
  z.object({ kind: z.literal('preview'), repository: repositoryRef, number: z.int() }).readonly(),
  z
    .object({
      kind: z.literal('merge-group'),
      repository: repositoryRef,
      /** Head and base of the group that the merge queue built. */
      headSha: z.string(),
      headRef: z.string(),
      baseSha: z.string(),
      baseRef: z.string(),
    })
    .readonly(),
  /** A repository's open pull requests: those into one base branch, those with one head commit, or all (null). */
  z
    .object({
      kind: z.literal('open-pull-requests'),
      repository: repositoryRef,
      base: z.string().nullable(),
      headSha: z.string().nullable(),
    })
    .readonly(),
  /** Files of a branch that changed with that commit: its open pull requests, where its policy builds on one of them. */
  z
    .object({
      kind: z.literal('policy-files'),
      repository: repositoryRef,
      base: z.string(),
      sha: z.string(),
      paths: z.array(z.string()).readonly(),
    })
    .readonly(),
  /** What was pushed to a repository on which the policies of others may build: the open pull requests of those that do. */
  z
    .object({
      kind: z.literal('extended-files'),
      repository: repositoryRef,
      /** Branch or tag. */
      ref: z.string(),
      isDefault: z.boolean(),
      sha: z.string(),
      /** null: nobody knows which files. */
      paths: z.array(z.string()).readonly().nullable(),
    })
    .readonly(),
  /** The button of a check run on that head, pressed by somebody: to be noted on the pull request. */
  z
    .object({
      kind: z.literal('button'),
      repository: repositoryRef,
      number: z.int(),
      headSha: z.string(),
      /** What the check run was posted for: the mark's stretch. */
      stretch: z.string(),
      /** The check run's name. */
      check: z.string(),
      login: z.string(),
    })
    .readonly(),
  /** Every open pull request that an installation reaches. */
  z.object({ kind: z.literal('installation'), installationId: z.int() }).readonly(),
]);

export type Subject = z.output<typeof subjectSchema>;

/** As the database gives it back; null where another version wrote it, and this one cannot tell what it is. */
export const storedSubject = subjectSchema.nullable().catch(null);

/** Why what this version cannot read is given up. */
export const unreadable = 'this version of Countersign cannot tell what it is';

/** A string that is equal for equal subjects. */
export function subjectKey(subject: Subject): string {
  if (subject.kind === 'installation') return `${subject.installationId}`;
  const { installationId, owner, name } = subject.repository;
  const repository = `${installationId}/${owner}/${name}`.toLowerCase();
  switch (subject.kind) {
    case 'pull-request':
      return `${repository}#${subject.number}`;
    case 'preview':
      return `${repository}#${subject.number}?preview`;
    case 'button':
      return `${repository}#${subject.number}!${subject.headSha} ${subject.stretch} ${subject.login} ${subject.check}`;
    case 'merge-group':
      return `${repository}@${subject.headSha}`;
    case 'open-pull-requests':
      return `${repository}?base=${subject.base ?? '*'}&head=${subject.headSha ?? '*'}`;
    case 'policy-files':
      return `${repository}?base=${subject.base}&files=${subject.sha}`;
    case 'extended-files':
      return `${repository}?ref=${subject.ref}&extended=${subject.sha}`;
  }
}

/** The installation through which a subject is seen. */
export function installationOf(subject: Subject): number {
  return subject.kind === 'installation' ? subject.installationId : subject.repository.installationId;
}
