// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { readModules } from '../../../src/rules/changed-files/modules.ts';

const good = 'https://example.org/good';
const evil = 'https://example.org/evil';
const ours = `[submodule "a"]\n\tpath = lib\n\turl = ${good}\n`;

const read = (text: string) => Object.fromEntries(readModules(text));

describe('The address of a submodule is the one that Git sees, where', () => {
  test.each<[string, string, string]>([
    ['it stands as Git writes it', ours, good],
    ['its section goes on later', `${ours}[core]\n[submodule "a"]\n\turl = ${evil}\n`, evil],
    ['it is given twice', `${ours}\turl = ${evil}\n`, evil],
    ['another submodule takes the path', `${ours}[submodule "b"]\n\turl = ${evil}\n\tpath = lib\n`, evil],
    [
      'another submodule takes the path back',
      `[submodule "b"]\nurl = ${evil}\n${ours}[submodule "b"]\npath = lib\n`,
      evil,
    ],
    ['keys follow the section on its line', `[submodule "a"] path = lib\n[submodule "a"]url=${evil}`, evil],
    ['names and keys are in another case', `[SubModule "a"]\n\tPATH = lib\n\tURL = ${evil}\n`, evil],
    ['names of sections differ by their case', `${ours}[submodule "A"]\n\turl = ${evil}\n`, good],
    ['the section is written the old way', `[submodule.a]\n\tpath = lib\n\turl = ${evil}\n`, evil],
    ['the name is escaped', `${ours}[submodule "\\a"]\n\turl = ${evil}\n`, evil],
    ['comments follow', `[submodule "a"] # url = ${good}\npath = lib ; x\nurl = ${evil} # ${good}\n`, evil],
    ['it is quoted in part', `[submodule "a"]\npath = "l"ib\nurl = https://"example.org"/evil\n`, evil],
    ['its line goes on', `[submodule "a"]\npath = lib\nurl = https://example.org\\\n/evil\n`, evil],
    ['lines end in CRLF', ours.replaceAll('\n', '\r\n').replace('good', 'evil'), evil],
    ['the file starts with a byte order mark', `\uFEFF${ours}`, good],
    ['it stands far down', `${ours}${'\n'.repeat(20_000)}[submodule "a"]\n\turl = ${evil}\n`, evil],
    ['its line is long', `${ours}\turl${' '.repeat(5_000)}= ${evil}\n`, evil],
  ])('%s', (_, text, address) => {
    expect(read(text)).toEqual({ lib: address });
  });

  test.each<[string, string]>([
    ['has no address', '[submodule "a"]\n\tpath = lib\n'],
    ['has no path', `[submodule "a"]\n\turl = ${good}\n`],
    ['is another section', `[other "a"]\n\tpath = lib\n\turl = ${good}\n`],
    ['is commented out', `[submodule "a"]\n\tpath = lib\n\t# url = ${good}\n`],
    ['is no configuration', '"]\\\n[[[\n=\n#\\'],
  ])('there is none where it %s', (_, text) => {
    expect(read(text)).toEqual({});
  });
});

describe('Blanks around a value', () => {
  test('are left out, but for those in quotes', () => {
    expect(read(`[submodule "a"]\npath =  " my lib "  \nurl = ${good}  \n`)).toEqual({ ' my lib ': good });
  });
});
