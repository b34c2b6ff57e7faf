// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { written } from '../../../src/rules/dco/identity.ts';
import { readMailmap } from '../../../src/rules/dco/mailmap.ts';
import { personOf } from '../../helpers/contribution.ts';

const mailmap = `# the four forms of gitmailmap
Ada Example <ada@home.example>
<bob@work.example> <bob@home.example>
Cy Example <cy@work.example> <cy@home.example>
Dee Example <dee@work.example> dee <shared@build.example>
Eve Example <eve@work.example> EVE <shared@build.example>

  Finn Example   <finn@home.example>  # trailing words are ignored
Gil Example <gil@work.example> <GIL@home.example>
not a line of any form
<only@work.example>
Hal Example <hal@work.example> hal
Ida Example <> <ida@home.example>
Jo Example <jo@work.example> <>
Kim One <kim@home.example>
<kim@work.example> <kim@home.example>
Kim Two <kim@home.example>
`;

const identities = [
  'Anybody <ada@home.example>',
  'Ada <ADA@Home.Example>',
  'Bob <bob@home.example>',
  'Bob <bob@work.example>',
  'cy <cy@home.example>',
  'dee <shared@build.example>',
  'Dee <SHARED@build.example>',
  'Eve <shared@build.example>',
  'Nobody <shared@build.example>',
  'f <finn@home.example>',
  'g <gil@home.example>',
  'o <only@work.example>',
  'hal <hal@work.example>',
  'i <ida@home.example>',
  'j <>',
  'k <kim@home.example>',
  'Stranger <stranger@else.example>',
];

describe('a .mailmap', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'countersign-mailmap-'));
    execFileSync('git', ['init', '--quiet', folder]);
    writeFileSync(join(folder, '.mailmap'), mailmap);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('is read as Git reads it', () => {
    const answers = execFileSync('git', ['-C', folder, 'check-mailmap', '--stdin'], { input: identities.join('\n') });
    const { canonical } = readMailmap(mailmap);
    const ours = identities.map((identity) => written(canonical(personOf(identity))));
    expect(ours).toEqual(answers.toString().trimEnd().split('\n'));
  });

  test('joins addresses that differ in the case of letters beyond ASCII', () => {
    const { canonical } = readMailmap('Jörg <jörg@work.example> <JÖRG@home.example>');
    expect(canonical(personOf('j <jörg@home.example>'))).toEqual(personOf('Jörg <jörg@work.example>'));
  });

  test('may have any line ends, and any nonsense', () => {
    expect(readMailmap('Ada <a@x.example>\r\n').canonical(personOf('a <a@x.example>')).name).toBe('Ada');
    expect(readMailmap('><>><\n<\n>').canonical(personOf('a <a@x.example>'))).toEqual(personOf('a <a@x.example>'));
  });
});
