// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { shown } from './shown.ts';

function pom(...licenses: readonly string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <licenses>
${licenses.map((one) => `<license>${one}</license>`).join('\n')}
  </licenses>
  <build><licenses><license><name>No</name></license></licenses></build>
</project>`;
}

describe('A pom.xml', () => {
  test.each([
    ['states an SPDX identifier', pom('<name>Apache-2.0</name>'), ['4 spdx: Apache-2.0']],
    [
      'states a name that means one license',
      pom('<name>The Apache  Software License,\n Version 2.0</name>'),
      ['4 spdx: Apache-2.0'],
    ],
    [
      'states any other name as text',
      pom('<name>GNU General Public License</name>'),
      ['4 text: GNU General Public License'],
    ],
    [
      'goes by its name, whatever the URL says',
      pom('<name>My License</name><url>https://www.apache.org/licenses/LICENSE-2.0</url>'),
      ['4 text: My License'],
    ],
    [
      'without a name goes by the URL',
      pom('<url>http://www.apache.org/licenses/LICENSE-2.0.txt</url>'),
      ['4 spdx: Apache-2.0'],
    ],
    [
      'of several lets anyone be chosen',
      pom('<name>EPL 2.0</name>', '<name>GPL2 w/ CPE</name>'),
      ['4 spdx: EPL-2.0 OR LicenseRef-GPL2-w-CPE'],
    ],
    ['may use character data sections and references', pom('<name><![CDATA[MIT]]>&#x2D;0</name>'), ['4 spdx: MIT-0']],
    [
      'with a license that says nothing has a problem there',
      pom('<name>MIT</name>', '<name/>'),
      ['4 spdx: MIT', '5 problem'],
    ],
    ['without licenses states nothing', '<project/>', []],
    ['has to be a project', '\n<html/>', ['2 problem']],
    ['that is no XML says where', '<project>\n<licenses>\n</project>', ['3 problem']],
    ['that ends early says where', '<project>\n<licenses>', ['2 problem']],
    ['that is empty is no XML', '', ['1 problem']],
    ['with an unknown entity is not read', '<project>\n&evil;</project>', ['2 problem']],
  ])('%s', (_name, text, expected) => {
    expect(shown('module/pom.xml', text)).toEqual(expected);
  });
});

describe('A .nuspec', () => {
  const nuspec = (inside: string) =>
    `<package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">\n<metadata>\n${inside}\n</metadata></package>`;
  test.each([
    [
      'states an expression',
      nuspec('<license type="expression">MIT OR Apache-2.0</license>'),
      ['3 spdx: MIT OR Apache-2.0'],
    ],
    ['may name a file', nuspec('<license type="file">LICENSE.txt</license>'), ['3 file: LICENSE.txt']],
    ['has to say which of the two', nuspec('<license>MIT</license>'), ['3 problem']],
    [
      "may have NuGet's own address of an expression",
      nuspec('<licenseUrl>https://licenses.nuget.org/MIT%20OR%20Apache-2.0</licenseUrl>'),
      ['3 spdx: MIT OR Apache-2.0'],
    ],
    [
      'may have an address of the OSI',
      nuspec('<licenseUrl>https://opensource.org/licenses/MIT</licenseUrl>'),
      ['3 spdx: MIT'],
    ],
    [
      'states any other address as text',
      nuspec('<licenseUrl>https://opensource.org.example.org/licenses/MIT</licenseUrl>'),
      ['3 text: https://opensource.org.example.org/licenses/MIT'],
    ],
    [
      'has a placeholder beside a file, which says nothing',
      nuspec('<license type="file">L</license>\n<licenseUrl>https://aka.ms/deprecateLicenseUrl</licenseUrl>'),
      ['3 file: L'],
    ],
    [
      'with an address that does not decode states it as text',
      nuspec('<licenseUrl>https://licenses.nuget.org/%E0</licenseUrl>'),
      ['3 text: https://licenses.nuget.org/%E0'],
    ],
  ])('%s', (_name, text, expected) => {
    expect(shown('Example.nuspec', text)).toEqual(expected);
  });
});

describe('A .csproj', () => {
  const project = (inside: string) => `<Project>\n<PropertyGroup>\n${inside}\n</PropertyGroup></Project>`;
  test.each([
    ['states an expression', project('<PackageLicenseExpression>MIT</PackageLicenseExpression>'), ['3 spdx: MIT']],
    ['may name a file', project('<PackageLicenseFile>L.txt</PackageLicenseFile>'), ['3 file: L.txt']],
    [
      'may leave it to a property',
      project('<PackageLicenseExpression>$(X)</PackageLicenseExpression>'),
      ['3 elsewhere: null'],
    ],
    [
      'states what holds on a condition too',
      project(
        '<PackageLicenseExpression>MIT</PackageLicenseExpression>\n<PackageLicenseExpression Condition="false">SSPL-1.0</PackageLicenseExpression>',
      ),
      ['3 spdx: MIT', '4 spdx: SSPL-1.0'],
    ],
  ])('%s', (_name, text, expected) => {
    expect(shown('src/Example.csproj', text)).toEqual(expected);
    expect(shown('Directory.Build.props', text)).toEqual(expected);
  });
});
