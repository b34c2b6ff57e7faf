// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { RepositoryHandle } from '../simulator/handles/repository.ts';
import { ada, ben, commitOf, conclusions, type Stage, signedBy, startStage } from './stage.ts';

let stage: Stage;
let repository: RepositoryHandle;
let branches = 0;
function newBranch(): string {
  branches += 1;
  return `branch-${branches}`;
}

beforeAll(async () => {
  stage = await startStage({ COUNTERSIGN_DEFAULT_POLICY: 'dco-only' });
  stage.simulator.user('ada', { emails: [ada.email] });
  stage.simulator.user('ben', { emails: [ben.email] });
  repository = stage.simulator.repository('octo/hello', { requiredChecks: ['DCO', 'Policy'] });
  await stage.simulator.install('octo');
  await stage.settled();
  stage.requests();
});
afterEach(() => {
  expect(stage.simulator.violations.list).toEqual([]);
  stage.simulator.faults.clear();
  stage.simulator.webhooks.plan.clear();
});
afterAll(() => stage.close());

async function open(...commits: ReturnType<typeof commitOf>[]) {
  const head = newBranch();
  repository.commit(head, ...commits);
  const pullRequest = await repository.openPullRequest({ author: 'ada', head });
  await stage.settled();
  return pullRequest;
}

describe('A pull request', () => {
  test('whose commits are signed off can be merged', async () => {
    const pullRequest = await open(commitOf(ada, 'One'), commitOf(ben, 'Two'));
    expect(conclusions(pullRequest)).toEqual({ DCO: 'SUCCESS', Policy: 'SUCCESS' });
    expect(pullRequest.view().mergeable).toBe(true);
  });

  test('with a commit that is not signed off is held back, and turns green when it is', async () => {
    const pullRequest = await open(commitOf(ada, 'One'), commitOf(ada, 'Two', { signed: false }));
    expect(conclusions(pullRequest)).toEqual({ DCO: 'ACTION_REQUIRED', Policy: 'SUCCESS' });
    expect(pullRequest.view().mergeable).toBe(false);
    expect(pullRequest.check('DCO')?.title).toBe('1 of 2 commits needs a sign-off');
    await pullRequest.push([commitOf(ada, 'Both')], { onto: repository.tip() });
    await stage.settled();
    expect(conclusions(pullRequest)).toEqual({ DCO: 'SUCCESS', Policy: 'SUCCESS' });
    expect(pullRequest.view().mergeable).toBe(true);
  });

  test('costs one read and one write, and nothing more while nothing changes', async () => {
    stage.requests();
    const pullRequest = await open(commitOf(ada, 'One', { signed: false }));
    expect(stage.requests()).toEqual({ 'query PullRequest': 1, 'mutation CheckRuns': 1 });
    await pullRequest.markDraft(false);
    await stage.settled();
    expect(stage.requests()).toEqual({ 'query PullRequest': 1 });
  });

  test('of 100 commits costs no more, and one of 250 two pages more', async () => {
    stage.requests();
    const many = (count: number) => Array.from({ length: count }, (_, index) => commitOf(ada, `Commit ${index}`));
    await open(...many(100));
    expect(stage.requests()).toEqual({ 'query PullRequest': 1, 'mutation CheckRuns': 1 });
    const large = await open(...many(250));
    expect(stage.requests()).toEqual({ 'query PullRequest': 1, 'query MoreCommits': 2, 'mutation CheckRuns': 1 });
    expect(large.check('DCO')?.title).toBe('All 250 commits are signed off');
  });

  test('from a fork is judged like any other', async () => {
    const fork = repository.fork('ben');
    fork.commit('theirs', commitOf(ben, 'Theirs', { signed: false }));
    const pullRequest = await repository.openPullRequest({ author: 'ben', from: fork, head: 'theirs' });
    await stage.settled();
    expect(conclusions(pullRequest)).toEqual({ DCO: 'ACTION_REQUIRED', Policy: 'SUCCESS' });
    await pullRequest.rerunAll('ben');
    await stage.settled();
    expect(pullRequest.view().rollup).toBe('FAILURE');
  });

  test('without commits could not be judged', async () => {
    repository.branch('empty');
    const pullRequest = await repository.openPullRequest({ author: 'ada', head: 'empty' });
    await stage.settled();
    expect(conclusions(pullRequest).DCO).toBe('FAILURE');
  });

  test('whose pages GitHub cuts short could not be judged', async () => {
    stage.simulator.quirks.commitLimit = 2;
    const pullRequest = await open(...['One', 'Two', 'Three'].map((subject) => commitOf(ada, subject)));
    stage.simulator.quirks.commitLimit = Number.POSITIVE_INFINITY;
    expect(conclusions(pullRequest).DCO).toBe('FAILURE');
    expect(pullRequest.check('DCO')?.text).toContain('3');
    await pullRequest.comment('ada', 'GitHub is well again.\n/recheck');
    await stage.settled();
    expect(conclusions(pullRequest).DCO).toBe('SUCCESS');
  });

  test('that is closed, or into another base, is left alone or judged by that base', async () => {
    repository.branch('release');
    const closed = await open(commitOf(ada, 'Closed', { signed: false }));
    const before = closed.check('DCO')?.id;
    await closed.close();
    await closed.comment('ada', '/recheck');
    await stage.settled();
    expect(closed.check('DCO')?.id).toBe(before);
    const moved = await open(commitOf(ada, 'Moved'));
    stage.requests();
    await moved.edit({ base: 'release' });
    await stage.settled();
    expect(stage.requests()).toMatchObject({ 'query PullRequest': 1 });
    await moved.edit({ title: 'Another title' });
    await stage.settled();
    expect(stage.requests()).toEqual({});
  });

  test('gets its checks again when somebody selects "Re-run", or the suite would stay queued for ever', async () => {
    const pullRequest = await open(commitOf(ada, 'One'));
    await pullRequest.rerun('DCO');
    await stage.settled();
    expect(pullRequest.view()).toMatchObject({ rollup: 'SUCCESS', mergeable: true });
    await pullRequest.rerunAll();
    await stage.settled();
    expect(pullRequest.view()).toMatchObject({ rollup: 'SUCCESS', mergeable: true });
  });

  test('whose webhooks come twice is judged once more at most, and written once', async () => {
    stage.simulator.webhooks.plan.add({ kind: 'repeat', times: 3 });
    stage.requests();
    await open(commitOf(ada, 'Repeated'));
    expect(stage.requests()['mutation CheckRuns']).toBe(1);
  });
});

describe('Whatever stands in a commit,', () => {
  const hostile = [
    '</details></details><script>alert(1)</script>',
    '``` ` `````` @everyone #1 https://evil.example',
    '| a | b |\n| - | - |',
    '\u202Eesrever\u2066 \u0007\u001B[31m',
    `[click](javascript:alert(1)) ![x](https://evil.example/x.png) ${'x'.repeat(5_000)}`,
  ];

  test.each(hostile)('%j is inert in the check run', async (subject) => {
    const files = { [`${newBranch()}.txt`]: 'x' };
    const pullRequest = await open(commitOf(ada, subject, { signed: false, files }));
    const run = pullRequest.check('DCO');
    expect(run?.conclusion).toBe('ACTION_REQUIRED');
    const { status, headers } = await fetch(`${pullRequest.url}`);
    expect(status).toBe(200);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    const html = await (await fetch(pullRequest.url)).text();
    expect(html).not.toMatch(/<script>alert|href="javascript|<img[^>]+evil/);
  });

  test('a thousand commits fit into one check run, with a count of what was left out', async () => {
    const commits = Array.from({ length: 600 }, (_, index) =>
      commitOf(ada, `${index} ${'🦄`'.repeat(60)}`, { signed: false, files: { 'same.txt': String(index) } }),
    );
    const pullRequest = await open(...commits);
    const { summary, text } = pullRequest.check('DCO') ?? {};
    expect((summary ?? '').length).toBeLessThan(65_535);
    expect((text ?? '').length).toBeLessThan(65_535);
    expect(text).toMatch(/\d+ more/);
  });
});

describe('A recorded contribution', () => {
  const countersign = fileURLToPath(new URL('../../bin/countersign.js', import.meta.url));

  test('gives the same verdict from a terminal, without GitHub', async () => {
    const pullRequest = await open(commitOf(ada, 'One'), commitOf(ada, 'Two', { signed: false }));
    const name = `octo__hello__${pullRequest.number}__${pullRequest.state.headSha}`;
    const [contribution, policy] = ['contribution.json', 'policy.yml'].map((end) =>
      join(stage.recordings, `${name}.${end}`),
    );
    const result = evaluate([
      'evaluate',
      '--contribution',
      contribution ?? '',
      '--policy',
      policy ?? '',
      '--format',
      'json',
    ]);
    expect(result.status).toBe(1);
    expect(result.report.judgements.find(({ name }: { name: string }) => name === 'DCO')).toMatchObject({
      outcome: 'fail',
      title: pullRequest.check('DCO')?.title,
    });
  });

  test('can be read by nobody else, and nothing is left half-written', () => {
    const files = readdirSync(stage.recordings);
    expect(files.length).toBeGreaterThan(0);
    expect(files.filter((file) => file.endsWith('.tmp'))).toEqual([]);
    for (const file of files) expect(statSync(join(stage.recordings, file)).mode & 0o077).toBe(0);
  });

  function evaluate(args: string[]) {
    try {
      const output = execFileSync(process.execPath, [countersign, ...args], { encoding: 'utf8' });
      return { status: 0, report: JSON.parse(output) };
    } catch (error) {
      const { status, stdout } = error as { status: number; stdout: string };
      return { status, report: JSON.parse(stdout) };
    }
  }
});

test('The log tells delivery, installation, repository, pull request, head and verdicts, and no message or token', () => {
  const line = stage.log.find(({ msg }) => msg === 'judged');
  expect(line).toMatchObject({
    delivery: expect.any(String),
    installation: expect.any(Number),
    repository: 'octo/hello',
    pullRequest: expect.any(Number),
    head: expect.stringMatching(/^[0-9a-f]{40}$/),
    verdicts: { Policy: 'pass', DCO: expect.any(String) },
  });
  const told = stage.log.filter(({ level }) => Number(level) >= 30);
  expect(JSON.stringify(told).includes(signedBy(ada))).toBe(false);
  expect(/ghs_|BEGIN [A-Z ]*PRIVATE KEY|Bearer/i.test(JSON.stringify(stage.log))).toBe(false);
});
