// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { type CheckRunWrite, postCheckRuns } from '../../src/github/check-runs.ts';
import { readMark } from '../../src/github/mark.ts';
import type { Saying } from '../../src/github/sayings.ts';
import { digest } from '../../src/report/check-run.ts';
import { shaOf } from '../helpers/contribution.ts';
import { expectingGitHub } from '../helpers/github.ts';

const github = expectingGitHub();
const annotation = { path: 'a', startLine: 1, endLine: 1, level: 'failure' as const, title: 't', message: 'm' };
const write = (id: string | null, annotations = 0): CheckRunWrite => ({
  id,
  output: {
    name: 'DCO',
    conclusion: 'success',
    title: 'Fine',
    summary: 'All fine.',
    text: 'Nothing.',
    annotations: Array.from({ length: annotations }, () => annotation),
    actions: [],
  },
  pullRequests: [5],
  stretch: '5',
});
const written = (...ids: string[]) => Object.fromEntries(ids.map((id, index) => [`run${index}`, { checkRun: { id } }]));
const post = async (...writes: CheckRunWrite[]): Promise<void> => {
  await postCheckRuns(github.client, 'R_1', shaOf(1), writes);
};

interface Variables {
  readonly run0: { readonly externalId: string; readonly checkRunId?: string; readonly output: { annotations: [] } };
}

describe('Check runs', () => {
  test('that need none are not written', async () => {
    await post();
  });

  test('are written in one request, made on the head or brought up to date', async () => {
    const { variables } = await posted(() => post(write(null), write('CR_1')), written('CR_2', 'CR_1'));
    expect(variables).toMatchObject({
      run0: { repositoryId: 'R_1', headSha: shaOf(1), name: 'DCO', status: 'COMPLETED', conclusion: 'SUCCESS' },
      run1: { repositoryId: 'R_1', checkRunId: 'CR_1' },
    });
  });

  test('with more annotations than a request takes are finished by the last one alone', async () => {
    const first = github.graphql('CheckRuns', written('CR_1'));
    const second = github.graphql('CheckRuns', written('CR_1'));
    const large = write(null, 60);
    await post(large);
    const [one, two] = [first, second].map(({ variables }) => (variables as Variables).run0);
    expect([one?.output.annotations.length, two?.output.annotations.length]).toEqual([50, 10]);
    expect(readMark(one?.externalId ?? null)).toEqual({
      digest: null,
      annotated: true,
      pullRequests: [5],
      stretch: '5',
    });
    expect(readMark(two?.externalId ?? null)).toMatchObject({ digest: digest(large.output) });
    expect(two?.checkRunId).toBe('CR_1');
  });

  test.each([
    ['null for it', { run0: { checkRun: null } }],
    ['nothing of it', {}],
  ])('are not taken for written where GitHub answers %s', async (_, data) => {
    github.graphql('CheckRuns', data);
    await expect(post(write(null))).rejects.toMatchObject({ name: 'AnswerError' });
  });
});

async function posted(posting: () => Promise<void>, data: object) {
  const came = github.graphql('CheckRuns', data);
  await posting();
  return came;
}

describe('What is said to people', () => {
  const sayings: readonly Saying[] = [
    { kind: 'comment', pullRequestId: 'PR_5', body: 'No.' },
    { kind: 'reaction', subjectId: 'IC_1' },
  ];
  const said = { say0: { clientMutationId: null }, say1: { clientMutationId: null } };
  const say = (writes: readonly CheckRunWrite[]) => postCheckRuns(github.client, 'R_1', shaOf(1), writes, sayings);

  test('goes out with the check runs, or alone', async () => {
    const asked = github.graphql('CheckRuns', { ...written('CR_1'), ...said });
    expect(await say([write(null)])).toEqual([true, true]);
    expect(asked.variables).toMatchObject({ say0: { subjectId: 'PR_5', body: 'No.' }, say1: { content: 'THUMBS_UP' } });
    github.graphql('CheckRuns', said);
    expect(await say([])).toEqual([true, true]);
  });

  test('is told apart where GitHub took only some of it, which holds up no verdict', async () => {
    const locked = { type: 'FORBIDDEN', path: ['say0'], message: 'Unable to create comment because issue is locked.' };
    github.graphql('CheckRuns', { ...written('CR_1'), ...said, say0: null }, [locked]);
    expect(await say([write(null)])).toEqual([false, true]);
  });

  test('does not hide that a check run was not written', async () => {
    const broken = { type: 'FORBIDDEN', path: ['run0'], message: 'Resource not accessible by integration' };
    github.graphql('CheckRuns', { run0: null, ...said }, [broken]);
    await expect(say([write(null)])).rejects.toThrow('not accessible');
  });
});
