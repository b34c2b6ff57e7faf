// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

// REUSE-IgnoreStart
import { describe, expect, test } from '@jest/globals';
import { headerLine, suggestHeader } from '../../../../src/rules/license/headers/comment-style.ts';
import { readHeader } from '../../../../src/rules/license/headers/header.ts';
import { syntaxName } from '../../../../src/rules/license/headers/languages.ts';
import { knownPaths } from './paths.ts';

const holder = '2026 Ada Example <ada@example.org>';

describe('A suggested header', () => {
  test('is written in lines where the language has a comment for lines', () => {
    expect(suggestHeader('src/a.ts', 'MIT', holder)).toBe(
      `// SPDX-FileCopyrightText: ${holder}\n//\n// SPDX-License-Identifier: MIT`,
    );
    expect(suggestHeader('Dockerfile', 'MIT', null)).toBe('# SPDX-License-Identifier: MIT');
  });

  test('is written in a block where there is nothing else', () => {
    expect(suggestHeader('a.css', 'MIT', holder)).toBe(
      `/*\n * SPDX-FileCopyrightText: ${holder}\n *\n * SPDX-License-Identifier: MIT\n */`,
    );
    expect(suggestHeader('README.md', 'MIT', holder)).toBe(
      `<!--\nSPDX-FileCopyrightText: ${holder}\n\nSPDX-License-Identifier: MIT\n-->`,
    );
  });

  test('is plain text in a sidecar', () => {
    expect(suggestHeader('a.png.license', 'MIT', holder)).toBe(
      `SPDX-FileCopyrightText: ${holder}\n\nSPDX-License-Identifier: MIT`,
    );
  });

  test('does not repeat the prefix of a notice', () => {
    expect(suggestHeader('a.py', 'MIT', 'SPDX-FileCopyrightText: 2026 Example')).toMatch(
      /^# SPDX-FileCopyrightText: 2026 /,
    );
  });

  test('knows a script by its first line', () => {
    expect(suggestHeader('bin/run', 'MIT', null)).toBeNull();
    expect(suggestHeader('bin/run', 'MIT', null, '#!/usr/bin/env -S python3.12 -u\n')).toBe(
      '# SPDX-License-Identifier: MIT',
    );
    expect(suggestHeader('bin/run', 'MIT', null, '#!/usr/bin/node\n')).toBe('// SPDX-License-Identifier: MIT');
  });

  test.each(['a.json', 'a.png', 'a.csv', 'a.txt', 'LICENSE', 'a.m', 'a', '.', ''])('is none for %j', (path) => {
    expect(suggestHeader(path, 'MIT', holder)).toBeNull();
  });

  test.each([
    ['a.c', '2026 Ada\nint x;'],
    ['a.c', '2026 Ada \\'],
    ['a.c', '2026 Ada \u2028 x'],
    ['a.css', '2026 Ada */ x'],
    ['a.md', '2026 Ada --> <b>'],
    ['a.md', '2026 Ada --!> <b>'],
    ['a.php', '2026 Ada ?> x'],
    ['a.j2', '2026 Ada #} {{ x'],
    ['a.ml', '2026 Ada *) x'],
    ['a.c', ''],
  ])('is none for %s where the copyright %j would get out of it', (path, copyright) => {
    expect(suggestHeader(path, 'MIT', copyright)).toBeNull();
    expect(suggestHeader(path, copyright, '2026 Example')).toBeNull();
  });

  test.each(knownPaths)('is read back from %s', (path) => {
    const header = suggestHeader(path, 'MIT OR Apache-2.0', holder) ?? '';
    const lines = header.split('\n');
    const line = (word: string) => lines.findIndex((one) => one.includes(word)) + 1;
    const { tags, copyrights, stray } = readHeader(path, `${header}\n\nsome text\n`);
    expect(tags).toEqual([{ expression: 'MIT OR Apache-2.0', line: line('Identifier') }]);
    expect(copyrights).toEqual([{ text: `SPDX-FileCopyrightText: ${holder}`, line: line('Copyright') }]);
    expect(stray).toEqual([]);
  });

  test.each(knownPaths)('is read back from %s after what must come first', (path) => {
    const first = syntaxName(path) === 'php' ? '<?php\n' : '';
    const text = `${first}${suggestHeader(path, 'MIT', null)}\n`;
    expect(headerLine(path, text)).toBe(first === '' ? 1 : 2);
    expect(readHeader(path, text).tags).toHaveLength(1);
  });
});

describe('A header goes before line', () => {
  test.each([
    [1, 'a.py', 'import a\n'],
    [1, 'a.py', ''],
    [1, 'a.py', '\uFEFFimport a\n'],
    [2, 'a.py', '#!/usr/bin/python3\nimport a\n'],
    [3, 'a.py', '#!/usr/bin/python3\n# coding: utf-8\nimport a\n'],
    [2, 'a.py', '# -*- coding: latin-1 -*-\n'],
    [3, 'a.py', '# Why\n# vim: set fileencoding=utf-8 :\nimport a\n'],
    [1, 'a.py', 'import a\n# coding: utf-8\n'],
    [1, 'a.c', '#define encoding=x\n'],
    [3, 'Dockerfile', '# syntax=docker/dockerfile:1\n# escape = `\nFROM scratch\n'],
    [1, 'Dockerfile', '# Ours\n# syntax=docker/dockerfile:1\n'],
    [2, 'a.el', ';;; a.el --- Ours -*- lexical-binding: t -*-\n\n;;; Code:\n'],
    [1, 'a.el', ';;; a.el --- Ours\n;; -*- lexical-binding: t -*-\n'],
    [1, 'a.py', '\uFEFF'],
    [2, 'a.sh', '#!/bin/sh'],
    [1, 'a.rs', '#![no_std]\n'],
    [2, 'a.php', '<?php\necho 1;\n'],
    [3, 'a.php', '#!/usr/bin/php\n<?php\necho 1;\n'],
    [2, 'a.svg', '<?xml version="1.0"?>\n<svg/>\n'],
    [3, 'a.html', '<?xml version="1.0"?>\n<!DOCTYPE html>\n<html/>\n'],
    [2, 'a.html', '<!doctype html>\n<html/>\n'],
    [1, 'a.html', '<html/>\n'],
    [4, 'a.md', '---\ntitle: x\n---\n# X\n'],
    [4, 'a.md', '+++\ntitle = "x"\n+++\n# X\n'],
    [1, 'a.md', '---\nno end\n'],
    [1, 'a.yaml', '---\na: 1\n---\n'],
    [2, 'a.css', '@charset "utf-8";\na {}\n'],
    [2, 'a.ps', '%!PS-Adobe-3.0\n%%EOF\n'],
    [null, 'a.php', '<html><?php echo 1; ?>\n'],
    [null, 'a.php', '<?php echo 1;\n'],
    [null, 'a.svg', '<?xml version="1.0"?><svg/>\n'],
  ])('%j of %s: %j', (line, path, text) => {
    expect(headerLine(path, text)).toBe(line);
  });
});
