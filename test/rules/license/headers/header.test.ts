// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

// REUSE-IgnoreStart
import { describe, expect, test } from '@jest/globals';
import { readHeader } from '../../../../src/rules/license/headers/header.ts';

const tag = (expression: string) => `SPDX-License-Identifier: ${expression}`;
const expressions = (path: string, text: string) => readHeader(path, text).tags.map(({ expression }) => expression);

describe('A tag counts in a comment', () => {
  test.each([
    ['a.c', `// ${tag('MIT')}\n`],
    ['a.c', `/* ${tag('MIT')} */\n`],
    ['a.c', `/*\n * ${tag('MIT')}\n */\n`],
    ['a.c', `/******\n * ${tag('MIT')}  *\n ******/\n`],
    ['a.c', `#ifndef A\n#define A /* ${tag('MIT')} */\n#endif\n`],
    ['a.c', `// Copyright 2026 Example ${tag('MIT')}\n`],
    ['a.cpp', `// x "quoted\n// ${tag('MIT')}\n`],
    ['a.rs', `fn f<'a>(x: &'a str) {}\n// ${tag('MIT')}\n`],
    ['a.py', `# ${tag('MIT')}\n`],
    ['a.py', `#!/usr/bin/env python3\n# -*- coding: utf-8 -*-\n# ${tag('MIT')}\n`],
    ['a.py', `"""Title.\n\n${tag('MIT')}\n"""\n`],
    ['a.py', `# ${tag('MIT')}\n# coding: utf-8\n`],
    ['a.sh', `#!/bin/sh\n# ${tag('MIT')}\n`],
    ['run', `#!/usr/bin/env bash\n# ${tag('MIT')}\n`],
    ['Makefile', `# ${tag('MIT')}\n`],
    ['a.yaml', `---\n# ${tag('MIT')}\n`],
    ['a.html', `<!DOCTYPE html>\n<!-- ${tag('MIT')} -->\n`],
    ['a.xml', `<?xml version="1.0"?>\n<!--\n${tag('MIT')}\n-->\n`],
    ['a.php', `<?php\n/* ${tag('MIT')} */\n`],
    ['a.md', `<!-- ${tag('MIT')} -->\n# Title\n`],
    ['a.md', `---\n# ${tag('MIT')}\ntitle: x\n---\n# Title\n`],
    ['a.md', `[//]: # (${tag('MIT')})\n`],
    ['a.lua', `-- ${tag('MIT')}\n`],
    ['a.hs', `{- ${tag('MIT')} -}\n`],
    ['a.ml', `(* ${tag('MIT')} *)\n`],
    ['a.el', `;;; a.el -*- lexical-binding: t -*-\n;; ${tag('MIT')}\n`],
    ['a.vim', `" ${tag('MIT')}\n`],
    ['a.tex', `% ${tag('MIT')}\n`],
    ['a.bat', `@REM ${tag('MIT')}\r\n`],
    ['a.f', `C ${tag('MIT')}\n`],
    ['a.rst', `.. ${tag('MIT')}\n`],
    ['configure.ac', `dnl ${tag('MIT')}\n`],
    ['a.vue', `<!-- ${tag('MIT')} -->\n<template/>\n`],
    ['a.hbs', `{{!-- ${tag('MIT')} --}}\n`],
    ['tsconfig.json', `// ${tag('MIT')}\n{}\n`],
    ['a.png.license', `${tag('MIT')}\n`],
    ['a.someday', `## ${tag('MIT')} ##\n`],
    ['notes.txt', `Title\n\n${tag('MIT')}\n`],
    ['a.ts', `<?xml version="1.0"?>\n<!-- ${tag('MIT')} -->\n<TS/>\n`],
    ['a.go', `\uFEFF// ${tag('MIT')}\n`],
  ])('of %s: %j', (path, text) => {
    expect(expressions(path, text)).toEqual(['MIT']);
  });
});

describe('A tag does not count', () => {
  test.each([
    ['in a string', 'a.c', `puts("// ${tag('MIT')}");\n`],
    ['in a string with an escaped quote', 'a.c', `puts("\\"// ${tag('MIT')}");\n`],
    ['in a template', 'a.ts', `const text = \`\n// ${tag('MIT')}\n\`;\n`],
    ['in a long string', 'a.py', `TEXT = """\n# ${tag('MIT')}\n"""\n`],
    ['in a string after code, where a docstring can be', 'a.py', `x = 1\n"""\n${tag('MIT')}\n"""\n`],
    ['in a shell string over several lines', 'a.sh', `echo '\n# ${tag('MIT')}\n'\n`],
    ['in a here-document', 'a.sh', `cat > a.py <<'EOF'\n# ${tag('MIT')}\nEOF\n`],
    ['in an indented here-document', 'a.rb', `x = <<~TEXT\n  # ${tag('MIT')}\n  TEXT\n`],
    ['in a block of YAML text', 'a.yml', `run: |\n  # ${tag('MIT')}\n  true\n`],
    ['as a value of JSON', 'a.json', `{"$comment": "${tag('MIT')}"}\n`],
    ['in a code fence', 'a.md', `\`\`\`\n<!-- ${tag('MIT')} -->\n${tag('MIT')}\n\`\`\`\n`],
    ['in quotes in a comment', 'a.c', `// Write "${tag('MIT')}" there.\n`],
    ['in the middle of plain text', 'a.txt', `Write ${tag('MIT')} there.\n`],
    ['as code', 'a.rb', `puts ${tag('MIT')}\n`],
    ['in another case', 'a.c', `// spdx-license-identifier: MIT\n`],
    ['behind a number sign in a word', 'a.sh', `echo $#${tag('MIT')}\n`],
    ['between ignore marks', 'a.c', `// REUSE-IgnoreStart\n// ${tag('MIT')}\n// REUSE-IgnoreEnd\n`],
    ['behind an ignore mark that nothing ends', 'a.c', `// REUSE-IgnoreStart\n// ${tag('MIT')}\n`],
  ])('%s', (_, path, text) => {
    const { tags, stray, snippets } = readHeader(path, text);
    expect([...tags, ...stray, ...snippets]).toEqual([]);
  });

  test('for the file where it stands in a snippet', () => {
    const text = `// SPDX-SnippetBegin\n// ${tag('Zlib')}\nint x;\n// SPDX-SnippetEnd\n`;
    expect(readHeader('a.c', text)).toMatchObject({
      tags: [],
      stray: [],
      snippets: [{ expression: 'Zlib', fromLine: 1, toLine: 4 }],
    });
  });
});

describe('What a header says', () => {
  test('has the lines on which it stands', () => {
    const text = `#!/bin/sh\n#\n# SPDX-FileCopyrightText: 2026 Ada Example <ada@example.org>\n#\n# ${tag('MIT')}\n`;
    const { tags, copyrights } = readHeader('a.sh', text);
    expect(tags).toEqual([{ expression: 'MIT', line: 5 }]);
    expect(copyrights).toEqual([{ text: 'SPDX-FileCopyrightText: 2026 Ada Example <ada@example.org>', line: 3 }]);
  });

  test('has the right lines behind a here-document, a template and a docstring', () => {
    expect(readHeader('a.sh', `cat <<A <<B\n1\nA\n2\nB\n# ${tag('MIT')}\n`).tags).toEqual([
      { expression: 'MIT', line: 6 },
    ]);
    expect(readHeader('a.js', `x = \`\n\\\n\`\n// ${tag('MIT')}\n`).tags).toEqual([{ expression: 'MIT', line: 4 }]);
    expect(readHeader('a.py', `"""\n\n"""\n# ${tag('MIT')}\n`).tags).toEqual([{ expression: 'MIT', line: 4 }]);
  });

  test('keeps an expression as it is written', () => {
    const written = ['(MIT OR Apache-2.0) AND Zlib', 'GPL-2.0+', 'LicenseRef-Some.Thing', 'mit', 'BSD', ''];
    const text = written.map((one) => `# ${tag(one)}\n`).join('');
    expect(expressions('a.py', text)).toEqual(written);
  });

  test('needs no blank behind the colon', () => {
    expect(expressions('a.py', '#SPDX-License-Identifier:MIT')).toEqual(['MIT']);
  });

  test('takes all that follows on the line, so that it is no other license', () => {
    expect(expressions('a.py', `# ${tag('MIT or so')}`)).toEqual(['MIT or so']);
    expect(expressions('a.py', `# ${tag('MIT')} ${tag('Zlib')}`)).toEqual([`MIT ${tag('Zlib')}`]);
  });

  test('keeps the length of an expression that is too long, for whoever refuses it', () => {
    expect(expressions('a.py', `# ${tag('MIT OR '.repeat(1000))}MIT`)[0]?.length).toBeGreaterThan(1000);
  });

  test('ends in one that nobody knows where there are too many', () => {
    const found = expressions('a.py', `# ${tag('MIT')}\n`.repeat(150));
    expect(found).toHaveLength(101);
    expect(found.at(-1)).toBe('NOASSERTION');
  });

  test('counts again behind an ignored part', () => {
    const text = `# REUSE-IgnoreStart\n# ${tag('Zlib')}\n# REUSE-IgnoreEnd\n# ${tag('MIT')}\n`;
    expect(expressions('a.py', text)).toEqual(['MIT']);
  });

  test('is not ignored for the sake of a string', () => {
    expect(expressions('a.py', `x = "REUSE-IgnoreStart"\n# ${tag('MIT')}\n`)).toEqual(['MIT']);
  });
});

describe('Copyright notices', () => {
  test.each([
    ['// Copyright 2016, 2018-2019 Example', 'Copyright 2016, 2018-2019 Example'],
    ['// Copyright (c) Ada Example, some rights reserved', 'Copyright (c) Ada Example, some rights reserved'],
    ['/* © Example <https://example.com> */', '© Example <https://example.com>'],
    [
      '// SPDX-FileCopyrightText: © 2019 Example <a@example.com>',
      'SPDX-FileCopyrightText: © 2019 Example <a@example.com>',
    ],
    ['/* Copyright 2020 Example   * */', 'Copyright 2020 Example'],
  ])('are found: %s', (line, text) => {
    expect(readHeader('a.c', `${line}\n`).copyrights).toEqual([{ text, line: 1 }]);
  });

  test.each([
    '// The above copyright notice and this permission notice',
    '// THE COPYRIGHT HOLDERS',
    'char *c = "Copyright 2020 Example";',
    '// SPDX-SnippetBegin\n// SPDX-SnippetCopyrightText: 2020 Example\n// SPDX-SnippetEnd',
    '// REUSE-IgnoreStart\n// Copyright 2020 Example',
  ])('are none: %j', (text) => {
    expect(readHeader('a.c', `${text}\n`).copyrights).toEqual([]);
  });
});

describe('Snippets', () => {
  test('join several licenses', () => {
    const text = `# SPDX-SnippetBegin\n# ${tag('MIT OR Zlib')}\n# ${tag('ISC')}\n# SPDX-SnippetEnd\n`;
    expect(readHeader('a.py', text).snippets[0]?.expression).toBe('(MIT OR Zlib) AND (ISC)');
  });

  test('lie in one another', () => {
    const inner = `# SPDX-SnippetBegin\n# ${tag('ISC')}\n# SPDX-SnippetEnd\n`;
    const text = `# ${tag('MIT')}\n# SPDX-SnippetBegin\n${inner}# ${tag('Zlib')}\n# SPDX-SnippetEnd\n`;
    const { tags, snippets } = readHeader('a.py', text);
    expect(tags).toEqual([{ expression: 'MIT', line: 1 }]);
    expect(snippets).toEqual([
      { expression: 'ISC', fromLine: 3, toLine: 5 },
      { expression: 'Zlib', fromLine: 2, toLine: 7 },
    ]);
  });

  test('go on to the end where nothing ends them', () => {
    const text = `# SPDX-SnippetBegin\n# ${tag('ISC')}\nx = 1\ny = 2\n`;
    expect(readHeader('a.py', text).snippets).toEqual([{ expression: 'ISC', fromLine: 1, toLine: 5 }]);
  });

  test('are found far behind the header', () => {
    const text = `# ${tag('MIT')}\n${'x = 1\n'.repeat(5000)}# SPDX-SnippetBegin\n# ${tag('ISC')}\n# SPDX-SnippetEnd\n`;
    expect(readHeader('a.py', text).snippets).toEqual([{ expression: 'ISC', fromLine: 5002, toLine: 5004 }]);
  });
});

describe('A second license further down', () => {
  test('is stray behind code, where the header has one', () => {
    const text = `// ${tag('MIT')}\npackage a\n// ${tag('GPL-3.0-only')}\n`;
    expect(readHeader('a.go', text)).toMatchObject({
      tags: [{ expression: 'MIT', line: 1 }],
      stray: [{ expression: 'GPL-3.0-only', line: 3 }],
    });
  });

  test('is the header where nothing came before it', () => {
    expect(readHeader('a.h', `#ifndef A\n// ${tag('MIT')}\n`)).toMatchObject({ tags: [{ line: 2 }], stray: [] });
  });

  test('is stray behind 8 KiB', () => {
    const text = `${'# x\n'.repeat(2100)}# ${tag('GPL-3.0-only')}\n`;
    expect(readHeader('a.py', text)).toMatchObject({ tags: [], stray: [{ expression: 'GPL-3.0-only', line: 2101 }] });
  });

  test('is part of the header just before 8 KiB', () => {
    const text = `${'# x\n'.repeat(2000)}# ${tag('MIT')}\n`;
    expect(readHeader('a.py', text)).toMatchObject({ tags: [{ line: 2001 }], stray: [] });
  });

  test('is no part of the 8 KiB that a front matter takes', () => {
    const text = `---\n${'x: y\n'.repeat(2000)}---\n<!-- ${tag('MIT')} -->\n`;
    expect(readHeader('a.md', text)).toMatchObject({ tags: [{ line: 2003 }], stray: [] });
  });

  test('is not what a string far down holds', () => {
    const text = `// ${tag('MIT')}\n${'f();\n'.repeat(5000)}const x = "${tag('Zlib')}";\n`;
    expect(readHeader('a.js', text).stray).toEqual([]);
  });
});
