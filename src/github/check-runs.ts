// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { z } from 'zod';
import type { CheckRunOutput } from '../report/check-run.ts';
import { digest } from '../report/check-run.ts';
import { checked } from './checked.ts';
import type { Client } from './client.ts';
import { AnswerError } from './errors.ts';
import { writeMark } from './mark.ts';
import type { PostedCheckRun, PostedCheckRuns } from './posted.ts';

/** GitHub takes 50 annotations a request and appends those of an update to the ones that are there. */
const annotationsPerRequest = 50;

/** A check run to be written: made anew, or the one with this node id brought up to date. */
export interface CheckRunWrite {
  readonly id: string | null;
  readonly output: CheckRunOutput;
  /** Numbers of the pull requests whose result it is, ascending. */
  readonly pullRequests: readonly number[];
}

/**
 * The writes that make the check runs on the head say what they should, and no others: what says the same of the same
 * pull requests is left alone. A run with annotations is superseded rather than updated, since an update can't take
 * annotations away.
 */
export function planCheckRuns(
  posted: PostedCheckRuns,
  outputs: readonly CheckRunOutput[],
  pullRequests: readonly number[],
): readonly CheckRunWrite[] {
  return outputs.flatMap((output) => {
    const write = { output, pullRequests };
    const run = posted.runs.get(output.name);
    if (run === undefined || posted.rerequested) return [{ ...write, id: null }];
    if (saysTheSame(run, write)) return [];
    const mayHaveAnnotations = run.mark?.annotated !== false || output.annotations.length > 0;
    return [{ ...write, id: mayHaveAnnotations ? null : run.id }];
  });
}

function saysTheSame({ completed, mark }: PostedCheckRun, write: Omit<CheckRunWrite, 'id'>): boolean {
  if (!completed || mark?.digest !== digest(write.output)) return false;
  return String(mark.pullRequests) === String(write.pullRequests);
}

/** Writes them all in one mutation; further ones only for annotations beyond the first 50 of a run. */
export async function postCheckRuns(
  client: Client,
  repositoryId: string,
  headSha: string,
  writes: readonly CheckRunWrite[],
): Promise<void> {
  let batch = writes.map((write) => ({ ...write, from: 0 }));
  while (batch.length > 0) {
    const ids = await mutate(client, repositoryId, headSha, batch);
    batch = batch.flatMap((write, index) => {
      const from = write.from + annotationsPerRequest;
      const id = ids[index];
      return from < write.output.annotations.length && id !== undefined ? [{ ...write, from, id }] : [];
    });
  }
}

/** A null, which GitHub's schema allows, would be a run that was not written. */
const mutationAnswer = z.record(z.string(), z.object({ checkRun: z.object({ id: z.string() }) }));

type Batch = readonly (CheckRunWrite & { readonly from: number })[];

async function mutate(client: Client, repositoryId: string, headSha: string, batch: Batch): Promise<string[]> {
  const declarations = batch.map(({ id }, index) => `$run${index}: ${id === null ? 'Create' : 'Update'}CheckRunInput!`);
  const fields = batch.map(
    ({ id }, index) =>
      `run${index}: ${id === null ? 'create' : 'update'}CheckRun(input: $run${index}) { checkRun { id } }`,
  );
  const inputs = batch.map((write) => ({
    repositoryId,
    ...(write.id === null ? { headSha } : { checkRunId: write.id }),
    ...toInput(write, write.from),
  }));
  const answer = await client.graphql(
    `mutation CheckRuns(${declarations.join(', ')}) {\n  ${fields.join('\n  ')}\n}`,
    Object.fromEntries(inputs.map((input, index) => [`run${index}`, input])),
  );
  const written = checked(mutationAnswer, answer, 'the mutation of check runs');
  return batch.map((_, index) => {
    const run = written[`run${index}`];
    if (run === undefined) throw new AnswerError('GitHub does not say of every check run that it is written');
    return run.checkRun.id;
  });
}

function toInput({ output, pullRequests }: CheckRunWrite, from: number) {
  const finished = from + annotationsPerRequest >= output.annotations.length;
  return {
    name: output.name,
    status: 'COMPLETED',
    conclusion: output.conclusion.toUpperCase(),
    externalId: writeMark({
      digest: finished ? digest(output) : null,
      annotated: output.annotations.length > 0,
      pullRequests,
    }),
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
        rawDetails: annotation.rawDetails,
      })),
    },
  };
}
