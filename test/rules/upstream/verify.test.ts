// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { commitBy, shaOf } from '../../helpers/contribution.ts';
import { judgeWorld, lines, patchWith, questions, type World, words } from './world.ts';

const sha = shaOf(99);
const commitUrl = `https://github.com/example-org/up/commit/${sha}`;
const pullUrl = 'https://github.com/example-org/up/pull/7';
const remotes = { default: { repo: 'example-org/up', branch: 'main' } };

function judge(value: string, more: Partial<World> = {}, settings: object = {}) {
  const head = { 'a.patch': patchWith(`Upstream-Status: ${value}`) };
  return judgeWorld({ head, ...more, settings: { preset: 'yocto', remotes, ...settings } });
}

describe('a commit that is claimed to be upstream', () => {
  test.each([
    ['is verified where the branch contains it', 'yes', ['ok verified a.patch:4', 'note not-compared a.patch:4']],
    ['is refused where only a fork has it', 'no', ['error not-contained a.patch:4']],
    ['is said to be not verified where nobody knows', 'unknown', ['warning not-verified a.patch:4']],
  ] as const)('%s', (_, answer, expected) => {
    expect(lines(judge(`Backport [${commitUrl}]`, { answer: () => ({ answer, why: 'GitHub is silent' }) }))).toEqual(
      expected,
    );
  });

  test('is asked about in the branch that the policy names, once', () => {
    const result = judge(`Backport [${commitUrl}]`, { answer: () => ({ answer: 'yes' }) });
    expect(questions(result)).toEqual([
      { ask: 'contained', repository: 'example-org/up', branch: 'main', commit: sha, trusted: true },
      { ask: 'diff', repository: 'example-org/up', commit: sha, trusted: true },
    ]);
  });

  test('in another repository than the policy names is not asked about, since anybody can make one', () => {
    const result = judge(`Backport [${commitUrl.replace('example-org', 'mallory')}]`);
    expect(questions(result)).toEqual([]);
    expect(words(result)).toContain('it names “mallory/up”, and by the policy upstream is “example-org/up”');
  });

  test('is asked about where it says itself, if the policy names nothing, and only in public', () => {
    const asked = questions(judge(`Backport [${commitUrl}]`, {}, { remotes: {} }));
    expect(asked[0]).toEqual({
      ask: 'contained',
      repository: 'example-org/up',
      branch: null,
      commit: sha,
      trusted: false,
    });
    const none = judge(`Backport [${commitUrl}]`, {}, { remotes: {}, verify: { repositories: 'remotes' } });
    expect([questions(none), lines(none)]).toEqual([[], ['warning not-verified a.patch:4']]);
  });

  test.each(['note', 'warn', 'fail'])('and cannot be verified counts as the policy says: %s', (unverified) => {
    const level = { note: 'note', warn: 'warning', fail: 'error' }[unverified];
    expect(lines(judge(`Backport [${commitUrl}]`, {}, { verify: { unverified } }))).toEqual([
      `${level} not-verified a.patch:4`,
    ]);
  });

  test('is not asked about where the policy does not want that', () => {
    const result = judge(`Backport [${commitUrl}]`, {}, { verify: { commits: false, pullRequests: false } });
    expect([questions(result), lines(result)]).toEqual([[], ['ok stated a.patch:4']]);
  });
});

describe('no other host is asked', () => {
  test.each([
    'https://lore.kernel.org/r/20260101.1@example.org',
    'https://gitlab.com/example/up/-/merge_requests/7',
    'https://review.example.org/c/up/+/7',
    'https://patchwork.kernel.org/project/up/patch/1/',
    'https://git.kernel.org/pub/scm/up.git/commit/?id=0123456789abcdef0123456789abcdef01234567',
    'https://sourceware.org/pipermail/libc-alpha/2026-January/1.html',
    'https://bugs.launchpad.net/up/+bug/7',
    'https://github.com.example.org/example-org/up/pull/7',
  ])('%s', (url) => {
    const result = judge(`Submitted [${url}]`);
    expect([questions(result), lines(result)]).toEqual([[], ['warning not-verified a.patch:4']]);
  });
});

describe('a pull request', () => {
  const merged = { answer: 'merged', mergeCommit: sha, base: 'main', release: 'v2.3' } as const;

  test.each([
    ['that is open is submitted', 'Submitted', { answer: 'open' }, 'ok verified'],
    ['that was merged is more than submitted', 'Submitted', merged, 'warning merged'],
    ['that was closed is not submitted any more', 'Submitted', { answer: 'closed' }, 'error closed'],
    ['that is open is not merged', 'Backport', { answer: 'open' }, 'error not-merged'],
    ['that was merged is', 'Backport', merged, 'ok verified'],
    ['that was closed was refused', 'Denied', { answer: 'closed' }, 'ok verified'],
    ['that is open was not', 'Denied', { answer: 'open' }, 'warning not-closed'],
    ['that nobody may see is not verified', 'Submitted', { answer: 'unknown', why: '404' }, 'warning not-verified'],
  ] as const)('%s', (_, word, found, expected) => {
    expect(lines(judge(`${word} [${pullUrl}]`, { answer: () => found }))).toEqual([`${expected} a.patch:4`]);
  });

  test('that was merged says what to write now', () => {
    const result = judge(`Submitted [${pullUrl}]`, { answer: () => merged });
    const [finding] = result.verdict.findings;
    expect(finding?.suggestion).toMatchObject({
      line: 4,
      insert: expect.stringMatching(/^Upstream-Status: Backport \[/),
      replaces: 1,
    });
    expect(finding?.suggestion?.insert).toContain(commitUrl);
    expect(words(result)).toMatch(
      new RegExp(`was merged as ${sha.slice(0, 12)} into “main”, and is in “v2.3”.* can be dropped`),
    );
  });

  test('in the subject of a commit is one of the repository that the policy names', () => {
    const commits = [commitBy('Ada Example <ada@example.org>', 'UPSTREAM: 7: Mend it')];
    const result = judgeWorld({
      commits,
      settings: { preset: 'openshift', remotes },
      answer: () => ({ answer: 'open' }),
    });
    expect(questions(result)).toEqual([
      { ask: 'pull-request', repository: 'example-org/up', number: 7, trusted: true },
    ]);
    expect(lines(result)).toEqual(['ok verified UPSTREAM: 7: Mend it']);
  });
});

describe('a clean backport', () => {
  const upstreamFiles = (patch: string | null, path = 'x.c') => [{ path, patch }];

  test.each([
    ['that is what upstream changed says nothing more', upstreamFiles('@@ -8 +8 @@ main\n-a\n+b'), []],
    ['may lie elsewhere', upstreamFiles('@@ -8,2 +8,2 @@\n c\n-a\n+b', 'src/x.c'), []],
    ['that changes something else is told of', upstreamFiles('@@ -8 +8 @@\n-a\n+c'), ['x.c” differs']],
    [
      'that leaves a file out is told of',
      [...upstreamFiles('@@ -1 +1 @@\n-a\n+b'), { path: 'y.c', patch: '' }],
      ['y.c” is left out here'],
    ],
    [
      'of something else altogether is told of',
      upstreamFiles('', 'z.c'),
      ['x.c” is not changed there', 'z.c” is left out here'],
    ],
    ['of what GitHub does not show is not compared', upstreamFiles(null), []],
  ])('%s', (_, files, expected) => {
    const result = judge(`Backport [${commitUrl}]`, {
      answer: (question) => (question.ask === 'diff' ? { files } : { answer: 'yes' }),
    });
    const notes = result.verdict.findings.filter(({ code }) => code === 'upstream.altered');
    expect(notes).toHaveLength(expected.length === 0 ? 0 : 1);
    for (const part of expected) expect(words(result)).toContain(part);
    expect(result.verdict.outcome).toBe('pass');
  });
});

describe('a commit that claims to be a clean backport', () => {
  const own = { repository: 'example-org/widget', commit: shaOf(1) };
  const message = `Mend it\n\ncommit ${sha} upstream.\n`;
  const backport = (theirs: string, ours: string | null, text = message) =>
    judgeWorld({
      commits: [commitBy('Ada Example <ada@example.org>', text)],
      settings: { preset: 'linux-stable', remotes },
      answer: (question) => {
        if (question.ask !== 'diff') return { answer: 'yes' };
        const patch = question.commit === own.commit ? ours : theirs;
        return { files: patch === null ? null : [{ path: 'x.c', patch }] };
      },
    });

  test('is compared with upstream by what GitHub shows of both', () => {
    const result = backport('@@ -8 +8 @@\n-a\n+b', '@@ -1 +1 @@\n-a\n+b');
    expect(questions(result)).toEqual([
      { ask: 'contained', repository: 'example-org/up', branch: 'main', commit: sha, trusted: true },
      { ask: 'diff', repository: 'example-org/up', commit: sha, trusted: true },
      { ask: 'diff', ...own, trusted: true },
    ]);
    expect(lines(result)).toEqual(['ok verified Mend it']);
  });

  test('is told where it is something else', () => {
    const result = backport('@@ -8 +8 @@\n-a\n+b', '@@ -1 +1 @@\n-a\n+evil');
    expect(lines(result)).toEqual(['ok verified Mend it', 'note altered Mend it']);
    expect(words(result)).toContain('x.c” differs');
  });

  test('is not compared where GitHub does not show it whole', () => {
    expect(lines(backport('', null))).toEqual(['ok verified Mend it', 'note not-compared Mend it']);
  });
});

describe('a submodule', () => {
  const modules = (url: string) => `[submodule "w"]\n\tpath = ext/w\n\turl = ${url}\n`;
  const world = (url: string, settings: object = {}): World => ({
    head: { '.gitmodules': modules(url), 'ext/w': { kind: 'submodule', sha, url: null } },
    settings: { submodules: true, ...settings },
  });
  const own = 'https://github.com/example-org/w.git';

  test.each([
    ['on the branch of upstream is in order', 'yes', 'ok verified ext/w'],
    ['that only a fork has is not', 'no', 'error not-contained ext/w'],
    ['that nobody can look up is told of', 'unknown', 'warning not-verified ext/w'],
  ] as const)('%s', (_, answer, expected) => {
    expect(lines(judgeWorld({ ...world(own), answer: () => ({ answer }) }))).toEqual([expected]);
  });

  test.each([
    [own, 'example-org/w'],
    ['../w.git', 'example-org/w'],
    ['git@github.com:example-org/w.git', 'example-org/w'],
  ])('at %s is asked about there', (url, repository) => {
    expect(questions(judgeWorld(world(url)))).toEqual([
      { ask: 'contained', repository, branch: null, commit: sha, trusted: false },
    ]);
  });

  test('is asked about where the policy says that upstream is, whatever its address', () => {
    const settings = { remotes: { ...remotes, 'ext/w': { repo: 'w/w', branch: 'stable' } } };
    const asked = questions(judgeWorld(world('https://github.com/mallory/w', settings)));
    expect(asked).toEqual([{ ask: 'contained', repository: 'w/w', branch: 'stable', commit: sha, trusted: true }]);
  });

  test('elsewhere is not verified', () => {
    const result = judgeWorld(world('https://git.example.org/w.git'));
    expect([questions(result), lines(result)]).toEqual([[], ['warning not-verified ext/w']]);
  });

  test('whose address nobody can read is a gap, never a pass', () => {
    const entry = { kind: 'file', oid: sha, size: 9, mode: 'regular', truncated: false } as const;
    const binary = { ...entry, binary: true, text: null };
    const result = judgeWorld({ ...world(own), head: { ...world(own).head, '.gitmodules': binary } });
    expect(lines(result)).toEqual(['gap unread .gitmodules']);
  });

  test('that did not change is left alone', () => {
    const base = { '.gitmodules': modules(own), 'ext/w': { kind: 'submodule', sha, url: null } } as const;
    const result = judgeWorld({ base, head: { 'README.md': 'x' }, settings: { submodules: true } });
    expect(result.verdict.outcome).toBe('not-applicable');
  });
});
