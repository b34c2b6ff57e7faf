// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isEmail, isNoreply } from '../../../src/rules/dco/email.ts';

describe('an e-mail address', () => {
  test.each([
    'ada@example.org',
    'ada.b+list@sub.example.org',
    "o'neil_{x}@example.org",
    'ADA@EXAMPLE.ORG',
    '用户@例え.テスト',
    'jörg@müller.example',
    'jorg@xn--mller-kva.example',
    '49699333+dependabot[bot]@users.noreply.github.com',
    'dependabot[bot]@users.noreply.github.com',
    '12345+ada@users.noreply.github.com',
    'ada@users.noreply.ghe.example.org',
  ])('may be %s', (address) => {
    expect(isEmail(address)).toBe(true);
  });

  test.each([
    ['ada@example', 'it has no top-level domain'],
    ['ada(at)example.org', 'it has no @'],
    ['@example.org', 'nothing stands before the @'],
    ['ada@', 'nothing stands after the @'],
    ['ada@b@example.org', 'it has two @'],
    ['ada b@example.org', 'it has a space'],
    ['ada@exam ple.org', 'its domain has a space'],
    ['.ada@example.org', 'it starts with a full stop'],
    ['ada..b@example.org', 'two full stops follow each other'],
    ['ada@example..org', 'a part of its domain is empty'],
    ['ada@-example.org', 'a part of its domain starts with a hyphen'],
    ['ada@127.0.0.1', 'it names a machine by number'],
    ['ada@[127.0.0.1]', 'it names a machine by number'],
    ['ada@example.123', 'its top-level domain is a number'],
    ['ada@ex%61mple.org', 'its domain is escaped as in a URL'],
    ['ada@example.org/path', 'its domain goes on as a URL'],
    ['ada@example.org?query', 'its domain goes on as a URL'],
    ['ada@example.org#part', 'its domain goes on as a URL'],
    ['ada@example.org\\path', 'its domain goes on as a URL'],
    ['<ada@example.org', 'it has a bracket'],
    ['"ada"@example.org', 'it is quoted'],
    ['ada[bot]@example.org', 'brackets are for no-reply addresses of bots'],
    ['ada\u202e@example.org', 'it has an invisible character'],
    [`${'a'.repeat(65)}@example.org`, 'what is before the @ is too long'],
    [`ada@${'a.'.repeat(130)}org`, 'it is too long'],
    ['', 'it is empty'],
  ])('can’t be %s: %s', (address) => {
    expect(isEmail(address)).toBe(false);
  });

  test('is judged without failing, whatever it is', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => typeof isEmail(text) === 'boolean'));
    expect(isEmail(`${'a'.repeat(1_000_000)}@example.org`)).toBe(false);
  });

  test('is one of GitHub’s no-reply addresses by its domain', () => {
    expect(isNoreply('12345+ada@users.noreply.github.com')).toBe(true);
    expect(isNoreply('ada@USERS.NOREPLY.ghe.example.org')).toBe(true);
    expect(isNoreply('users.noreply.github.com@example.org')).toBe(false);
    expect(isNoreply('noreply@github.com')).toBe(false);
  });
});
