// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { z } from 'zod';
import type { CheckRunOutput } from '../report/check-run.ts';
import { digest } from '../report/check-run.ts';
import { checked } from './checked.ts';
import type { Client } from './client.ts';
import { externalId, type PostedCheckRuns } from './posted.ts';
import { despiteSayings, type Saying, sayingFields } from './sayings.ts';

/** GitHub takes 50 annotations a request and appends those of an update to the ones that are there. */
const annotationsPerRequest = 50;

/** A check run to be written: made anew, or the one with this node id brought up to date. */
export interface CheckRunWrite {
  readonly id: string | null;
  readonly externalId: string;
  readonly output: CheckRunOutput;
}

/**
 * The writes that make the check runs on the head say what they should, and no others: equal digests are left alone.
 * A run with annotations is superseded rather than updated, since an update can't take annotations away. So is one of
 * another pull request with the same head: its age would have an override count for code that nobody has seen here.
 */
export function planCheckRuns(posted: PostedCheckRuns, outputs: readonly CheckRunOutput[]): readonly CheckRunWrite[] {
  return outputs.flatMap((output) => {
    const run = posted.runs.get(output.name);
    const posting = digest(output);
    const write = { externalId: externalId(posted.mark, posting), output };
    if (run === undefined || posted.rerequested) return [{ id: null, ...write }];
    if (run.completed && run.digest === posting && wasPostedFor(posted, run.name)) return [];
    const afresh = run.annotated || output.annotations.length > 0 || run.mark !== posted.mark;
    return [{ id: afresh ? null : run.id, ...write }];
  });
}

function wasPostedFor({ runs, attempts, mark }: PostedCheckRuns, name: string): boolean {
  return runs.get(name)?.mark === mark || attempts.some((attempt) => attempt.name === name && attempt.mark === mark);
}

/**
 * Writes them all, and says what is to be said, in one mutation; further ones only for annotations beyond the first 50
 * of a run. No request where there is nothing to write.
 */
export async function postCheckRuns(
  client: Client,
  repositoryId: string,
  headSha: string,
  writes: readonly CheckRunWrite[],
  sayings: readonly Saying[] = [],
): Promise<void> {
  let batch = writes.map((write) => ({ ...write, from: 0 }));
  for (let first = true; batch.length > 0 || (first && sayings.length > 0); first = false) {
    const ids = await mutate(client, repositoryId, headSha, batch, first ? sayings : []);
    batch = batch.flatMap((write, index) => {
      const from = write.from + annotationsPerRequest;
      return from < write.output.annotations.length ? [{ ...write, from, id: ids[index] ?? null }] : [];
    });
  }
}

const mutationAnswer = z.record(z.string(), z.object({ checkRun: z.object({ id: z.string() }).nullish() }).nullable());

type Batch = readonly (CheckRunWrite & { readonly from: number })[];

async function mutate(
  client: Client,
  repositoryId: string,
  headSha: string,
  batch: Batch,
  sayings: readonly Saying[],
): Promise<(string | null)[]> {
  const said = sayingFields(sayings);
  const declarations = batch.map(({ id }, index) => `$run${index}: ${id === null ? 'Create' : 'Update'}CheckRunInput!`);
  const fields = batch.map(
    ({ id }, index) =>
      `run${index}: ${id === null ? 'create' : 'update'}CheckRun(input: $run${index}) { checkRun { id } }`,
  );
  const inputs = batch.map(({ id, externalId, output, from }) => ({
    repositoryId,
    ...(id === null ? { headSha } : { checkRunId: id }),
    externalId,
    ...toInput(output, from),
  }));
  // Top-level fields of a mutation are run one after the other: the verdict first.
  const answer = await despiteSayings(
    client.graphql(
      `mutation CheckRuns(${[...declarations, ...said.declarations].join(', ')}) {\n  ${[...fields, ...said.fields].join('\n  ')}\n}`,
      { ...Object.fromEntries(inputs.map((input, index) => [`run${index}`, input])), ...said.variables },
    ),
  );
  const written = checked(mutationAnswer, answer, 'the mutation of check runs');
  return batch.map((_, index) => written[`run${index}`]?.checkRun?.id ?? null);
}

function toInput(output: CheckRunOutput, from: number) {
  return {
    name: output.name,
    status: 'COMPLETED',
    conclusion: output.conclusion.toUpperCase(),
    // Also where there are none: an update would keep those of before.
    actions: output.actions,
    output: {
      title: output.title,
      summary: output.summary,
      text: output.text,
      annotations: output.annotations.slice(from, from + annotationsPerRequest).map((annotation) => ({
        path: annotation.path,
        location: {
          startLine: annotation.startLine,
          endLine: annotation.endLine,
          startColumn: annotation.startColumn,
          endColumn: annotation.endColumn,
        },
        annotationLevel: annotation.level.toUpperCase(),
        title: annotation.title,
        message: annotation.message,
      })),
    },
  };
}
