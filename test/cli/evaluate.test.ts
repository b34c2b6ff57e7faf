// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readContribution } from '../../src/cli/read-contribution.ts';
import { type Contribution, contributionSchema } from '../../src/contribution/contribution.ts';
import { countersign } from './command.ts';

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'countersign-evaluate-'));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const ada = { name: 'Ada Example', email: 'ada@example.org' };
const account = { login: 'ada', type: 'User' as const };

function recorded(message: string): Contribution {
  const [base, head] = ['a'.repeat(40), 'b'.repeat(40)];
  const commit = { sha: head, message, author: ada, committer: ada, parents: [base], paths: null };
  return contributionSchema.parse({
    version: 1,
    source: 'github',
    repository: { host: 'github.com', owner: 'example', ownerType: 'Organization', name: 'project', squash: null },
    pullRequest: { number: 12, url: 'https://github.com/example/project/pull/12', author: account, draft: false },
    base: { ref: 'main', sha: base },
    head: { ref: 'topic', sha: head },
    commits: [{ ...commit, authorAccount: account, committerAccount: account, signature: null }],
    files: [],
    totals: { commits: 1, files: 0 },
  });
}

function file(name: string, content: string | Buffer): string {
  const path = join(directory, name);
  writeFileSync(path, content);
  return path;
}

describe('countersign evaluate', () => {
  test('judges a recorded contribution by the policy that was recorded with it', async () => {
    const contribution = file('unsigned.json', JSON.stringify(recorded('one\n')));
    const policy = file(
      'policy.yml',
      JSON.stringify({ policy: { name: 'Policy' }, dco: { mode: 'enforce', name: 'Sign-off' } }),
    );
    const { code, stdout } = await countersign(['evaluate', '--contribution', contribution, '--policy', policy]);
    expect(stdout).toContain('example/project#12');
    expect(stdout).toMatch(/Sign-off: .* needs a sign-off/);
    expect(code).toBe(1);
  });

  test('reads it from standard input, and judges by the default preset', async () => {
    const input = JSON.stringify(recorded('one\n\nSigned-off-by: Ada Example <ada@example.org>\n'));
    const { code, stdout } = await countersign(['evaluate', '--contribution', '-', '--format', 'json'], { input });
    expect(JSON.parse(stdout)).toMatchObject({ outcome: 'pass', policySources: [{ path: 'default' }] });
    expect(code).toBe(0);
  });

  test('cannot judge one whose facts are incomplete', async () => {
    const input = JSON.stringify({ ...recorded('one\n'), totals: { commits: 2 } });
    expect((await countersign(['evaluate', '--contribution', '-'], { input })).code).toBe(2);
  });

  test('says in one place what is wrong with its input', async () => {
    const { code, stdout, stderr } = await countersign(['evaluate', '--contribution', '-'], { input: '[1' });
    expect(stderr).toMatch(/^error: Standard input is not JSON: .*\(line 1 column 3\)\.\n$/);
    expect([code, stdout]).toEqual([2, '']);
  });
});

describe('what is no contribution is refused', () => {
  const whole = recorded('one\n');
  test.each([
    ['nothing', '', 'is empty'],
    ['half a file', '{"version": 1, "commits": [', 'is not JSON: '],
    ['something other than an object', '[]', 'the whole: wanted an object, found an array'],
    ['bytes that are no text', Buffer.from([0x22, 0xff, 0x22]), 'is not UTF-8 text'],
    ['another version', { ...whole, version: 2 }, 'version 2, and this countersign reads version 1'],
    ['a version that is no number', { ...whole, version: '1' }, 'version: wanted 1, found a string'],
    ['an unknown source', { ...whole, source: 'svn' }, 'source: wanted "github" or "git", found a string'],
    [
      'a commit without a message',
      { ...whole, commits: [{ ...whole.commits[0], message: undefined }] },
      'commits[0].message: wanted a string, it is missing',
    ],
    ['a short object id', { ...whole, head: { ref: 'x', sha: 'abc' } }, 'head.sha: wanted a full object id'],
    ['half a commit', { ...whole, totals: { commits: 1.5 } }, 'totals.commits: wanted a whole number, found a number'],
    [
      'a membership of a strange login',
      { ...whole, memberships: { 'a b': 1 } },
      'memberships["a b"]: wanted "member" or "none" or "unknown", found a number',
    ],
    ['many mistakes', { version: 1, commits: [{}, {}, {}] }, 'more'],
  ])('%s', async (name, content, message) => {
    const text = typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content);
    await expect(readContribution(file(`${name}.json`, text))).rejects.toThrow(message);
  });

  test.each([
    ['a file that is not there', 'missing.json', 'there is no such file'],
    ['a directory', '.', 'it is a directory'],
    ['a path through a file', 'here.json/there', 'goes through a file'],
  ])('%s', async (_, path, message) => {
    file('here.json', '{}');
    await expect(readContribution(join(directory, path))).rejects.toThrow(message);
  });

  test('a byte order mark is not', async () => {
    expect(await readContribution(file('bom.json', `\ufeff${JSON.stringify(whole)}`))).toEqual(whole);
  });
});
