// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { readDiff } from '../../src/github/upstream/diff.ts';
import { shaOf } from '../helpers/contribution.ts';
import { expectingGitHub } from '../helpers/github.ts';

const github = expectingGitHub();
const commit = shaOf(1);
const asking = () => ({ client: github.client, host: 'github.com', appId: 1, pageSize: 100 });
const page = (number: number) => `GET /repos/upstream/engine/commits/${commit}?per_page=100&page=${number}`;
const files = (count: number, patch?: string) =>
  Array.from({ length: count }, (_, index) => ({
    filename: `${index}.c`,
    changes: 1,
    ...(patch === undefined ? {} : { patch }),
  }));
const diff = () => readDiff(asking(), { repository: 'upstream/engine', commit });

describe('What an upstream commit changes', () => {
  test('is read to the last page', async () => {
    github.rest(page(1), 200, { files: files(100, '+a') });
    github.rest(page(2), 200, { files: files(1) });
    const found = (await diff()).files;
    expect(found).toHaveLength(101);
    expect([found?.[0], found?.[100]]).toEqual([
      { path: '0.c', patch: '+a' },
      { path: '0.c', patch: null },
    ]);
  });

  test('is not known where it is too much to be held', async () => {
    github.rest(page(1), 200, { files: files(3, 'x'.repeat(3 * 1024 * 1024)) });
    expect((await diff()).files).toBeNull();
  });
});
