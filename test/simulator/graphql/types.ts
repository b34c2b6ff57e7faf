// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { app, bot, gitActor, organization, user } from './actors.ts';
import {
  checkAnnotation,
  checkAnnotationPosition,
  checkAnnotationSpan,
  checkRun,
  checkSuite,
  statusCheckRollup,
} from './checks.ts';
import { connectionFields, edgeFields, pageInfoFields } from './connection.ts';
import type { Field, TypeFields } from './define.ts';
import { blame, blameRange, blob, commit, signature, submodule, tag, tree, treeEntry } from './git-objects.ts';
import { mergeQueue, mergeQueueConfiguration, mergeQueueEntry } from './merge-queue.ts';
import { addCommentPayload, addReactionPayload, checkRunPayload, mutation } from './mutations.ts';
import {
  baseRefChangedEvent,
  changedFile,
  comment,
  headRefForcePushedEvent,
  pullRequest,
  pullRequestCommit,
  reaction,
  reactionGroup,
  review,
  reviewComment,
} from './pull-request.ts';
import { query, rateLimit } from './query.ts';
import { ref, repository, repositoryTopic, topic } from './repository.ts';

/** Every GraphQL type that the simulator implements, by GitHub's name. */
const types: Readonly<Record<string, TypeFields>> = {
  Query: query,
  Mutation: mutation,
  RateLimit: rateLimit,
  User: user,
  Organization: organization,
  Bot: bot,
  App: app,
  GitActor: gitActor,
  Repository: repository,
  RepositoryTopic: repositoryTopic,
  Topic: topic,
  Ref: ref,
  Tag: tag,
  Commit: commit,
  GpgSignature: signature,
  Blame: blame,
  BlameRange: blameRange,
  Blob: blob,
  Tree: tree,
  TreeEntry: treeEntry,
  Submodule: submodule,
  PullRequest: pullRequest,
  PullRequestCommit: pullRequestCommit,
  PullRequestChangedFile: changedFile,
  PullRequestReview: review,
  IssueComment: comment,
  Reaction: reaction,
  ReactionGroup: reactionGroup,
  PullRequestReviewComment: reviewComment,
  HeadRefForcePushedEvent: headRefForcePushedEvent,
  BaseRefChangedEvent: baseRefChangedEvent,
  AutomaticBaseChangeSucceededEvent: baseRefChangedEvent,
  BaseRefForcePushedEvent: baseRefChangedEvent,
  CheckSuite: checkSuite,
  CheckRun: checkRun,
  CheckAnnotation: checkAnnotation,
  CheckAnnotationSpan: checkAnnotationSpan,
  CheckAnnotationPosition: checkAnnotationPosition,
  StatusCheckRollup: statusCheckRollup,
  MergeQueue: mergeQueue,
  MergeQueueConfiguration: mergeQueueConfiguration,
  MergeQueueEntry: mergeQueueEntry,
  PageInfo: pageInfoFields,
  CreateCheckRunPayload: checkRunPayload,
  UpdateCheckRunPayload: checkRunPayload,
  AddCommentPayload: addCommentPayload,
  AddReactionPayload: addReactionPayload,
};

export function typeFields(type: string): TypeFields | undefined {
  if (type in types) return types[type];
  if (type.endsWith('Connection')) return connectionFields;
  return type.endsWith('Edge') ? edgeFields : undefined;
}

/** How the simulator answers a field of an object type; undefined where it can't. */
export function fieldOf(type: string, name: string): Field | undefined {
  return typeFields(type)?.[name];
}
