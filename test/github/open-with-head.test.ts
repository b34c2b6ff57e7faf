// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { openWithHead } from '../../src/github/open-with-head.ts';
import { shaOf } from '../helpers/contribution.ts';
import { expectingGitHub } from '../helpers/github.ts';

const github = expectingGitHub();
const repository = { owner: 'example-org', name: 'widget' };
const head = shaOf(9);
const pull = (state = 'OPEN', headRefOid = head) => ({ state, headRefOid });
const missing = (...path: string[]) => ({ type: 'NOT_FOUND', path, message: 'Could not resolve' });

describe('Of the pull requests that were seen with a head commit', () => {
  test('those are told that are open and still have it', async () => {
    const answer = { p3: pull(), p4: pull('CLOSED'), p5: pull('MERGED'), p6: pull('OPEN', shaOf(8)), p7: pull() };
    github.graphql('OpenWithHead', { repository: answer });
    expect(await openWithHead(github.client, repository, [3, 4, 5, 6, 7], head)).toEqual([3, 7]);
  });

  test('one that is gone hides no other', async () => {
    github.graphql('OpenWithHead', { repository: { p3: null, p4: pull() } }, [missing('repository', 'p3')]);
    expect(await openWithHead(github.client, repository, [3, 4], head)).toEqual([4]);
  });

  test('none is taken for closed where the repository cannot be read', async () => {
    github.graphql('OpenWithHead', { repository: null }, [missing('repository')]);
    await expect(openWithHead(github.client, repository, [3], head)).rejects.toThrow('Could not resolve');
  });
});
