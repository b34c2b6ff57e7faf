// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { shown } from './shown.ts';

/** A reference to a property of the POM. */
const property = (name: string) => ['$', '{', name, '}'].join('');

describe("A pom.xml's dependencies", () => {
  const pom = (inside: string) => `<project>\n<properties><v>1.0</v></properties>\n${inside}\n</project>`;
  const dependency = (inside: string) =>
    `<dependency><groupId>org.example</groupId><artifactId>a</artifactId>${inside}</dependency>`;
  test.each([
    [
      'have a version',
      `<dependencies>${dependency('<version>1.0</version>')}</dependencies>`,
      ['3 pkg:maven/org.example/a@1.0'],
    ],
    [
      'may have a property for it',
      `<dependencies>${dependency(`<version>${property('v')}</version>`)}</dependencies>`,
      ['3 pkg:maven/org.example/a@1.0'],
    ],
    [
      'may have a property that the parent gives',
      `<dependencies>${dependency(`<version>${property('w')}</version>`)}</dependencies>`,
      ['3 pkg:maven/org.example/a'],
    ],
    [
      'may have a range',
      `<dependencies>${dependency('<version>[1,2)</version>')}</dependencies>`,
      ['3 pkg:maven/org.example/a'],
    ],
    [
      'may have it managed',
      `<dependencyManagement><dependencies>${dependency('<version>2.0</version>')}</dependencies></dependencyManagement>\n<dependencies>${dependency('')}</dependencies>`,
      ['4 pkg:maven/org.example/a@2.0'],
    ],
    [
      'may have a classifier and a type',
      `<dependencies>${dependency('<version>1.0</version><classifier>x</classifier><type>zip</type>')}</dependencies>`,
      ['3 pkg:maven/org.example/a@1.0?classifier=x&type=zip'],
    ],
    [
      'may stand in a profile',
      `<profiles><profile><dependencies>${dependency('')}</dependencies></profile></profiles>`,
      ['3 pkg:maven/org.example/a'],
    ],
    [
      'have to have a name',
      '<dependencies><dependency><artifactId>a</artifactId></dependency></dependencies>',
      ['3 problem'],
    ],
    [
      'with a name from elsewhere have a problem',
      `<dependencies><dependency><groupId>${property('g')}</groupId><artifactId>a</artifactId></dependency></dependencies>`,
      ['3 problem'],
    ],
  ])('%s', (_name, inside, expected) => {
    expect(shown('pom.xml', pom(inside))).toEqual(expected);
  });

  test('may have properties inside each other, but not without end', () => {
    const properties = `<properties><a>${property('b')}${property('b')}</a><b>${property('a')}</b></properties>`;
    const text = `<project>${properties}<dependencies>${dependency(`<version>${property('a')}</version>`)}</dependencies></project>`;
    expect(shown('pom.xml', text)).toEqual(['1 pkg:maven/org.example/a']);
  });
});
