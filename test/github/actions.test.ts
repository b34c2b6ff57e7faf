// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { readActions } from '../../src/github/actions.ts';
import { createContentsMemory } from '../../src/github/contents-memory.ts';
import { readNeeds } from '../../src/github/needs.ts';
import type { Asking } from '../../src/github/read-pull-request.ts';
import type { ActionPlace } from '../../src/rules/rule.ts';
import { contributionOf, shaOf } from '../helpers/contribution.ts';
import { expectingGitHub } from '../helpers/github.ts';

const github = expectingGitHub();
const asking = (more: Partial<Asking> = {}): Asking => {
  return { client: github.client, host: 'github.com', appId: 1, pageSize: 100, ...more };
};
const own = { owner: 'octo', name: 'widget' };
const tool: ActionPlace = { repository: 'octo/tool', ref: 'v2', directory: '' };

const tree = (...names: string[]) => ({ entries: names.map((name) => ({ name, mode: 0o100644 })) });
const commit = (names: string[], more: object = {}) => ({ oid: shaOf(1), tree: tree(...names), ...more });
const found = (object: object | null, more: object = {}) => ({ isPrivate: false, object, ...more });
const blob = (text: string | null, more: object = {}) => ({
  object: { oid: shaOf(2), byteSize: text?.length ?? 9, isBinary: text === null, isTruncated: false, text, ...more },
});
const missing = (field: string, type = 'NOT_FOUND') => ({ type, path: [field], message: 'Could not resolve' });

describe('The license files of an action', () => {
  const files = async (place: ActionPlace = tool, more: Partial<Asking> = {}) =>
    (await readActions(asking(more), own, [place]))[0];

  test('are those at the root of its repository, at the very ref', async () => {
    const first = github.graphql('Actions', { action0: found(commit(['LICENSE', 'README.md', 'action.yml'])) });
    const second = github.graphql('ActionLicenses', { action0: blob('MIT License') });
    expect(await files()).toEqual({ ...tool, files: [{ path: 'LICENSE', text: 'MIT License' }], why: null });
    expect(first.variables).toEqual({ owner0: 'octo', name0: 'tool', ref0: 'v2' });
    expect(second.variables).toEqual({ owner0: 'octo', name0: 'tool', file0: `${shaOf(1)}:LICENSE` });
  });

  test.each<[string, string[], string[]]>([
    ['under any usual name', ['license', 'Copying.txt'], ['license', 'Copying.txt']],
    ['and nothing that is only called so', ['license-checker.js', 'LICENSES', 'NOTICE'], []],
  ])('are found %s', async (_, names, expected) => {
    const [directories, plain] = [names.filter((one) => one === 'LICENSES'), names.filter((one) => one !== 'LICENSES')];
    const entries = [...tree(...plain).entries, ...directories.map((name) => ({ name, mode: 0o040000 }))];
    github.graphql('Actions', { action0: found({ oid: shaOf(1), tree: { entries } }) });
    const texts = Object.fromEntries(expected.map((name, index) => [`action${index}`, blob(name)]));
    if (expected.length > 0) github.graphql('ActionLicenses', texts);
    expect((await files())?.files?.map(({ path }) => path)).toEqual(expected);
  });

  test.each<[string, object | null, string]>([
    ['beside it', { object: tree('LICENSE') }, 'sub/LICENSE'],
    ['at the root where none are beside it', { object: tree('action.yml') }, 'COPYING'],
    [
      'at the root where those beside it are links',
      { object: { entries: [{ name: 'LICENSE', mode: 0o120000 }] } },
      'COPYING',
    ],
    ['at the root where it lies nowhere', null, 'COPYING'],
    ['at the root where it is a file', { object: {} }, 'COPYING'],
  ])('are those %s', async (_, file, expected) => {
    const first = github.graphql('Actions', { action0: found(commit(['COPYING'], { file })) });
    github.graphql('ActionLicenses', { action0: blob('text') });
    expect((await files({ ...tool, directory: 'sub' }))?.files).toEqual([{ path: expected, text: 'text' }]);
    expect(first.variables).toMatchObject({ path0: 'sub' });
  });

  test('are found by a tag that has a message', async () => {
    github.graphql('Actions', { action0: found({ target: commit(['LICENSE']) }) });
    github.graphql('ActionLicenses', { action0: blob('text') });
    expect((await files())?.files).toEqual([{ path: 'LICENSE', text: 'text' }]);
  });

  test.each<[string, object]>([
    ['binary', blob(null)],
    ['cut off', blob('text', { isTruncated: true })],
    ['larger than any license', blob('a'.repeat(300_001))],
    ['gone', { object: null }],
  ])('have no text where they are %s', async (_, answer) => {
    github.graphql('Actions', { action0: found(commit(['LICENSE'])) });
    github.graphql('ActionLicenses', { action0: answer });
    expect((await files())?.files).toEqual([{ path: 'LICENSE', text: null }]);
  });

  test('past the first ten are named, and not read', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `LICENSE-${index}`);
    github.graphql('Actions', { action0: found(commit(names)) });
    const texts = Object.fromEntries(names.slice(0, 10).map((name, index) => [`action${index}`, blob(name)]));
    const asked = github.graphql('ActionLicenses', texts);
    const all = (await files())?.files ?? [];
    expect(asked.variables).toHaveProperty('file9');
    expect(asked.variables).not.toHaveProperty('file10');
    expect(all).toHaveLength(12);
    expect(all.filter(({ text }) => text === null).map(({ path }) => path)).toEqual(['LICENSE-10', 'LICENSE-11']);
  });

  test.each<[string, object | null, object[] | undefined, RegExp]>([
    ['the repository is not there', null, [missing('action0')], /^github\.com has no public repository of that name$/],
    ['it may not be seen', null, [missing('action0', 'FORBIDDEN')], /^github\.com has no public repository/],
    [
      'it is private',
      found(commit(['LICENSE']), { isPrivate: true }),
      undefined,
      /^github\.com has no public repository/,
    ],
    ['it has no such version', found(null), undefined, /no such version/],
    ['the version is no commit', found({}), undefined, /no such version/],
    ['the version is a tag of something else', found({ target: {} }), undefined, /no such version/],
  ])('stay unknown, with the reason, where %s', async (_, answer, errors, why) => {
    github.graphql('Actions', { action0: answer }, errors);
    expect(await files()).toEqual({ ...tool, files: null, why: expect.stringMatching(why) });
  });

  test('stay unknown on a server of one’s own that lacks the repository, which is said', async () => {
    github.graphql('Actions', { action0: null }, [missing('action0')]);
    const { why } = (await files(tool, { host: 'github.example.org' })) ?? {};
    expect(why).toMatch(/^github\.example\.org has no public repository.*github\.com is not asked/);
  });

  test('of a private repository are read where it is the contribution’s own', async () => {
    const place = { ...tool, repository: 'octo/widget' };
    github.graphql('Actions', { action0: found(commit(['LICENSE']), { isPrivate: true }) });
    github.graphql('ActionLicenses', { action0: blob('text') });
    expect((await files(place))?.files).toHaveLength(1);
  });

  test('stay unknown where the repository goes meanwhile', async () => {
    github.graphql('Actions', { action0: found(commit(['LICENSE'])) });
    github.graphql('ActionLicenses', { action0: null }, [missing('action0')]);
    expect((await files())?.files).toEqual([{ path: 'LICENSE', text: null }]);
  });

  test.each([
    ['a rate limit', [{ type: 'RATE_LIMITED', message: 'API rate limit exceeded' }]],
    ['a fault', [{ message: 'Something went wrong while executing your query' }]],
  ])('are not taken from %s, which passes', async (_, errors) => {
    github.graphql('Actions', { action0: null }, errors);
    await expect(files()).rejects.toMatchObject({ name: 'GraphqlResponseError' });
  });

  test('stay unknown where GitHub refuses the whole question', async () => {
    github.graphql('Actions', null, [{ type: 'FORBIDDEN', message: 'Resource not accessible by integration' }]);
    expect((await files())?.why).toMatch(/no public repository/);
  });

  test('are not taken from an answer that GitHub does not document', async () => {
    github.graphql('Actions', { action0: { isPrivate: 'no', object: null } });
    await expect(files()).rejects.toMatchObject({ name: 'AnswerError' });
  });
});

describe('Many actions', () => {
  const places = Array.from({ length: 20 }, (_, index) => ({ ...tool, repository: `octo/tool-${index}` }));
  const all = (answer: (index: number) => unknown) =>
    Object.fromEntries(places.map((_, index) => [`action${index}`, answer(index)]));

  test('cost one request for what lies there and one for the texts', async () => {
    github.graphql(
      'Actions',
      all(() => found(commit(['LICENSE']))),
    );
    github.graphql(
      'ActionLicenses',
      all((index) => blob(`text ${index}`)),
    );
    const actions = await readActions(asking(), own, places);
    expect(actions.map(({ files }) => files?.[0]?.text)).toEqual(places.map((_, index) => `text ${index}`));
  });

  test('are told apart where some cannot be read', async () => {
    github.graphql(
      'Actions',
      { ...all((index) => found(commit(index === 3 ? [] : ['LICENSE']))), action1: null, action2: null },
      [missing('action1'), missing('action2', 'FORBIDDEN')],
    );
    const texts = Object.fromEntries(places.slice(3).map((_, index) => [`action${index}`, blob(`text ${index}`)]));
    github.graphql('ActionLicenses', texts);
    const [first, gone, refused, bare, next] = await readActions(asking(), own, places);
    expect([first?.files, gone?.files, refused?.files, bare?.files, next?.files]).toEqual([
      [{ path: 'LICENSE', text: 'text 0' }],
      null,
      null,
      [],
      [{ path: 'LICENSE', text: 'text 1' }],
    ]);
  });

  test('in one repository are read once', async () => {
    const parts = ['init', 'analyze'].map((directory) => ({ ...tool, directory }));
    const answer = found(commit(['LICENSE'], { file: { object: tree('action.yml') } }));
    github.graphql('Actions', { action0: answer, action1: answer });
    github.graphql('ActionLicenses', { action0: blob('text') });
    const actions = await readActions(asking(), own, parts);
    expect(actions.map(({ files }) => files)).toEqual(Array(2).fill([{ path: 'LICENSE', text: 'text' }]));
  });

  test('are asked for in parts where GitHub does not answer large questions', async () => {
    for (const _ of [0, 1])
      github.graphql(
        'Actions',
        all(() => found(commit([]))),
      );
    expect(await readActions(asking({ pageSize: 20 }), own, places)).toHaveLength(20);
  });

  test('with more text than anybody reads are unknown from there on', async () => {
    github.graphql(
      'Actions',
      all(() => found(commit(['LICENSE']))),
    );
    const long = Object.fromEntries(places.map((_, index) => [`action${index}`, blob('a'.repeat(300_000))]));
    github.graphql('ActionLicenses', long);
    const actions = await readActions(asking({ pageSize: 50 }), own, places);
    expect(actions.filter(({ files }) => files?.[0]?.text == null)).toHaveLength(10);
  });
});

test('A text that was read is remembered for its installation, and what lies at a ref is asked again', async () => {
  const contents = createContentsMemory();
  const ask = (installationId: number) => readActions(asking({ contents, installationId }), own, [tool]);
  const lies = () => github.graphql('Actions', { action0: found(commit(['LICENSE'])) });
  lies();
  github.graphql('ActionLicenses', { action0: blob('text') });
  const before = await ask(1);
  lies();
  expect(await ask(1)).toEqual(before);
  lies();
  github.graphql('ActionLicenses', { action0: blob('other') });
  expect((await ask(2))[0]?.files).toEqual([{ path: 'LICENSE', text: 'other' }]);
});

test('The answer is a fact of the pull request that needs it', async () => {
  const contribution = contributionOf([]);
  github.graphql('Actions', { action0: found(commit([])) });
  const need = { fact: 'actions', head: contribution.head.sha, actions: [tool] } as const;
  const { actions } = await readNeeds(asking(), contribution, [need]);
  expect(actions).toEqual([{ ...tool, files: [], why: null }]);
});
