// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Line } from '../../src/ledger/ledger.ts';
import { readLedger } from '../../src/ledger/sqlite.ts';
import type { Fault } from '../simulator/faults.ts';
import type { Comment } from '../simulator/state/model.ts';
import { type Base, type OverrideStage, startOverrideStage } from './overrides-stage.ts';
import { ada, ben, commitOf } from './stage.ts';

let stage: OverrideStage;
beforeAll(async () => {
  stage = await startOverrideStage();
});
afterEach(() => {
  expect(stage.simulator.violations.list).toEqual([]);
  stage.simulator.faults.clear();
});
afterAll(() => stage.close());

const override = '/override dco because the author has left';

function acknowledged({ reactions }: Comment): boolean {
  return reactions.some(({ content, author }) => content === 'THUMBS_UP' && author === stage.simulator.app.bot);
}

/** What the ledger tells of a pull request, or of what is none (null). */
async function linesOf(number: number | null): Promise<Line[]> {
  const ledger = readLedger(stage.data);
  const lines: Line[] = [];
  for await (const line of ledger.lines(null)) if (line.pullRequest === number) lines.push(line);
  await ledger.close();
  return lines;
}

async function comment(by: string, body: string, base?: Base) {
  const pullRequest = await stage.held(base);
  expect(pullRequest.dco()).toBe(base === 'broken' ? 'FAILURE' : 'ACTION_REQUIRED');
  const said = (await pullRequest.say(by, body)) as Comment;
  return { pullRequest, said };
}

describe('A maintainer overrides with', () => {
  test.each([
    ['a plain command', override],
    ['any case', '/OVERRIDE Dco BECAUSE the author has left'],
    ['prose around it, and CRLF', 'Thanks!\r\n\r\n/override dco because confirmed by mail\r\n\r\nBye'],
    ['blanks at the end', `${override}  \t`],
    ['the check run’s own name', '/override "DCO" because the author has left'],
    ['all', '/override all because the release cannot wait'],
    ['the same name twice', '/override dco, DCO because twice is once'],
    ['the same in two lines', `${override}\n/override dco because I said so`],
    ['a reason with Markdown, mentions and HTML', '/override dco because **@everyone** <img src=x> [a](javascript:b)'],
    ['a very long reason', `/override dco because ${'long '.repeat(2_000)}`],
    ['sixty kilobytes of prose before it', `${'Words and words.\n'.repeat(3_700)}\n${override}`],
    ['a fence that is closed before', `\`\`\`\n/override dco\n\`\`\`\n\n${override}`],
    ['a recheck beside it', `${override}\n/recheck`],
  ])('%s', async (_, body) => {
    const { pullRequest, said } = await comment('mia', body);
    expect(pullRequest.dco()).toBe('SUCCESS');
    expect(pullRequest.check('DCO')?.title).toContain('mia');
    expect(acknowledged(said)).toBe(true);
    expect(pullRequest.replies()).toEqual([]);
    expect(pullRequest.view().mergeable).toBe(true);
  });
});

describe('Nothing is changed, and nobody is answered, by a command', () => {
  test.each([
    ['in a code fence', `\`\`\`\n${override}\n\`\`\``],
    ['in a quotation', `> ${override}`],
    ['that is indented', `    ${override}`],
    ['within a sentence', `Shall I say ${override}?`],
    ['in an HTML comment', `<!--\n${override}\n-->`],
    ['of another App', '/overrides dco because of a typo'],
    ['that is a path', '/override/notes.md is worth reading'],
  ])('%s', async (_, body) => {
    const { pullRequest, said } = await comment('mia', body);
    expect(pullRequest.dco()).toBe('ACTION_REQUIRED');
    expect(pullRequest.replies()).toEqual([]);
    expect(acknowledged(said)).toBe(false);
  });
});

describe('Nothing is changed, and one reply says why, where a command', () => {
  test.each([
    ['has no reason', '/override dco'],
    ['has a reason that nobody can read', '/override dco because \u200b'],
    ['names nothing', '/override'],
    ['names no check that is there', '/override legal because approved'],
    ['names one check that is there and one that is not', '/override dco, legal because approved'],
    ['stands beside one that cannot be understood', `${override}\n/override legal because approved`],
    ['has control characters in a name', '/override d\u0007co because approved'],
    ['never closes a quotation mark', '/override "DCO because approved'],
    ['names a commit that is not here', '/override dco for 1234567 because approved'],
    ['is one of thousands', `${override}\n`.repeat(1_200)],
    ['names the check of the policy', '/override policy because approved'],
  ])('%s', async (_, body) => {
    const { pullRequest, said } = await comment('mia', body);
    expect(pullRequest.dco()).toBe('ACTION_REQUIRED');
    expect(pullRequest.replies()).toHaveLength(1);
    expect(acknowledged(said)).toBe(false);
    await pullRequest.recheck();
    expect(pullRequest.replies()).toHaveLength(1);
  });
});

describe('Whether somebody may is for GitHub and the policy to say:', () => {
  test.each<[string, string, Base, boolean]>([
    ['somebody with the role maintain', 'mia', 'main', true],
    ['an administrator', 'ben', 'main', true],
    ['not somebody with write', 'wil', 'main', false],
    ['nor with triage', 'tom', 'main', false],
    ['nor with read', 'rob', 'main', false],
    ['nor a stranger', 'zoe', 'main', false],
    ['nor a member of the organisation', 'olga', 'main', false],
    ['nor a bot, whatever its role', 'robot', 'main', false],
    ['nor the author, whatever their role', 'ada', 'main', false],
    ['the author where the policy lets them', 'ada', 'lenient', true],
    ['a member of a team that the policy names', 'lea', 'narrow', true],
    ['a user that it names, in any case', 'nia', 'narrow', true],
    ['not an administrator where it names others', 'ben', 'narrow', false],
    ['an owner of the code who can push', 'wil', 'owned', true],
    ['not one who cannot', 'rob', 'owned', false],
    ['nor who owns nothing', 'mia', 'owned', false],
    ['somebody with a role that the policy names for this check', 'wil', 'perCheck', true],
    ['not one that it leaves out for it', 'mia', 'perCheck', false],
    ['nobody where the policy is broken', 'mia', 'broken', false],
  ])('%s', async (_, by, base, may) => {
    const { pullRequest, said } = await comment(by, override, base);
    expect(pullRequest.dco() === 'SUCCESS').toBe(may);
    expect(acknowledged(said)).toBe(may);
    expect(pullRequest.replies()).toHaveLength(may || by === 'robot' ? 0 : 1);
  });

  test('not the author of a single commit, nor a co-author', async () => {
    const coAuthored = { ...commitOf(ada, 'Together', { signed: false }) };
    const message = `Together\n\nCo-authored-by: ${ben.name} <${ben.email}>\n`;
    for (const commit of [commitOf(ben, 'Mine', { signed: false }), { ...coAuthored, message }]) {
      const pullRequest = await stage.held('main', commit);
      await pullRequest.say('ben', override);
      expect(pullRequest.dco()).toBe('ACTION_REQUIRED');
      expect(pullRequest.replies()).toHaveLength(1);
    }
  });

  test('somebody who lost the role loses the override, and has it again with the role', async () => {
    const { pullRequest } = await comment('mia', override);
    expect(pullRequest.dco()).toBe('SUCCESS');
    stage.repository.collaborator('mia', 'write');
    await pullRequest.recheck();
    expect(pullRequest.dco()).toBe('ACTION_REQUIRED');
    stage.repository.collaborator('mia', 'maintain');
    await pullRequest.recheck();
    expect(pullRequest.dco()).toBe('SUCCESS');
  });

  test.each([
    ['a permission', 'main', '/collaborators/'],
    ['a team', 'narrow', '/memberships/'],
  ] as const)('nobody while %s cannot be read, until it can', async (_, base, path) => {
    const pullRequest = await stage.held(base);
    const when = (request: { readonly path: string }) => request.path.includes(path);
    stage.simulator.faults.add({ kind: 'status', status: 502 }, { when, times: 1 });
    stage.tick();
    await pullRequest.comment(base === 'main' ? 'mia' : 'lea', override);
    await stage.settled();
    expect(pullRequest.dco()).toBe('SUCCESS');
    // It was tried again, and said nothing meanwhile.
    expect(pullRequest.replies()).toEqual([]);
    expect(stage.log.some(({ why }) => String(why).includes('permission could not be read'))).toBe(true);
  });

  const unread = 'permission could not be read';
  const isAboutPeople = (request: { readonly path: string }) => request.path.includes('/collaborators/');

  test('nobody loses it while a permission cannot be read', async () => {
    const { pullRequest } = await comment('mia', override);
    const looks = stage.log.length;
    stage.simulator.faults.add({ kind: 'status', status: 502 }, { when: isAboutPeople, times: 2 });
    await pullRequest.recheck();
    expect(pullRequest.dco()).toBe('SUCCESS');
    expect(stage.log.slice(looks).filter(({ why }) => String(why).includes(unread))).toHaveLength(2);
    const told = (await linesOf(pullRequest.number)).map(({ kind, code }) => [kind, code]);
    expect(told.filter(([kind]) => kind !== 'result')).toEqual([['granted', null]]);
  });

  test('a new commit gets its result all the same', async () => {
    const { pullRequest } = await comment('mia', override);
    const looks = stage.log.length;
    stage.simulator.faults.add({ kind: 'status', status: 502 }, { when: isAboutPeople, times: 1 });
    await pullRequest.later(() => pullRequest.push([commitOf(ada, 'Another one', { signed: false })]));
    expect(pullRequest.dco()).toBe('ACTION_REQUIRED');
    const [shown, again] = stage.log.slice(looks).filter(({ msg }) => msg === 'judged' || String(msg).includes(unread));
    expect(shown).toMatchObject({ msg: 'judged', written: 3 });
    expect(again?.msg).toContain(unread);
    const last = (await linesOf(pullRequest.number)).filter(({ kind }) => kind !== 'result').at(-1);
    expect(last).toMatchObject({ kind: 'lapsed' });
  });
});

describe('A narrower override', () => {
  test('lets the named commit in, and another one still fails', async () => {
    const one = commitOf(ada, 'One', { signed: false });
    const two = commitOf(ada, 'Two', { signed: false });
    const pullRequest = await stage.held('main', one, two);
    const [first, second] = await stage.repository.state.git.range(
      pullRequest.state.baseSha,
      pullRequest.state.headSha,
    );
    await pullRequest.say('mia', `/override dco for ${first?.slice(0, 10)} because its author has left`);
    expect(pullRequest.dco()).toBe('ACTION_REQUIRED');
    await pullRequest.say('ben', '/override dco for deadbeef1 because a slip');
    expect(pullRequest.dco()).toBe('ACTION_REQUIRED');
    await pullRequest.say('mia', `/override dco for ${second} because its author has left too`);
    expect(pullRequest.dco()).toBe('SUCCESS');
  });

  test('lets the named files in, and others still fail', async () => {
    const header = `// SPDX-License-${'Identifier'}: LicenseRef-Elsewhere\n`;
    const files = { 'vendor/zlib/a.c': header, 'lib/b.c': header };
    const pullRequest = await stage.held('main', commitOf(ada, 'Bring in code', { files }));
    await pullRequest.say('mia', '/override license for vendor/zlib/** because legal approved zlib');
    expect(pullRequest.check('License')).toMatchObject({ conclusion: 'ACTION_REQUIRED' });
    expect(pullRequest.check('License')?.summary).toContain('1 finding of 2 is overridden; the other one stands.');
    await pullRequest.say('mia', '/override license for lib/*.c because legal approved that too');
    expect(pullRequest.check('License')?.conclusion).toBe('SUCCESS');
  });

  test('of paths that no finding is in covers nothing', async () => {
    const { pullRequest } = await comment('mia', '/override dco for vendor/zlib/** because it is vendored');
    expect(pullRequest.dco()).toBe('ACTION_REQUIRED');
  });
});

describe('An override', () => {
  test('is withdrawn when its comment is deleted, and the ledger says so', async () => {
    const { pullRequest, said } = await comment('mia', override);
    expect(pullRequest.dco()).toBe('SUCCESS');
    await pullRequest.later(() => pullRequest.remove(said, 'mia'));
    expect(pullRequest.dco()).toBe('ACTION_REQUIRED');
    const told = (await linesOf(pullRequest.number)).map(({ kind, check, code, by }) => [kind, check, code, by]);
    expect(told).toEqual([
      ['result', 'policy', 'success', null],
      ['result', 'dco', 'action_required', null],
      ['result', 'license', 'success', null],
      ['granted', 'dco', null, 'mia'],
      ['result', 'dco', 'success', null],
      ['withdrawn', 'dco', 'deleted', null],
      ['result', 'dco', 'action_required', null],
    ]);
  });

  test('that is not needed any more, since its check passes by itself, is not told to be withdrawn', async () => {
    const { pullRequest } = await comment('mia', override);
    await pullRequest.later(() => pullRequest.push([commitOf(ada, 'Signed')], { onto: stage.repository.tip() }));
    expect(pullRequest.dco()).toBe('SUCCESS');
    expect(pullRequest.check('DCO')?.title).not.toContain('mia');
    expect(pullRequest.replies()).toEqual([]);
    const told = (await linesOf(pullRequest.number)).filter(({ topic }) => topic.startsWith('override '));
    expect(told.map(({ kind, code }) => [kind, code])).toEqual([
      ['granted', null],
      ['lapsed', 'not-needed'],
    ]);
  });

  test('is withdrawn while its comment is hidden', async () => {
    const { pullRequest, said } = await comment('mia', override);
    pullRequest.hide(said);
    await pullRequest.recheck();
    expect(pullRequest.dco()).toBe('ACTION_REQUIRED');
    pullRequest.hide(said, false);
    await pullRequest.recheck();
    expect(pullRequest.dco()).toBe('SUCCESS');
  });

  test.each([
    ['its writer', 'mia'],
    ['somebody else', 'wil'],
  ])('counts no more once its comment is edited by %s', async (_, editor) => {
    const { pullRequest, said } = await comment('mia', override);
    await pullRequest.later(() => pullRequest.rewrite(said, `${override} for good`, editor));
    expect(pullRequest.dco()).toBe('ACTION_REQUIRED');
  });

  test('is not granted by a maintainer’s comment that somebody else turns into a command', async () => {
    const { pullRequest, said } = await comment('mia', 'Looks good to me.');
    await pullRequest.later(() => pullRequest.rewrite(said, override, 'wil'));
    expect(pullRequest.dco()).toBe('ACTION_REQUIRED');
  });

  test('is cancelled, and can be given again', async () => {
    const { pullRequest } = await comment('mia', override);
    await pullRequest.say('mia', '/override-cancel dco');
    expect(pullRequest.dco()).toBe('ACTION_REQUIRED');
    await pullRequest.say('mia', override);
    expect(pullRequest.dco()).toBe('SUCCESS');
    await pullRequest.say('mia', '/override-cancel');
    expect(pullRequest.dco()).toBe('ACTION_REQUIRED');
  });

  test('of one maintainer is cancelled by another, who has the last word', async () => {
    const { pullRequest } = await comment('mia', override);
    await pullRequest.say('ben', '/override-cancel dco');
    expect(pullRequest.dco()).toBe('ACTION_REQUIRED');
    await pullRequest.say('mia', override);
    expect(pullRequest.dco()).toBe('SUCCESS');
  });

  test('is not cancelled by a stranger', async () => {
    const { pullRequest } = await comment('mia', override);
    await pullRequest.say('zoe', '/override-cancel');
    expect(pullRequest.dco()).toBe('SUCCESS');
  });

  test('in a review’s summary counts, until the review is dismissed', async () => {
    const pullRequest = await stage.held();
    const review = await pullRequest.later(() => pullRequest.review('mia', 'APPROVED', override));
    expect(pullRequest.dco()).toBe('SUCCESS');
    await pullRequest.later(() => pullRequest.dismiss(review, 'ben'));
    expect(pullRequest.dco()).toBe('ACTION_REQUIRED');
  });

  test('in a review that was edited does not count', async () => {
    const pullRequest = await stage.held();
    const review = await pullRequest.later(() => pullRequest.review('mia', 'COMMENTED', 'Hm.'));
    await pullRequest.later(() => pullRequest.rewrite(review, override, 'mia'));
    expect(pullRequest.dco()).toBe('ACTION_REQUIRED');
  });

  test('in an inline comment counts, until that is deleted', async () => {
    const pullRequest = await stage.held();
    const { comments } = await pullRequest.later(() =>
      pullRequest.reviewWith('mia', { state: 'COMMENTED', inline: [override] }),
    );
    expect(pullRequest.dco()).toBe('SUCCESS');
    const [inline] = comments;
    if (inline !== undefined) await pullRequest.later(() => pullRequest.remove(inline, 'mia'));
    expect(pullRequest.dco()).toBe('ACTION_REQUIRED');
  });

  test('in a review of an earlier commit, or drafted before this one was judged, does not count', async () => {
    const pullRequest = await stage.held();
    const before = pullRequest.state.headSha;
    const draftedAt = stage.simulator.world.now();
    await pullRequest.later(() => pullRequest.push([commitOf(ada, 'More', { signed: false })]));
    await pullRequest.later(() => pullRequest.reviewWith('mia', { state: 'APPROVED', body: override, sha: before }));
    expect(pullRequest.dco()).toBe('ACTION_REQUIRED');
    await pullRequest.later(() => pullRequest.reviewWith('ben', { state: 'APPROVED', body: override, draftedAt }));
    expect(pullRequest.dco()).toBe('ACTION_REQUIRED');
  });

  test('is found behind two hundred comments', async () => {
    const { pullRequest } = await comment('mia', override);
    for (let index = 0; index < 201; index += 1) await pullRequest.comment('zoe', `Comment ${index}`);
    stage.requests();
    await pullRequest.recheck();
    expect(pullRequest.dco()).toBe('SUCCESS');
    expect(stage.requests()).toMatchObject({ 'query PullRequest': 1, 'query MoreComments': 2 });
  });

  test('beside a line is found behind more than a hundred reviews, and so is what takes it back', async () => {
    const pullRequest = await stage.held();
    await pullRequest.later(() => pullRequest.reviewWith('mia', { state: 'COMMENTED', inline: [override] }));
    await pullRequest.later(() => pullRequest.review('ben', 'COMMENTED', 'Hm.'));
    const reviewed = async () => {
      for (let index = 0; index < 110; index += 1) await pullRequest.review('zoe', 'COMMENTED', `Review ${index}`);
      stage.requests();
      await pullRequest.recheck();
      return stage.requests();
    };
    expect(await reviewed()).toMatchObject({ 'query PullRequest': 1, 'query MoreReviews': 2 });
    expect(pullRequest.dco()).toBe('SUCCESS');
    await pullRequest.later(() => pullRequest.review('ben', 'COMMENTED', '/override-cancel'));
    expect(await reviewed()).toMatchObject({ 'query PullRequest': 1, 'query MoreReviews': 3 });
    expect(pullRequest.dco()).toBe('ACTION_REQUIRED');
  });

  test('is left as it is by a re-run', async () => {
    const { pullRequest } = await comment('mia', override);
    await pullRequest.later(() => pullRequest.rerun('DCO'));
    expect(pullRequest.dco()).toBe('SUCCESS');
    await pullRequest.later(() => pullRequest.rerunAll());
    expect(pullRequest.view().mergeable).toBe(true);
  });

  test('says the same however often its webhook comes, and is acknowledged once', async () => {
    const pullRequest = await stage.held();
    stage.simulator.webhooks.plan.add({ kind: 'repeat', times: 3 });
    const said = (await pullRequest.say('mia', override)) as Comment;
    await pullRequest.say('zoe', override);
    stage.simulator.webhooks.plan.clear();
    expect(pullRequest.dco()).toBe('SUCCESS');
    expect(said.reactions).toHaveLength(1);
    expect(pullRequest.replies()).toHaveLength(1);
  });

  test('is left alone on a closed pull request, and counts when it is open again', async () => {
    const pullRequest = await stage.held();
    await pullRequest.later(() => pullRequest.close());
    await pullRequest.say('mia', override);
    expect(pullRequest.dco()).toBe('ACTION_REQUIRED');
    await pullRequest.later(() => pullRequest.reopen());
    expect(pullRequest.dco()).toBe('SUCCESS');
  });

  test('of a check that passes by itself gets one reply', async () => {
    const pullRequest = await stage.held();
    await pullRequest.say('mia', '/override license because our lawyer looked at it');
    await pullRequest.recheck();
    const text = 'There is nothing to override in `license`: it passes.';
    expect(pullRequest.replies()).toEqual([expect.stringContaining(text)]);
  });

  test('of a deleted account is nobody’s', async () => {
    const { pullRequest, said } = await comment('mia', override);
    said.author = null;
    await pullRequest.recheck();
    expect(pullRequest.dco()).toBe('ACTION_REQUIRED');
  });

  test('needs no reason where the policy says so', async () => {
    const { pullRequest } = await comment('mia', '/override dco', 'lenient');
    expect(pullRequest.dco()).toBe('SUCCESS');
  });

  test('shows who, why and where, what it would have been, and every finding', async () => {
    const reason = 'it was <b>@everyone</b> `confirmed`';
    const { pullRequest, said } = await comment('mia', `/override dco because ${reason}`);
    const run = pullRequest.check('DCO');
    expect(run?.title).toContain('mia');
    expect(run?.summary).toContain(`#issuecomment-${said.id}`);
    expect(run?.summary).toContain('confirmed');
    expect(run?.text).toContain('sign');
    expect(run?.summary).toMatch(/`+ ?it was <b>@everyone<\/b> `confirmed` ?`+/);
  });
});

describe('A push', () => {
  const unsigned = (subject: string) => commitOf(ada, subject, { signed: false });

  test('clears an override', async () => {
    const { pullRequest } = await comment('mia', override);
    await pullRequest.later(() => pullRequest.push([unsigned('More')]));
    expect(pullRequest.dco()).toBe('ACTION_REQUIRED');
    expect(pullRequest.check('DCO')?.summary).toContain('mia');
    await pullRequest.say('mia', override);
    expect(pullRequest.dco()).toBe('SUCCESS');
  });

  test('back to a commit that was overridden does not bring it back', async () => {
    const { pullRequest } = await comment('mia', override);
    const before = pullRequest.state.headSha;
    await pullRequest.later(() => pullRequest.push([unsigned('Other')], { onto: stage.repository.tip() }));
    expect(pullRequest.dco()).toBe('ACTION_REQUIRED');
    await pullRequest.say('ben', override);
    await pullRequest.later(() => pullRequest.push([], { onto: before }));
    expect(pullRequest.state.headSha).toBe(before);
    expect(pullRequest.dco()).toBe('ACTION_REQUIRED');
  });

  test('after which a comment was written that was not yet judged is not overridden by it', async () => {
    const pullRequest = await stage.held();
    const release = stage.simulator.webhooks.hold();
    stage.tick();
    await pullRequest.push([unsigned('Quick')]);
    stage.tick();
    await pullRequest.comment('mia', override);
    stage.tick();
    await release();
    await stage.settled();
    expect(pullRequest.dco()).toBe('ACTION_REQUIRED');
  });

  test('to another base leaves nothing overridden', async () => {
    const { pullRequest } = await comment('mia', override);
    await pullRequest.later(() => pullRequest.edit({ base: 'other' }));
    expect(pullRequest.dco()).toBe('ACTION_REQUIRED');
  });

  test('keeps it where the policy says so, for the findings that stayed as they were', async () => {
    const { pullRequest } = await comment('mia', override, 'lasting');
    expect(pullRequest.dco()).toBe('SUCCESS');
    await pullRequest.later(() => pullRequest.push([commitOf(ada, 'Signed')]));
    expect(pullRequest.dco()).toBe('SUCCESS');
    await pullRequest.later(() => pullRequest.push([unsigned('New')]));
    expect(pullRequest.dco()).toBe('ACTION_REQUIRED');
  });
});

describe('A refusal is told once, and not lost, where GitHub', () => {
  test.each<[string, Fault]>([
    ['fails before it takes it', { kind: 'status', status: 502 }],
    ['fails after it took it', { kind: 'status', status: 502, after: true }],
    ['takes it and the answer is lost', { kind: 'reset', after: true }],
    ['gives up on it', { kind: 'graphql-timeout' }],
  ])('%s', async (_, fault) => {
    const pullRequest = await stage.held();
    stage.simulator.faults.add(fault, { when: ({ isMutation }) => isMutation, times: 1 });
    await pullRequest.say('wil', override);
    expect(pullRequest.replies()).toHaveLength(1);
    await pullRequest.recheck();
    expect(pullRequest.replies()).toHaveLength(1);
  });
});

describe('The button that a check carries where no reason is needed', () => {
  test('overrides for whom the policy lets, with their name, until the next push', async () => {
    const pullRequest = await stage.held('lenient');
    await pullRequest.later(() => pullRequest.press('DCO', 'mia'));
    expect(pullRequest.dco()).toBe('SUCCESS');
    expect(pullRequest.check('DCO')?.title).toContain('mia');
    expect(pullRequest.check('DCO')?.actions).toEqual([]);
    await pullRequest.later(() => pullRequest.push([commitOf(ada, 'More', { signed: false })]));
    expect(pullRequest.dco()).toBe('ACTION_REQUIRED');
  });

  test('is there again once the override is cancelled, and overrides again', async () => {
    const pullRequest = await stage.held('lenient');
    await pullRequest.later(() => pullRequest.press('DCO', 'mia'));
    await pullRequest.say('ben', '/override-cancel dco');
    expect(pullRequest.dco()).toBe('ACTION_REQUIRED');
    await pullRequest.recheck();
    expect(pullRequest.dco()).toBe('ACTION_REQUIRED');
    await pullRequest.later(() => pullRequest.press('DCO', 'mia'));
    expect(pullRequest.dco()).toBe('SUCCESS');
    expect(pullRequest.replies()).toHaveLength(2);
  });

  test('is not taken for a press on the same commit before it was pushed away and back', async () => {
    const pullRequest = await stage.held('lenient');
    const before = pullRequest.state.headSha;
    const release = stage.simulator.webhooks.hold();
    await pullRequest.press('DCO', 'mia');
    stage.tick();
    await pullRequest.push([commitOf(ada, 'Other', { signed: false })], { onto: stage.repository.tip() });
    stage.tick();
    await pullRequest.push([], { onto: before });
    await release();
    await stage.settled();
    expect(pullRequest.state.headSha).toBe(before);
    expect(pullRequest.dco()).toBe('ACTION_REQUIRED');
    expect(pullRequest.replies()).toEqual([]);
  });

  test('does nothing for others, and nothing once our note of it was edited', async () => {
    const pullRequest = await stage.held('lenient');
    await pullRequest.later(() => pullRequest.press('DCO', 'wil'));
    expect(pullRequest.dco()).toBe('ACTION_REQUIRED');
    expect(pullRequest.check('DCO')?.summary).toContain('wil');
    const [note] = pullRequest.state.comments;
    const forged = note?.body.replaceAll('wil', 'mia') ?? '';
    if (note !== undefined) await pullRequest.later(() => pullRequest.rewrite(note, forged, 'wil'));
    await pullRequest.say('wil', forged);
    expect(pullRequest.dco()).toBe('ACTION_REQUIRED');
  });

  test('is not there where a reason is needed', async () => {
    const pullRequest = await stage.held();
    expect(pullRequest.check('DCO')?.actions).toEqual([]);
  });
});

test('/policy is answered once, with what is in force and where it comes from', async () => {
  const { pullRequest } = await comment('rob', '/policy', 'narrow');
  const [answer] = pullRequest.replies();
  expect(answer).toContain('.github/countersign.yml');
  expect(answer).toContain('octo/legal');
  await pullRequest.recheck();
  expect(pullRequest.replies()).toHaveLength(1);
});

describe('Where nobody wrote a command', () => {
  test('a look is one read, and one write where something changed, whatever people said', async () => {
    stage.requests();
    const pullRequest = await stage.held('dcoOnly');
    expect(stage.requests()).toEqual({ 'query PullRequest': 1, 'mutation CheckRuns': 1 });
    await pullRequest.say('mia', 'Looks good to me.');
    expect(stage.requests()).toEqual({});
    await pullRequest.later(() => pullRequest.markDraft(false));
    expect(stage.requests()).toEqual({ 'query PullRequest': 1 });
  });

  test('and where somebody did, it is one question for the authors and one for each of them', async () => {
    stage.requests();
    const { pullRequest } = await comment('mia', override, 'dcoOnly');
    await pullRequest.recheck();
    const permission = 'GET /repos/{owner}/{repo}/collaborators/{username}/permission';
    // The third mutation acknowledges the recheck.
    expect(stage.requests()).toEqual({
      'query PullRequest': 3,
      'mutation CheckRuns': 3,
      'query Authors': 2,
      [permission]: 2,
    });
  });
});

test('The ledger tells when another policy holds, and when none can', async () => {
  const told = [];
  for (const policy of ['dco: {mode: warn}\n', 'dco: {mode: worn}\n', 'dco: {mode: warn}\n']) {
    const files = { '.github/countersign.yml': policy };
    await stage.repository.push('other', [{ ...commitOf(ada, 'Change the policy'), files }]);
    await stage.settled();
    const pullRequest = await stage.held('other');
    const [result] = await linesOf(pullRequest.number);
    told.push(result?.policyCommit === stage.repository.tip('other'));
  }
  const lines = (await linesOf(null)).filter(({ kind, topic }) => kind === 'policy' && topic.endsWith(' other'));
  expect(lines.slice(-3).map(({ code }) => code)).toEqual(['valid', 'broken', 'valid']);
  expect(told).toEqual([true, true, true]);
});

test('After a restart the App decides the same, answers nobody twice, and tells the ledger nothing twice', async () => {
  const { pullRequest } = await comment('mia', override);
  await pullRequest.say('wil', '/override all because I say so');
  const [before, run, replies] = [await linesOf(pullRequest.number), pullRequest.check('DCO'), pullRequest.replies()];
  await stage.restart();
  await pullRequest.later(() => pullRequest.markDraft(false));
  expect(pullRequest.check('DCO')).toBe(run);
  expect(pullRequest.replies()).toEqual(replies);
  expect(await linesOf(pullRequest.number)).toEqual(before);
});

describe('After all of this, the ledger', () => {
  const countersign = fileURLToPath(new URL('../../bin/countersign.js', import.meta.url));
  const run = (...args: string[]) =>
    execFileSync(process.execPath, [countersign, 'ledger', ...args, '--data', stage.data], { encoding: 'utf8' });

  test('is intact, and tells whose word let something in, where, why and by which policy', () => {
    const [, head = ''] = /^intact: \d+ lines, last hash ([0-9a-f]{64})$/m.exec(run('verify')) ?? [];
    expect(run('verify', '--expect', head)).toContain('intact');
    const lines = run('export', '--since', '2026-01-01').trim().split('\n');
    const granted = lines.map((line) => JSON.parse(line)).find(({ kind, by }) => kind === 'granted' && by === 'mia');
    expect(granted).toMatchObject({
      repository: 'octo/hello',
      check: 'dco',
      reason: 'the author has left',
      findings: { 'dco.missing': 1 },
      link: expect.stringContaining('#issuecomment-'),
      head: expect.stringMatching(/^[0-9a-f]{40}$/),
      policyCommit: expect.stringMatching(/^[0-9a-f]{40}$/),
    });
    expect(run('export', '--format', 'csv').split('\r\n')[0]).toContain('repository,pullRequest,head,check');
  });

  test('has nothing twice, though webhooks came several times', async () => {
    const lines: Line[] = [];
    const ledger = readLedger(stage.data);
    for await (const line of ledger.lines(null)) lines.push(line);
    await ledger.close();
    const last = new Map<string, string>();
    for (const { topic, state } of lines) {
      expect(last.get(topic)).not.toBe(state);
      last.set(topic, state);
    }
  });
});

// The last test, since it takes the ledger of the others away.
test('Without its data the App decides the same, and the ledger tells anew what holds', async () => {
  const { pullRequest } = await comment('mia', override);
  const run = pullRequest.check('DCO');
  await stage.restart({ emptied: true });
  await pullRequest.later(() => pullRequest.markDraft(false));
  expect(pullRequest.check('DCO')).toBe(run);
  expect((await linesOf(pullRequest.number)).map(({ kind, check, code }) => [kind, check, code])).toEqual([
    ['granted', 'dco', null],
    ['result', 'policy', 'success'],
    ['result', 'dco', 'success'],
    ['result', 'license', 'success'],
  ]);
});
