// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Judgement } from '../engine.ts';
import { type CheckRunWrite, planCheckRuns, postCheckRuns } from '../github/check-runs.ts';
import { MovedError, mayBeUnderWay, UndecidedError } from '../github/errors.ts';
import { crowdStretch } from '../github/mark.ts';
import type { MergeGroupRef } from '../github/merge-group.ts';
import { readMergeGroup } from '../github/merge-group.ts';
import type { PostedCheckRuns } from '../github/posted.ts';
import type { Asking, PullRequestFacts, PullRequestRef } from '../github/read-pull-request.ts';
import { readPullRequest } from '../github/read-pull-request.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { accountOf } from '../ledger/statements.ts';
import type { CheckRunOutput } from '../report/check-run.ts';
import { type Crowd, crowdOutput } from '../report/crowd.ts';
import { type KeyedSaying, type Sayings, sayingsFor } from './answers.ts';
import type { Judge } from './judge.ts';
import { type Judged, judgeMergeGroup, judgePullRequest, nameOf } from './judging.ts';
import { firstOf, isUndecided, type Outcome, undecided } from './outcome.ts';
import type { Policies } from './policies.ts';
import type { Previews } from './previews.ts';
import type { Recorder } from './record.ts';
import type { SaidLately } from './said.ts';
import { readSharing, strictest } from './shared-head.ts';
import type { Turn, Turns } from './turns.ts';

/** What a look at a subject needs beside the subject itself. */
export interface Looking {
  readonly asking: Asking;
  readonly policies: Policies;
  readonly judge: Judge;
  readonly record: Recorder | null;
  readonly ledger: Pick<Ledger, 'record'>;
  /** Whoever writes check runs on a commit must have read the ones that are there. */
  readonly turns: Turns;
  readonly lately: SaidLately;
  readonly previews: Previews;
  /** Whether to read again what GitHub may not have brought up to date yet; else it is taken as it is. */
  readonly patient: boolean;
  /** Whether there were enough tries: what can't be read now is then told as it is. */
  readonly last: boolean;
  /** Hears that GitHub may still write what it was asked to. */
  unanswered(): void;
}

/** What came of a look, for the log. */
export type Look =
  | { readonly looked: false; readonly why: string }
  | {
      readonly looked: true;
      readonly headSha: string;
      readonly judgements: readonly Judgement[];
      readonly written: number;
      /** Why to look again soon, or null. */
      readonly again: string | null;
      /** Whether a preview of a change to the policy is still to be made. */
      readonly previewWanted: boolean;
    };

/**
 * Reads a pull request as it is now, judges it, and writes the check runs that do not say so yet. Throws MovedError where
 * GitHub's API still answers with a state from before `updatedAt`.
 */
export async function lookAtPullRequest(
  looking: Looking,
  ref: PullRequestRef,
  updatedAt: string | null,
): Promise<Look> {
  const read = async () => {
    const facts = await readPullRequest(looking.asking, ref);
    if (looking.patient) assertPresent(facts, updatedAt);
    return facts;
  };
  const since = performance.now();
  const first = await read();
  const { repositoryId, posted } = first;
  return looking.turns(`${repositoryId}@${posted.headSha}`, since, async ({ overtaken, assertHeld }) => {
    // Another pull request with this head may have got its check runs while this one was read.
    const facts = overtaken ? await read() : first;
    if (facts.posted.headSha !== posted.headSha) throw new MovedError('the head moved while another look was awaited');
    return lookAtFacts({ ...looking, assertHeld }, ref, facts);
  });
}

/** GitHub's webhooks can be ahead of its API, and its list of commits behind the head that it names. */
function assertPresent({ updatedAt, contribution }: PullRequestFacts, wanted: string | null): void {
  if (wanted !== null && updatedAt < wanted) {
    throw new MovedError(`GitHub answers with the state of ${updatedAt}, the webhook told of ${wanted}`);
  }
  const { commits, totals, head } = contribution;
  const complete = commits.length > 0 && commits.length === totals.commits;
  if (complete && !commits.some(({ sha }) => sha === head.sha)) {
    throw new MovedError(`GitHub's list of commits is not the one of the head ${head.sha}`);
  }
}

/** A look whose turn it is. */
interface Writing extends Looking, Pick<Turn, 'assertHeld'> {}

async function lookAtFacts(looking: Writing, ref: PullRequestRef, facts: PullRequestFacts): Promise<Look> {
  if (facts.state !== 'OPEN') return { looked: false, why: `the pull request is ${facts.state.toLowerCase()}` };
  const own = await judgePullRequest(looking, facts);
  if (own === null) return { looked: false, why: 'no policy holds here' };
  const sayings = isUndecided(looking, [own])
    ? nothingSaid
    : sayingsFor(facts, own.resolution, own.decisions, looking.lately);
  const sharing = await readSharing(looking.asking, ref, facts);
  if ('crowd' in sharing) return writeForCrowd(looking, facts, own, sharing.crowd, sayings);
  const { others } = sharing;
  const all: { readonly number: number; readonly judged: Judged | null }[] = [{ number: ref.number, judged: own }];
  for (const other of others) {
    const { number } = other.contribution.pullRequest ?? ref;
    // Each with its own overrides: an override holds in the pull request that it was written in, and nowhere else.
    all.push({ number, judged: await judgePullRequest(looking, other) });
  }
  // In the same order whichever of them is looked at, so that nothing differs the next time.
  all.sort((a, b) => a.number - b.number);
  const numbers = all.map(({ number }) => number);
  const judged = all.flatMap((one) => one.judged ?? []);
  const results = judged.flatMap((one) => one.results);
  return write(looking, facts, {
    own,
    judged,
    outputs: others.length === 0 ? results.map(({ output }) => output) : strictest(results, numbers),
    numbers,
    sayings,
  });
}

/** With a stretch of its own: it shows no result, so that no override may count from here on. */
async function writeForCrowd(
  looking: Writing,
  { repositoryId, posted }: PullRequestFacts,
  own: Judged,
  crowd: Crowd,
  sayings: Sayings,
): Promise<Look> {
  const outputs = own.results.map(({ output }) => crowdOutput(output.name, crowd));
  const asCrowd = { repositoryId, posted: { ...posted, stretch: crowdStretch } };
  return write(looking, asCrowd, { own, judged: [own], outputs, numbers: crowd.numbers, sayings });
}

/** The same for a merge group: every pull request in it, and what the queue built of them. */
export async function lookAtMergeGroup(looking: Looking, ref: MergeGroupRef): Promise<Look> {
  const group = await readMergeGroup(looking.asking, ref);
  const own = await judgeMergeGroup(looking, group);
  if (own === null) return { looked: false, why: 'no policy holds here' };
  // One that failed would be thrown out of its queue.
  if (isUndecided(looking, [own])) throw new UndecidedError(undecided);
  const outputs = own.results.map(({ output }) => output);
  // Nobody else writes on this head.
  return write({ ...looking, assertHeld: () => {} }, group, {
    own,
    judged: [own],
    outputs,
    numbers: [],
    sayings: nothingSaid,
  });
}

const nothingSaid: Sayings = { sayings: [], doubtful: false };

/** The ledger first: nothing turns green without a record, and what is tried again is recorded once. */
async function write(
  looking: Writing,
  { repositoryId, posted }: { readonly repositoryId: string; readonly posted: PostedCheckRuns },
  outcome: Outcome,
): Promise<Look> {
  const { own, judged, outputs, numbers, sayings } = isUndecided(looking, outcome.judged)
    ? firstOf(outcome, posted)
    : outcome;
  const writes = planCheckRuns(posted, outputs, numbers);
  looking.assertHeld();
  for (const one of judged) await enter(looking, posted.headSha, one, outputs);
  // A storage that was slow to record may have been slow to renew the turn.
  looking.assertHeld();
  await post(looking, { repositoryId, head: posted.headSha, writes, sayings: sayings.sayings });
  return {
    looked: true,
    headSha: posted.headSha,
    judgements: own.results.map(({ judgement }) => judgement),
    written: writes.length,
    again: whyAgain(judged, sayings),
    previewWanted: outputs.some((output) => awaitsPreview(output, posted, writes)),
  };
}

interface Posting {
  readonly repositoryId: string;
  readonly head: string;
  readonly writes: readonly CheckRunWrite[];
  readonly sayings: readonly KeyedSaying[];
}

/** What was said is remembered once GitHub has answered; where it has not, GitHub may have taken it or not. */
async function post(
  { asking, lately, unanswered }: Looking,
  { repositoryId, head, writes, sayings }: Posting,
): Promise<void> {
  const keys = sayings.map(({ key }) => key);
  try {
    const said = sayings.map(({ saying }) => saying);
    const taken = await postCheckRuns(asking.client, repositoryId, head, writes, said);
    lately.said(keys.filter((_, index) => taken[index]));
  } catch (error) {
    lately.doubt(keys);
    if (mayBeUnderWay(error)) unanswered();
    throw error;
  }
}

/** A posted run that shows the preview, and is left as it is, needs none. */
function awaitsPreview(output: CheckRunOutput, { runs }: PostedCheckRuns, writes: readonly CheckRunWrite[]): boolean {
  const { name, preview } = output;
  if (preview === undefined || preview.ready) return false;
  return writes.some((write) => write.output === output) || runs.get(name)?.mark?.preview !== preview.key;
}

function whyAgain(judged: readonly Judged[], { doubtful }: Sayings): string | null {
  if (judged.some(({ passing }) => passing)) return undecided;
  return doubtful ? 'it is not known yet whether people were answered' : null;
}

/** Enters in the ledger what was decided, and what is shown: with a shared head, not always a judgement's own result. */
async function enter(
  { asking, ledger }: Looking,
  head: string,
  { contribution, resolution, policyCommit, results, decisions, comments }: Judged,
  outputs: readonly CheckRunOutput[],
): Promise<void> {
  const shown = new Map(outputs.map(({ name, conclusion }) => [name, conclusion]));
  await ledger.record(
    accountOf({
      host: asking.host,
      repository: nameOf(contribution) ?? '',
      pullRequest: contribution.pullRequest?.number ?? null,
      head,
      base: contribution.base.ref,
      policyCommit,
      resolution,
      results: results.map(({ judgement, output }) => ({
        judgement,
        conclusion: shown.get(output.name) ?? output.conclusion,
      })),
      decisions,
      comments,
    }),
  );
}
