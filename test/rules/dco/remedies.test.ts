// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { afterEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Contribution } from '../../../src/contribution/contribution.ts';
import type { Remedy } from '../../../src/rules/verdict.ts';
import { commitBy, contributionOf, shaOf, signedCommitBy } from '../../helpers/contribution.ts';
import { type Clone, cloneFor, type Editing } from './clone.ts';
import { ada, bob, codesOf, cy, judged, type Policy, plain } from './judge.ts';

const individual: Policy = { allowRemediationCommits: { individual: true } };
const thirdParty: Policy = { allowRemediationCommits: { individual: true, thirdParty: true } };
const signed = (subject: string, by = ada) => `${subject}\n\nSigned-off-by: ${by}`;

let clone: Clone | undefined;
afterEach(() => {
  clone?.remove();
  clone = undefined;
});

/** A clone of a user's, pushed as a pull request after `prepare` has made its commits. */
function cloneOf(user: string, prepare: (clone: Clone) => void): Clone {
  clone = cloneFor(user);
  prepare(clone);
  clone.git('push', '--quiet', 'origin', 'topic');
  // The contributor may be elsewhere when they come to mend it.
  clone.git('switch', '--quiet', 'main');
  return clone;
}

function firstRemedy(of: Clone, policy: Policy = {}): Remedy {
  const verdict = judged(of.facts(), policy);
  expect(verdict.outcome).toBe('fail');
  const [remedy] = verdict.remedies;
  if (remedy === undefined) throw new Error('There is no remedy.');
  return remedy;
}

function expectMended(of: Clone, policy: Policy = {}): void {
  expect(judged(of.facts(), policy)).toMatchObject({ outcome: 'pass', remedies: [] });
  expect(of.isPushed()).toBe(true);
}

/** Has the pull request grow by a commit that only GitHub has; the facts with it. */
function withOneFromTheBrowser(own: Clone): Contribution {
  own.git('switch', '--quiet', 'topic');
  own.git('push', '--quiet', '--set-upstream', 'origin', 'topic');
  const before = own.git('rev-parse', 'topic').trim();
  own.commit('Fix\n\nSigned-off-by: GitHub <noreply@github.com>', 'GitHub <noreply@github.com>');
  own.git('push', '--quiet');
  const facts = own.facts();
  own.git('reset', '--quiet', '--hard', before);
  own.git('update-ref', 'refs/remotes/origin/topic', before);
  own.git('reflog', 'expire', '--expire=all', '--all');
  own.git('switch', '--quiet', 'main');
  return facts;
}

describe('the commands of the first remedy, run by Git, mend', () => {
  test('a last commit that is not signed off', () => {
    const own = cloneOf(ada, (it) => {
      it.commit(signed('One'));
      it.commit('Two');
    });
    const { commands = [] } = firstRemedy(own);
    expect(commands).toEqual([
      'git switch topic',
      'git commit --amend --no-edit --signoff',
      'git push --force-with-lease',
    ]);
    own.run(commands);
    expectMended(own);
  });

  test('several commits, and leave those before them alone', () => {
    const own = cloneOf(ada, (it) => {
      it.commit(signed('One'));
      it.commit('Two');
      it.commit(signed('Three'));
      it.commit('Four');
    });
    const [first] = own.facts().commits;
    const { commands = [] } = firstRemedy(own);
    expect(commands[1]).toBe(`git rebase --signoff ${first?.sha}`);
    own.run(commands);
    expectMended(own);
    expect(own.facts().commits[0]?.sha).toBe(first?.sha);
  });

  const almost = [
    ['a sign-off that is indented', 'Fix\n\n  Signed-off-by: Ada Example <ada@example.org>'],
    ['a misspelled sign-off', 'Fix\n\nSigned-of-by: Ada Example <ada@example.org>'],
    ['a sign-off with text after it', 'Fix\n\nSigned-off-by: Ada Example <ada@example.org> (home)'],
    ['a sign-off by somebody else', 'Fix\n\nSigned-off-by: Bob Example <bob@example.org>'],
    ['a sign-off in the subject line', 'Signed-off-by: Ada Example <ada@example.org>\n\nThe fix.'],
    ['a message with a divider', 'Fix\n---\nMore'],
  ] as const;

  test.each(almost)('%s', (_what, message) => {
    const own = cloneOf(ada, (it) => it.commit(message));
    own.run(firstRemedy(own).commands ?? []);
    expectMended(own);
  });

  test('all of these at once, below a commit that is signed off', () => {
    const own = cloneOf(ada, (it) => {
      for (const [, message] of almost) it.commit(message);
      it.commit(signed('Last'));
    });
    own.run(firstRemedy(own).commands ?? []);
    expectMended(own);
  });

  test('other people’s commits, as their committer', () => {
    const own = cloneOf(bob, (it) => {
      it.commit('One');
      it.be(ada);
      it.commit('Two');
    });
    const remedy = firstRemedy(own);
    expect(plain(remedy.text)).toContain('with your sign-off you vouch for what they made');
    own.run(remedy.commands ?? []);
    expectMended(own);
  });

  test('a commit made in the browser, which the clone does not have yet', () => {
    const own = cloneOf(ada, (it) => it.commit(signed('One')));
    const facts = withOneFromTheBrowser(own);
    const [remedy] = judged(facts).remedies;
    expect(remedy?.commands).toEqual([
      'git fetch',
      'git switch topic',
      'git pull --ff-only',
      'git commit --amend --no-edit --signoff',
      'git push --force-with-lease --force-if-includes',
    ]);
    expect(plain(remedy?.text ?? [])).toContain('If you have no clone, make one with `git clone`');
    own.run(remedy?.commands ?? []);
    expectMended(own);
    expect(own.facts().commits).toHaveLength(2);
  });

  test('commits around a merge of the base, which has moved on since, and leave the merged ones alone', () => {
    const own = cloneOf(ada, (it) => {
      it.commit('One');
      it.git('switch', '--quiet', 'main');
      it.be(bob);
      it.commit('On main');
      it.git('switch', '--quiet', 'topic');
      it.be(ada);
      it.merge('main', 'Merge main');
      it.commit('Two');
      it.git('switch', '--quiet', 'main');
      it.commit('Later on main');
    });
    const before = own.git('log', '--format=%s %P', '--merges', 'topic').split(' ').at(-1);
    const { commands = [] } = firstRemedy(own);
    expect(commands).toEqual([
      'git switch topic',
      `git fetch https://github.com/example-org/widget.git ${own.facts().base.sha}`,
      `git rebase --rebase-merges --signoff --keep-base ${own.facts().base.sha}`,
      'git push --force-with-lease',
    ]);
    own.run(commands);
    expectMended(own);
    expect(codesOf(judged(own.facts()))).toEqual(['signed-off', 'merge', 'signed-off']);
    expect(own.git('log', '--format=%s %P', '--merges', 'topic').split(' ').at(-1)).toBe(before);
  });

  test('an address that is none, once Git knows a better one', () => {
    const own = cloneOf('Ada Example <ada@laptop>', (it) => it.commit(signed('Fix', 'Ada Example <ada@laptop>')));
    const remedy = firstRemedy(own);
    expect(plain(remedy.text)).toContain(
      'If “git config user.email” answers “ada@laptop”, first tell Git a whole address of yours: “git config user.email you@example.org”.',
    );
    own.run(['git config user.email you@example.org', ...(remedy.commands ?? [])]);
    expectMended(own);
  });

  test('a no-reply address, where the policy rejects it', () => {
    const hidden = 'Ada Example <1+ada@users.noreply.github.com>';
    const own = cloneOf(hidden, (it) => it.commit(signed('Fix', hidden)));
    const remedy = firstRemedy(own, { noreply: 'reject' });
    expect(plain(remedy.text)).toContain('git config user.email you@example.org');
    own.run(['git config user.email you@example.org', ...(remedy.commands ?? [])]);
    expectMended(own, { noreply: 'reject' });
  });

  test.each([
    ['nothing but a sign-off', 'Signed-off-by: Ada Example <ada@example.org>\n'],
    ['nothing', ''],
  ])('a last commit whose message is %s', (_what, message) => {
    const own = cloneOf(ada, (it) => it.commit(message));
    const { commands = [] } = firstRemedy(own);
    expect(commands[1]).toBe("git commit --amend --signoff --message='Describe the change'");
    own.run(commands);
    expectMended(own);
  });

  test.each([
    ['nothing but a sign-off', 'Signed-off-by: Ada Example <ada@example.org>\n'],
    ['nothing', ''],
  ])('an earlier commit whose message is %s, once it is reworded', (_what, message) => {
    const own = cloneOf(ada, (it) => {
      it.commit(message);
      it.commit('Two');
    });
    const [silent] = own.facts().commits;
    const remedy = firstRemedy(own);
    const id = silent?.sha.slice(0, 7);
    expect(plain(remedy.text)).toContain(`change “pick” to “reword” before “${id}”`);
    own.run(remedy.commands ?? [], '', { list: `s/^pick ${id}/reword ${id}/`, above: 'A subject\n\n' });
    expectMended(own);
  });

  test.each([
    ['last', []],
    ['earlier', ['Later']],
  ])('a co-author’s missing sign-off in the %s commit, once it is pasted', (_where, later) => {
    const policy: Policy = { coAuthors: 'require' };
    const own = cloneOf(ada, (it) => {
      it.commit(`Fix\n\nCo-authored-by: ${bob}\nSigned-off-by: ${ada}`);
      for (const subject of later) it.commit(signed(subject));
    });
    const remedy = firstRemedy(own, policy);
    expect(remedy.paste).toBe(`Signed-off-by: ${bob}`);
    const editing: Editing = { list: '1s/^pick/reword/', below: `${remedy.paste}\n` };
    own.run(remedy.commands ?? [], '', editing);
    expectMended(own, policy);
  });

  test('a co-author’s and the author’s missing sign-offs in several commits at once', () => {
    const policy: Policy = { coAuthors: 'require' };
    const own = cloneOf(ada, (it) => {
      it.commit('One');
      it.commit(`Two\n\nCo-authored-by: ${bob}`);
      it.commit('Three');
    });
    const { remedies } = judged(own.facts(), policy);
    expect(remedies).toHaveLength(1);
    const editing: Editing = { list: '2s/^pick/reword/', below: `${remedies[0]?.paste}\n` };
    own.run(remedies[0]?.commands ?? [], '', editing);
    expectMended(own, policy);
  });

  test('a remediation commit without a sign-off, though it is empty', () => {
    const own = cloneOf(ada, (it) => {
      const id = it.commit('Fix');
      const sentence = `I, ${ada}, hereby add my Signed-off-by to this commit: ${id}`;
      it.git('commit', '--quiet', '--allow-empty', '-m', `Remedy\n\n${sentence}`);
    });
    own.run(firstRemedy(own, individual).commands ?? []);
    expectMended(own, individual);
  });

  test('a merge without a sign-off that signs off an earlier commit', () => {
    const own = cloneOf(ada, (it) => {
      const id = it.commit('Fix');
      it.git('switch', '--quiet', 'main');
      it.commit('On main');
      it.git('switch', '--quiet', 'topic');
      it.merge('main', `Merge main\n\nI, ${ada}, hereby add my Signed-off-by to this commit: ${id}`);
    });
    expect(codesOf(judged(own.facts(), individual))).toEqual(['remediated', 'remediation-unsigned']);
    own.run(firstRemedy(own, individual).commands ?? []);
    expectMended(own, individual);
  });
});

describe('the commands', () => {
  test('do not push over a commit from the browser where the clone has gone another way, even if all are pasted', () => {
    const own = cloneOf(ada, (it) => it.commit(signed('One')));
    const facts = withOneFromTheBrowser(own);
    own.git('switch', '--quiet', 'topic');
    own.commit('Another way');
    const [fetch, toBranch, pull, amend, push] = judged(facts).remedies[0]?.commands ?? [];
    own.run([fetch ?? '', toBranch ?? '']);
    expect(() => own.run([pull ?? ''])).toThrow('fast-forward');
    own.run([amend ?? '']);
    expect(() => own.run([push ?? ''])).toThrow('remote ref updated since checkout');
    expect(own.git('ls-remote', 'origin', 'topic')).toContain(facts.head.sha);
  });
});

describe('the text to paste, committed by Git, mends', () => {
  test('commits of one author, by that author, with no commit changed', () => {
    const own = cloneOf(ada, (it) => {
      it.commit('One');
      it.commit(signed('Two'));
      it.commit('Three');
    });
    const before = own.facts().commits.map(({ sha }) => sha);
    const [, remedy] = judged(own.facts(), individual).remedies;
    own.run(['git switch topic', ...(remedy?.commands ?? []), 'git push'], remedy?.paste);
    expectMended(own, individual);
    expect(
      own
        .facts()
        .commits.slice(0, 3)
        .map(({ sha }) => sha),
    ).toEqual(before);
  });

  test('commits of several authors, each by their own', () => {
    const own = cloneOf(ada, (it) => {
      it.commit('One');
      it.be(bob);
      it.commit('Two');
    });
    const { remedies } = judged(own.facts(), individual);
    own.run(['git switch topic']);
    for (const [index, user] of [ada, bob].entries()) {
      own.be(user);
      own.run(remedies[index + 1]?.commands ?? [], remedies[index + 1]?.paste);
    }
    own.run(['git push']);
    expectMended(own, individual);
  });

  test('commits of any author, by somebody else, where the policy allows that', () => {
    const own = cloneOf(ada, (it) => {
      it.commit('One');
      it.be(bob);
      it.commit('Two');
    });
    const remedy = judged(own.facts(), thirdParty).remedies.at(-1);
    own.be(cy);
    const paste = remedy?.paste?.replaceAll('YOUR NAME <YOUR E-MAIL>', cy);
    own.run(['git switch topic', ...(remedy?.commands ?? []), 'git push'], paste);
    expectMended(own, thirdParty);
  });

  test('is offered only where the policy allows it', () => {
    expect(judged([commitBy(ada, 'Fix')]).remedies).toHaveLength(1);
    expect(judged([commitBy(ada, 'Fix')], individual).remedies).toHaveLength(2);
    expect(judged([commitBy(ada, 'Fix')], thirdParty).remedies).toHaveLength(3);
  });

  test.each([
    ['a name that would end the paste', 'Ada\u0004rm -rf . <ada@example.org>'],
    ['a name that reads backwards', 'Ada \u202eexample <ada@example.org>'],
    ['a name with an angle bracket', 'Ada <x> <ada@example.org>'],
    ['a name that a shell would run, should Git not be there to read it', 'Ada $(reboot) <ada@example.org>'],
    ['no name', ' <ada@example.org>'],
    ['an address that would not count', 'Ada <ada@laptop>'],
  ])('is not offered for %s', (_what, author) => {
    const { remedies } = judged([commitBy(author, 'Fix')], thirdParty);
    expect(remedies.filter(({ paste }) => paste !== undefined)).toEqual([]);
  });

  test('stays short: past a hundred commits, rewriting them is offered alone', () => {
    const commits = Array.from({ length: 101 }, () => commitBy(ada, 'Fix'));
    expect(judged(commits, individual).remedies).toHaveLength(1);
  });
});

describe('commands', () => {
  test.each(["x';reboot;'", '-f', 'a b', '$(reboot)', 'a&calc', 'a\u202eb', 'a\nb', '@{u}'])(
    'never hold a branch name that a shell could act on: %j',
    (ref) => {
      const { remedies } = judged({ ...contributionOf([commitBy(ada, 'Fix')]), head: { ref, sha: shaOf(1) } });
      expect(remedies[0]?.commands).toEqual(['git commit --amend --no-edit --signoff', 'git push --force-with-lease']);
    },
  );

  test('hold nothing of what commits say', () => {
    const hostile = "O'Hara $(reboot) `reboot` <o@x.org>";
    const commits = [commitBy(hostile, "Fix '; reboot"), signedCommitBy(hostile, 'Then'), commitBy(hostile, 'Last')];
    for (const { commands = [] } of judged(commits, thirdParty).remedies) {
      for (const command of commands) expect(command).not.toMatch(/reboot|Hara/);
    }
  });

  test('hold only words of ours and object ids, whatever a stranger writes', () => {
    const text = fc.string({ unit: 'binary', maxLength: 20 });
    const person = fc.record({ name: text, email: text });
    const commit = fc.record({ author: person, committer: person, message: text });
    fc.assert(
      fc.property(fc.array(commit, { minLength: 1, maxLength: 4 }), text, (drafts, ref) => {
        const { remedies } = judged(
          { ...contributionOf(drafts), head: { ref, sha: shaOf(drafts.length) } },
          thirdParty,
        );
        for (const command of remedies.flatMap(({ commands = [] }) => commands)) {
          expect(command).toMatch(/^git [a-z-]+(?: [\p{L}\p{N}._/:+=-]+| --message='Describe the change')*$/u);
        }
      }),
    );
  });

  test('start at the very first commit where that is the one to mend', () => {
    const commits = [commitBy(ada, 'First', { parents: [] }), signedCommitBy(ada, 'Second')];
    expect(judged(commits).remedies[0]?.commands).toContain('git rebase --signoff --root');
  });

  test('neither switch nor push where the commits are local', () => {
    const local = contributionOf([commitBy(ada, 'Fix')], { source: 'git', repository: null, pullRequest: null });
    expect(judged(local).remedies[0]?.commands).toEqual(['git commit --amend --no-edit --signoff']);
  });
});
