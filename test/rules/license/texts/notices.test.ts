// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { isNotice, noticeLines } from '../../../../src/rules/license/texts/notices.ts';

describe('a copyright notice', () => {
  test.each([
    'Copyright (c) 2031 Ada Example',
    'Copyright © 2019-2031 The Example Project Authors',
    ' * Copyright 2031, Ada Example <ada@example.org>, Bob Sample and others.',
    '(c) 2031 Example Works GmbH. All rights reserved.',
    '# SPDX-FileCopyrightText: 2031 Ada Example',
    'Copyright (c) <year> <copyright holders>',
    'Copyright [yyyy] [name of copyright owner]',
    'Portions Copyright (C) 2031 The Regents of the University of Example',
    'Copyright (c) 2031 the example authors and contributors',
    'All rights reserved.',
  ])('is %s', (line) => {
    expect([...noticeLines(`one\n${line}\ntwo`)]).toEqual([2]);
  });

  test.each([
    'Copyright License. Each Contributor hereby grants to You',
    'copyright notice and this permission notice',
    'The above copyright notice',
    'Copyright (c) 2031 Ada Example. Commercial use is prohibited.',
    'Copyright (c) 2031 Ada Example, ask me before you copy this',
    'Copyright (c) 2031 Ada Example. You must not copy it.',
    `Copyright (c) 2031 ${'Ada '.repeat(40)}`,
    'Copyright (c) 2031 Ada Example. Not.for.sale, sold at all',
    'All rights reserved by law unless granted',
  ])('is not %s', (line) => {
    expect([...noticeLines(`one\n${line}\ntwo`)]).toEqual([]);
  });

  test('has names, which have capitals, and hardly a word in small letters', () => {
    expect(isNotice('Copyright 2031 Ada Example of Sample, Inc.')).toBe(true);
    expect(isNotice('Copyright 2031 Ada, send me cake first')).toBe(false);
  });
});
