// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { PullRequestHandle } from '../test/simulator/handles/pull-request.ts';
import type { RepositoryHandle } from '../test/simulator/handles/repository.ts';
import type { Simulator } from '../test/simulator/index.ts';

/** A pull request of the demo, and the conclusions that its check runs must have. */
export interface Scenario {
  readonly shows: string;
  readonly expected: Readonly<Record<string, string>>;
  open(): Promise<PullRequestHandle>;
  /** What somebody does once the checks are there. */
  readonly afterwards?: (pullRequest: PullRequestHandle) => Promise<unknown>;
}

const ada = { name: 'Ada Example', email: 'ada@example.org' };
const ben = { name: 'Ben Example', email: 'ben@example.org' };
const signOff = ({ name, email }: typeof ada) => `Signed-off-by: ${name} <${email}>`;
const by = (author: typeof ada, message: string, files: Record<string, string>) => ({
  message,
  author,
  committer: author,
  files,
});

const passed = { Policy: 'SUCCESS', DCO: 'SUCCESS', License: 'SUCCESS' };
const toBeSigned = { ...passed, DCO: 'ACTION_REQUIRED' };

const teamPolicy = `# The team lets authors sign off afterwards.
dco:
  allowRemediationCommits:
    individual: true
`;
const brokenPolicy = `dco:
  mode: enforced
  allowRemediationCommit:
    individual: true
`;

/** Builds the repositories of the demo and tells what will be opened in them. */
export async function stageScenarios(simulator: Simulator): Promise<readonly Scenario[]> {
  simulator.user('ada', { emails: [ada.email], name: ada.name });
  simulator.user('ben', { emails: [ben.email], name: ben.name });
  simulator.user('mallory', { emails: ['mallory@example.net'] });
  simulator.bot('update-robot');
  const requiredChecks = ['DCO', 'License', 'Policy'];
  const app = simulator.repository('example-org/app', { requiredChecks });
  const team = simulator.repository('example-org/team', {
    requiredChecks,
    files: { '.github/countersign.yml': teamPolicy },
  });
  const broken = simulator.repository('example-org/broken', {
    requiredChecks: ['Policy'],
    files: { '.github/countersign.yml': brokenPolicy },
  });
  const old = simulator.repository('example-org/moved-over', {
    requiredChecks,
    files: { '.github/dco.yml': 'require:\n  members: false\nallowRemediationCommits:\n  individual: true\n' },
    merging: { squashMessage: 'PR_BODY' },
  });
  simulator.organization('example-org', { members: ['ada'] });
  app.collaborator('ada', 'maintain');
  app.collaborator('mallory', 'write');
  await simulator.install('example-org');
  return [...signing(app), ...identities(app), ...others(app), ...overrides(app), ...policies(team, broken, old)];
}

function signing(app: RepositoryHandle): Scenario[] {
  return [
    {
      shows: 'Every commit is signed off',
      expected: passed,
      open: () => {
        app.commit('signed', by(ada, `Add a parser\n\n${signOff(ada)}`, { 'src/parser.c': 'int parse;\n' }));
        app.commit('signed', by(ben, `Test the parser\n\n${signOff(ben)}`, { 'test/parser.c': 'int test;\n' }));
        return app.openPullRequest({ author: 'ada', head: 'signed', title: 'Add a parser' });
      },
    },
    {
      shows: 'The only commit is not signed off',
      expected: toBeSigned,
      open: () => {
        app.commit('unsigned', by(ben, 'Fix the build', { Makefile: 'all:\n' }));
        return app.openPullRequest({ author: 'ben', head: 'unsigned', title: 'Fix the build' });
      },
    },
    {
      shows: 'Some commits are signed off, some are not',
      expected: toBeSigned,
      open: () => {
        app.commit('mixed', by(ada, `Add a cache\n\n${signOff(ada)}`, { 'src/cache.c': '1\n' }));
        app.commit('mixed', by(ada, 'Bound the cache', { 'src/cache.c': '2\n' }));
        app.commit('mixed', by(ada, `Document the cache\n\n${signOff(ada)}`, { 'docs/cache.md': '3\n' }));
        return app.openPullRequest({ author: 'ada', head: 'mixed', title: 'Add a cache' });
      },
    },
    {
      shows: 'A file under a license that is not OSI-approved comes in',
      expected: { ...passed, License: 'ACTION_REQUIRED' },
      open: () => {
        // Put together, so that nobody takes it for this file's own license.
        const header = `// SPDX-License-${'Identifier'}: BUSL-1.1\n`;
        app.commit(
          'licensed',
          by(ada, `Borrow a scheduler\n\n${signOff(ada)}`, { 'src/run.c': `${header}int run;\n` }),
        );
        return app.openPullRequest({ author: 'ada', head: 'licensed', title: 'Borrow a scheduler' });
      },
    },
    {
      shows: 'A merge commit needs no sign-off',
      expected: passed,
      open: async () => {
        app.commit('merging', by(ben, `Sort the list\n\n${signOff(ben)}`, { 'src/sort.c': '1\n' }));
        app.commit('main', by(ada, `Rename a variable\n\n${signOff(ada)}`, { 'src/main.c': '1\n' }));
        await app.merge('merging', 'main', { author: ben, committer: ben });
        return app.openPullRequest({ author: 'ben', head: 'merging', title: 'Sort the list' });
      },
    },
  ];
}

function identities(app: RepositoryHandle): Scenario[] {
  return [
    {
      shows: 'Signed off by somebody else than the author',
      expected: toBeSigned,
      open: () => {
        const message = `Speed up start-up\n\nSigned-off-by: Ada <ada@laptop>`;
        app.commit('identity', by(ada, message, { 'src/start.c': '1\n' }));
        return app.openPullRequest({ author: 'ada', head: 'identity', title: 'Speed up start-up' });
      },
    },
    {
      shows: 'A name that tries to break the page',
      expected: toBeSigned,
      open: () => {
        const hostile = { name: '`@everyone` [x](https://evil.example) |', email: 'mallory@example.net' };
        const message = `</details>\`\`\`<img src=x>\`\`\` #1 @ada \u202Ekcatta\n\nSigned-off-by: ${hostile.name} <x>`;
        app.commit('hostile', by(hostile, message, { 'src/x.c': '1\n' }));
        return app.openPullRequest({ author: 'mallory', head: 'hostile', title: 'Totally fine' });
      },
    },
  ];
}

function others(app: RepositoryHandle): Scenario[] {
  const robot = { name: 'update-robot[bot]', email: '4242+update-robot[bot]@users.noreply.github.com' };
  const update = (branch: string) =>
    app.commit(branch, by(robot, 'Update a dependency', { 'package.json': `{"for":"${branch}"}\n` }));
  return [
    {
      shows: 'A bot’s own pull request',
      expected: passed,
      open: () => {
        update('robot');
        return app.openPullRequest({ author: 'update-robot', head: 'robot', title: 'Update a dependency' });
      },
    },
    {
      shows: 'Somebody who only claims to be that bot',
      expected: toBeSigned,
      open: () => {
        const fork = app.fork('mallory');
        fork.commit('claims', by(robot, 'Update a dependency', { 'package.json': '{"evil":true}\n' }));
        return app.openPullRequest({ author: 'mallory', from: fork, head: 'claims', title: 'Update a dependency' });
      },
    },
  ];
}

function overrides(app: RepositoryHandle): Scenario[] {
  const override = '/override dco because the author has left and the employer confirmed by mail';
  const open = (head: string) => {
    app.commit(head, by(ben, 'Port to a new compiler', { 'src/port.c': `// ${head}\n` }));
    return app.openPullRequest({ author: 'ben', head, title: 'Port to a new compiler' });
  };
  return [
    {
      shows: 'A maintainer overrides a check, with a reason',
      expected: passed,
      open: () => open('overridden'),
      afterwards: (pullRequest) => pullRequest.comment('ada', override),
    },
    {
      shows: 'Somebody who may not tries the same',
      expected: toBeSigned,
      open: () => open('not-overridden'),
      afterwards: (pullRequest) => pullRequest.comment('mallory', override),
    },
  ];
}

function policies(team: RepositoryHandle, broken: RepositoryHandle, old: RepositoryHandle): Scenario[] {
  return [
    {
      shows: 'A remediation commit signs off an earlier one',
      expected: passed,
      open: () => {
        const [sha] = team.commit('remedied', by(ada, 'Add a feature', { 'feature.c': '1\n' }));
        const sentence = `I, ${ada.name} <${ada.email}>, hereby add my Signed-off-by to this commit: ${sha}`;
        team.commit('remedied', by(ada, `DCO Remediation Commit\n\n${sentence}\n\n${signOff(ada)}`, {}));
        return team.openPullRequest({ author: 'ada', head: 'remedied', title: 'Add a feature' });
      },
    },
    {
      shows: 'Unsigned where the policy allows remediation',
      expected: toBeSigned,
      open: () => {
        team.commit('remediable', by(ben, 'Add a switch', { 'switch.c': '1\n' }));
        return team.openPullRequest({ author: 'ben', head: 'remediable', title: 'Add a switch' });
      },
    },
    {
      shows: 'The policy on the base branch is broken',
      expected: { Policy: 'ACTION_REQUIRED', DCO: 'FAILURE', License: 'FAILURE' },
      open: () => {
        broken.commit('innocent', by(ada, `Fix a typo\n\n${signOff(ada)}`, { 'README.md': '# Fixed\n' }));
        return broken.openPullRequest({ author: 'ada', head: 'innocent', title: 'Fix a typo' });
      },
    },
    {
      shows: 'A pull request mends the policy',
      expected: { Policy: 'SUCCESS', DCO: 'FAILURE', License: 'FAILURE' },
      open: () => {
        broken.commit(
          'mended',
          by(ada, `Mend the policy\n\n${signOff(ada)}`, { '.github/countersign.yml': teamPolicy }),
        );
        return broken.openPullRequest({ author: 'ada', head: 'mended', title: 'Mend the policy' });
      },
    },
    {
      shows: 'A repository that still has the DCO App’s file, and a squash setting that drops sign-offs',
      expected: passed,
      open: () => {
        const commit = by(ada, 'Work as a member, with a verified signature', { 'member.c': '1\n' });
        old.commit('member', { ...commit, signature: { valid: true, signer: 'ada' } });
        old.commit('member', by(ben, `Help as a guest\n\n${signOff(ben)}`, { 'guest.c': '1\n' }));
        return old.openPullRequest({ author: 'ada', head: 'member', title: 'Work as a member' });
      },
    },
  ];
}
