// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { afterAll, describe, expect, test } from '@jest/globals';
import { contributionSchema } from '../../src/contribution/contribution.ts';
import { answerNeeds, readContribution } from '../../src/git/contribution.ts';
import { readFiles } from '../../src/git/objects.ts';
import { findRange } from '../../src/git/range.ts';
import { createRepository, inside } from './repository.ts';

const repository = createRepository();
afterAll(repository.remove);
const base = repository.commit({
  message: 'base\n',
  files: {
    '.github/countersign.yml': 'version: 1\n',
    '.github/dco.yml': '\0binary',
    '.mailmap': 'Ada <ada@example.org>\n',
    empty: '',
    large: 'x'.repeat(200_000),
  },
});
const head = repository.commit({
  message: 'head\n',
  parents: [base],
  files: { '.github/countersign.yml': 'version: relaxed\n' },
});

const local = () => inside(repository, async () => readContribution(await findRange(`${base}..${head}`)));

describe('a local contribution', () => {
  test('is one that the JSON form can hold', async () => {
    const { contribution } = await local();
    expect(contributionSchema.parse(JSON.parse(JSON.stringify(contribution)))).toEqual(contribution);
    expect(contribution).toMatchObject({ source: 'git', totals: { commits: 1 }, pullRequest: null });
  });

  test('comes with policy files and .mailmap as the base has them, not the head', async () => {
    const { contribution, policyFiles } = await local();
    expect(contribution.mailmap).toBe('Ada <ada@example.org>\n');
    expect(policyFiles).toMatchObject([
      { path: '.github/countersign.yml', text: 'version: 1\n', size: 11, ref: base.slice(0, 12), repository: null },
      { path: '.github/dco.yml', text: null, size: 7 },
    ]);
  });

  test('gets the paths of just the commits that a rule asked for, and nobody is a known member', async () => {
    const { contribution } = await local();
    const answered = await inside(repository, () =>
      answerNeeds(contribution, [
        { fact: 'commit-paths', sha: head },
        { fact: 'membership', login: 'ada' },
      ]),
    );
    expect(answered.commits[0]?.paths).toEqual(expect.arrayContaining(['.github/countersign.yml', 'large']));
    expect(answered.memberships).toEqual({ ada: 'unknown' });
    expect((await inside(repository, () => answerNeeds(contribution, []))).commits[0]?.paths).toBeNull();
  });
});

describe('files at a commit', () => {
  const read = (paths: string[], limit: number) => inside(repository, () => readFiles(base, paths, limit));

  test('are read in one go, without those that are absent', async () => {
    const blobs = await read(['absent', 'empty', 'large', '.mailmap', 'absent too'], 1_000_000);
    expect(blobs.map(({ path, content }) => [path, content?.length])).toEqual([
      ['empty', 0],
      ['large', 200_000],
      ['.mailmap', 22],
    ]);
  });

  test('are passed over where they are larger than the limit, or a directory', async () => {
    const blobs = await read(['large', '.github', '.mailmap'], 100);
    expect(blobs.map(({ path, content }) => [path, content?.toString() ?? null])).toEqual([
      ['large', null],
      ['.github', null],
      ['.mailmap', 'Ada <ada@example.org>\n'],
    ]);
  });
});
