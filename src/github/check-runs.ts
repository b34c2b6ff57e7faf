// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import * as z from 'zod';
import type { CheckRunOutput } from '../report/check-run.ts';
import { digest } from '../report/check-run.ts';
import { checked } from './checked.ts';
import type { Client } from './client.ts';
import { type Mark, type Stretch, writeMark } from './mark.ts';
import type { PostedCheckRun, PostedCheckRuns } from './posted.ts';
import { despiteSayings, type Saying, sayingFields } from './sayings.ts';

/** GitHub takes 50 annotations a request and appends those of an update to the ones that are there. */
const annotationsPerRequest = 50;

/** A check run to be written: made anew, or the one with this node id brought up to date. */
export interface CheckRunWrite {
  readonly id: string | null;
  readonly output: CheckRunOutput;
  /** Numbers of the pull requests whose result it is, ascending. */
  readonly pullRequests: readonly number[];
  readonly stretch: Stretch;
}

/**
 * The writes that make the check runs on the head say what they should, and no others: what says the same of the same
 * pull requests is left alone. A run with annotations is superseded rather than updated, since an update can't take
 * annotations away. So is one of another stretch, such as another pull request's with the same head: its age would have
 * an override count for code that nobody has seen here.
 */
export function planCheckRuns(
  posted: PostedCheckRuns,
  outputs: readonly CheckRunOutput[],
  pullRequests: readonly number[],
): readonly CheckRunWrite[] {
  const { runs, rerequested, stretch } = posted;
  return outputs.flatMap((output) => {
    const write = { output, pullRequests, stretch };
    const run = runs.get(output.name);
    if (run === undefined || rerequested) return [{ ...write, id: null }];
    if (saysTheSame(run, write) && wasPostedFor(posted, output.name)) return [];
    const mayHaveAnnotations = run.mark?.annotated !== false || output.annotations.length > 0;
    const afresh = mayHaveAnnotations || run.mark?.stretch !== stretch;
    return [{ ...write, id: afresh ? null : run.id }];
  });
}

function saysTheSame({ completed, mark }: PostedCheckRun, write: Omit<CheckRunWrite, 'id'>): boolean {
  if (!completed || mark?.digest !== digest(write.output)) return false;
  return String(mark.pullRequests) === String(write.pullRequests) && showsPreview(mark, write.output);
}

/** One that is not there yet takes the place of none; one of the same policies that was posted stays. */
function showsPreview({ preview: posted }: Mark, { preview }: CheckRunOutput): boolean {
  if (preview === undefined) return posted === undefined;
  return posted === preview.key || (!preview.ready && posted === undefined);
}

/** Whether a finished run of that name is there that was posted for what is looked at now. */
export function isShown(posted: PostedCheckRuns, name: string): boolean {
  return posted.runs.get(name)?.completed === true && wasPostedFor(posted, name);
}

/** Pull requests that share a head would supersede each other's runs for ever, were a run of their own not enough. */
function wasPostedFor({ runs, attempts, stretch }: PostedCheckRuns, name: string): boolean {
  if (runs.get(name)?.mark?.stretch === stretch) return true;
  return attempts.some((attempt) => attempt.name === name && attempt.mark === stretch);
}

/**
 * Writes them all, and says what is to be said, in one mutation; further ones only for annotations beyond the first 50
 * of a run. No request where there is nothing to write. Returns for each saying whether GitHub took it.
 */
export async function postCheckRuns(
  client: Client,
  repositoryId: string,
  headSha: string,
  writes: readonly CheckRunWrite[],
  sayings: readonly Saying[] = [],
): Promise<readonly boolean[]> {
  let batch = writes.map((write) => ({ ...write, from: 0 }));
  let taken: readonly boolean[] = [];
  for (let first = true; batch.length > 0 || (first && sayings.length > 0); first = false) {
    const { ids, said } = await mutate(client, repositoryId, headSha, batch, first ? sayings : []);
    if (first) taken = said;
    batch = batch.flatMap((write, index) => {
      const from = write.from + annotationsPerRequest;
      const id = ids[index];
      return from < write.output.annotations.length && id !== undefined ? [{ ...write, from, id }] : [];
    });
  }
  return taken;
}

const mutationAnswer = z.record(z.string(), z.unknown());
/** A null, which GitHub's schema allows, would be a run that was not written. */
const runAnswer = z.object({ checkRun: z.object({ id: z.string() }) });

type Batch = readonly (CheckRunWrite & { readonly from: number })[];

async function mutate(client: Client, repositoryId: string, headSha: string, batch: Batch, sayings: readonly Saying[]) {
  const said = sayingFields(sayings);
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
  // Top-level fields of a mutation are run one after the other: the verdict first.
  const answer = await despiteSayings(
    client.graphql(
      `mutation CheckRuns(${[...declarations, ...said.declarations].join(', ')}) {\n  ${[...fields, ...said.fields].join('\n  ')}\n}`,
      { ...Object.fromEntries(inputs.map((input, index) => [`run${index}`, input])), ...said.variables },
    ),
  );
  const written = checked(mutationAnswer, answer, 'the mutation of check runs');
  return {
    ids: batch.map((_, index) => checked(runAnswer, written[`run${index}`], 'the mutation of check runs').checkRun.id),
    said: sayings.map((_, index) => written[`say${index}`] != null),
  };
}

function toInput({ output, pullRequests, stretch }: CheckRunWrite, from: number) {
  const finished = from + annotationsPerRequest >= output.annotations.length;
  return {
    name: output.name,
    status: 'COMPLETED',
    conclusion: output.conclusion.toUpperCase(),
    externalId: writeMark({
      digest: finished ? digest(output) : null,
      annotated: output.annotations.length > 0,
      pullRequests,
      stretch,
      ...(output.preview?.ready === true ? { preview: output.preview.key } : {}),
    }),
    // Also where there are none: an update would keep those of before.
    actions: output.actions,
    output: {
      title: output.title,
      summary: output.summary,
      text: output.preview === undefined ? output.text : `${output.text}\n\n${output.preview.text}`,
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
