// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { isPackage } from '../../../src/rules/license/purl.ts';

const fork = 'vcs_url=git%2Bhttps://git.example.org/left.git%40abc';

describe('An exception for a package', () => {
  test.each([
    ['one version', 'pkg:npm/left@1.0.0', 'pkg:npm/left@1.0.0'],
    ['every version, where it names none', 'pkg:npm/left@1.0.0', 'pkg:npm/left'],
    ['a package without a version', 'pkg:npm/left', 'pkg:npm/left'],
    ['a scoped package in either spelling', 'pkg:npm/%40example/left@1.0.0', 'pkg:npm/@example/left'],
    ['it as GitHub writes it', 'pkg:/NPM/left@1.0.0', 'pkg:npm/left@1.0.0'],
    ['it by another spelling of its name on PyPI', 'pkg:pypi/ruamel.yaml@1', 'pkg:pypi/Ruamel_YAML'],
    ['an action in another case', 'pkg:githubactions/Example/check@4.*.*', 'pkg:githubactions/example/check'],
    ['all of a namespace', 'pkg:githubactions/actions/checkout@4.%2A.%2A', 'pkg:githubactions/Actions/*'],
    ['all of a scope', 'pkg:npm/%40example/left@1.0.0', 'pkg:npm/@example/*'],
    ['all below a namespace', 'pkg:golang/example.org/left/pad/v2@v2.0.0', 'pkg:golang/example.org/left/*'],
    ['all of a namespace in another registry', 'pkg:npm/@a/b?vcs_url=c', 'pkg:npm/@a/*?vcs_url=c'],
    ['it whatever else its qualifiers say', 'pkg:maven/org.example/left@1?type=jar', 'pkg:maven/org.example/left@1'],
    ['a fork that it names', `pkg:npm/left@1.0.0?${fork}`, `pkg:npm/left?${fork}`],
    [
      'a fork that it names, unencoded',
      `pkg:npm/left@1.0.0?${fork}`,
      'pkg:npm/left?vcs_url=git+https://git.example.org/left.git@abc',
    ],
    [
      'qualifiers in another order and case',
      'pkg:npm/left?download_url=a&vcs_url=b',
      'pkg:npm/left?VCS_URL=b&type=x&Download_Url=a',
    ],
  ])('covers %s', (_, purl, wanted) => {
    expect(isPackage(purl, wanted)).toBe(true);
  });

  test.each([
    ['another version', 'pkg:npm/left@1.0.1', 'pkg:npm/left@1.0.0'],
    ['another case of the name, where it counts', 'pkg:npm/JSONStream@1.0.0', 'pkg:npm/jsonstream'],
    ['another name', 'pkg:npm/left-pad@1.0.0', 'pkg:npm/left'],
    ['another namespace', 'pkg:githubactions/actions-x/checkout@4', 'pkg:githubactions/actions/*'],
    ['a package that is called as a namespace', 'pkg:golang/example.org/left@v1', 'pkg:golang/example.org/left/*'],
    ['a namespace elsewhere', 'pkg:npm/@a/b?vcs_url=c', 'pkg:npm/@a/*'],
    ['a namespace, where the asterisk is encoded', 'pkg:npm/@a/b', 'pkg:npm/@a/%2A'],
    ['another ecosystem', 'pkg:pypi/left@1.0.0', 'pkg:npm/left'],
    ['one from version control', `pkg:npm/left@1.0.0?${fork}`, 'pkg:npm/left'],
    ['one from an address', 'pkg:npm/left@1.0.0?download_url=https://example.org/left.tgz', 'pkg:npm/left@1.0.0'],
    ['one from another registry', 'pkg:cargo/left@1?repository_url=https://registry.example.org', 'pkg:cargo/left'],
    ['one from elsewhere, its key in capitals', 'pkg:npm/left?VCS_URL=git://git.example.org/left', 'pkg:npm/left'],
    ['another fork', `pkg:npm/left?${fork}`, 'pkg:npm/left?vcs_url=git://git.example.org/other'],
    ['the registry’s, where it names a fork', 'pkg:npm/left@1.0.0', `pkg:npm/left?${fork}`],
    ['a fork whose address hides behind a second one', `pkg:npm/left?${fork}&vcs_url=b`, `pkg:npm/left?${fork}`],
  ])('does not cover %s', (_, purl, wanted) => {
    expect(isPackage(purl, wanted)).toBe(false);
  });
});
