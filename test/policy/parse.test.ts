// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { parsePolicy } from '../../src/policy/parse.ts';
import { listed, topLevelKeys } from './help.ts';

describe('a valid policy', () => {
  const defaults = parsePolicy('').settings;

  test.each([
    ['an empty file', ''],
    ['a file with only comments', '# nothing yet\n'],
    ['a file with only a document start', '---\n'],
    ['empty mappings', 'policy: {}\ndco: {}\n'],
    ['a byte order mark', '\ufeffversion: 1\n'],
    ['JSON', '{"version": 1, "dco": {"mode": "enforce"}}'],
  ])('leaves everything at its default: %s', (_, text) => {
    expect(parsePolicy(text)).toMatchObject({ settings: defaults, problems: [] });
  });

  test('has every default filled in', () => {
    expect(defaults).toMatchObject({ policy: { name: 'Policy' }, dco: { mode: 'enforce', name: 'DCO' } });
  });

  test('keeps what it sets and fills in the rest', () => {
    const { settings } = parsePolicy('dco:\r\n  require:\r\n    members: false\r\n  exempt: {branches: ["1.0"]}\r\n');
    expect(settings?.dco).toEqual({
      ...defaults?.dco,
      require: { members: false },
      exempt: { ...defaults?.dco.exempt, branches: ['1.0'] },
    });
  });

  test('may use an alias for a value', () => {
    const { settings } = parsePolicy('dco:\n  exempt:\n    paths: &list [docs/**]\n    branches: *list\n');
    expect(settings?.dco.exempt.branches).toEqual(['docs/**']);
  });

  test('cannot be altered by whoever shares it', () => {
    expect(Object.isFrozen(defaults)).toBe(true);
    expect(Object.isFrozen(defaults?.dco.exempt.paths)).toBe(true);
  });
});

describe('a mistake is told with its line, its column and the way out', () => {
  const allKeys =
    '`mode`, `enforceFrom`, `name`, `require`, `allowRemediationCommits`, `noreply`, `coAuthors` or `exempt`';
  const cases: [string, string, string[]][] = [
    [
      'a list that is misspelt, where a key that is none is nearer',
      'replace: [dco.foo, license.alowed]',
      [
        '1:11 policy.invalid There is no list `dco.foo`. Name a list of this file, such as license.allow.',
        '1:20 policy.invalid There is no list `license.alowed`. Did you mean `license.allow`?',
      ],
    ],
    [
      'an unknown key',
      'dco:\n  mod: warn\n',
      ['2:3 policy.unknown-key There is no key `mod` in `dco`. Did you mean `mode`?'],
    ],
    [
      'a key in other letters',
      'DCO: {}\n',
      ['1:1 policy.unknown-key There is no key `DCO` at the top level. Did you mean `dco`?'],
    ],
    [
      'a key in snake case',
      'dco: {allow_remediation_commits: {}}',
      [
        '1:7 policy.unknown-key There is no key `allow_remediation_commits` in `dco`. Did you mean `allowRemediationCommits`?',
      ],
    ],
    [
      'a key like no other',
      'dco:\n  strictness: 9\n',
      [`2:3 policy.unknown-key There is no key \`strictness\` in \`dco\`. Use ${allKeys}, or remove it.`],
    ],
    ...['', 'mode: enforce, ', 'mode: off, '].map((mode): [string, string, string[]] => [
      `a day from which a rule with “${mode}” is enforced`,
      `license: {${mode}enforceFrom: 2027-01-31}`,
      [
        `1:${11 + mode.length} policy.enforce-from \`license.enforceFrom\` is the day on which a warning begins to block, and needs \`mode: warn\` beside it. Write that too, or remove the day.`,
      ],
    ]),
    [
      'a day that the calendar does not have',
      'dco: {mode: warn, enforceFrom: 2027-02-29}',
      [
        '1:32 policy.invalid `dco.enforceFrom` must be a day that the calendar has, such as 2027-01-31. It is the text `2027-02-29`.',
      ],
    ],
    [
      'a key of an object’s prototype',
      'constructor: {}\n__proto__: {dco: {}}\n',
      [
        `1:1 policy.unknown-key There is no key \`constructor\` at the top level. Use ${topLevelKeys}, or remove it.`,
        '2:1 policy.unknown-key There is no key `__proto__`. Remove it.',
      ],
    ],
    [
      'a value that is not among those allowed',
      'dco:\n  mode: Enforced\n',
      [
        '2:9 policy.invalid `dco.mode` must be `enforce`, `warn` or `off`. It is the text `Enforced`. Did you mean `enforce`?',
      ],
    ],
    [
      'yes for true',
      'dco: {require: {members: yes}}',
      [
        '1:26 policy.invalid `dco.require.members` must be true or false. It is the text `yes`. Write `true`, without quotes.',
      ],
    ],
    [
      'off for false',
      'dco: {require: {members: Off}}',
      [
        '1:26 policy.invalid `dco.require.members` must be true or false. It is the text `Off`. Write `false`, without quotes.',
      ],
    ],
    [
      'a number for text',
      'dco:\n  exempt:\n    branches: [v1, 1.0]\n',
      [
        '3:20 policy.invalid `dco.exempt.branches[1]` must be text. It is the number `1.0`. Write it in quotes: `"1.0"`.',
      ],
    ],
    [
      'a boolean for text',
      'dco: {name: true}',
      ['1:13 policy.invalid `dco.name` must be text. It is `true`. Write it in quotes: `"true"`.'],
    ],
    [
      'text for a list',
      'dco: {exempt: {paths: docs/**}}',
      [
        '1:23 policy.invalid `dco.exempt.paths` must be a list. It is the text `docs/**`. Write each entry on a line of its own, after a dash.',
      ],
    ],
    [
      'nothing for a mapping',
      'dco:\n# mode: warn\n',
      ['1:1 policy.invalid `dco` must be a mapping (keys with values). It is empty. Fill it in, or remove it.'],
    ],
    [
      'a list for a mapping',
      'dco: []',
      ['1:6 policy.invalid `dco` must be a mapping (keys with values). It is a list.'],
    ],
    ['another version', 'version: 2', ['1:10 policy.invalid `version` must be `1`. It is the number `2`.']],
    [
      'an empty name',
      'dco: {name: ""}',
      ['1:13 policy.invalid `dco.name` must have at least 1 character. It is empty text. Fill it in, or remove it.'],
    ],
    [
      'an invisible character in a name',
      'dco: {name: "D\\u200bCO"}',
      ['1:13 policy.invalid `dco.name` must not hold control or invisible characters. It is the text `D\u200bCO`.'],
    ],
    [
      'a file that is a list',
      '- dco\n',
      ['1:1 policy.invalid The file must be a mapping (keys with values). It is a list.'],
    ],
    [
      'a key given twice',
      'dco: {}\ndco: {}\n',
      ['2:1 policy.duplicate-key The key `dco` is given twice. Keep one of them.'],
    ],
    [
      'two check runs of one name',
      'policy: {name: Gate}\ndco: {name: " gate"}\n',
      ['2:13 policy.duplicate-name `dco.name` must differ from `policy.name`: two check runs cannot have one name.'],
    ],
    [
      'a name that another check run has by default',
      'policy: {name: DCO}\n',
      ['1:16 policy.duplicate-name `dco.name` must differ from `policy.name`: two check runs cannot have one name.'],
    ],
    [
      'a second document',
      'dco: {}\n---\n',
      ['2:1 policy.syntax A second document starts here (---). Keep one document in the file.'],
    ],
    ['a merge key', 'dco:\n  <<: {}\n', ['2:3 policy.syntax Merge keys (<<) are not supported. Write the keys out.']],
    [
      'a tag',
      'dco: {name: !!str 1}',
      ['1:19 policy.syntax Tags such as `!!str` are not read here. Remove the tag, or put the value in quotes.'],
    ],
    [
      'YAML 1.1, where no is false',
      '%YAML 1.1\n---\ndco: {require: {members: no}}\n',
      ['1:1 policy.syntax The file asks for YAML `1.1`. It is read as YAML 1.2: remove the directive.'],
    ],
    [
      'an alias without an anchor',
      'dco: {name: *nobody}',
      [
        '1:13 policy.alias A value that starts with * needs quotes: without them it is an alias, and no anchor (&) above has its name.',
      ],
    ],
    [
      'an alias inside its own value',
      'dco: &dco\n  exempt: *dco\n',
      ['2:11 policy.alias This alias (*) stands inside the very value that it names. Write the value out.'],
    ],
    [
      'a NUL character',
      'dco:\n  mode: warn\0\n',
      ['2:13 policy.syntax A control character (U+0000) stands here. Remove it: the file has to be plain text.'],
    ],
    [
      'a tab',
      'dco:\n\tmode: warn\n',
      [
        '2:1 policy.syntax A tab indents this line, which YAML does not allow. Use spaces. The YAML parser says: `Tabs are not allowed as indentation`.',
      ],
    ],
    [
      'a list that is not closed',
      'dco:\n  exempt: {paths: [a}\n',
      [
        '2:21 policy.syntax A closing bracket, ] or }, is missing here, or stands further left than what it closes. The YAML parser says: `Flow sequence in block collection must be sufficiently indented and end with a ]`.',
        '2:22 policy.syntax A closing bracket, ] or }, is missing here, or stands further left than what it closes. The YAML parser says: `Flow map in block collection must be sufficiently indented and end with a }`.',
      ],
    ],
    [
      'a version in quotes',
      'version: "1"',
      ['1:10 policy.invalid `version` must be `1`. It is the text `1`. Write it without quotes.'],
    ],
    [
      'no space after a colon',
      'dco:\n  mode:warn\n',
      [
        '2:3 policy.invalid `dco` must be a mapping (keys with values). It is the text `mode:warn`. Put a space after the colon.',
      ],
    ],
    [
      'an empty glob',
      'dco: {exempt: {paths: [""]}}',
      [
        '1:24 policy.invalid `dco.exempt.paths[0]` must have at least 1 character. It is empty text. Fill it in, or remove it.',
      ],
    ],
    ...['@ada', 'ada@example.org', 'https://github.com/ada', 'ada [bot]', ''].map(
      (login): [string, string, string[]] => [
        `a user named “${login}”`,
        `dco: {exempt: {users: ["${login}"]}}`,
        [
          `1:24 policy.invalid \`dco.exempt.users[0]\` must be a login as GitHub shows it, without @, such as ada or release-robot[bot]. It is ${login === '' ? 'empty text' : `the text \`${login}\``}.`,
        ],
      ],
    ),
    [
      'a missing quote',
      'dco:\n  name: "DCO\n',
      [
        '3:1 policy.syntax Something is missing here: a colon, a comma, a quote or a closing bracket. The YAML parser says: `Missing closing "quote`.',
      ],
    ],
  ];

  test.each(cases)('%s', (_, text, problems) => {
    const parsed = parsePolicy(text);
    expect(listed(parsed.problems)).toEqual(problems);
    expect(parsed.settings).toBeNull();
  });

  test('all of them, in the order of the file', () => {
    const text = 'version: one\ndco:\n  mode: on\n  signoff: 1\n  exempt:\n    paths: [1, {}]\n';
    expect(parsePolicy(text).problems.map(({ line, column }) => [line, column])).toEqual([
      [1, 10],
      [3, 9],
      [4, 3],
      [6, 13],
      [6, 16],
    ]);
  });

  test('the end is the column after the last character', () => {
    expect(parsePolicy('dco:\n  mode: "on"\n').problems).toMatchObject([
      { line: 2, column: 9, endLine: 2, endColumn: 13 },
    ]);
  });
});

describe('what can still be read of a broken policy', () => {
  const salvaged = (text: string) => {
    const parsed = parsePolicy(text);
    return parsed.settings === null ? parsed.salvaged : null;
  };

  test.each([
    [
      'names and the mode of a sound section',
      'dco: {name: Sign-off, mode: warn}\npolicy: {name: Gate}\nx: 1\n',
      'Gate',
      'Sign-off',
      'warn',
    ],
    [
      'the name in a section that is broken, but not its mode',
      'dco: {name: Sign-off, mode: warn, x: 1}\n',
      'Policy',
      'Sign-off',
      'enforce',
    ],
    [
      'the name in broken YAML, but not its mode',
      'dco:\n  name: Sign-off\n  mode: off\n  x: "\n',
      'Policy',
      'Sign-off',
      'enforce',
    ],
    ['no mode of a section given twice', 'dco: {mode: off}\ndco: {mode: enforce}\n', 'Policy', 'DCO', 'enforce'],
    ['no name that is not valid', 'dco: {name: ""}\n', 'Policy', 'DCO', 'enforce'],
    ['no name that is taken', 'dco: {name: Policy}\n', 'Policy', 'DCO', 'enforce'],
    ['nothing of what is no mapping', '- dco\n', 'Policy', 'DCO', 'enforce'],
  ])('%s', (_, text, checkName, name, mode) => {
    expect(salvaged(text)).toMatchObject({ checkName, rules: { dco: { name, mode } } });
  });
});
