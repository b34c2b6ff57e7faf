// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { afterAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { commitParser, readCommits } from '../../src/git/commits.ts';
import { createRepository, inside, type NewCommit } from './repository.ts';

const repository = createRepository();
afterAll(repository.remove);
const base = repository.commit({ message: 'base\n' });

async function read(commit: NewCommit) {
  const sha = repository.commit({ parents: [base], ...commit });
  const [read] = await inside(repository, () => readCommits(sha, base));
  return read;
}

describe('a commit read from Git', () => {
  test('is plain data, with nothing that a clone cannot know', async () => {
    const sha = repository.commit({
      message: 'Subject\n\nBody\n',
      parents: [base],
      committer: 'Bob <bob@example.org>',
    });
    expect(await inside(repository, () => readCommits(sha, base))).toEqual([
      {
        sha,
        message: 'Subject\n\nBody\n',
        authoredOn: '2026-01-02',
        author: { name: 'Ada Example', email: 'ada@example.org' },
        committer: { name: 'Bob', email: 'bob@example.org' },
        authorAccount: null,
        committerAccount: null,
        signature: null,
        parents: [base],
        paths: null,
      },
    ]);
  });

  test.each([
    ['blank lines at both ends', '\n\nsubject\n\n\n'],
    ['no line break at the end', 'subject'],
    ['nothing at all', ''],
    ['lines like those of git rev-list', `subject\ncommit ${'a'.repeat(40)}\n${'b'.repeat(40)}`],
    ['carriage returns and trailing white space', 'subject \r\n\t\r\nSigned-off-by: A <a@example.org> \r\n'],
    ['control characters', 'subject \x1b[31m\x07\x7f\n'],
    ['characters outside the basic plane', '🚀 subject\n\nSigned-off-by: 𝓐da <ada@example.org>\n'],
    ['a byte order mark', '\ufeffsubject\n'],
  ])('keeps a message with %s as it is', async (_, message) => {
    expect((await read({ message }))?.message).toBe(message);
  });

  test('is decoded as its encoding header says', async () => {
    const latin1 = (text: string) => Buffer.from(text, 'latin1');
    const commit = await read({
      message: latin1('Größe\n'),
      author: latin1('Renée Example <renee@example.org>'),
      headers: 'encoding ISO-8859-1',
    });
    expect(commit).toMatchObject({ message: 'Größe\n', author: { name: 'Renée Example' } });
  });

  test('shows bytes that are no text as replacement characters', async () => {
    const commit = await read({ message: Buffer.from([0x66, 0xff, 0xc3, 0x0a]) });
    expect(commit?.message).toBe('f\ufffd\ufffd\n');
  });

  test('ends where Git ends it, at a NUL', async () => {
    expect((await read({ message: 'seen\n\0\nSigned-off-by: Ada Example <ada@example.org>' }))?.message).toBe('seen\n');
  });

  test.each([
    ['no address', 'Ada Example <>', { name: 'Ada Example', email: '' }],
    ['no name', '<ada@example.org>', { name: '', email: 'ada@example.org' }],
    ['nothing that is an identity', 'nobody', { name: '', email: '' }],
  ])('may have an author with %s', async (_, author, expected) => {
    expect((await read({ message: 'subject\n', author }))?.author).toEqual(expected);
  });

  test('keeps the identity that was recorded, whatever .mailmap says', async () => {
    repository.git('config', 'log.mailmap', 'true');
    const files = { '.mailmap': 'Somebody Else <else@example.org> <ada@example.org>\n' };
    expect((await read({ message: 'subject\n', files }))?.author?.name).toBe('Ada Example');
  });

  test('is not changed by the settings for people who read logs', async () => {
    const settings = [
      ['log.showSignature', 'true'],
      ['format.pretty', 'oneline'],
      ['i18n.logOutputEncoding', 'ISO-8859-1'],
      ['core.pager', 'false'],
      ['color.ui', 'always'],
    ];
    for (const [key = '', value = ''] of settings) repository.git('config', key, value);
    expect((await read({ message: 'Größe\n' }))?.message).toBe('Größe\n');
  });
});

describe('the commits of a range', () => {
  test('come parents first, with both sides of a merge', async () => {
    const left = repository.commit({ message: 'left\n', parents: [base] });
    const right = repository.commit({ message: 'right\n', parents: [base] });
    const merge = repository.commit({ message: 'merge\n', parents: [left, right] });
    const commits = await inside(repository, () => readCommits(merge, base));
    expect(commits.map(({ sha }) => sha)).toEqual(expect.arrayContaining([left, right]));
    expect(commits.at(-1)).toMatchObject({ sha: merge, parents: [left, right] });
    expect(commits).toHaveLength(3);
  });

  test('are those that were pushed, not their local replacements', async () => {
    const real = repository.commit({ message: 'real\n', parents: [base] });
    const fake = repository.commit({ message: 'fake\n', parents: [base] });
    repository.git('replace', real, fake);
    expect((await inside(repository, () => readCommits(real, base)))[0]?.message).toBe('real\n');
  });

  test('cannot be read where the object is missing', async () => {
    const missing = 'f'.repeat(40);
    await expect(inside(repository, () => readCommits(missing, base))).rejects.toThrow(/^git rev-list failed: .*f{40}/);
  });
});

describe('the parser', () => {
  const text = fc.string({ unit: 'binary' }).map((words) => words.toWellFormed().replaceAll('\0', ''));

  test('reads the same commits however the output is cut into chunks', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(text, { minLength: 5, maxLength: 5 })),
        fc.integer({ min: 1, max: 40 }),
        (all, step) => {
          const sha = 'c'.repeat(40);
          const output = Buffer.from(
            all.map((fields) => `commit ${sha}\n\0${1767657599}\0${fields.join('\0')}\0\n`).join(''),
          );
          const parser = commitParser();
          for (let at = 0; at < output.length; at += step) parser.take(output.subarray(at, at + step));
          const read = parser
            .end()
            .map(({ author, committer, message }) => [
              ...Object.values(author ?? {}),
              ...Object.values(committer ?? {}),
              message,
            ]);
          expect(read).toEqual(all);
        },
      ),
    );
  });

  test('refuses output that ends in the middle of a commit', () => {
    const parser = commitParser();
    parser.take(Buffer.from(`commit ${'c'.repeat(40)}\n\x000\0Ada\0ada@example.org\0`));
    expect(() => parser.end()).toThrow('unexpected');
  });
});
