// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { botOf, commitBy, contributionOf, shaOf, userOf } from '../helpers/contribution.ts';
import {
  at,
  comment,
  contribution,
  decide,
  head,
  judgement,
  maintainer,
  onCommit,
  onFile,
  outcome,
  person,
  reader,
  replies,
  run,
  runMark,
  type Scene,
  scene,
  writer,
} from './conversation.ts';

const override = '/override dco because the employer confirmed';
const alone = (one: ReturnType<typeof comment>, more: Scene = {}) => outcome(scene({ comments: [one], ...more }));

describe('An override', () => {
  test('by a maintainer with a reason lets the check pass', () => {
    expect(alone(comment(override))).toEqual({ passes: true, all: ['granted mia'] });
  });

  test('keeps who, why, where and when', () => {
    const one = comment(override);
    expect(decide(scene({ comments: [one] })).perCheck.get('dco')?.granted).toEqual([
      {
        check: 'dco',
        by: 'mia',
        reason: 'the employer confirmed',
        url: one.url,
        comment: one.id,
        scope: null,
        at: at(20),
        named: true,
        only: null,
      },
    ]);
  });

  test.each(['dco', 'DCO', 'Dco', '"DCO"', 'all', 'dco, dco', 'dco, DCO'])('may name its check as %s', (name) => {
    expect(alone(comment(`/override ${name} because so`))).toEqual({ passes: true, all: ['granted mia'] });
  });

  test('may name its check by the check run’s own name', () => {
    const judgements = [judgement([onCommit(shaOf(1))], 'dco', 'Sign-off, please')];
    const runs = [run(10, { name: 'Sign-off, please' })];
    const one = comment('/override "sign-off, PLEASE" because so');
    expect(alone(one, { judgements, runs })).toMatchObject({ passes: true });
  });

  test.each(['review', 'review-comment'] as const)('may be written in a %s of the present head', (kind) => {
    expect(alone(comment(override, { kind, subjectHead: head }))).toMatchObject({ passes: true });
  });

  test('changes the verdict of no other check', () => {
    const judgements = [judgement([onCommit(shaOf(1))]), judgement([onCommit(shaOf(1))], 'license')];
    const question = scene({ comments: [comment(override)], judgements });
    expect(outcome(question, 'dco').passes).toBe(true);
    expect(outcome(question, 'license')).toEqual({ passes: false, all: [] });
  });

  test('of several checks on several lines is several overrides', () => {
    const judgements = [judgement([onCommit(shaOf(1))]), judgement([onCommit(shaOf(1))], 'license')];
    const question = scene({ comments: [comment(`${override}\n/override license because so`)], judgements });
    expect(['dco', 'license'].map((check) => outcome(question, check).passes)).toEqual([true, true]);
  });

  test('of a check that passes by itself is not needed, and one reply says so', () => {
    const passing = [judgement([]), judgement([], 'license')];
    const decided = (body: string, acknowledged = false) =>
      decide(scene({ comments: [comment(body, { acknowledged })], judgements: passing }));
    const decisions = decided(override);
    expect([decisions.perCheck.size, decisions.acknowledged]).toEqual([0, []]);
    expect(replies(decisions)).toEqual(['There is nothing to override in `dco`: it passes.']);
    expect(replies(decided('/override all because so'))).toEqual([
      'There is nothing to override in `dco`, `license`: they pass.',
    ]);
    expect(replies(decided('/override-cancel'))).toEqual([]);
    // It was of use, and passes since.
    expect(replies(decided(override, true))).toEqual([]);
  });

  test('needs no reason where the policy says so, for that check alone', () => {
    const judgements = [judgement([onCommit(shaOf(1))]), judgement([onCommit(shaOf(1))], 'license')];
    const policy = 'overrides: {checks: {dco: {reason: optional}}}';
    expect(alone(comment('/override dco'), { judgements, policy }).passes).toBe(true);
    const other = scene({ comments: [comment('/override license')], judgements, policy });
    expect(outcome(other, 'license')).toEqual({ passes: false, all: [] });
    expect(replies(decide(other))[0]).toContain('an override of `license` needs a reason');
  });
});

describe('Nothing at all is changed, and a reply says what is understood,', () => {
  const bad: [string, string, string][] = [
    ['where the reason is missing', '/override dco', 'Line 1: an override of `dco` needs a reason.'],
    ['where the reason is empty', '/override dco because  ', 'Line 1: an override of `dco` needs a reason.'],
    ['where nobody can see the reason', '/override dco because \u200b', 'needs a reason.'],
    ['for an unknown name', '/override foo because so', 'There is no check `foo` here.'],
    ['for a name with a slip', '/override dcoo because so', 'There is no check `dcoo` here. Did you mean `dco`?'],
    ['for one unknown name among others', '/override dco, foo because so', 'There is no check `foo` here.'],
    ['for a slip in another line', `${override}\n/override foo because so`, 'Line 2: There is no check `foo` here.'],
    ['for a cancellation with a slip', `${override}\n/override-cancel foo`, 'Line 2: There is no check `foo` here.'],
    ['for a name with control characters', '/override d\u0007co because so', 'There is no check `d\u0007co` here.'],
    ['for an empty name', '/override "" because so', 'There is no check `` here.'],
    ['for `all` in quotes', '/override "all" because so', 'There is no check `all` here.'],
    ['for the check of the policy', '/override policy because so', 'a broken policy has to be mended'],
    ['for too many commands', `${override}\n`.repeat(21), 'There are more than 20 commands in the comment.'],
    ['for a doubtful line', `> quote\n${override}`, 'it directly follows a quote'],
    ['for two checks of one name', '/override twin because so', '`twin` could be `twin` or `dco`.'],
  ];

  test.each(bad)('%s', (_, body, words) => {
    const judgements = [
      judgement([onCommit(shaOf(1))], 'twin', 'Other'),
      judgement([onCommit(shaOf(1))], 'dco', body.includes('twin') ? 'Twin' : 'DCO'),
      judgement([], 'policy', 'Policy'),
    ];
    const runs = ['DCO', 'Twin', 'Other'].map((name) => run(10, { name }));
    const one = comment(body);
    const question = scene({ comments: [one], judgements, runs });
    const decisions = decide(question);
    expect(outcome(question)).toEqual({ passes: false, all: [] });
    expect(decisions.acknowledged).toEqual([]);
    expect(decisions.replies.map(({ to }) => to)).toEqual([one]);
    expect(replies(decisions)[0]).toContain(words);
    expect(replies(decisions)[0]).toContain('Nothing was changed.');
    expect(replies(decisions)[0]).toContain('CHECK is one or more of `twin` (`Other`), `dco`');
  });

  test('once for each comment, however much is wrong in it', () => {
    const body = '/override foo because so\n/override bar because so\n/override dco';
    expect(decide(scene({ comments: [comment(body)] })).replies).toHaveLength(1);
  });

  test('but what is a bot’s is not answered', () => {
    const one = comment('/override foo because so', { author: botOf('robot[bot]') });
    expect(decide(scene({ comments: [one] })).replies).toEqual([]);
  });

  test('and what was written before our checks were there is not answered', () => {
    expect(decide(scene({ comments: [comment('/override foo because so', { second: 9 })] })).replies).toEqual([]);
  });
});

describe('Who may', () => {
  const cases: [string, Scene & { by?: string }, string][] = [
    ['a role that the policy does not name', { by: 'wim' }, 'refused wim not-allowed'],
    ['a reader', { by: 'rob' }, 'refused rob not-allowed'],
    [
      'somebody who has no role',
      { permissions: { mia: { role: 'none', canPush: false, teams: [] } } },
      'refused mia not-allowed',
    ],
    ['somebody who lost the role', { permissions: { mia: writer } }, 'refused mia not-allowed'],
    ['somebody who was not asked about', { permissions: {} }, 'refused mia unknown-permission'],
    [
      'a role that could not be read',
      { permissions: { mia: { role: null, canPush: false, teams: [] } } },
      'refused mia unknown-permission',
    ],
    [
      'a team that could not be read',
      {
        permissions: { mia: { role: 'write', canPush: true, teams: null } },
        policy: 'overrides: {teams: [org/legal]}',
      },
      'refused mia unknown-permission',
    ],
    [
      'a role, though a team could not be read',
      { permissions: { mia: { ...maintainer, teams: null } }, policy: 'overrides: {teams: [org/legal]}' },
      'granted mia',
    ],
    ['a role in another case', { permissions: { mia: { ...maintainer, role: 'Maintain' } } }, 'granted mia'],
    ['a role that the policy names', { by: 'wim', policy: 'overrides: {roles: [write]}' }, 'granted wim'],
    [
      'a higher role that the policy does not name',
      { policy: 'overrides: {roles: [write]}' },
      'refused mia not-allowed',
    ],
    [
      'a custom role',
      { policy: 'overrides: {roles: [security lead]}', permissions: { mia: { ...writer, role: 'security lead' } } },
      'granted mia',
    ],
    [
      'a member of a team',
      {
        by: 'rob',
        policy: 'overrides: {teams: [org/legal]}',
        permissions: { rob: { ...reader, teams: ['Org/Legal'] } },
      },
      'granted rob',
    ],
    [
      'a member of another team',
      {
        by: 'rob',
        policy: 'overrides: {teams: [org/legal]}',
        permissions: { rob: { ...reader, teams: ['org/other'] } },
      },
      'refused rob not-allowed',
    ],
    ['a user by name, in any case', { by: 'Rob', policy: 'overrides: {users: [rOB]}', permissions: {} }, 'granted Rob'],
    ['nobody', { policy: 'overrides: {roles: []}' }, 'refused mia not-allowed'],
    ['those named for this check', { by: 'rob', policy: 'overrides: {checks: {dco: {users: [rob]}}}' }, 'granted rob'],
    [
      'only those named for this check',
      { policy: 'overrides: {checks: {dco: {roles: [], users: [rob]}}}' },
      'refused mia not-allowed',
    ],
    [
      'a login that is also a property of every object',
      { by: 'constructor', permissions: {} },
      'refused constructor unknown-permission',
    ],
  ];
  test.each(cases)('%s', (_, { by, ...more }, expected) => {
    expect(alone(comment(override, { by: by ?? 'mia' }), more)).toEqual({
      passes: expected.startsWith('granted'),
      all: [expected],
    });
  });

  test('whoever may not is told so, with who may', () => {
    const policy = 'overrides: {teams: [org/legal], users: [max], CODEOWNERS: true}';
    expect(replies(decide(scene({ comments: [comment(override, { by: 'wim' })], policy })))).toEqual([
      '`dco` is not overridden. `wim` may not override this check. The policy lets those with the role `maintain` or `admin`, members of `org/legal`, `max` or the code owners of every affected path do it.',
    ]);
  });

  test('for each check by itself, in one reply', () => {
    const judgements = [judgement([onCommit(shaOf(1))]), judgement([onCommit(shaOf(1))], 'license')];
    const policy = 'overrides: {checks: {dco: {roles: [write]}}}';
    const question = scene({ comments: [comment('/override all because so', { by: 'wim' })], judgements, policy });
    expect([outcome(question, 'dco').passes, outcome(question, 'license').passes]).toEqual([true, false]);
    expect(replies(decide(question))).toEqual([expect.stringMatching(/^`license` is not overridden/)]);
  });
});

describe('Never', () => {
  test('a bot, not even one that the policy names', () => {
    const policy = 'overrides: {users: ["robot[bot]"]}';
    const question = scene({ comments: [comment(override, { author: botOf('robot[bot]') })], policy });
    expect(outcome(question)).toEqual({ passes: false, all: ['refused robot[bot] bot'] });
    expect(decide(question).replies).toEqual([]);
  });

  test('somebody whose account is gone', () => {
    expect(alone(comment(override, { author: null }))).toEqual({ passes: false, all: [] });
  });

  test('whoever opened the pull request, in whatever case of the login', () => {
    const permissions = { ada: maintainer };
    expect(alone(comment(override, { by: 'ADA' }), { permissions })).toEqual({
      passes: false,
      all: ['refused ADA own'],
    });
  });

  const makers: [string, Parameters<typeof commitBy>[2]][] = [
    ['an author in it', { authorAccount: userOf('Mia') }],
    ['a committer in it', { committerAccount: userOf('MIA') }],
    ['an author by no-reply address', { author: { name: 'M', email: '123+Mia@users.noreply.github.com' } }],
    [
      'a committer by no-reply address without an id',
      { committer: { name: 'M', email: 'mia@users.noreply.git.example.org' } },
    ],
  ];
  test.each(makers)('%s', (_, maker) => {
    const facts = contributionOf([commitBy(person, 'First', maker), commitBy(person, 'Second')]);
    expect(alone(comment(override), { contribution: facts })).toEqual({ passes: false, all: ['refused mia own'] });
  });

  test('a co-author in it', () => {
    expect(alone(comment(override), { coAuthors: ['Mia'] })).toEqual({ passes: false, all: ['refused mia own'] });
  });

  test('unless the policy allows it', () => {
    expect(alone(comment(override, { by: 'ada' }), { policy: 'overrides: {allowOwn: true}' }).passes).toBe(true);
  });

  test('anybody while the list of commits has gaps, since it may be theirs', () => {
    const facts = { ...contribution, totals: { commits: 3, files: null } };
    expect(alone(comment(override), { contribution: facts })).toEqual({ passes: false, all: ['refused mia unread'] });
    const policy = 'overrides: {allowOwn: true}';
    expect(alone(comment(override), { contribution: facts, policy }).passes).toBe(true);
  });

  test('anybody while a commit’s author could not be read', () => {
    const facts = contributionOf([commitBy(person, 'First', { author: null }), commitBy(person, 'Second')]);
    expect(alone(comment(override), { contribution: facts }).all).toEqual(['refused mia unread']);
  });

  test('anybody while comments are missing, since one may take it back', () => {
    expect(alone(comment(override), { totalComments: 2 })).toEqual({ passes: false, all: ['refused mia unread'] });
  });

  test('anybody while the policy is broken', () => {
    const question = scene({ comments: [comment(override)], policy: null });
    expect(outcome(question)).toEqual({ passes: false, all: ['refused mia no-policy'] });
    expect(replies(decide(question))[0]).toContain('The policy is broken');
  });
});

describe('An override that was seen by others than its writer', () => {
  test('grants nothing once it is edited, by whomever', () => {
    const question = scene({ comments: [comment(override, { edited: true })] });
    expect(outcome(question)).toEqual({ passes: false, all: ['refused mia edited'] });
    expect(replies(decide(question))[0]).toContain('Write a new one.');
  });

  test('is withdrawn when it is hidden, without a word', () => {
    const question = scene({ comments: [comment(override, { minimised: true })] });
    expect(outcome(question)).toEqual({ passes: false, all: ['withdrawn mia hidden'] });
    expect(decide(question).replies).toEqual([]);
  });
});

describe('An override and a cancellation:', () => {
  const cancel = '/override-cancel dco';
  const cases: [string, readonly ReturnType<typeof comment>[], boolean][] = [
    ['cancelled by the same person', [comment(override), comment(cancel, { second: 30 })], false],
    ['cancelled by another', [comment(override), comment(cancel, { second: 30, by: 'max' })], false],
    ['all cancelled', [comment(override), comment('/override-cancel', { second: 30, by: 'max' })], false],
    ['cancelled, then overridden', [comment(cancel), comment(override, { second: 30 })], true],
    [
      'overridden, cancelled, overridden by the other',
      [comment(override), comment(cancel, { second: 30 }), comment(override, { second: 40, by: 'max' })],
      true,
    ],
    [
      'in any order of the list',
      [comment(override, { second: 40 }), comment(override), comment(cancel, { second: 30 })],
      true,
    ],
    ['cancelled within the second', [comment(override), comment(cancel, { by: 'max' })], false],
    ['cancelled and then overridden in one comment', [comment(`${cancel}\n${override}`)], true],
    ['overridden and then cancelled in one comment', [comment(`${override}\n${cancel}`)], false],
    [
      'one comment that does both, and a cancellation before',
      [comment(cancel, { second: 15 }), comment(`${cancel}\n${override}`)],
      true,
    ],
    ['cancelled by somebody who may not', [comment(override), comment(cancel, { second: 30, by: 'wim' })], true],
    ['cancelled by a bot', [comment(override), comment(cancel, { second: 30, author: botOf('robot[bot]') })], true],
    [
      'cancelled by the author of the pull request, who may',
      [comment(override), comment(cancel, { second: 30, by: 'ada' })],
      false,
    ],
    [
      'cancelled by somebody unknown, for safety',
      [comment(override), comment(cancel, { second: 30, by: 'zoe' })],
      false,
    ],
    [
      'cancelled in an edited comment, for safety',
      [comment(override), comment(cancel, { second: 30, edited: true })],
      false,
    ],
    ['cancelled in a hidden comment', [comment(override), comment(cancel, { second: 30, minimised: true })], true],
    [
      'cancelled in a comment of an older head',
      [comment(override), comment(cancel, { kind: 'review', second: 30, subjectHead: shaOf(1) })],
      false,
    ],
    ['another check cancelled', [comment(override), comment('/override-cancel license', { second: 30 })], true],
    [
      'cancelled in a review drafted before and published after',
      [comment(override), comment(cancel, { createdAt: at(15), publishedAt: at(30) })],
      false,
    ],
    [
      'overridden in a review drafted before and published after',
      [comment(cancel), comment(override, { createdAt: at(15), publishedAt: at(30) })],
      false,
    ],
  ];
  test.each(cases)('%s', (_, comments, passes) => {
    const judgements = [judgement([onCommit(shaOf(1))]), judgement([onCommit(shaOf(1))], 'license')];
    expect(outcome(scene({ comments, judgements })).passes).toBe(passes);
  });

  test('the one that is withdrawn says by whom, and the other one is acknowledged', () => {
    const [first, second] = [comment(override), comment(cancel, { second: 30, by: 'max' })];
    const decisions = decide(scene({ comments: [first, second] }));
    expect(decisions.perCheck.get('dco')?.withdrawn).toMatchObject([{ by: 'mia', code: 'cancelled' }]);
    expect(decisions.acknowledged).toEqual([second]);
    expect(decisions.replies).toEqual([]);
  });

  test('who may not cancel is told', () => {
    const decisions = decide(scene({ comments: [comment(override), comment(cancel, { by: 'wim' })] }));
    expect(replies(decisions)).toEqual([expect.stringContaining('`dco` stays as it is. `wim` may not')]);
  });

  test('those of several people add up', () => {
    const comments = [
      comment(`/override dco for ${shaOf(1).slice(0, 7)} because so`),
      comment(`/override dco for ${shaOf(2).slice(0, 7)} because so`, { by: 'max' }),
    ];
    expect(outcome(scene({ comments }))).toEqual({ passes: true, all: ['granted mia', 'granted max'] });
  });
});

describe('A part of a check', () => {
  const short = (position: number, length = 7) => shaOf(position).slice(0, length);
  const judgements = [judgement([onCommit(shaOf(1)), onFile('vendor/zlib/a.c'), onFile('src/b.c')])];
  const effectOf = (body: string, more: Scene = {}) => {
    const question = scene({ comments: [comment(body)], judgements, ...more });
    const decision = decide(question).perCheck.get('dco');
    return [outcome(question).all[0], decision?.granted[0]?.scope ?? null, outcome(question).passes];
  };

  test.each<[string, string, string, object | null]>([
    ['a path', 'vendor/zlib/**', 'granted mia', { path: 'vendor/zlib/**' }],
    ['a path where nothing is', 'docs/**', 'granted mia', { path: 'docs/**' }],
    ['a commit', short(1), 'granted mia', { commit: shaOf(1) }],
    ['a whole commit', shaOf(1), 'granted mia', { commit: shaOf(1) }],
    ['a commit that is not here', 'fffffff', 'refused mia scope', null],
  ])('can be %s, and the rest still fails', (_, scope, first, resolved) => {
    expect(effectOf(`/override dco for ${scope} because so`)).toEqual([first, resolved, false]);
  });

  test.each([
    ['all of its paths', [onFile('vendor/a'), onFile('vendor/b/c')], 'vendor/**', true],
    ['one of its paths', [onFile('vendor/a'), onFile('vendor/b/c')], 'vendor/a', false],
    ['what is in a directory, and the directory itself', [onFile('lib/z'), onFile('lib/z/a.c')], 'lib/z/**', true],
    ['the same, written shorter', [onFile('lib/z'), onFile('lib/z/a.c')], 'lib/z/', true],
    ['a directory, where one is about the one above', [onFile('lib'), onFile('lib/z/a.c')], 'lib/z/**', false],
    ['a path that is the beginning of another', [onFile('vendor/ab')], 'vendor/a', false],
    ['its only commit', [onCommit(shaOf(1))], short(1), true],
    ['one of its commits', [onCommit(shaOf(1)), onCommit(shaOf(2))], short(1), false],
    ['paths, where a finding is about a commit', [onCommit(shaOf(1))], '**', false],
    [
      'a commit, where a finding is about the whole',
      [onCommit(shaOf(1)), { ...onCommit(shaOf(1)), at: null }],
      short(1),
      false,
    ],
  ])('%s', (_, findings, scope, passes) => {
    expect(effectOf(`/override dco for ${scope} because so`, { judgements: [judgement(findings)] })[2]).toBe(passes);
  });

  test('is refused where several commits begin so, or where commits are missing', () => {
    const twins = ['1234567a', '1234567b'].map((start) => start.padEnd(40, '0'));
    const facts = contributionOf(twins.map((sha) => ({ ...commitBy(person, 'Same'), sha })));
    const runs = [run(10, { headSha: facts.head.sha })];
    const body = '/override dco for 1234567 because so';
    expect(effectOf(body, { contribution: facts, runs })[0]).toBe('refused mia scope');
    expect(effectOf('/override dco for 1234567a because so', { contribution: facts, runs })[0]).toBe('granted mia');
    const missing = { ...contribution, totals: { commits: 3, files: null } };
    const policy = 'overrides: {allowOwn: true}';
    expect(effectOf(`/override dco for ${short(1)} because so`, { contribution: missing, policy })[0]).toBe(
      'refused mia scope',
    );
  });
});

describe('What could not be judged', () => {
  const judgements = [judgement([{ ...onCommit(shaOf(1), 'gap'), at: null }, onCommit(shaOf(2))])];
  test.each([
    ['is overridden by its name', '/override dco because so', true],
    ['is not overridden by `all`', '/override all because so', false],
    ['is not overridden by a path', '/override dco for ** because so', false],
    ['is not overridden by another commit', `/override dco for ${shaOf(2)} because so`, false],
  ])('%s', (_, body, passes) => {
    expect(alone(comment(body), { judgements }).passes).toBe(passes);
  });

  test('is not overridden where no finding tells what is missing', () => {
    const [judged] = judgements;
    const blank = [{ ...judgement([]), verdict: { ...judgement([]).verdict, outcome: 'incomplete' as const } }];
    expect(judged).toBeDefined();
    expect(alone(comment(override), { judgements: blank }).passes).toBe(false);
  });
});

describe('What its writer could see', () => {
  const cases: [string, Scene, Parameters<typeof comment>[1], string][] = [
    ['a comment after the first result', {}, { second: 11 }, 'granted mia'],
    ['a comment in the same second', {}, { second: 10 }, 'lapsed mia unseen'],
    ['a comment before it', {}, { second: 9 }, 'lapsed mia unseen'],
    ['a comment between the first result and a newer one', { runs: [run(30), run(10)] }, {}, 'granted mia'],
    ['no result yet', { runs: [] }, {}, 'lapsed mia unseen'],
    ['a result of another check only', { runs: [run(10, { name: 'LICENSE' })] }, {}, 'lapsed mia unseen'],
    ['a result on another head only', { runs: [run(10, { headSha: shaOf(1) })] }, {}, 'lapsed mia unseen'],
    [
      'a result for another pull request with this head',
      { runs: [run(10, { mark: '13' }), run(30)] },
      {},
      'lapsed mia unseen',
    ],
    ['a result for a merge queue', { runs: [run(10, { mark: 'queue' })] }, {}, 'lapsed mia unseen'],
    ['a result without a mark', { runs: [run(10, { mark: null })] }, {}, 'lapsed mia unseen'],
    ['a result of unknown age', { runs: [run(10, { startedAt: null })] }, {}, 'lapsed mia unseen'],
    ['a review of the head', {}, { kind: 'review', subjectHead: head }, 'granted mia'],
    ['a review of an older commit', {}, { kind: 'review', subjectHead: shaOf(1) }, 'lapsed mia older-head'],
    [
      'an inline comment that was made on an older commit',
      {},
      { kind: 'review-comment', subjectHead: shaOf(1) },
      'lapsed mia older-head',
    ],
    [
      'a review that was begun before the result',
      {},
      { kind: 'review', subjectHead: head, createdAt: at(5), publishedAt: at(30) },
      'lapsed mia unseen',
    ],
  ];
  test.each(cases)('%s', (_, more, written, expected) => {
    expect(alone(comment(override, written), more)).toEqual({
      passes: expected.startsWith('granted'),
      all: [expected],
    });
  });

  test('what lapsed is neither answered nor acknowledged', () => {
    const decisions = decide(scene({ comments: [comment(override, { second: 9 })] }));
    expect([decisions.replies, decisions.acknowledged]).toEqual([[], []]);
  });

  test('what somebody wrote who may not is not listed when it lapses', () => {
    expect(alone(comment(override, { second: 9, by: 'wim' })).all).toEqual([]);
  });

  describe('is counted anew after a move', () => {
    const forced = [{ kind: 'force-push', id: 'HRFPE_1' }] as const;
    const based = [{ kind: 'base', id: 'BRCE_1' }] as const;
    test.each([
      ['a force-push', forced],
      ['another base', based],
      ['both', [...forced, ...based]],
    ])('%s', (_, moves) => {
      const mark = runMark(12, moves);
      expect(alone(comment(override), { moves }).all).toEqual(['lapsed mia unseen']);
      // Also where a look that was taken before the move posted its result after it.
      expect(alone(comment(override), { moves, runs: [run(16)] }).all).toEqual(['lapsed mia unseen']);
      expect(alone(comment(override), { moves, runs: [run(10), run(16, { mark })] }).all).toEqual(['granted mia']);
      expect(alone(comment(override), { moves, runs: [run(10), run(25, { mark })] }).all).toEqual([
        'lapsed mia unseen',
      ]);
    });

    test('of which the order in which GitHub tells them does not matter', () => {
      expect(runMark(12, [...based, ...forced])).toBe(runMark(12, [...forced, ...based]));
      expect(new Set([[], forced, based, [...forced, ...based]].map((moves) => runMark(12, moves))).size).toBe(4);
    });
  });
});

describe('A reaction', () => {
  test.each([
    ['an override', override, true],
    ['a cancellation', '/override-cancel', true],
    ['/recheck', '/recheck', true],
    ['/policy', '/policy', true],
    ['prose', 'Thank you', false],
    ['a slip', '/override foo because so', false],
  ])('acknowledges %s: %s', (_, body, expected) => {
    const one = comment(body);
    expect(decide(scene({ comments: [one] })).acknowledged).toEqual(expected ? [one] : []);
  });

  test.each([
    ['an override that is refused', comment(override, { by: 'wim' })],
    ['a bot', comment('/recheck', { author: botOf('robot[bot]') })],
    ['what is hidden', comment('/recheck', { minimised: true })],
    ['what is our own', comment('/recheck', { own: true })],
    ['what is older than our checks', comment('/recheck', { second: 9 })],
  ])('does not acknowledge %s', (_, one) => {
    expect(decide(scene({ comments: [one] })).acknowledged).toEqual([]);
  });
});
