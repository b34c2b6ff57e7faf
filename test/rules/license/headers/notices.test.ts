// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

// REUSE-IgnoreStart
import { describe, expect, test } from '@jest/globals';
import { readHeader } from '../../../../src/rules/license/headers/header.ts';

const commented = (text: string) =>
  text
    .split('\n')
    .map((line) => ` * ${line}`)
    .join('\n');
const noticesOf = (text: string) => readHeader('a.c', `/*\n${commented(text)}\n */\nint x;\n`).notices;
const ids = (text: string) => noticesOf(text).map(({ id }) => id);

const gnu = (name: string, version: string) => `This program is free software: you can redistribute it and/or
modify it under the terms of the ${name} as published by
the Free Software Foundation, ${version}

This program is distributed in the hope that it will be useful, but WITHOUT ANY WARRANTY.
See the ${name} for more details.

You should have received a copy of the ${name}
along with this program.`;
const later = (version: string) => `either version ${version} of the License, or (at your option) any later version.`;

const mit = (more = '') => `Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction.
${more}
THE SOFTWARE IS PROVIDED "AS IS".`;
const mitCondition = 'The above copyright notice and this permission notice shall be included in all copies.';

const bsd = (...clauses: string[]) => `Redistribution and use in source and binary forms, with or without
modification, are permitted provided that the following conditions are met:
${clauses.join('\n')}
THIS SOFTWARE IS PROVIDED "AS IS".`;
const one = '1. Redistributions of source code must retain the above copyright notice.';
const two = '2. Redistributions in binary form must reproduce the above copyright notice.';
const three = '3. Neither the name of the holder may be used to endorse or promote products.';
const advertising = '3. All advertising materials must display an acknowledgement.';

describe('A notice without SPDX', () => {
  test.each([
    ['Licensed under the Apache License, Version 2.0 (the "License");', ['Apache-2.0']],
    ['under the Apache License v2.0 with LLVM Exceptions.', ['Apache-2.0 WITH LLVM-exception']],
    [gnu('GNU General Public License', later('3')), ['GPL-3.0-or-later']],
    [gnu('GNU General Public License', later('2')), ['GPL-2.0-or-later']],
    [gnu('GNU General Public License', 'version 2.'), ['GPL-2.0-only']],
    [gnu('GNU Lesser General Public License', later('2.1')), ['LGPL-2.1-or-later']],
    [gnu('GNU Library General Public License', later('2')), ['LGPL-2.0-or-later']],
    [gnu('GNU Affero General Public License', later('3')), ['AGPL-3.0-or-later']],
    ['under the terms and conditions of the GNU General Public License,\nversion 2, as published', ['GPL-2.0-only']],
    ['under version 2 or later of the GNU General Public License', ['GPL-2.0-or-later']],
    ['under the terms of the GNU GPL', []],
    [
      `under a choice of one of two licenses. Either under the terms of the GNU General Public License version 2, or\n${bsd(one, two)}`,
      ['GPL-2.0-only OR BSD-2-Clause'],
    ],
    [
      `${bsd(one, two, three)}\nAlternatively, this software may be distributed under the terms of the GNU General Public\nLicense ("GPL") version 2 as published by the Free Software Foundation.`,
      ['BSD-3-Clause OR GPL-2.0-only'],
    ],
    [
      `${bsd(one, two)}\nAlternatively, this software may be distributed under the terms of the GNU General Public License.`,
      ['BSD-2-Clause', 'NOASSERTION'],
    ],
    ['under the terms of the GNU General Public License', ['NOASSERTION']],
    ['under the terms of the GNU General Public License v9', ['NOASSERTION']],
    ['See the GNU General Public License version 2.', []],
    [
      `${gnu('GNU General Public License', 'version 2')}\nLinking this library statically or dynamically with other modules`,
      ['GPL-2.0-only WITH Classpath-exception-2.0'],
    ],
    [mit(mitCondition), ['MIT']],
    [mit(), ['MIT-0']],
    [mit(`${mitCondition}\nThe Software shall be used for Good, not Evil.`), ['JSON']],
    [mit(`${mitCondition}\nExcept as contained in this notice, the name of X`), ['X11']],
    [mit(`for non-commercial use. ${mitCondition}`), ['NOASSERTION']],
    ['This file is released under the MIT License.', ['MIT']],
    [bsd(one, two, three), ['BSD-3-Clause']],
    [bsd(one, two), ['BSD-2-Clause']],
    [bsd(one), ['BSD-1-Clause']],
    [bsd(one, two, advertising, three), ['BSD-4-Clause']],
    [bsd(one, two, 'It is not for use in a nuclear facility.'), ['NOASSERTION']],
    ['Use of this source code is governed by a BSD-style\nlicense that can be found in the LICENSE file.', []],
    ['This Source Code Form is subject to the terms of the Mozilla Public\nLicense, v. 2.0.', ['MPL-2.0']],
    [
      'subject to the terms of the Mozilla Public License, v. 2.0.\nThis Source Code Form is "Incompatible With Secondary Licenses", as',
      ['MPL-2.0-no-copyleft-exception'],
    ],
    [
      `Version: MPL 1.1/GPL 2.0/LGPL 2.1
Alternatively, the contents of this file may be used under the terms of
either the GNU General Public License Version 2 or later (the "GPL"), or
under the GNU Lesser General Public License Version 2.1 or later (the "LGPL").`,
      ['MPL-1.1 OR GPL-2.0-or-later OR LGPL-2.1-or-later'],
    ],
    ['under the terms of the Eclipse Public License 2.0', ['EPL-2.0']],
    ['Distributed under the Boost Software License, Version 1.0.', ['BSL-1.0']],
    [
      'Permission to use, copy, modify, and distribute this software for any\npurpose with or without fee is hereby granted, provided that the above copyright notice',
      ['ISC'],
    ],
    ['This is free and unencumbered software released into the public domain.', ['Unlicense']],
    ['Use of this software is governed by the Business Source License 1.1', ['BUSL-1.1']],
    ['under the Elastic License 2.0', ['Elastic-2.0']],
    [
      'under the Apache License, Version 2.0, with the Commons Clause License Condition v1.0',
      ['Apache-2.0', 'NOASSERTION'],
    ],
    ['under a Creative Commons Attribution-NonCommercial 4.0', ['CC-BY-NC-4.0']],
    ['under a Creative Commons Attribution-ShareAlike 3.0', ['CC-BY-SA-3.0']],
    ['Unauthorized copying of this file is strictly prohibited.', ['LicenseRef-Proprietary']],
    ['It parses GPL and MIT headers.', []],
  ])('%j is %j', (text, expected) => {
    expect(ids(text)).toEqual(expected);
  });

  test('stands on the line where it begins', () => {
    expect(noticesOf('Title\n\nLicensed under the\nApache License, Version 2.0')).toEqual([
      { id: 'Apache-2.0', line: 4 },
    ]);
  });

  test('does not count in a string, behind the header, in a snippet or where it is to be ignored', () => {
    const notice = 'Licensed under the Apache License, Version 2.0';
    const text = (...lines: string[]) => lines.join('\n');
    expect(readHeader('a.c', `puts("${notice}");`).notices).toEqual([]);
    expect(readHeader('a.c', text(...Array(2100).fill('// x'), `// ${notice}`)).notices).toEqual([]);
    expect(readHeader('a.c', text('// SPDX-SnippetBegin', `// ${notice}`, '// SPDX-SnippetEnd')).notices).toEqual([]);
    expect(readHeader('a.c', text('// REUSE-IgnoreStart', `// ${notice}`)).notices).toEqual([]);
  });
});
