// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { anyOf, licenseRef } from './alternatives.ts';
import { type Declared, type Manifest, unreadable } from './declared.ts';
import { licenseAt, licenseNamed } from './well-known.ts';
import { below, type Element, readXml, textOf } from './xml.ts';

/**
 * Reads a Maven POM's `licenses`. Of several, a user may choose anyone; a name in prose that means no one license for
 * certain stays an alternative as `LicenseRef-` (https://maven.apache.org/pom.html#Licenses).
 */
export function readPom(text: string): Manifest {
  const xml = readXml(text);
  if ('problem' in xml) return unreadable(xml.problem);
  if (xml.root.name !== 'project') {
    return unreadable({
      text: ['This is not a Maven POM: its outermost element is not project.'],
      line: xml.root.line,
    });
  }
  const licenses = below(xml.root, 'licenses', 'license');
  const declared = licenses.map(declaredBy).filter((one) => one !== null);
  const unnamed = licenses.find((license) => declaredBy(license) === null);
  const problem = unnamed && { text: ['This license has neither a name nor a URL.'], line: unnamed.line };
  return { declared: anyOfThem(declared), problem: problem ?? null };
}

function anyOfThem(declared: readonly Declared[]): readonly Declared[] {
  const [first, second] = declared;
  if (first === undefined || second === undefined) return declared;
  const operands = declared.map(({ form, expression }) => {
    const written = expression ?? '';
    return form === 'spdx' ? written : licenseRef(written);
  });
  return [{ expression: anyOf(operands), form: 'spdx', line: first.line }];
}

function declaredBy(license: Element): Declared | null {
  const { line } = license;
  const name = textOf(license, 'name');
  const url = textOf(license, 'url');
  const written = name ?? url;
  if (written === undefined) return null;
  const known = name === undefined ? licenseAt(written) : licenseNamed(name);
  if (known !== null) return { expression: known, form: 'spdx', line };
  // Maven recommends an SPDX identifier as the name; whether it is one is for whoever evaluates it to say.
  return { expression: written, form: /^[A-Za-z0-9.+-]+$/.test(written) ? 'spdx' : 'text', line };
}
