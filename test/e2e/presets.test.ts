// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { presetPath } from '../../src/policy/presets.ts';
import { type Change, presetCases, repositoryLicense } from './preset-cases.ts';
import { ada, conclusions, type Stage, startStage } from './stage.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await startStage();
  stage.simulator.user('ada', { emails: [ada.email] });
  stage.simulator.organization('octo');
  await stage.simulator.install('octo');
  await stage.settled();
});
afterEach(() => {
  expect(stage.simulator.violations.list).toEqual([]);
});
afterAll(() => stage.close());

/** What the App says of pull requests into a repository that has the preset as its policy, all opened at once. */
async function judged(preset: string, changes: Readonly<Record<string, Change>>) {
  const repository = stage.simulator.repository(`octo/${preset}`, {
    files: { LICENSE: repositoryLicense, '.github/countersign.yml': readFileSync(presetPath(preset), 'utf8') },
  });
  const opened = [];
  for (const [name, change] of Object.entries(changes)) {
    const head = name.toLowerCase().replaceAll(' ', '-');
    repository.commit(head, { ...change, author: ada, committer: ada });
    opened.push([name, await repository.openPullRequest({ author: 'ada', head })] as const);
  }
  await stage.settled();
  return opened.map(([name, pullRequest]) => [name, conclusions(pullRequest)] as const);
}

describe('The preset', () => {
  test.each(Object.keys(presetCases))(
    '%s passes a pull request that is in order, and fails one that is not',
    async (preset) => {
      const { passing, failing } = presetCases[preset] ?? { passing: { message: '', files: {} }, failing: {} };
      const results = await judged(preset, { passing, ...failing });
      for (const [name, checks] of results) {
        const wrong = Object.keys(checks).filter((check) => checks[check] !== 'SUCCESS');
        expect({ name, checks, wrong }).toEqual({ name, checks, wrong: name === 'passing' ? [] : [name] });
        expect(checks).toMatchObject({
          Policy: 'SUCCESS',
          ...(name === 'passing' ? {} : { [name]: 'ACTION_REQUIRED' }),
        });
      }
    },
  );
});
