// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { type Paragraph, readDebianCopyright } from '../debian-copyright.ts';
import { debianExpression } from './debian-names.ts';
import { type Manifest, manifestOf, type Statement, unreadable } from './declared.ts';

/**
 * Reads the licenses of a machine-readable `debian/copyright`: the header's, and that of each paragraph about files.
 * Paragraphs of a license alone give the text of a name used elsewhere
 * (https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/#paragraphs).
 */
export function readDebian(text: string): Manifest {
  const { paragraphs, problem } = readDebianCopyright(text);
  const [header, ...others] = paragraphs;
  if (header?.fields.has('format') !== true) {
    const words =
      'This debian/copyright is not in the machine-readable format: it does not start with a Format field. ' +
      'Its license is not read.';
    return unreadable({ text: [words], line: header?.line ?? 1 });
  }
  const aboutFiles = others.filter((paragraph) => paragraph.fields.has('files'));
  const statements = [...(header.fields.has('license') ? [header] : []), ...aboutFiles].map(licenseOf);
  return manifestOf(problem === null ? statements : [...statements, problem]);
}

function licenseOf(paragraph: Paragraph): Statement {
  const license = paragraph.fields.get('license');
  if (license === undefined) return { text: ['This paragraph names files, but no License.'], line: paragraph.line };
  const { line, synopsis } = license;
  if (synopsis === '') return { text: ['The license has to be named on this line, by its short name.'], line };
  const expression = debianExpression(synopsis);
  return expression === null ? { expression: synopsis, form: 'text', line } : { expression, form: 'spdx', line };
}
