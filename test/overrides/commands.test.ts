// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { mostCommands, readCommands } from '../../src/overrides/commands.ts';
import type { Scope } from '../../src/overrides/overrides.ts';
import { plain } from '../policy/help.ts';
import { hostile, nasty } from '../report/hostile.ts';
import { inTime } from './in-time.ts';

const why = 'because legal approved it';

describe('a command', () => {
  test.each<[string, readonly string[] | 'all', Scope, string | null]>([
    ['/override dco because the author has left', ['dco'], null, 'the author has left'],
    ['/override license, upstream because approved', ['license', 'upstream'], null, 'approved'],
    ['/override license,upstream because approved', ['license', 'upstream'], null, 'approved'],
    ['/override "Upstream First" because so', ['Upstream First'], null, 'so'],
    ['/override “Upstream First” because so', ['Upstream First'], null, 'so'],
    ['/override Upstream First because so', ['Upstream First'], null, 'so'],
    ['/override "for because, all", dco because so', ['for because, all', 'dco'], null, 'so'],
    ['/override dco, dco, dco because so', ['dco'], null, 'so'],
    ['/override dco, because so', ['dco'], null, 'so'],
    ['/override all because so', 'all', null, 'so'],
    ['/override ALL because so', 'all', null, 'so'],
    ['/override "all" because so', ['all'], null, 'so'],
    ['/OverRide dco BECAUSE So', ['dco'], null, 'So'],
    ['/override\tdco\tbecause\tso', ['dco'], null, 'so'],
    ['/override\u00a0dco\u00a0because so', ['dco'], null, 'so'],
    ['/override dco because so  \t ', ['dco'], null, 'so'],
    ['/override dco because because for "all', ['dco'], null, 'because for "all'],
    ['/override dco', ['dco'], null, null],
    ['/override dco because', ['dco'], null, null],
    ['/override dco because …!', ['dco'], null, null],
    ['/override dco because \u200b\u2060', ['dco'], null, null],
    ['/override dco because 完成', ['dco'], null, '完成'],
    ['/override license for vendor/zlib/** because so', ['license'], { path: 'vendor/zlib/**' }, 'so'],
    ['/override license for "my lib, too/**" because so', ['license'], { path: 'my lib, too/**' }, 'so'],
    ['/override upstream for 1a2b3c4 because so', ['upstream'], { commit: '1a2b3c4' }, 'so'],
    ['/override upstream FOR 1A2B3C4 because so', ['upstream'], { commit: '1a2b3c4' }, 'so'],
    ['/override upstream for /1a2b3c4 because so', ['upstream'], { path: '/1a2b3c4' }, 'so'],
    ['/override upstream for "1a2b3c4" because so', ['upstream'], { path: '1a2b3c4' }, 'so'],
    ['/override license for docs because so', ['license'], { path: 'docs' }, 'so'],
    ['/override license for face because so', ['license'], { path: 'face' }, 'so'],
  ])('%j', (body, checks, scope, reason) => {
    expect(readCommands(body)).toEqual({
      commands: [{ kind: 'override', checks, scope, reason, line: 1 }],
      problems: [],
      truncated: false,
    });
  });

  test.each<[string, object]>([
    ['/override-cancel', { kind: 'cancel', checks: 'all' }],
    ['/override-cancel all', { kind: 'cancel', checks: 'all' }],
    ['/override-cancel dco, license', { kind: 'cancel', checks: ['dco', 'license'] }],
    ['/Override-Cancel dco because I was wrong', { kind: 'cancel', checks: ['dco'] }],
    ['/recheck', { kind: 'recheck' }],
    ['/RECHECK  ', { kind: 'recheck' }],
    ['/policy', { kind: 'policy' }],
  ])('%j', (body, command) => {
    expect(readCommands(body)).toMatchObject({ commands: [{ ...command, line: 1 }], problems: [] });
  });

  test('may be among prose, several in one comment, with line breaks of every kind', () => {
    const body = `Thank you.\r\n/override dco ${why}\r\n\r\nAnd:\r/recheck\n/override-cancel license\nBye.`;
    const { commands, problems } = readCommands(body);
    expect(commands.map(({ kind, line }) => [kind, line])).toEqual([
      ['override', 2],
      ['recheck', 5],
      ['cancel', 6],
    ]);
    expect(problems).toEqual([]);
  });

  test('keeps at most 1,000 characters of a reason', () => {
    const [command] = readCommands(`/override dco because ${'😀a'.repeat(20_000)}`).commands;
    expect(command).toMatchObject({ reason: expect.stringMatching(/…$/) });
    expect(JSON.stringify(command).length).toBeLessThan(1200);
  });
});

describe('no command', () => {
  test.each([
    ['in a code fence', '```\nX\n```'],
    ['in a fence of tildes', '~~~ text\nX\n~~~'],
    ['in a fence that is never closed', '```\nX'],
    ['in a fence that a shorter one does not close', '````\n```\nX\n````'],
    ['in a fence that the other kind does not close', '~~~\n```\nX\n~~~'],
    ['in a fence whose end has words after it', '```\n``` js\nX\n```'],
    ['in a fence with CRLF', '```\r\nX\r\n```\r\n'],
    ['in an indented fence', '  ```\nX\n  ```'],
    ['quoted', '> X'],
    ['quoted twice', '> > X'],
    ['quoted without a blank', '>X'],
    ['indented by one blank', ' X'],
    ['indented by four', '    X'],
    ['indented by a tab', '\tX'],
    ['in a list', '- X'],
    ['in an HTML comment', '<!--\nX\n-->'],
    ['in an HTML comment with empty lines', '<!-- a\n\nX\n\n-->'],
    ['in an HTML comment that is never closed', '<!--\nX'],
    ['in preformatted HTML', '<pre>\nX\n\nX\n</pre>'],
    ['after other words', 'Please X'],
    ['after an invisible character', '\ufeffX'],
    ['in a code span', '`X`'],
  ])('%s', (_, body) => {
    for (const command of [`/override dco ${why}`, '/override-cancel dco', '/recheck']) {
      expect(readCommands(body.replaceAll('X', command))).toEqual({ commands: [], problems: [], truncated: false });
    }
  });

  test.each([
    '/overrides dco because x',
    '/overridden',
    '/override/notes.md is new',
    '/override.md',
    '/recheck please',
    '/policy.yml',
    '/rechecked',
    '//override dco because x',
    '/ override dco because x',
    'override dco because x',
  ])('%j', (body) => {
    expect(readCommands(body)).toEqual({ commands: [], problems: [], truncated: false });
  });
});

describe('after what ends', () => {
  test.each([
    ['a fence', '```\ncode\n```\nX'],
    ['a fence closed by a longer one', '```\ncode\n`````\nX'],
    ['code that looks like a fence', '``` not a `fence\n\nX'],
    ['a quote and an empty line', '> quote\n\nX'],
    ['an HTML comment', '<!-- hint -->\nX'],
    ['an HTML comment of several lines', '<!--\nhint\n-->\nX'],
    ['a details block and an empty line', '<details>\n\nX\n\n</details>'],
    ['a code span', 'Some `code` and ``more ` code``.\nX'],
    ['an escaped backtick', 'A \\` alone.\nX'],
    ['a stray backtick and an empty line', 'A ` alone.\n\nX'],
    ['a list', '- one\n- two\n\nX'],
    ['a fence inside a quote, and an empty line', '> ```\n> code\n\nX'],
  ])('%s, it is a command again', (_, body) => {
    expect(readCommands(body.replace('X', `/override dco ${why}`))).toMatchObject({
      commands: [{ kind: 'override' }],
      problems: [],
    });
  });
});

describe('a line that Markdown may not show as prose is told, and not followed', () => {
  test.each([
    ['right below a quote', '> quote\nX', 'it directly follows a quote'],
    ['in a paragraph that goes on with a quote', '> quote\nmore\nX', 'it directly follows a quote'],
    ['right below HTML', '<details>\nX', 'it directly follows HTML'],
    ['below an open code span', 'Some `code\nX\nand` more', 'the paragraph before it opens code'],
    ['below an open HTML comment', 'Some <!-- hint\nX\n-->', 'the paragraph before it opens code'],
    ['after a fence in a list', '- ```\n  code\n  ```\n\nX', 'it comes after a code block or HTML in a list'],
    ['after a fence below a list', '- a\n  ```\nb\n  ```\n\nX', 'it comes after a code block or HTML in a list'],
  ])('%s', (_, body, reason) => {
    const { commands, problems } = readCommands(body.replace('X', `/override dco ${why}`));
    expect(commands).toEqual([]);
    expect(problems.map(({ text }) => plain(text)).join()).toContain(reason);
  });
});

describe('a mistake', () => {
  test.each([
    ['/override', '`/override` has to name a check.'],
    ['/override because so', '`/override` has to name a check.'],
    ['/override , because so', '`/override` has to name a check.'],
    ['/override: dco because so', 'There is no command like `/override: dco because so`.'],
    ['/override-dco because so', 'There is no command like `/override-dco because so`.'],
    ['/override, dco', 'There is no command like `/override, dco`.'],
    ['/override-cancel: dco', 'There is no command like `/override-cancel: dco`.'],
    ['/override "dco because so', 'A quotation mark is never closed.'],
    ['/override all, dco because so', '`all` stands alone, without other names.'],
    ['/override dco for because so', 'After `for` there has to be one path or one commit.'],
    ['/override dco for "" because so', 'After `for` there has to be one path or one commit.'],
    [
      '/override dco for a b because so',
      'After `for` there can be one path or one commit only; a path with blanks or commas goes in quotes.',
    ],
    [
      '/override dco for a, b because so',
      'After `for` there can be one path or one commit only; a path with blanks or commas goes in quotes.',
    ],
    [
      '/override dco for 1a2b3c because so',
      '`1a2b3c` is too short for a commit, which needs 7 digits of its id at least; a path of that name is written `/1a2b3c`.',
    ],
    [
      '/override dco for a[b] because so',
      'The path after `for` must hold [ as \\[ only, since it has no special meaning in these globs.',
    ],
    ['/override dco for / because so', 'The path after `for` must name something.'],
    [
      '/override-cancel dco for a',
      '`/override-cancel` takes back every override of a check, so `for` has no place in it.',
    ],
    [
      `/override ${Array.from({ length: 21 }, (_, i) => `c${i}`).join()} because so`,
      'There are more than 20 names in it.',
    ],
    [`/override ${'x'.repeat(101)} because so`, `No check has a name as long as \`${'x'.repeat(101)}\`.`],
    [`/override dco for ${'x/'.repeat(251)} because so`, `The path \`${'x/'.repeat(251)}\` is too long.`],
  ])('%j', (body, words) => {
    expect(readCommands(`Text\n${body}`)).toEqual({
      commands: [],
      problems: [{ line: 2, text: expect.anything() }],
      truncated: false,
    });
    expect(plain(readCommands(body).problems[0]?.text ?? [])).toBe(words);
  });
});

describe('a flood', () => {
  test.each([
    ['of commands', `/override dco ${why}\n`.repeat(mostCommands + 1)],
    ['of commands with one that takes all back at the end', `${'/recheck\n'.repeat(5000)}/override-cancel`],
    ['of mistakes', '/override\n'.repeat(5000)],
  ])('%s is not read in part, and that is said', (_, body) => {
    const { commands, problems, truncated } = readCommands(body);
    expect([commands, truncated]).toEqual([[], true]);
    expect(plain(problems[0]?.text ?? [])).toBe('There are more than 20 commands in the comment.');
  });

  test('of characters beyond what GitHub takes is not read', () => {
    const read = readCommands(`/override dco ${why}\n${'x'.repeat(131_072)}`);
    expect([read.commands, read.truncated]).toEqual([[], true]);
  });

  test('as many as are allowed is read', () => {
    expect(readCommands(`/override dco ${why}\n`.repeat(mostCommands)).commands).toHaveLength(mostCommands);
  });

  test.each([
    ['blanks', `/override dco because${' '.repeat(65_000)}x`],
    ['blanks before a line break', `${' '.repeat(131_000)}x\n/recheck`],
    ['backticks', `${'`'.repeat(65_000)}\n/recheck`],
    ['runs of backticks', `${'` `` '.repeat(13_000)}\n/recheck`],
    ['list markers', `${'- '.repeat(32_000)}\n/recheck`],
    ['quote markers', `${'>'.repeat(65_000)}\n/recheck`],
    ['quotation marks', `/override ${'" '.repeat(32_000)}`],
    ['commas', `/override ${','.repeat(65_000)}`],
    ['words', `/override ${'a '.repeat(32_000)}because so`],
    ['HTML comments', `${'<!-- '.repeat(13_000)}\n/recheck`],
    ['line breaks', `${'\r\n'.repeat(32_000)}/recheck`],
    ['dots', `/override${'.'.repeat(65_000)}`],
  ])(
    'of %s is read before the test runs out of time',
    async (_, body) => {
      expect((await inTime(() => readCommands(body))).commands.length).toBeLessThanOrEqual(1);
    },
    5_000,
  );
});

describe('whatever is written', () => {
  const fragments = [
    ...nasty,
    '/override dco because Zq7',
    '/override all because Zq7',
    '/override-cancel',
    '/override "a, b" for x because Zq7',
    '/recheck',
    '\n',
    '\n\n',
    '\r\n',
    '\r',
    '> ',
    '```',
    '\n```\n',
    '\n~~~\n',
    '\n  ```\n',
    '\n- ```\n',
    '\n- ',
    '\n1. ',
    '\n  ',
    '\n    ',
    '\t',
    '<!--',
    '-->',
    '<!-->',
    '<pre>',
    '</pre>',
    '<details>',
    '\n<div>\n',
    '\n<?x',
    '?>',
    '`',
    '``',
    '"',
    ' because ',
    ' for ',
  ];
  const body = fc
    .array(fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...fragments) }, hostile), { maxLength: 14 })
    .map((parts) => parts.join(''));

  test('it is read without an error, and what is read is bounded', () => {
    fc.assert(
      fc.property(body, (text) => {
        const { commands, problems } = readCommands(text);
        expect(commands.length + problems.length).toBeLessThanOrEqual(mostCommands);
        for (const command of commands) {
          const line = text.split(/\r\n|\n|\r/)[command.line - 1] ?? '';
          expect(line.toLowerCase()).toMatch(/^\/(?:override|recheck|policy)/);
          if (command.kind !== 'override') continue;
          expect(command.reason === null || /[\p{L}\p{N}]/u.test(command.reason)).toBe(true);
          expect(command.checks.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('the kind of line break changes nothing', () => {
    fc.assert(
      fc.property(body, (text) => {
        const lf = text.replace(/\r\n|\r/g, '\n');
        expect(readCommands(lf.replaceAll('\n', '\r\n'))).toEqual(readCommands(lf));
      }),
      { numRuns: 300 },
    );
  });

  interface Node {
    readonly type: string;
    readonly value?: string;
    readonly children?: readonly Node[];
  }
  /** Everything that Markdown shows as prose: text, but not in code, raw HTML or quotes. */
  function prose(node: Node): string {
    if (['code', 'inlineCode', 'html', 'blockquote', 'definition'].includes(node.type)) return '';
    return node.value ?? (node.children ?? []).map(prose).join('');
  }
  const markdown = unified().use(remarkParse).use(remarkGfm);
  const structure = fc.constantFrom(
    ...[
      '```',
      '```js',
      '````',
      '~~~',
      '  ```',
      '   ~~~',
      '- ```',
      '- a',
      '-',
      '  b',
      '1. x',
      '    y',
      '\tz',
      '>',
      '> q',
    ],
    ...[
      '> ```',
      '- > q',
      '<!--',
      '-->',
      '<!-->',
      '<!-- a -->',
      '<pre>',
      '</pre>',
      '<div>',
      '</div>',
      '<b',
      '<?a',
      '?>',
    ],
    ...[
      '<!A',
      '<![CDATA[',
      ']]>',
      '- <!--',
      '  <!--',
      '`',
      '``',
      'a `b',
      'c` d',
      'e <!-- f',
      'text',
      '',
      '',
      '***',
      '---',
    ],
    ...['===', '# h', '[a]: b', '| a |', '| - |', '  \t```', '\u00a0', '\\`', '`` ` ``', '<script>', '</style>'],
  );

  test('a parser of GitHub’s Markdown agrees that each command is prose', () => {
    fc.assert(
      fc.property(fc.array(structure, { maxLength: 9 }), fc.array(structure, { maxLength: 3 }), (before, after) => {
        const command = '/override Zq7 because so';
        const read = readCommands([...before, command, ...after].join('\n'));
        if (read.commands.length === 0) return;
        expect(prose(markdown.parse([...before, command, ...after].join('\n')) as Node)).toContain('Zq7');
      }),
      { numRuns: 3000 },
    );
  });
});
