// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { acknowledgement } from './read-said.ts';

/** What we say to people: a comment on a pull request, or a reaction to what somebody wrote. */
export type Saying =
  | { readonly kind: 'comment'; readonly pullRequestId: string; readonly body: string }
  | { readonly kind: 'reaction'; readonly subjectId: string };

/** The part of a mutation that says them. */
export interface SayingFields {
  readonly declarations: readonly string[];
  readonly fields: readonly string[];
  readonly variables: Readonly<Record<string, unknown>>;
}

export function sayingFields(sayings: readonly Saying[]): SayingFields {
  const type = ({ kind }: Saying) => (kind === 'comment' ? 'AddComment' : 'AddReaction');
  const field = ({ kind }: Saying) => (kind === 'comment' ? 'addComment' : 'addReaction');
  return {
    declarations: sayings.map((saying, index) => `$say${index}: ${type(saying)}Input!`),
    fields: sayings.map((saying, index) => `say${index}: ${field(saying)}(input: $say${index}) { clientMutationId }`),
    variables: Object.fromEntries(sayings.map((saying, index) => [`say${index}`, inputOf(saying)])),
  };
}

function inputOf(saying: Saying) {
  return saying.kind === 'comment'
    ? { subjectId: saying.pullRequestId, body: saying.body }
    : { subjectId: saying.subjectId, content: acknowledgement };
}

/**
 * The data of a mutation in which nothing went wrong but a saying: the comment is gone, the conversation locked, or the
 * App may not write. The verdict stands beside it, and the next look tries again.
 */
export async function despiteSayings(answer: Promise<unknown>): Promise<unknown> {
  try {
    return await answer;
  } catch (thrown) {
    const { errors, data } = thrown as { errors?: readonly { readonly path?: readonly unknown[] }[]; data?: unknown };
    const only = errors?.every(({ path }) => String(path?.[0] ?? '').startsWith('say'));
    if (only !== true || data == null) throw thrown;
    return data;
  }
}
