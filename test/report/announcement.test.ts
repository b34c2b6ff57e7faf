// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { judge } from '../../src/engine.ts';
import { planCheckRuns } from '../../src/github/check-runs.ts';
import { announcements } from '../../src/policy/announcements.ts';
import { fallbacksOf } from '../../src/policy/cache.ts';
import { loadPresets } from '../../src/policy/presets.ts';
import { resolvePolicyFile } from '../../src/policy/resolve.ts';
import { type CheckRunOutput, digest, renderCheckRun } from '../../src/report/check-run.ts';
import { renderJson } from '../../src/report/json.ts';
import { exitCode } from '../../src/report/outcome.ts';
import { plain } from '../../src/report/phrase.ts';
import { renderText } from '../../src/report/text.ts';
import { commitBy, contributionOf, signedCommitBy } from '../helpers/contribution.ts';
import { policyFile } from '../policy/help.ts';
import { context, report } from './sample.ts';

const ada = 'Ada Example <ada@example.org>';
const fallbacks = fallbacksOf(loadPresets(), 'default');

function policyOf(text: string) {
  const { policy } = resolvePolicyFile(policyFile(text), fallbacks);
  if (policy === null) throw new Error('The policy is broken');
  return policy;
}

const announced = policyOf('dco: {mode: warn, enforceFrom: 2027-01-31}\nlicense: {mode: off}\n');
const unsigned = [commitBy(ada, 'Add it')];
const signed = [signedCommitBy(ada, 'Add it')];

function judgementOn(judgedOn: string | null, commits = unsigned, policy = announced) {
  const [judgement] = judge(contributionOf(commits, { judgedOn }), policy);
  if (judgement === undefined) throw new Error('No rule judged');
  return judgement;
}
const checkRunOn = (...args: Parameters<typeof judgementOn>) => renderCheckRun(judgementOn(...args), context);
const reportOn = (...args: Parameters<typeof judgementOn>) => ({ ...report, judgements: [judgementOn(...args)] });

describe('A rule that is to be enforced from a day on', () => {
  test.each([
    ['2026-12-01', 'neutral', 0],
    ['2027-01-30', 'neutral', 0],
    ['2027-01-31', 'action_required', 1],
    ['2027-02-01', 'action_required', 1],
    // Facts without a day are no way to have a rule warn for ever.
    [null, 'action_required', 1],
  ])('on %s is shown as %s, and the command ends with %i', (day, conclusion, code) => {
    expect(checkRunOn(day).conclusion).toBe(conclusion);
    expect(exitCode(reportOn(day))).toBe(code);
  });

  test('says so beforehand, in the title of what fails and in the summary of whatever it is', () => {
    const failing = checkRunOn('2027-01-30');
    expect(failing.title).toMatch(/needs a sign-off \(will be enforced from 2027-01-31\)$/);
    for (const { summary } of [failing, checkRunOn('2027-01-30', signed)]) {
      expect(summary).toContain('It will be enforced from 2027-01-31 (00:00 UTC) on.');
    }
    expect(checkRunOn('2027-01-30', signed).title).not.toContain('2027');
  });

  test('does not say so from that day on', () => {
    const { title, summary } = checkRunOn('2027-01-31');
    expect(`${title} ${summary}`).not.toContain('2027-01-31');
  });

  test('does not say that it only warns of what could not be judged, which blocks', () => {
    const judgement = judgementOn('2027-01-30');
    const verdict = { ...judgement.verdict, outcome: 'incomplete' as const };
    const { conclusion, title, summary } = renderCheckRun({ ...judgement, verdict }, context);
    expect(conclusion).toBe('failure');
    expect(`${title} ${summary}`).not.toContain('2027-01-31');
  });

  test('keeps the day where the title is too long', () => {
    const judgement = judgementOn('2027-01-30');
    const verdict = { ...judgement.verdict, title: ['😀'.repeat(300)] };
    const { title } = renderCheckRun({ ...judgement, verdict }, context);
    expect(title).toMatch(/… ?\(will be enforced from 2027-01-31\)$/);
    expect(title.length).toBeLessThanOrEqual(255);
  });

  test.each([
    ['fails', unsigned],
    ['passes', signed],
  ])('is posted anew once the day has come, of what %s: a check run that announces it is out of date', (_, commits) => {
    const before = checkRunOn('2027-01-30', commits);
    expect(planCheckRuns(posted(before), [checkRunOn('2027-01-29', commits)], [12])).toEqual([]);
    const writes = planCheckRuns(posted(before), [checkRunOn('2027-01-31', commits)], [12]);
    expect(writes).toMatchObject([{ output: { name: 'DCO' } }]);
  });

  test('is announced in the terminal, and in JSON', () => {
    const options = { color: false, width: 100 };
    const text = renderText(reportOn('2027-01-30'), options);
    expect(text).toContain('(will be enforced from 2027-01-31)');
    expect(text).toContain('It will be enforced from 2027-01-31 (00:00 UTC) on.');
    expect(text).toContain('Nothing stands in the way.');
    expect(renderText(reportOn('2027-01-31'), options)).not.toContain('2027');
    const json = JSON.parse(renderJson(reportOn('2027-01-30')));
    expect(json.judgements).toMatchObject([{ mode: 'warn', enforcedFrom: '2027-01-31' }]);
  });

  test('is announced by the check of the policy, in words that stay true', () => {
    expect(announcements(announced).map(({ text }) => plain(text))).toEqual([
      'The check “DCO” only warns before 2027-01-31, and is enforced from then on, 00:00 UTC.',
    ]);
  });
});

test('A rule that only warns stays so, and announces nothing', () => {
  const policy = policyOf('dco: {mode: warn}\nlicense: {mode: off}\n');
  expect(checkRunOn('2099-01-01', unsigned, policy)).toMatchObject({ conclusion: 'neutral' });
  expect(checkRunOn(null, unsigned, policy).summary).toContain('This check only warns here; it blocks nothing.');
  expect(announcements(policy)).toEqual([]);
});

function posted(output: CheckRunOutput) {
  const mark = { digest: digest(output), annotated: false, pullRequests: [12], stretch: '12' };
  return {
    headSha: 'a'.repeat(40),
    stretch: '12',
    attempts: [],
    runs: new Map([[output.name, { id: 'run', name: output.name, completed: true, mark }]]),
    rerequested: false,
  };
}
