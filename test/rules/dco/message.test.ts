// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fold } from '../../../src/rules/dco/fold.ts';
import { written } from '../../../src/rules/dco/identity.ts';
import { readMessage } from '../../../src/rules/dco/message.ts';

const ada = 'Ada Example <ada@example.org>';
const sha = '0123456789abcdef0123456789abcdef01234567';
const signOffsIn = (text: string) => readMessage(text).signOffs.map(written);

describe('a sign-off', () => {
  test.each([
    ['at the end', `Fix it\n\nSigned-off-by: ${ada}`],
    ['before other text', `Fix it\n\nSigned-off-by: ${ada}\n\nAnd some more.`],
    ['right below the subject', `Fix it\nSigned-off-by: ${ada}`],
    ['in any case', `Fix it\n\nsIGNED-OFF-bY: ${ada}`],
    ['without a space after the colon', `Fix it\n\nSigned-off-by:${ada}`],
    ['with white space around its parts', 'Fix it\n\nSigned-off-by: \t Ada Example  < ada@example.org > \t'],
    ['with Windows line ends', `Fix it\r\n\r\nSigned-off-by: ${ada}\r\n`],
    ['below blank lines and a subject', `\n\n  \nFix it\n\nSigned-off-by: ${ada}`],
  ])('counts %s', (_where, text) => {
    expect(signOffsIn(text)).toEqual([ada]);
  });

  test('counts as often as it is there', () => {
    expect(signOffsIn('Fix\n\nSigned-off-by: A <a@x.org>\nSigned-off-by: B <b@x.org>')).toHaveLength(2);
  });

  test('has the last angle brackets of its line around the address', () => {
    expect(readMessage('Fix\n\nSigned-off-by: Ada <x> <ada@example.org>').signOffs).toEqual([
      { name: 'Ada <x>', email: 'ada@example.org' },
    ]);
  });

  test.each([
    ['is the subject', `Signed-off-by: ${ada}`, 'subject'],
    ['is the subject below blank lines', `\n\nSigned-off-by: ${ada}\n\nText`, 'subject'],
    ['is indented', `Fix\n\n  Signed-off-by: ${ada}`, 'indented'],
    ['is quoted', `Fix\n\n> Signed-off-by: ${ada}`, 'indented'],
    ['is a list item', `Fix\n\n* Signed-off-by: ${ada}`, 'indented'],
    ['is commented out', `Fix\n\n# Signed-off-by: ${ada}`, 'indented'],
    ['is misspelled', `Fix\n\nSigned-of-by: ${ada}`, 'keyword'],
    ['is misspelled otherwise', `Fix\n\nSinged-off-by: ${ada}`, 'keyword'],
    ['has spaces in its keyword', `Fix\n\nSigned off by: ${ada}`, 'keyword'],
    ['has no colon', `Fix\n\nSigned-off-by ${ada}`, 'keyword'],
    ['has only half of its keyword', `Fix\n\nSigned-by: ${ada}`, 'keyword'],
    ['has a space before the colon', `Fix\n\nSigned-off-by : ${ada}`, 'keyword'],
    ['has no name', 'Fix\n\nSigned-off-by: <ada@example.org>', 'no-name'],
    ['has no address', 'Fix\n\nSigned-off-by: Ada Example', 'no-email'],
    ['has an empty address', 'Fix\n\nSigned-off-by: Ada Example <>', 'no-email'],
    ['has nothing', 'Fix\n\nSigned-off-by:', 'no-email'],
    ['has no angle brackets', 'Fix\n\nSigned-off-by: Ada Example ada@example.org', 'no-brackets'],
    ['is followed by text', `Fix\n\nSigned-off-by: ${ada} (at work)`, 'trailing-text'],
  ])('does not count where it %s', (_what, text, kind) => {
    const { signOffs, nearMisses } = readMessage(text);
    expect(signOffs).toEqual([]);
    expect(nearMisses.map((miss) => miss.kind)).toEqual([kind]);
  });

  test.each([
    'Signed off the plans at last',
    'Acked-by: Ada Example <ada@example.org>',
    'Reviewed-by: Ada Example <ada@example.org>',
    'See who signed-off-by: mail ada@example.org',
    'Signal handling by ada@example.org',
  ])('is not suspected in “%s”', (line) => {
    expect(readMessage(`Fix\n\n${line}`)).toMatchObject({ signOffs: [], nearMisses: [] });
  });
});

describe('a message', () => {
  test('has its first line with text as subject', () => {
    expect(readMessage('\n \n Fix it \n\nMore').subject).toBe('Fix it');
    expect(readMessage('').subject).toBe('');
    expect(readMessage('x'.repeat(1000)).subject).toBe(`${'x'.repeat(200)}…`);
  });

  test('has no content where it holds nothing but sign-offs, as Git sees it', () => {
    expect(readMessage(`Signed-off-by: ${ada}\n`).hasContent).toBe(false);
    expect(readMessage('\n').hasContent).toBe(false);
    expect(readMessage(`Fix\n\nSigned-off-by: ${ada}`).hasContent).toBe(true);
  });

  test('names co-authors below its subject', () => {
    const text = `Co-authored-by: X <x@x.org>\n\nCo-authored-by: ${ada}\nco-AUTHORED-by: Bob <bob@x.org>\nCo-authored-by: Cy`;
    const { coAuthors, unreadableCoAuthors } = readMessage(text);
    expect(coAuthors.map(written)).toEqual([ada, 'Bob <bob@x.org>']);
    expect(unreadableCoAuthors).toEqual(['Co-authored-by: Cy']);
  });

  test.each([
    [`I, ${ada}, hereby add my Signed-off-by to this commit: ${sha}`, { thirdParty: false, sha }],
    [`i, ${ada}, HEREBY add my signed-off-by to this commit: ${sha.toUpperCase()}  `, { thirdParty: false, sha }],
    [`I, ${ada}, hereby add my Signed-off-by to this commit: ${sha.slice(0, 7)}`, { sha: sha.slice(0, 7) }],
    [`On behalf of Bob <b@x.org>, I, ${ada}, hereby add my Signed-off-by to this commit: ${sha}`, { thirdParty: true }],
    [`I, İ <i@x.org>, hereby add my Signed-off-by to this commit: ${sha}`, { by: { name: 'İ', email: 'i@x.org' } }],
  ])('may sign off an earlier commit: %s', (line, claim) => {
    expect(readMessage(line).claims).toMatchObject([claim]);
    expect(readMessage(`Remedy\n\n${line}\n`).claims).toMatchObject([claim]);
  });

  test.each([
    `I, Ada Example, hereby add my Signed-off-by to this commit: ${sha}`,
    `I, ${ada} hereby add my Signed-off-by to this commit: ${sha}`,
    `For Bob <b@x.org>, I, ${ada}, hereby add my Signed-off-by to this commit: ${sha}`,
    `On behalf of Bob, I, ${ada}, hereby add my Signed-off-by to this commit: ${sha}`,
    `I, ${ada}, hereby add my Signed-off-by to this commit: ${sha} and others`,
    `I, ${ada}, hereby add my Signed-off-by to this commit: the last one`,
    `> I, ${ada}, hereby add my Signed-off-by to this commit: ${sha}`,
  ])('does not do so in other words: %s', (line) => {
    expect(readMessage(line)).toMatchObject({ claims: [], malformedClaims: [line] });
  });
});

describe('hostile messages', () => {
  const pieces = fc.constantFrom(
    'Signed-off-by:',
    'signed-of-by: ',
    'Co-authored-by:',
    'I, ',
    'On behalf of ',
    '>, I, ',
    ', hereby add my Signed-off-by to this commit: ',
    '<',
    '>',
    '@',
    ' ',
    '\t',
    '\n',
    '\r\n',
    '\u2028',
    '\0',
    '\u0301',
    '\ud800',
    sha,
  );
  const hostile = fc.array(fc.oneof(pieces, fc.string({ unit: 'binary', maxLength: 4 })), { maxLength: 60 });

  test('are read without failing, and never yield a sign-off from the first line with text', () => {
    fc.assert(
      fc.property(hostile, (parts) => {
        const text = parts.join('');
        const { signOffs } = readMessage(text);
        const [, ...below] = text.split('\n').filter((line) => line.trim() !== '');
        const lines = below.filter((line) => /^signed-off-by:/i.test(line));
        expect(signOffs.length).toBeLessThanOrEqual(lines.length);
        for (const { name, email } of signOffs) expect(name === '' || email === '' || email.includes('>')).toBe(false);
      }),
    );
  });

  test('keep what is shown of them short', () => {
    const long = `Signed-of-by: @${'x'.repeat(10_000)}`;
    const { nearMisses, malformedClaims, subject } = readMessage(
      [long, ...Array(100).fill(long), ...Array(100).fill(`hereby add my Signed-off-by to this commit${long}`)].join(
        '\n',
      ),
    );
    expect(nearMisses).toHaveLength(3);
    expect(malformedClaims).toHaveLength(3);
    for (const shown of [subject, ...malformedClaims, ...nearMisses.map(({ line }) => line)]) {
      expect(shown.length).toBeLessThanOrEqual(201);
    }
  });

  test('name a thousand people at most; a co-author past them can’t be checked, so does not pass', () => {
    const people = Array.from({ length: 1001 }, (_, index) => `P${index} <p${index}@x.org>`);
    const lines = people.flatMap((person) => [`Signed-off-by: ${person}`, `Co-authored-by: ${person}`]);
    const { signOffs, coAuthors, unreadableCoAuthors } = readMessage(['Fix', '', ...lines, ...lines].join('\n'));
    expect([signOffs.length, coAuthors.length, unreadableCoAuthors]).toEqual([1000, 1000, ['P1000']]);
  });

  test('can’t make comparing names slow: text with more marks in a row than any script has is not reordered', () => {
    const marks = '\u0301'.repeat(6) + '\u0323'.repeat(6);
    expect(fold(`A${marks}`)).toBe(`a${marks}`);
    expect(fold('A\u0301\u0323')).toBe('\u1ea1\u0301');
  });
});
