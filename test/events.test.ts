// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { createRequire } from 'node:module';
import { describe, expect, test } from '@jest/globals';
import { type HandledEvent, handledEvents, subjectsOf, updatedAtOf } from '../src/events.ts';
import { type Mark, writeMark } from '../src/github/mark.ts';

const examples = createRequire(import.meta.url)('@octokit/webhooks-examples') as {
  name: string;
  examples: Record<string, unknown>[];
}[];

const repository = { name: 'hello', owner: { login: 'octo' }, default_branch: 'main' };
const installation = { id: 7 };
const ref = { installationId: 7, owner: 'octo', name: 'hello' };
const sha = 'a'.repeat(40);

function subjects(name: HandledEvent['name'], payload: object) {
  return subjectsOf({ name, payload: { repository, installation, ...payload } } as unknown as HandledEvent);
}
const pullRequest = { kind: 'pull-request', repository: ref, number: 5 };
const push = (paths: object, more: object = {}) =>
  subjects('push', {
    ref: 'refs/heads/main',
    created: false,
    deleted: false,
    forced: false,
    after: sha,
    commits: [paths],
    ...more,
  });
/** Without what it means to other repositories. */
const pushed = (paths: object, more: object = {}) => push(paths, more).filter(({ kind }) => kind !== 'extended-files');
const commented = (body: string, issue: object = {}) =>
  subjects('issue_comment.created', {
    issue: { number: 5, state: 'open', pull_request: {}, ...issue },
    comment: { body },
  });

describe('A pull request is looked at when', () => {
  test.each(['opened', 'reopened', 'synchronize', 'ready_for_review'] as const)('it is %s', (action) => {
    expect(subjects(`pull_request.${action}`, { pull_request: { number: 5 } })).toEqual([pullRequest]);
  });

  test('its base changes, and not when its title does', () => {
    const edited = (changes: object) => subjects('pull_request.edited', { pull_request: { number: 5 }, changes });
    expect(edited({ base: { ref: { from: 'old' } } })).toEqual([pullRequest]);
    expect(edited({ body: { from: 'old' } })).toEqual([pullRequest]);
    expect(edited({ title: { from: 'old' } })).toEqual([]);
  });

  test.each([
    ['alone', '/recheck'],
    ['between other lines, with CRLF', 'Rebased.\r\n/recheck\r\nThanks'],
    ['with a trailing blank', '/recheck  '],
    ['in upper case', '/ReCheck'],
  ])('a comment says /recheck on a line of its own, %s', (_, body) => {
    expect(commented(body)).toEqual([pullRequest]);
  });

  test.each([
    ['in a sentence', 'please /recheck this'],
    ['in a quotation', '> /recheck'],
    ['indented', '    /recheck'],
  ])('and not when /recheck stands %s', (_, body) => {
    expect(commented(body)).toEqual([]);
  });

  const override = '/override dco because the author has left';
  test.each([
    ['commands in a comment', 'issue_comment.created', override, {}],
    ['half a command in it', 'issue_comment.created', '/override', {}],
    // Only reading it as Markdown tells; the look does that, and grants nothing by itself.
    ['what may be one', 'issue_comment.created', '```\n/recheck\n```', {}],
    ['takes a command back by an edit', 'issue_comment.edited', 'Never mind', { body: { from: override } }],
    ['deletes a command', 'issue_comment.deleted', override, {}],
    ['edits what this App noted', 'issue_comment.edited', '', { body: { from: '<!-- countersign:mark {} -->' } }],
    ['deletes it', 'issue_comment.deleted', 'Noted.\n<!-- countersign:mark {} -->', {}],
  ] as const)('somebody %s', (_, name, body, changes) => {
    const payload = { issue: { number: 5, state: 'open', pull_request: {} }, comment: { body }, changes };
    expect(subjects(name, { action: name.split('.')[1], ...payload })).toEqual([pullRequest]);
  });

  test.each([
    ['submits a review with a command', 'pull_request_review.submitted', { review: { body: override } }],
    ['edits it', 'pull_request_review.edited', { review: { body: '' }, changes: { body: { from: override } } }],
    [
      'dismisses a review, whose inline comments may hold one',
      'pull_request_review.dismissed',
      { review: { body: '' } },
    ],
    ['commands beside a line', 'pull_request_review_comment.created', { comment: { body: override } }],
    ['deletes that', 'pull_request_review_comment.deleted', { comment: { body: override } }],
  ] as const)('somebody %s', (_, name, payload) => {
    const pull_request = { number: 5, state: 'open' };
    expect(subjects(name, { action: name.split('.')[1], pull_request, ...payload })).toEqual([pullRequest]);
  });

  test('and not for a review or an edit without a command, nor for what this App itself writes', () => {
    const pull_request = { number: 5, state: 'open' };
    expect(subjects('pull_request_review.submitted', { pull_request, review: { body: null } })).toEqual([]);
    expect(subjects('pull_request_review_comment.created', { pull_request, comment: { body: 'Nice' } })).toEqual([]);
    const issue = { number: 5, state: 'open', pull_request: {} };
    const comment = { body: 'Noted.\n<!-- countersign:mark {} -->' };
    expect(subjects('issue_comment.created', { action: 'created', issue, comment })).toEqual([]);
    const edited = { action: 'edited', issue, comment: { body: 'new' }, changes: { body: { from: 'old' } } };
    expect(subjects('issue_comment.edited', edited)).toEqual([]);
  });

  test('and not for a comment on an issue or on a closed pull request', () => {
    expect(commented('/recheck', { pull_request: undefined })).toEqual([]);
    expect(commented('/recheck', { state: 'closed' })).toEqual([]);
  });

  test('and not for a webhook that comes through no installation', () => {
    expect(subjects('pull_request.opened', { pull_request: { number: 5 }, installation: undefined })).toEqual([]);
  });
});

describe('The button of a check', () => {
  const marked = { digest: 'd'.repeat(64), annotated: false, pullRequests: [5], stretch: '5' };
  const pressed = (mark: Partial<Mark> | null, more: object = {}) =>
    subjects('check_run.requested_action', {
      check_run: { head_sha: sha, name: 'DCO', external_id: mark === null ? '#5' : writeMark({ ...marked, ...mark }) },
      requested_action: { identifier: 'override' },
      sender: { login: 'mia', type: 'User' },
      ...more,
    });

  test('is of the pull request whose result the check run is', () => {
    const button = { kind: 'button', repository: ref, number: 5, headSha: sha, check: 'DCO', login: 'mia' };
    expect(pressed({})).toEqual([{ ...button, stretch: '5' }]);
    const stretch = `5@${'0'.repeat(16)}`;
    expect(pressed({ stretch })).toEqual([{ ...button, stretch }]);
  });

  test.each([
    ['of a run that several pull requests share', { pullRequests: [5, 6] }, {}],
    ['of a run that is a merge group’s', { pullRequests: [], stretch: 'queue' }, {}],
    ['of a run that this App did not mark', null, {}],
    ['that is another one', {}, { requested_action: { identifier: 'mend' } }],
    ['that a bot pressed', {}, { sender: { login: 'robot', type: 'Bot' } }],
  ])('%s is of none', (_, mark, more) => {
    expect(pressed(mark, more)).toEqual([]);
  });
});

describe('A re-run looks at', () => {
  const suite = (head_branch: string | null) => ({ head_sha: sha, head_branch });

  test('the open pull requests with that head, since a fork’s are not named', () => {
    const expected = [{ kind: 'open-pull-requests', repository: ref, base: null, headSha: sha }];
    expect(subjects('check_suite.rerequested', { check_suite: suite(null) })).toEqual(expected);
    expect(subjects('check_run.rerequested', { check_run: { head_sha: sha, check_suite: suite('feature') } })).toEqual(
      expected,
    );
  });

  test('the merge group whose branch it is', () => {
    const branch = `gh-readonly-queue/release/2.x/pr-12-${'b'.repeat(40)}`;
    expect(subjects('check_suite.rerequested', { check_suite: suite(branch) })).toEqual([
      {
        kind: 'merge-group',
        repository: ref,
        headSha: sha,
        headRef: branch,
        baseSha: 'b'.repeat(40),
        baseRef: 'release/2.x',
      },
    ]);
  });
});

describe('A push', () => {
  const lookAtMain = [{ kind: 'open-pull-requests', repository: ref, base: 'main', headSha: null }];

  test.each([
    ['adds the policy', { added: ['.github/countersign.yml'] }],
    ['changes it', { modified: ['src/a.c', '.github/countersign.yaml'] }],
    ['removes the DCO App’s file', { removed: ['.github/dco.yml'] }],
    ['changes .mailmap', { modified: ['.mailmap'] }],
    ['changes a file that the policy may extend', { modified: ['.github/policies/base.yaml'] }],
  ])('that %s looks at the pull requests into that branch', (_, paths) => {
    expect(pushed(paths)).toEqual(lookAtMain);
  });

  test('that changes anything else looks at nothing', () => {
    const modified = ['README.md', '.github/workflows/ci.yml', '.github/ISSUE_TEMPLATE/bug.yml', '.github/a.yml.md'];
    expect(pushed({ added: ['src/countersign.json'], modified })).toEqual([]);
  });

  describe('of files elsewhere that the policy may build on', () => {
    const files = { after: sha };

    test('looks whether it does', () => {
      const paths = { added: ['rules/a.yml', 'a.c'], modified: ['rules/b.yaml', '.github/workflows/ci.yml'] };
      const commits = [paths, { removed: ['rules/a.yml'] }];
      expect(pushed({}, { ...files, commits })).toEqual([
        { kind: 'policy-files', repository: ref, base: 'main', sha, paths: ['rules/a.yml', 'rules/b.yaml'] },
      ]);
    });

    test('looks at the pull requests at once where the policy changes with them, or they are very many', () => {
      const many = Array.from({ length: 101 }, (_, index) => `charts/${index}.yml`);
      expect(pushed({ modified: ['rules/a.yml', '.github/countersign.yml'] }, files)).toEqual(lookAtMain);
      expect(pushed({ modified: many }, files)).toEqual(lookAtMain);
    });

    test('looks at nothing in another branch than the default one', () => {
      expect(pushed({ modified: ['rules/a.yml'] }, { ...files, ref: 'refs/heads/topic' })).toEqual([]);
    });
  });

  test('that was forced, or too large to be told in full, looks in any case', () => {
    expect(pushed({}, { forced: true })).toEqual(lookAtMain);
    expect(pushed({}, { commits: Array.from({ length: 2048 }, () => ({})) })).toEqual(lookAtMain);
  });

  test('of a tag, or a deletion, looks at nothing', () => {
    expect(pushed({ added: ['.mailmap'] }, { ref: 'refs/tags/main' })).toEqual([]);
    expect(pushed({}, { deleted: true, forced: true })).toEqual([]);
  });

  test('to the policy in the organisation’s .github repository looks at all that the installation reaches', () => {
    const shared = { repository: { ...repository, name: '.github' } };
    for (const path of ['.github/countersign.yml', 'policies/base.yml']) {
      expect(pushed({ added: [path] }, shared)).toEqual([{ kind: 'installation', installationId: 7 }]);
    }
    expect(pushed({ added: ['profile/README.md', '.github/workflows/ci.yml'] }, shared)).toEqual([]);
  });
});

describe('A push looks at whoever builds on it in other repositories', () => {
  const heard = (paths: object, more: object = {}) => {
    const [found = null, ...others] = push(paths, more).filter(({ kind }) => kind === 'extended-files');
    expect(others).toEqual([]);
    return found;
  };
  const files = { kind: 'extended-files', repository: ref, ref: 'main', isDefault: true, sha };

  test('where it changes files that a policy can extend', () => {
    const paths = { added: ['rules/a.yml', 'a.c'], modified: ['.github/b.yaml', '.github/workflows/ci.yml'] };
    const commits = [paths, { removed: ['rules/a.yml'] }];
    expect(heard({}, { commits })).toEqual({ ...files, paths: ['rules/a.yml', '.github/b.yaml'] });
    expect(heard({ modified: ['README.md', '.github/workflows/ci.yml'] })).toBeNull();
  });

  test('of any branch', () => {
    const paths = ['a.yml'];
    const expected = { ...files, ref: 'v1/next', isDefault: false, paths };
    expect(heard({ modified: paths }, { ref: 'refs/heads/v1/next' })).toEqual(expected);
    expect(heard({ modified: paths }, { repository: { ...repository, name: '.github' } })).toMatchObject({ paths });
  });

  test('of a tag that was there, and whatever is forced or too large to be told in full, in any case', () => {
    const any = { ...files, paths: null };
    const many = Array.from({ length: 101 }, (_, index) => `charts/${index}.yml`);
    expect(heard({}, { ref: 'refs/tags/main' })).toEqual({ ...any, isDefault: false });
    expect(heard({}, { forced: true })).toEqual(any);
    expect(heard({ added: many })).toEqual(any);
    expect(heard({}, { ref: 'refs/tags/v1', created: true })).toBeNull();
    expect(heard({}, { deleted: true, forced: true })).toBeNull();
  });
});

describe('An installation', () => {
  test('that is new, or may do more, or is back, has all its open pull requests looked at', () => {
    for (const action of ['created', 'unsuspend', 'new_permissions_accepted'] as const) {
      expect(subjects(`installation.${action}`, {})).toEqual([{ kind: 'installation', installationId: 7 }]);
    }
  });

  test('that gains repositories has theirs looked at', () => {
    expect(
      subjects('installation_repositories.added', {
        repositories_added: [{ full_name: 'octo/new' }, { full_name: 'odd' }],
      }),
    ).toEqual([
      {
        kind: 'open-pull-requests',
        repository: { installationId: 7, owner: 'octo', name: 'new' },
        base: null,
        headSha: null,
      },
    ]);
  });
});

test('A merge group is named by its head and base', () => {
  const merge_group = {
    head_sha: sha,
    head_ref: 'refs/heads/gh-readonly-queue/main/pr-5-x',
    base_sha: 'b'.repeat(40),
    base_ref: 'refs/heads/main',
  };
  expect(subjects('merge_group.checks_requested', { merge_group })).toEqual([
    {
      kind: 'merge-group',
      repository: ref,
      headSha: sha,
      headRef: 'gh-readonly-queue/main/pr-5-x',
      baseSha: 'b'.repeat(40),
      baseRef: 'main',
    },
  ]);
});

test('The time of the newest change is known for pull requests and comments alone', () => {
  const time = '2026-01-02T03:04:05Z';
  const updatedAt = (name: HandledEvent['name'], payload: object) =>
    updatedAtOf({ name, payload } as unknown as HandledEvent);
  expect(updatedAt('pull_request.opened', { pull_request: { updated_at: time } })).toBe(time);
  expect(updatedAt('issue_comment.created', { issue: { updated_at: time } })).toBe(time);
  expect(updatedAt('push', {})).toBeNull();
});

describe("None of GitHub's own examples is more than can be understood:", () => {
  const cases = examples.flatMap(({ name, examples: payloads }) =>
    payloads.map((payload) => ({ name: 'action' in payload ? `${name}.${payload.action}` : name, payload })),
  );
  const handled = cases.filter(({ name }) => (handledEvents as readonly string[]).includes(name));

  test('there are examples of most events', () => {
    expect(new Set(handled.map(({ name }) => name)).size).toBeGreaterThan(9);
  });

  test.each(handled)('$name', ({ name, payload }) => {
    const withInstallation = { installation: { id: 7 }, ...payload };
    expect(Array.isArray(subjectsOf({ name, payload: withInstallation } as unknown as HandledEvent))).toBe(true);
  });
});
