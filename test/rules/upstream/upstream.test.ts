// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { plain } from '../../../src/report/phrase.ts';
import { upstreamSettings } from '../../../src/rules/upstream/settings.ts';
import { commitBy, shaOf } from '../../helpers/contribution.ts';
import { judgeWorld, lines, patchWith, words } from './world.ts';

const yocto = { preset: 'yocto', verify: { commits: false, pullRequests: false } };
const status = (value: string) => patchWith(`Upstream-Status: ${value}`);
const pending = status('Pending [waits for a release]');
const ada = 'Ada Example <ada@example.org>';

describe('without settings', () => {
  test.each([
    ['an empty section', {}],
    ['a mode alone', { mode: 'enforce' }],
    ['what only goes with a place', { remotes: { default: { repo: 'example-org/up' } }, verify: { commits: true } }],
  ])('the rule is off: %s', (_, settings) => {
    expect(upstreamSettings.parse(settings).mode).toBe('off');
  });

  test.each([
    ['a preset', { preset: 'yocto' }],
    ['patches', { patches: ['**'] }],
    ['commits', { commits: 'fork' }],
    ['vendored code', { vendor: ['vendor/**'] }],
    ['submodules', { submodules: true }],
  ])('and it is on with %s, in the mode that is wanted', (_, settings) => {
    expect(upstreamSettings.parse(settings).mode).toBe('enforce');
    expect(upstreamSettings.parse({ ...settings, mode: 'warn' }).mode).toBe('warn');
  });
});

describe('a patch file', () => {
  test('that says where it is upstream is in order', () => {
    const result = judgeWorld({ head: { 'a.patch': pending }, settings: yocto });
    expect(lines(result)).toEqual(['ok stated a.patch:4']);
    expect(result.verdict.outcome).toBe('pass');
    expect(words(result)).toContain('it is not sent upstream yet');
  });

  test('that does not gets the exact lines to add, where they belong', () => {
    const { verdict, ...rest } = judgeWorld({ head: { 'a.patch': patchWith('') }, settings: yocto });
    expect(lines({ verdict, ...rest })).toEqual(['error missing a.patch:4']);
    expect(verdict.outcome).toBe('fail');
    expect(verdict.findings[0]?.suggestion).toEqual({ line: 4, insert: 'Upstream-Status: Pending [REASON]' });
    expect(verdict.remedies[0]?.paste).toContain('Upstream-Status: Submitted [URL]\n');
  });

  test('that nearly does gets the line as it has to be', () => {
    const { verdict } = judgeWorld({ head: { 'a.patch': patchWith('Upstream-status: Pending') }, settings: yocto });
    expect(verdict.findings).toMatchObject([
      { code: 'upstream.near-miss', suggestion: { line: 4, insert: 'Upstream-Status: Pending', replaces: 1 } },
    ]);
  });

  test('that contradicts itself is not believed', () => {
    const both = patchWith('Upstream-Status: Pending [soon]\nUpstream-Status: Denied [never]');
    const result = judgeWorld({ head: { 'a.patch': both }, settings: yocto });
    expect(lines(result)).toEqual(['error contradiction a.patch:5']);
  });

  test.each([
    ['convention', 'warning'],
    ['always', 'error'],
  ])('needs the evidence of its state as the policy says: %s', (evidence, level) => {
    const result = judgeWorld({ head: { 'a.patch': status('Pending') }, settings: { ...yocto, evidence } });
    expect(lines(result)[0]).toBe(`${level} no-evidence a.patch:4`);
  });

  test('outside of the places of the policy says nothing to anybody', () => {
    const settings = { ...yocto, patches: ['patches/**'], exempt: { paths: ['patches/old/**'] } };
    const result = judgeWorld({ head: { 'a.patch': '', 'patches/old/b.patch': '', 'patches/series': '' }, settings });
    expect([lines(result), result.verdict.outcome]).toEqual([[], 'not-applicable']);
  });

  test('that is binary, or a link to what is no patch, cannot say it, and does not pass', () => {
    const file = {
      kind: 'file',
      oid: 'a',
      size: 1,
      mode: 'regular',
      binary: true,
      text: null,
      truncated: false,
    } as const;
    const link = { ...file, mode: 'symlink', binary: false, text: 'elsewhere' } as const;
    const module = { kind: 'submodule', sha: shaOf(9), url: null } as const;
    const away = { ...link, text: '../c.patch' } as const;
    const head = { 'a.patch': file, 'b.patch': link, 'c.patch': away };
    const refused = ['error no-text a.patch', 'error no-text b.patch', 'error no-text c.patch'];
    expect(lines(judgeWorld({ head, settings: yocto }))).toEqual(refused);
    expect(lines(judgeWorld({ base: head, head, settings: { ...yocto, refreshed: 'judge' } }))).toEqual(refused);
    const kept = ['ok no-patch a.patch', 'ok no-patch b.patch', 'ok no-patch c.patch'];
    expect(lines(judgeWorld({ base: head, head, settings: yocto }))).toEqual(kept);
    const other = { ...link, text: 'patches/x.patch' } as const;
    const exempt = { ...yocto, exempt: { paths: ['ours/**'] } };
    const links = { 'a.patch': other, 'b.patch': { ...link, text: 'ours/x' } as const, 'c.patch': module };
    expect(lines(judgeWorld({ head: links, settings: exempt }))).toEqual(kept);
  });

  test('that could not be read is a gap, never a pass', () => {
    const large = {
      kind: 'file',
      oid: 'a',
      size: 9e9,
      mode: 'regular',
      binary: false,
      text: null,
      truncated: true,
    } as const;
    const result = judgeWorld({ head: { 'a.patch': large }, settings: yocto });
    expect(result.verdict.outcome).toBe('incomplete');
  });

  test('of the list that GitHub did not give in full is a gap', () => {
    const facts = { totals: { commits: 1, files: 2 } };
    expect(judgeWorld({ head: { 'a.patch': pending }, settings: yocto, facts }).verdict.outcome).toBe('incomplete');
    const unread = { files: null, totals: { commits: 1, files: 1 } };
    expect(judgeWorld({ settings: yocto, facts: unread }).verdict.outcome).toBe('incomplete');
  });
});

describe('a patch that was there before', () => {
  const silent = patchWith('');
  const fresh = (text: string) => text.replace('+b', '+c');

  test.each([
    ['a refresh keeps its status', pending, fresh(pending), {}, ['ok refreshed a.patch']],
    ['also where it never had one', silent, fresh(silent), {}, ['ok refreshed a.patch']],
    ['but the policy can have it judged', silent, fresh(silent), { refreshed: 'judge' }, ['error missing a.patch:4']],
    ['a status must not get lost', pending, fresh(silent), {}, ['error lost a.patch:4']],
    ['a new status is judged', pending, status('Denied [no]'), {}, ['ok stated a.patch:4']],
    ['and so is a worse one', pending, status('denied'), {}, ['error near-miss a.patch:4']],
  ])('%s', (_, before, after, more, expected) => {
    const world = { base: { 'a.patch': before }, head: { 'a.patch': after }, settings: { ...yocto, ...more } };
    expect(lines(judgeWorld(world))).toEqual(expected);
  });

  test.each([
    ['a rename needs nothing', silent, {}, ['ok renamed b.patch']],
    ['unless the policy says so', silent, { renamed: 'judge' }, ['error missing b.patch:4']],
    ['nor may it lose the status', pending, {}, ['error lost b.patch:4']],
  ])('%s', (_, before, more, expected) => {
    const result = judgeWorld({
      base: { 'a.patch': before },
      head: { 'b.patch': silent },
      renamed: { 'b.patch': 'a.patch' },
      settings: { ...yocto, ...more },
    });
    expect(lines(result)).toEqual(expected);
  });

  test('what was renamed to a patch was none before', () => {
    const world = { base: { 'a.txt': silent }, head: { 'a.patch': silent }, renamed: { 'a.patch': 'a.txt' } };
    expect(lines(judgeWorld({ ...world, settings: yocto }))).toEqual(['error missing a.patch:4']);
  });

  test('a deleted one says nothing', () => {
    const result = judgeWorld({ base: { 'a.patch': silent }, head: { 'a.patch': null }, settings: yocto });
    expect(result.verdict.outcome).toBe('not-applicable');
  });

  test('the baseline counts as it is on the base branch, and not as the pull request has it', () => {
    const settings = { ...yocto, baseline: 'list.txt' };
    const base = { 'list.txt': '# old ones\n./old.patch\n' };
    const head = { 'old.patch': silent, 'new.patch': silent, 'list.txt': 'old.patch\nnew.patch\n' };
    expect(lines(judgeWorld({ base, head, settings }))).toEqual(['ok baseline old.patch', 'error missing new.patch:4']);
  });

  test('a path that says the state is judged when it changes', () => {
    const settings = { preset: 'openwrt', verify: { commits: false, pullRequests: false } };
    const base = { 'target/linux/generic/hack-6.6/210-old.patch': silent };
    const head = { 'target/linux/generic/pending-6.6/210-old.patch': silent };
    const [to = '', from = ''] = [Object.keys(head)[0], Object.keys(base)[0]];
    expect(lines(judgeWorld({ base, head, renamed: { [to]: from }, settings }))).toEqual([`ok stated ${to}`]);
  });

  test.each([
    ['2026-08-24', '90d', []],
    ['2026-08-23', '90d', ['warning stale a.patch:4']],
  ])('one that has waited since %s, where the policy allows %s', (date, after, expected) => {
    const world = { base: { 'a.patch': pending }, head: { 'a.patch': fresh(pending) }, date };
    const result = judgeWorld({ ...world, settings: { ...yocto, stale: { pending: after } } });
    expect(lines(result).slice(1)).toEqual(expected);
    expect(result.verdict.outcome).toBe('pass');
  });
});

describe('a commit', () => {
  const quiet = { verify: { commits: false, pullRequests: false } };
  const commits = [
    commitBy(ada, 'UPSTREAM: <carry>: Keep our logo', { paths: ['logo.svg'] }),
    commitBy(ada, 'Change the docs', { paths: ['docs/a.md'] }),
  ];

  test('has to say it where the notation lives in commits', () => {
    const result = judgeWorld({ commits, settings: { preset: 'openshift', ...quiet } });
    expect(lines(result)).toEqual(['ok stated UPSTREAM: <carry>: Keep our logo', 'error missing Change the docs']);
    expect(result.verdict.remedies[0]?.paste).toContain('UPSTREAM: <carry>:');
  });

  test('gets the commands that change its message, also where it says something else than it should', () => {
    const settings = { preset: 'chromeos-kernel', ...quiet };
    const result = judgeWorld({ commits: [commitBy(ada, 'CHROMIUM: mend it', { paths: ['a.c'] })], settings });
    expect(result.verdict.remedies.map(({ text, paste }) => [plain(text), paste])).toEqual([
      [expect.stringContaining('`git rebase --interactive COMMIT~`'), undefined],
    ]);
  });

  test('has to where it touches the paths of the policy, or vendored code, and is exempt elsewhere', () => {
    const settings = { preset: 'openshift', vendor: ['docs/**'], exempt: { paths: ['docs/generated/**'] }, ...quiet };
    expect(lines(judgeWorld({ commits, settings }))).toEqual(['error missing Change the docs']);
    const generated = [commitBy(ada, 'Generate', { paths: ['docs/generated/x'] })];
    expect(judgeWorld({ commits: generated, settings }).verdict.outcome).toBe('not-applicable');
  });

  test('whose paths nobody knows is a gap where they matter', () => {
    const settings = { preset: 'openshift', commits: ['src/**'], ...quiet };
    const result = judgeWorld({ commits: [commitBy(ada, 'Change')], settings });
    expect(result.needs).toContainEqual({ fact: 'commit-paths', sha: shaOf(1) });
    expect(result.verdict.outcome).toBe('incomplete');
  });

  test('that merges others brings nothing of its own', () => {
    const merge = commitBy(ada, 'Merge', { parents: [shaOf(0), shaOf(9)] });
    expect(judgeWorld({ commits: [merge], settings: { preset: 'openshift', ...quiet } }).verdict.outcome).toBe(
      'not-applicable',
    );
  });

  describe('that merges others', () => {
    const vendored = { preset: 'openshift', vendor: ['vendor/**'], ...quiet };
    const everywhere = { preset: 'openshift', ...quiet };
    const merging = (subject: string, mergePaths: string[] | null | undefined, settings: object) => {
      const parents = [shaOf(0), shaOf(9)];
      return judgeWorld({
        commits: [commitBy(ada, subject, { parents, ...(mergePaths === undefined ? {} : { mergePaths }) })],
        settings,
      });
    };

    test.each([
      [
        'itself changes vendored code has to say it',
        'Merge',
        ['a', 'vendor/x'],
        vendored,
        ['error merge-changes Merge'],
      ],
      ['changes other files needs nothing', 'Merge', ['a'], vendored, []],
      [
        'says it is in order',
        'UPSTREAM: <carry>: Merge',
        ['vendor/x'],
        vendored,
        ['ok stated UPSTREAM: <carry>: Merge'],
      ],
      ['is too large to be looked into cannot be judged', 'Merge', null, vendored, ['gap unread Merge']],
      [
        'resolves a conflict is pointed out where every commit has to say it',
        'Merge',
        ['a'],
        everywhere,
        ['warning merge-changes Merge'],
      ],
      ['is too large is passed over there', 'Merge', null, everywhere, []],
    ] as const)('and %s', (_, subject, paths, settings, expected) => {
      expect(lines(merging(subject, paths === null ? null : [...paths], settings))).toEqual(expected);
    });

    test('is taken apart once', () => {
      const { needs } = merging('Merge', undefined, vendored);
      expect(needs.filter(({ fact }) => fact === 'merge-paths')).toEqual([
        { fact: 'merge-paths', sha: shaOf(1), parents: [shaOf(0), shaOf(9)] },
      ]);
    });

    test('is taken apart where there are not too many of them', () => {
      const parents = (index: number) => [shaOf(index), shaOf(900 + index)];
      const commits = Array.from({ length: 60 }, (_, index) => commitBy(ada, 'Merge', { parents: parents(index) }));
      const { needs } = judgeWorld({ commits, settings: vendored, mergePaths: [] });
      expect(needs.filter(({ fact }) => fact === 'merge-paths')).toHaveLength(50);
    });

    test('and that upstream has is not taken apart', () => {
      const remotes = { default: { repo: 'example-org/up', branch: 'main' } };
      const settings = { ...everywhere, commits: 'fork', remotes };
      const commits = [commitBy(ada, 'Merge', { parents: [shaOf(0), shaOf(9)] })];
      const needsOf = (carried: string[]) => judgeWorld({ commits, settings, carried }).needs.map(({ fact }) => fact);
      expect(needsOf([])).not.toContain('merge-paths');
      expect(needsOf([shaOf(1)])).toContain('merge-paths');
    });
  });

  test('of a fork has to say it, but not where upstream has it', () => {
    const remotes = { default: { repo: 'example-org/up', branch: 'main' } };
    const settings = { preset: 'openshift', commits: 'fork', remotes, ...quiet };
    const result = judgeWorld({ commits, settings, carried: [shaOf(2)] });
    expect(lines(result)).toEqual(['ok in-upstream UPSTREAM: <carry>: Keep our logo', 'error missing Change the docs']);
    expect(judgeWorld({ commits, settings, carried: null }).verdict.outcome).toBe('incomplete');
    expect(lines(judgeWorld({ commits, settings: { ...settings, remotes: {} } }))).toEqual(['error no-remote']);
  });

  test.each([
    ['2026-08-24', []],
    ['2026-08-23', ['warning stale UPSTREAM: 7: Mend it']],
    [null, []],
  ])('that was made on %s is pointed out after the 90 days of the policy', (authoredOn, expected) => {
    const waiting = [commitBy(ada, 'UPSTREAM: 7: Mend it', { authoredOn })];
    const result = judgeWorld({
      commits: waiting,
      settings: { preset: 'openshift', stale: { submitted: '90d' }, ...quiet },
    });
    expect(lines(result).slice(1)).toEqual(expected);
    expect(result.verdict.outcome).toBe('pass');
  });

  test('cannot pass where the policy has no notation for commits', () => {
    const result = judgeWorld({ commits, settings: { preset: 'yocto', vendor: ['docs/**'], ...quiet } });
    expect(lines(result)).toEqual(['error no-convention']);
  });

  test('can be spoken for by the description of the pull request', () => {
    const settings = { preset: 'scs', ...quiet };
    const body = 'Why.\n\nUpstream-Status: Inappropriate [our own logo]\n';
    expect(lines(judgeWorld({ commits: [commitBy(ada, 'Logo')], body, settings }))).toEqual(['ok stated Logo']);
    expect(lines(judgeWorld({ commits: [commitBy(ada, 'Logo')], settings }))).toEqual(['error missing Logo']);
  });

  test('that brings a patch speaks for it where the notation lives in commits', () => {
    const settings = { preset: 'scs', patches: ['patches/**'], ...quiet };
    const brings = [
      commitBy(ada, 'Carry it', { paths: ['patches/a.patch'] }),
      commitBy(ada, 'Other', { paths: ['b'] }),
    ];
    expect(lines(judgeWorld({ commits: brings, settings }))).toEqual(['error missing Carry it']);
  });
});

describe('notations', () => {
  test('can differ from path to path', () => {
    const preset = [{ paths: ['debian/**'], preset: 'dep3' }, { paths: ['meta/**'], preset: 'yocto' }, 'openshift'];
    const head = { 'debian/patches/a': patchWith('Forwarded: no'), 'meta/b.patch': patchWith('Forwarded: no') };
    const commits = [commitBy(ada, 'UPSTREAM: <carry>: Mend it', { paths: ['c'] })];
    const settings = { preset, verify: { commits: false, pullRequests: false } };
    expect(lines(judgeWorld({ head, commits, settings }))).toEqual([
      'warning no-evidence debian/patches/a:4',
      'ok stated debian/patches/a:4',
      'error missing meta/b.patch:5',
      'ok stated UPSTREAM: <carry>: Mend it',
    ]);
  });

  test('can be the project’s own', () => {
    const marks = [{ state: 'submitted', trailer: 'Sent-to', requires: ['url'], write: 'Sent-to: URL' }];
    const custom = { in: 'commit', documentation: 'https://example.org/patches', marks };
    const commits = [commitBy(ada, 'One\n\nSent-to: https://lists.example.org/1'), commitBy(ada, 'Two')];
    const result = judgeWorld({
      commits,
      settings: { preset: 'custom', custom, verify: { pullRequests: false, commits: false } },
    });
    expect(lines(result)).toEqual(['ok stated One', 'error missing Two']);
    expect(result.verdict.remedies[0]?.paste).toBe('Sent-to: URL');
  });
});

test('a branch that is exempt asks nothing', () => {
  const settings = { ...yocto, exempt: { branches: ['ma*'] } };
  const result = judgeWorld({ head: { 'a.patch': '' }, settings });
  expect([result.needs, result.verdict.outcome]).toEqual([[], 'not-applicable']);
});
