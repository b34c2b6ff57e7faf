// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { demand, writes } from '../access.ts';
import { checkLimits } from '../check-limits.ts';
import { notFound, unprocessable } from '../errors.ts';
import { type CheckRunInput, createCheckRun, updateCheckRun } from '../state/checks.ts';
import type { Annotation, CheckAction, CheckRun, PullRequest, Reaction, Remark, Repository } from '../state/model.ts';
import { comment as addCommentTo } from '../state/pull-requests.ts';
import { react } from '../state/reactions.ts';
import { appOf } from '../state/world.ts';
import { type Context, define } from './define.ts';
import { node } from './nodes.ts';

interface AnnotationInput {
  readonly path: string;
  readonly location: { startLine: number; endLine: number; startColumn?: number; endColumn?: number };
  readonly annotationLevel: Annotation['level'];
  readonly message: string;
  readonly title?: string;
  readonly rawDetails?: string;
}

interface RunInput extends Omit<CheckRunInput, 'output' | 'startedAt' | 'completedAt'> {
  readonly repositoryId: string;
  readonly checkRunId?: string;
  readonly headSha?: string;
  readonly startedAt?: string;
  readonly completedAt?: string;
  readonly output?: { title: string; summary: string; text?: string; annotations?: readonly AnnotationInput[] };
  readonly actions?: readonly CheckAction[];
  readonly clientMutationId?: string;
}

function annotation(input: AnnotationInput): Annotation {
  const { path, location, annotationLevel: level, message, title = null, rawDetails = null } = input;
  const { startLine, endLine, startColumn = null, endColumn = null } = location;
  return { path, startLine, endLine, startColumn, endColumn, level, message, title, rawDetails };
}

/** Leaves out what is null: in GitHub's mutations an explicit null says nothing, too. */
function present<Input extends object>(input: Input): Input {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null)) as Input;
}

function runInput(given: RunInput): CheckRunInput {
  const { startedAt, completedAt, output, ...rest } = present(given);
  const text = output && present(output);
  return {
    ...rest,
    ...(startedAt ? { startedAt: new Date(startedAt) } : {}),
    ...(completedAt ? { completedAt: new Date(completedAt) } : {}),
    ...(text
      ? {
          output: {
            title: text.title,
            summary: text.summary,
            text: text.text ?? null,
            annotations: (text.annotations ?? []).map(annotation),
          },
        }
      : {}),
  };
}

function writableRepository(context: Context, id: string, where: string, permissions: readonly string[]): Repository {
  const repository = node<Repository>(context, id, 'Repository');
  demand(context.token, repository, writes(...permissions), where, context.violations);
  return repository;
}

async function create(_: unknown, { input }: Readonly<Record<string, unknown>>, context: Context) {
  const given = input as RunInput & { name: string };
  const where = 'createCheckRun';
  const repository = writableRepository(context, given.repositoryId, where, ['checks']);
  const found = runInput(given);
  checkLimits(found, where, context.violations);
  const sha = given.headSha ?? '';
  if (!(await repository.git.commit(sha))) throw unprocessable(`No commit found for SHA: ${sha}`);
  const app = appOf(context.world);
  const checkRun = await createCheckRun(context.world, repository, app, sha, { ...found, name: given.name });
  return { clientMutationId: given.clientMutationId ?? null, checkRun };
}

async function update(_: unknown, { input }: Readonly<Record<string, unknown>>, context: Context) {
  const given = input as RunInput;
  const where = 'updateCheckRun';
  const repository = writableRepository(context, given.repositoryId, where, ['checks']);
  const run = node<CheckRun>(context, given.checkRunId ?? '', 'CheckRun');
  if (run.suite.repository !== repository)
    throw notFound(`Could not resolve to a node with the global id of '${run.nodeId}'`);
  const found = runInput(given);
  checkLimits(found, where, context.violations);
  const checkRun = await updateCheckRun(context.world, run, found);
  return { clientMutationId: given.clientMutationId ?? null, checkRun };
}

async function addComment(_: unknown, args: Readonly<Record<string, unknown>>, context: Context) {
  const input = args.input as { subjectId: string; body: string; clientMutationId?: string };
  const subject = node<PullRequest>(context, input.subjectId, 'PullRequest');
  demand(context.token, subject.repository, writes('issues', 'pull_requests'), 'addComment', context.violations);
  const made = await addCommentTo(context.world, subject, appOf(context.world).bot, input.body);
  return {
    clientMutationId: input.clientMutationId ?? null,
    subject,
    commentEdge: { node: made, cursor: made.nodeId },
  };
}

function addReaction(_: unknown, args: Readonly<Record<string, unknown>>, context: Context) {
  const { world, token, violations } = context;
  const input = args.input as { subjectId: string; content: string; clientMutationId?: string };
  const subject = node<Remark>(
    context,
    input.subjectId,
    'IssueComment',
    'PullRequestReview',
    'PullRequestReviewComment',
  );
  demand(token, subject.pullRequest.repository, writes('issues', 'pull_requests'), 'addReaction', violations);
  const { reaction } = react(world, subject, appOf(world).bot, input.content);
  return { clientMutationId: input.clientMutationId ?? null, subject, reaction };
}

export const mutation = define<unknown>({
  createCheckRun: { args: ['input'], resolve: create },
  updateCheckRun: { args: ['input'], resolve: update },
  addComment: { args: ['input'], resolve: addComment },
  addReaction: { args: ['input'], resolve: addReaction },
});

interface Payload {
  readonly clientMutationId: string | null;
  readonly checkRun?: CheckRun;
  readonly subject?: unknown;
  readonly commentEdge?: unknown;
  readonly reaction?: Reaction;
}

const clientMutationId = (one: Payload) => one.clientMutationId;
export const checkRunPayload = define<Payload>({ clientMutationId, checkRun: (one) => one.checkRun });
export const addCommentPayload = define<Payload>({
  clientMutationId,
  subject: (one) => one.subject,
  commentEdge: (one) => one.commentEdge,
});
export const addReactionPayload = define<Payload>({
  clientMutationId,
  subject: (one) => one.subject,
  reaction: (one) => one.reaction,
});
