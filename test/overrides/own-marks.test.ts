// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type OwnMark, readOwnMark, writeOwnMark } from '../../src/overrides/own-marks.ts';
import { shaOf } from '../helpers/contribution.ts';
import { hostile, html, nasty } from '../report/hostile.ts';
import { comment, decide, outcome, reader, scene } from './conversation.ts';

const button: OwnMark = { kind: 'button', login: 'mia', check: 'dco', head: shaOf(2), delivery: 'd-1' };
const record: OwnMark = {
  kind: 'record',
  comment: 'IC_a-->b',
  check: 'dco',
  head: shaOf(2),
  findings: ['0123456789abcdef'],
};

describe('A mark in a comment of our own', () => {
  test.each([button, record])('is read as it was written: %j', (mark) => {
    expect(readOwnMark(`Words.\n\n${writeOwnMark(mark)}\n`)).toEqual(mark);
  });

  test.each([button, record])('is not seen by readers: %j', (mark) => {
    expect(html(writeOwnMark(mark))).toBe(writeOwnMark(mark));
    expect(writeOwnMark(mark).slice(4, -3)).not.toMatch(/--|[<>]/);
  });

  test.each([
    ['nothing', ''],
    ['words', 'Words.'],
    ['words after it', `${writeOwnMark(button)}\nWords.`],
    ['words before it on its line', `Words. ${writeOwnMark(button)}`],
    ['a broken one', '<!-- countersign:mark {"kind": -->'],
    ['an unknown kind', '<!-- countersign:mark {"kind":"grant"} -->'],
    ['more than it should hold', writeOwnMark(button).replace('{', '{"x":1,')],
    ['a login that is none', writeOwnMark(button).replace('"mia"', '"m i a"')],
  ])('is not found in %s', (_, body) => {
    expect(readOwnMark(body)).toBeNull();
  });

  test('cannot be written with what is none', () => {
    expect(() => writeOwnMark({ ...button, login: 'mia -->' })).toThrow();
  });

  test('is never found in what a reply of ours quotes', () => {
    fc.assert(
      fc.property(fc.oneof(hostile, fc.constantFrom(...nasty)), (theirs) => {
        expect(readOwnMark(theirs)).toBeNull();
      }),
    );
  });
});

describe('A button that was pressed', () => {
  const pressed = (mark: OwnMark, more: object = {}) =>
    comment(`Pressed.\n\n${writeOwnMark(mark)}`, { own: true, by: 'countersign[bot]', ...more });
  const policy = 'overrides: {reason: optional}';

  test('is an override without a reason, by whoever pressed it', () => {
    const question = scene({ comments: [pressed(button)], policy });
    expect(outcome(question)).toEqual({ passes: true, all: ['granted mia'] });
    expect(decide(question).perCheck.get('dco')?.granted[0]?.reason).toBeNull();
    expect(decide(question).acknowledged).toEqual([]);
  });

  test.each([
    ['by somebody who may not', pressed({ ...button, login: 'rob' }), policy],
    ['by the author of the pull request', pressed({ ...button, login: 'ada' }), policy],
    ['on another head', pressed({ ...button, head: shaOf(1) }), policy],
    ['for another check', pressed({ ...button, check: 'license' }), policy],
    ['where the policy wants a reason', pressed(button), ''],
    ['in a comment that was edited', pressed(button, { edited: true }), policy],
    ['in a comment that was hidden', pressed(button, { minimised: true }), policy],
    ['in a comment of somebody else', pressed(button, { own: false, by: 'mia' }), policy],
    ['before it was there', pressed(button, { second: 9 }), policy],
  ])('does nothing %s', (_, one, text) => {
    expect(outcome(scene({ comments: [one], policy: text })).passes).toBe(false);
  });

  test('is asked about like a comment', () => {
    const question = scene({ comments: [pressed({ ...button, login: 'rob' })], policy, permissions: { rob: reader } });
    expect(outcome(question).all).toEqual(['refused rob not-allowed']);
  });
});
