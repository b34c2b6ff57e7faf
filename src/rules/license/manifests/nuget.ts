// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { expressionField, fileField, type Manifest, manifestOf, type Statement, unreadable } from './declared.ts';
import { licenseAt } from './well-known.ts';
import { below, type Element, readXml } from './xml.ts';

/** What NuGet itself puts in for old clients where a license file is given: it says nothing. */
const placeholder = 'https://aka.ms/deprecateLicenseUrl';

/**
 * Reads a .nuspec: `license` of type `expression` or `file`, and the deprecated `licenseUrl`
 * (https://learn.microsoft.com/en-us/nuget/reference/nuspec#license).
 */
export function readNuspec(text: string): Manifest {
  const xml = readXml(text);
  if ('problem' in xml) return unreadable(xml.problem);
  return manifestOf([
    ...below(xml.root, 'metadata', 'license').map(nuspecLicense),
    ...below(xml.root, 'metadata', 'licenseUrl').flatMap(addressField),
  ]);
}

function nuspecLicense(license: Element): Statement {
  const type = license.attributes.get('type');
  if (type === 'expression') return expressionField(license.text, license.line);
  if (type === 'file') return fileField(license.text, license.line);
  return { text: ['The license has to say its type: expression or file.'], line: license.line };
}

/**
 * Reads an MSBuild project (.csproj and its kin): PackageLicenseExpression, PackageLicenseFile and the deprecated
 * PackageLicenseUrl. Conditions are not evaluated: every statement counts
 * (https://learn.microsoft.com/en-us/nuget/reference/msbuild-targets#pack-target).
 */
export function readMsbuild(text: string): Manifest {
  const xml = readXml(text);
  if ('problem' in xml) return unreadable(xml.problem);
  const properties = (name: string) => below(xml.root, 'PropertyGroup', name);
  return manifestOf([
    ...properties('PackageLicenseExpression').map((one) => property(one, expressionField)),
    ...properties('PackageLicenseFile').map((one) => property(one, fileField)),
    ...properties('PackageLicenseUrl').flatMap((one) => (refersOn(one) ? [elsewhere(one)] : addressField(one))),
  ]);
}

function property(element: Element, read: (value: string, line: number) => Statement): Statement {
  return refersOn(element) ? elsewhere(element) : read(element.text, element.line);
}

/** Whether the value is made from other properties, which only a build knows. */
function refersOn(element: Element): boolean {
  return element.text.includes('$(');
}

function elsewhere(element: Element): Statement {
  return { expression: null, form: 'elsewhere', line: element.line };
}

function addressField({ text, line }: Element): readonly Statement[] {
  if (text === placeholder) return [];
  const expression = licenseAt(text);
  if (expression !== null) return [{ expression, form: 'spdx', line }];
  return [text === '' ? expressionField(text, line) : { expression: text, form: 'text', line }];
}
