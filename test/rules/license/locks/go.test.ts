// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { shown } from './shown.ts';

describe('A go.mod', () => {
  test('names modules, as their replacements have them', () => {
    const text = `module example.org/mine

go 1.25

require github.com/Owner/Name v1.2.3
require (
	example.org/a/v2 v2.0.0+incompatible // indirect
	"example.org/b" v0.0.0-20260102030405-0123456789ab//indirect
	example.org/c v1.0.0
	example.org/d v1.0.0
)

replace example.org/c => example.org/fork v1.1.0
replace (
	example.org/d v1.0.0 => ../d
	example.org/b v9.9.9 => example.org/never v1.0.0
)
exclude example.org/e v1.0.0
retract [v1.0.0, v1.1.0]
tool example.org/a/v2/cmd
`;
    expect(shown('go.mod', text)).toEqual([
      '5 pkg:golang/github.com/Owner/Name@v1.2.3',
      '7 pkg:golang/example.org/a/v2@v2.0.0+incompatible',
      '8 pkg:golang/example.org/b@v0.0.0-20260102030405-0123456789ab',
      '9 pkg:golang/example.org/fork@v1.1.0',
      '10 pkg:golang/example.org/d@v1.0.0?download_url=..%2Fd',
    ]);
  });

  test.each([
    ['a directive that may bring in anything', 'bring example.org/a v1.0.0', '1 problem'],
    ['half a requirement', 'require example.org/a', '1 problem'],
    ['a replacement by nothing', 'replace example.org/a', '1 problem'],
    ['a version that Go does not have', 'require example.org/a vNext', '1 problem'],
  ])('with %s has a problem', (_name, text, problem) => {
    expect(shown('go.mod', text)).toEqual([problem]);
  });
});

describe('A go.sum', () => {
  test('names modules whose content was fetched', () => {
    const text =
      'example.org/a v1.0.0/go.mod h1:abc=\nexample.org/b v1.0.0 h1:abc=\nexample.org/b v1.0.0/go.mod h1:abc=\n';
    expect(shown('go.sum', text)).toEqual(['2 pkg:golang/example.org/b@v1.0.0']);
  });

  test('with any other line has a problem', () => {
    expect(shown('go.sum', 'example.org/b v1.0.0 h1:abc=\n<<<<<<< HEAD')).toEqual([
      '1 pkg:golang/example.org/b@v1.0.0',
      '2 problem',
    ]);
  });
});
