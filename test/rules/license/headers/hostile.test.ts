// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

// REUSE-IgnoreStart
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { headerLine, suggestHeader } from '../../../../src/rules/license/headers/comment-style.ts';
import { readHeader } from '../../../../src/rules/license/headers/header.ts';
import { skippable } from '../../../../src/rules/license/headers/skippable.ts';
import { syntaxes } from '../../../../src/rules/license/headers/syntaxes.ts';
import { knownPaths } from './paths.ts';

const marks = Object.values(syntaxes).flatMap(({ marks }) => marks.flatMap(({ open, close }) => [open, close]));
const words = [
  'SPDX-License-Identifier: MIT',
  'SPDX-License-Identifier',
  'SPDX-SnippetBegin',
  'SPDX-SnippetEnd',
  'REUSE-IgnoreStart',
  'REUSE-IgnoreEnd',
  'Copyright 2026 Example',
  'under the terms of the GNU General Public License version 2',
  '\n',
  '\r\n',
  '\\',
  '---',
  'EOF',
  'x',
  ' ',
  '\uFEFF',
  '#!/bin/sh',
  '\ud800',
];
const hostile = fc
  .array(fc.oneof(fc.constantFrom(...words, ...marks), fc.string()), { maxLength: 60 })
  .map((all) => all.join(''));
const path = fc.oneof(fc.constantFrom(...knownPaths, 'a.json', 'a.txt', 'a.m', 'a'), fc.string());

describe('Whatever a file holds', () => {
  test('its header is read, and each line that it names is one of the file', () => {
    fc.assert(
      fc.property(path, hostile, (name, text) => {
        const { tags, stray, snippets, copyrights, notices } = readHeader(name, text);
        const lines = text.split('\n').length;
        const named = [...tags, ...stray, ...copyrights, ...notices].map(({ line }) => line);
        for (const line of [...named, ...snippets.flatMap(({ fromLine, toLine }) => [fromLine, toLine])]) {
          expect(line).toBeGreaterThanOrEqual(1);
          expect(line).toBeLessThanOrEqual(lines);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('each tag that is found stands on its line', () => {
    fc.assert(
      fc.property(path, hostile, (name, text) => {
        const lines = text.split('\n');
        const { tags, stray } = readHeader(name, text);
        for (const { expression, line } of [...tags, ...stray]) {
          expect(lines[line - 1]).toContain('SPDX-License-Identifier:');
          expect(lines[line - 1]).toContain(expression);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('a place for a header and a reason to skip it can be told', () => {
    fc.assert(
      fc.property(path, hostile, (name, text) => {
        const line = headerLine(name, text);
        if (line !== null) expect(line).toBeLessThanOrEqual(text.split('\n').length + 1);
        skippable(name, { text, binary: false, size: text.length });
      }),
      { numRuns: 300 },
    );
  });

  test('a header that is suggested says what was asked for, and nothing else', () => {
    fc.assert(
      fc.property(fc.constantFrom(...knownPaths), fc.string(), fc.string(), (name, expression, copyright) => {
        const header = suggestHeader(name, expression, copyright);
        if (header === null) return;
        const { tags, snippets, stray } = readHeader(name, `${header}\n`);
        expect([tags.length, snippets.length, stray.length]).toEqual([1, 0, 0]);
      }),
      { numRuns: 500 },
    );
  });
});

describe('Work grows with the text and no faster', () => {
  /** A step that looks at the rest of the text each time would take hours here, not milliseconds. */
  const size = 1_000_000;
  test.each([
    ['a.c', '/**/'],
    ['a.c', '/*'],
    ['a.c', '"'],
    ['a.c', '"""'],
    ['a.c', '//\n'],
    ['a.c', '// SPDX-License-Identifier: MIT'],
    ['a.c', '/* SPDX-License-Identifier: MIT */'],
    ['a.c', '// SPDX-SnippetBegin\n'],
    ['a.js', '`\\`'],
    ['a.sh', '<<A '],
    ['a.sh', '<<A\nA\n'],
    ['a.sh', "'\n"],
    ['a.py', '"""\n'],
    ['a.md', '<!-- --> ```\n'],
    ['a.md', '---\n'],
    ['a.hbs', '{{!{{!--'],
    ['a.txt', ' '],
    ['a.txt', 'SPDX-License-Identifier: '],
    ['a.txt', '\n'],
    ['a.html', '<?xml '],
    ['a.css', `@charset "`],
  ])('%s of %j', (name, part) => {
    const text = part.repeat(Math.ceil(size / part.length));
    expect(() => readHeader(name, text)).not.toThrow();
    expect(() => headerLine(name, text)).not.toThrow();
  });
});
