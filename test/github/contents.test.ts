// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import nock from 'nock';
import { readContents } from '../../src/github/contents.ts';
import { createContentsMemory } from '../../src/github/contents-memory.ts';
import { readDependencies } from '../../src/github/dependencies.ts';
import { readSubmodule } from '../../src/github/submodule.ts';
import { gitHubRepository } from '../../src/rules/git-address.ts';
import { contributionOf } from '../helpers/contribution.ts';
import { expectingGitHub } from '../helpers/github.ts';

const host = 'https://api.github.com';
const sha = 'a'.repeat(40);
const repository = { owner: 'octo', name: 'hello' };
const github = expectingGitHub();
const asking = {
  get client() {
    return github.client;
  },
  host: 'github.com',
  appId: 1,
  pageSize: 100,
};

const blob = (more: object = {}) => ({
  oid: sha,
  byteSize: 4,
  isBinary: false,
  isTruncated: false,
  text: 'text',
  ...more,
});
const entry = (object: object | null, more: object = {}) => ({
  file: { mode: 0o100644, type: 'blob', oid: sha, submodule: null, object, ...more },
});
const answer = (entries: Record<string, unknown>) =>
  nock(host)
    .post('/graphql')
    .reply(200, { data: { repository: { isPrivate: false, ...entries } } });
const lookup = (path: string, whole = false) => ({ commit: sha, path, whole });

describe('What lies at a path', () => {
  test.each<[string, unknown, object | null]>([
    [
      'a file',
      entry(blob()),
      { kind: 'file', mode: 'regular', text: 'text', truncated: false, binary: false, size: 4 },
    ],
    ['a program', entry(blob(), { mode: 0o100755 }), { kind: 'file', mode: 'executable' }],
    ['a symbolic link', entry(blob(), { mode: 0o120000 }), { kind: 'file', mode: 'symlink' }],
    ['a binary', entry(blob({ isBinary: true, text: null })), { kind: 'file', binary: true, text: null }],
    ['a file of no known kind', entry(blob({ isBinary: null, text: null })), { kind: 'file', binary: true }],
    ['nothing', { file: null }, null],
    ['nothing, in a commit that is not there', null, null],
    [
      'a directory',
      entry({ entries: [{ name: 'LICENSE' }, { name: 'a.c' }] }, { type: 'tree' }),
      { kind: 'directory', names: ['LICENSE'] },
    ],
    [
      'a submodule',
      entry(null, { type: 'commit', submodule: { gitUrl: 'https://x.example' } }),
      { kind: 'submodule', sha, url: 'https://x.example' },
    ],
  ])('may be %s', async (_, found, expected) => {
    answer({ e0: found });
    const [content] = await readContents(asking, repository, [lookup('a')]);
    if (expected === null) expect(content?.entry).toBeNull();
    else expect(content?.entry).toMatchObject(expected);
  });

  test('is asked for by variables, so that a path is never part of a query', async () => {
    const hostile = 'a") { id } #';
    nock(host)
      .post('/graphql', ({ query, variables }) => !query.includes(hostile) && variables.p0 === hostile)
      .reply(200, { data: { repository: { isPrivate: false, e0: null } } });
    await readContents(asking, repository, [lookup(hostile)]);
  });

  test('is read whole by the blobs API where GraphQL cuts it off and it is wanted whole', async () => {
    const cut = entry(blob({ isTruncated: true, byteSize: 600_000, text: 'te' }));
    answer({ e0: cut, e1: cut });
    const content = Buffer.from('the whole text').toString('base64');
    nock(host).get(`/repos/octo/hello/git/blobs/${sha}`).reply(200, { content, encoding: 'base64' });
    const found = await readContents(asking, repository, [lookup('LICENSE', true), lookup('a.ts')]);
    expect(found.map(({ entry }) => entry)).toMatchObject([
      { text: 'the whole text', truncated: false },
      { text: 'te', truncated: true },
    ]);
  });

  test('is not read whole where it is 50 MB', async () => {
    answer({ e0: entry(blob({ isTruncated: true, byteSize: 50_000_000, text: 'te' })) });
    const [content] = await readContents(asking, repository, [lookup('LICENSE', true)]);
    expect(content?.entry).toMatchObject({ text: 'te', truncated: true, size: 50_000_000 });
  });
});

describe('The dependency review', () => {
  const path = /dependency-graph\/compare/;
  const read = async () => {
    const { dependencies } = (await readDependencies(asking, repository, { base: sha, head: sha }))(contributionOf([]));
    return dependencies;
  };

  test('gives the changes', async () => {
    const change = {
      change_type: 'added',
      manifest: 'go.mod',
      ecosystem: 'go',
      name: 'x',
      version: '1',
      package_url: 'pkg:golang/x@1',
    };
    nock(host)
      .get(path)
      .reply(200, [{ ...change, license: null, source_repository_url: null, vulnerabilities: [] }]);
    const one = { change: 'added', manifest: 'go.mod', name: 'x', version: '1', purl: 'pkg:golang/x@1', license: null };
    expect(await read()).toEqual({ read: true, changes: [one] });
  });

  test.each([403, 404])('that is not there (%s) is said not to be', async (status) => {
    nock(host).get(path).reply(status, { message: 'Not supported' });
    expect(await read()).toMatchObject({ read: false });
  });

  test('of which a part is missing counts as not there', async () => {
    nock(host).get(path).reply(200, [], { link: '<https://api.github.com/x?page=2>; rel="next"' });
    expect(await read()).toMatchObject({ read: false });
  });

  test.each<[number, Record<string, string>]>([
    [500, {}],
    [403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1' }],
  ])('that fails for a while (%s) is tried again, and not taken for an answer', async (status, headers) => {
    nock(host).get(path).reply(status, { message: 'Later' }, headers);
    await expect(read()).rejects.toMatchObject({ status });
  });
});

describe('A submodule’s address', () => {
  test.each([
    ['https://github.com/octo/widget', 'octo/widget'],
    ['https://github.com/octo/widget.git', 'octo/widget'],
    ['https://ada@github.com/octo/widget.git/', 'octo/widget'],
    ['git@github.com:octo/widget.git', 'octo/widget'],
    ['ssh://git@github.com/octo/widget.git', 'octo/widget'],
    ['https://GitHub.com/octo/widget', 'octo/widget'],
    ['https://github.com.example.org/octo/widget', null],
    ['https://example.org/github.com/octo/widget', null],
    ['https://github.com/octo', null],
    ['https://github.com/octo/widget/../../x/y/z', null],
    ['file:///etc/passwd', null],
    ['/srv/git/widget.git', null],
    ['', null],
  ])('%s leads to %s', (url, expected) => {
    expect(gitHubRepository(url, 'github.com')).toBe(expected);
  });

  test('that is relative is one beside the repository', async () => {
    nock(host)
      .post('/graphql', ({ variables }) => variables.owner === 'octo' && variables.name === 'widget')
      .reply(200, { data: { repository: { isPrivate: false, e0: { file: null } } } });
    const found = await readSubmodule(asking, repository, { url: '../widget.git', sha });
    expect(found.files).toEqual([]);
  });

  test('of a private repository tells nothing, whatever the App may read', async () => {
    const entries = { isPrivate: true, e0: entry(blob()) };
    nock(host)
      .post('/graphql')
      .reply(200, { data: { repository: entries } });
    expect((await readSubmodule(asking, repository, { url: 'https://github.com/octo/secret', sha })).files).toBeNull();
  });

  test('elsewhere is not asked', async () => {
    expect((await readSubmodule(asking, repository, { url: 'https://example.org/a/b', sha })).files).toBeNull();
  });
});

describe('What was read of a commit', () => {
  const remembering = () => ({ ...asking, client: github.client, contents: createContentsMemory(), installationId: 7 });

  test('is not read again, also where nothing lies there', async () => {
    const once = remembering();
    answer({ e0: entry(blob()), e1: { file: null } });
    const first = await readContents(once, repository, [lookup('a'), lookup('b')]);
    expect(await readContents(once, repository, [lookup('b'), lookup('a')])).toEqual(first.toReversed());
    answer({ e0: entry(blob({ text: 'new' })) });
    expect(await readContents(once, repository, [lookup('a'), lookup('c')])).toMatchObject([
      { path: 'a', entry: { text: 'text' } },
      { path: 'c', entry: { text: 'new' } },
    ]);
  });

  test.each<[string, (once: ReturnType<typeof remembering>) => Promise<unknown>]>([
    ['by another installation', (once) => readContents({ ...once, installationId: 8 }, repository, [lookup('a')])],
    ['in another repository', (once) => readContents(once, { ...repository, name: 'other' }, [lookup('a')])],
    ['whole', (once) => readContents(once, repository, [lookup('a', true)])],
    ['in another commit', (once) => readContents(once, repository, [{ ...lookup('a'), commit: 'b'.repeat(40) }])],
  ])('is read again %s', async (_, again) => {
    const once = remembering();
    answer({ e0: entry(blob()) });
    await readContents(once, repository, [lookup('a')]);
    answer({ e0: entry(blob({ text: 'new' })) });
    expect(await again(once)).toMatchObject([{ entry: { text: 'new' } }]);
  });

  test('is read again where GitHub did not have the commit yet', async () => {
    const once = remembering();
    answer({ e0: null });
    expect(await readContents(once, repository, [lookup('a')])).toMatchObject([{ entry: null }]);
    answer({ e0: entry(blob()) });
    expect(await readContents(once, repository, [lookup('a')])).toMatchObject([{ entry: { text: 'text' } }]);
  });

  test('is read again where it is too large to be kept', async () => {
    const once = remembering();
    const text = 'x'.repeat(200_000);
    for (let times = 0; times < 2; times += 1) {
      answer({ e0: entry(blob({ text, byteSize: text.length })) });
      expect(await readContents(once, repository, [lookup('a', true)])).toMatchObject([{ entry: { text } }]);
    }
  });

  test('counts as much as what is read now, so that two looks at large files come to the same', async () => {
    const once = remembering();
    const small = [lookup('a', true), lookup('b', true)];
    const large = Array.from({ length: 12 }, (_, at) => lookup(`large ${at}`, true));
    const all = [...small.slice(0, 1), ...large, ...small.slice(1)];
    const textAt = ({ path }: { path: string }) => (path.startsWith('large') ? 'x'.repeat(4 * 1024 * 1024) : 'small');
    const answering = (lookups: typeof all) =>
      answer(Object.fromEntries(lookups.map((one, at) => [`e${at}`, entry(blob({ text: textAt(one) }))])));
    const look = async () =>
      (await readContents(once, repository, all)).map(
        ({ entry: found }) => found?.kind === 'file' && found.text !== null,
      );
    answering(all);
    const first = await look();
    answering(large);
    expect(await look()).toEqual(first);
    expect(first).toEqual([...Array(12).fill(true), false, false]);
  });

  test('makes room for what was read of the same commit later', async () => {
    const once = remembering();
    const text = 'x'.repeat(100_000);
    const paths = Array.from({ length: 40 }, (_, at) => lookup(`${at}`, true));
    const all = Object.fromEntries(paths.map((_, at) => [`e${at}`, entry(blob({ text, byteSize: text.length }))]));
    answer(all);
    await readContents(once, repository, paths);
    expect(await readContents(once, repository, [lookup('39', true)])).toMatchObject([{ entry: { text } }]);
    answer({ e0: entry(blob({ text: 'new' })) });
    expect(await readContents(once, repository, [lookup('0', true)])).toMatchObject([{ entry: { text: 'new' } }]);
  });
});
