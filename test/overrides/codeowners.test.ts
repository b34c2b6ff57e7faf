// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import type { ChangedFile } from '../../src/contribution/contribution.ts';
import { readCodeowners } from '../../src/overrides/codeowners.ts';
import { shaOf } from '../helpers/contribution.ts';
import {
  comment,
  contribution,
  judgement,
  onCommit,
  onFile,
  outcome,
  type Scene,
  scene,
  whoseNeeded,
  writer,
} from './conversation.ts';

describe('The owners of a path', () => {
  test.each<[string, string, string, string]>([
    ['any file', '* @a', 'x/y.c', 'a'],
    ['the last line that matches', '* @a\n*.c @b', 'x/y.c', 'b'],
    ['an earlier line where the last one does not match', '* @a\n*.js @b', 'x/y.c', 'a'],
    ['nobody, by a last line without owners', '* @a\n/x/', 'x/y.c', ''],
    ['nobody', '*.js @a', 'x/y.c', ''],
    ['several', '* @a @Org/Team @b', 'x', 'a org/team b'],
    ['a directory at any depth', 'docs/ @a', 'x/docs/y/z', 'a'],
    ['a directory at the top', '/docs/ @a', 'x/docs/y', ''],
    ['a directory without a slash at its end', '/docs @a', 'docs/y/z', 'a'],
    ['a path of several names', 'x/docs @a', 'x/docs/y', 'a'],
    ['files right in a directory', 'docs/* @a', 'docs/x', 'a'],
    ['files right in a directory only', 'docs/* @a', 'docs/x/y', ''],
    ['any depth', '**/logs @a', 'x/y/logs/z', 'a'],
    ['a name with a blank', 'a\\ b @a', 'a b', 'a'],
    ['a line with a comment', '* @a # @b', 'x', 'a'],
    ['after lines of comments and CRLF', '# c\r\n\r\n* @a\r\n', 'x', 'a'],
    ['without addresses', '* ada@example.org @a', 'x', 'a'],
    ['past lines that GitHub skips', '* @a\n!x @b\n[x] @b', 'x', 'a'],
    ['with regard to case', '/X @a', 'x', ''],
  ])('are found: %s', (_, text, path, expected) => {
    expect(readCodeowners(text)(path).join(' ')).toBe(expected);
  });

  test('are nobody in a file beyond what GitHub reads', () => {
    expect(readCodeowners(`* @a\n${'#'.repeat(3 * 1024 * 1024)}`)('x')).toEqual([]);
  });
});

describe('A code owner', () => {
  const codeowners = { text: '* @wim\n/vendor/ @org/legal @rob\n' };
  const files = (...paths: string[]): ChangedFile[] => paths.map((path) => ({ path, change: 'modified' }));
  const withFiles = (changed: ChangedFile[], total = changed.length) => ({
    ...contribution,
    files: changed,
    totals: { commits: 2, files: total },
  });
  const base: Scene = {
    codeowners,
    policy: 'overrides: {CODEOWNERS: true}',
    contribution: withFiles(files('src/a.c')),
  };
  const ask = (by: string, more: Scene = {}, body = '/override dco because so') =>
    outcome(scene({ comments: [comment(body, { by })], ...base, ...more })).all[0];
  const legal = { ...writer, teams: ['Org/Legal'] };

  test.each<[string, string, Scene, string]>([
    ['owns every path that is changed', 'wim', {}, 'granted wim'],
    [
      'owns some of them',
      'wim',
      { contribution: withFiles(files('src/a.c', 'vendor/b.c')) },
      'refused wim not-allowed',
    ],
    ['cannot push', 'rob', { contribution: withFiles(files('vendor/b.c')) }, 'refused rob not-allowed'],
    [
      'is one by team',
      'tim',
      { contribution: withFiles(files('vendor/b.c')), permissions: { tim: legal } },
      'granted tim',
    ],
    [
      'may be one by team',
      'tim',
      { contribution: withFiles(files('vendor/b.c')), permissions: { tim: { ...legal, teams: null } } },
      'refused tim unknown-permission',
    ],
    [
      'owns the paths of the findings, though not every changed one',
      'wim',
      { contribution: withFiles(files('src/a.c', 'vendor/b.c')), judgements: [judgement([onFile('src/a.c')])] },
      'granted wim',
    ],
    [
      'owns one of the paths of the findings',
      'wim',
      { judgements: [judgement([onFile('src/a.c'), onFile('vendor/b.c')])] },
      'refused wim not-allowed',
    ],
    [
      'owns the paths of some findings, where others are about commits',
      'wim',
      {
        contribution: withFiles(files('src/a.c', 'vendor/b.c')),
        judgements: [judgement([onFile('src/a.c'), onCommit(shaOf(1))])],
      },
      'refused wim not-allowed',
    ],
    [
      'owns a directory’s parent, where the finding is about that directory, and others own what changes in it',
      'wim',
      { contribution: withFiles(files('vendor/b.c')), judgements: [judgement([onFile('vendor')])] },
      'refused wim not-allowed',
    ],
    [
      'owns all that changes in the directory that the finding is about',
      'tim',
      {
        contribution: withFiles(files('src/a.c', 'vendor/b.c', 'vendor/z/c.c')),
        judgements: [judgement([onFile('vendor')])],
        permissions: { tim: legal },
      },
      'granted tim',
    ],
    [
      'is not known, since more may change in the directory that the finding is about',
      'tim',
      {
        contribution: withFiles(files('vendor/b.c'), 2),
        judgements: [judgement([onFile('vendor')])],
        permissions: { tim: legal },
      },
      'refused tim unknown-permission',
    ],
    [
      'owns the file that the finding is about, though not all files are known',
      'wim',
      { contribution: withFiles(files('src/a.c'), 200), judgements: [judgement([onFile('src/a.c')])] },
      'granted wim',
    ],
    [
      'is not known, since files are missing',
      'wim',
      { contribution: withFiles(files('src/a.c'), 2) },
      'refused wim unknown-permission',
    ],
    ['is not known, since the files were not read', 'wim', { contribution }, 'refused wim unknown-permission'],
    [
      'is not known, since a file had another name',
      'wim',
      { contribution: withFiles([{ path: 'src/a.c', change: 'renamed' }]) },
      'refused wim unknown-permission',
    ],
    [
      'is not known, since CODEOWNERS could not be read',
      'wim',
      { codeowners: 'unread' },
      'refused wim unknown-permission',
    ],
    ['is nobody, since there is no CODEOWNERS', 'wim', { codeowners: null }, 'refused wim not-allowed'],
    ['is nobody, since the policy does not ask for it', 'wim', { policy: '' }, 'refused wim not-allowed'],
    ['is nobody where nothing is changed', 'wim', { contribution: withFiles([]) }, 'refused wim not-allowed'],
  ])('may override who %s', (_, by, more, expected) => {
    expect(ask(by, more)).toBe(expected);
  });

  test('of a part may override that part', () => {
    const judgements = [judgement([onFile('src/a.c'), onFile('vendor/b.c')])];
    expect(ask('wim', { judgements }, '/override dco for src/** because so')).toBe('granted wim');
    expect(ask('wim', { judgements }, '/override dco for vendor/** because so')).toBe('refused wim not-allowed');
    expect(ask('wim', { judgements }, '/override dco for ** because so')).toBe('refused wim not-allowed');
  });

  test('is looked for in the teams that own what is affected', () => {
    const needs = (changed: ChangedFile[]) =>
      whoseNeeded(
        scene({ comments: [comment('/override dco because so')], ...base, contribution: withFiles(changed) }),
      );
    expect(needs(files('vendor/b.c'))).toEqual([{ login: 'mia', teams: ['org/legal'] }]);
    expect(needs(files('src/a.c'))).toEqual([{ login: 'mia', teams: [] }]);
  });
});
