// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { say, type Text } from '../../text.ts';
import { type Field, type Paragraph, readDebianCopyright } from '../debian-copyright.ts';
import { limits, pastLimits, type Step, wildcards } from './wildcards.ts';

/** A `Files` paragraph of `.reuse/dep5`. */
export interface Dep5Files {
  readonly covers: (path: string) => boolean;
  /** The patterns as they are written. */
  readonly patterns: readonly string[];
  readonly expression: string;
  readonly copyrights: readonly string[];
  readonly line: number;
}

export interface Dep5Problem {
  readonly text: Text;
  readonly line: number | null;
}

/**
 * Reads `.reuse/dep5` (REUSE Specification 3.3, "DEP5 (deprecated)"). Never throws; one mistake makes all of it a
 * problem, since what it meant to say is anyone's guess.
 */
export function readDep5(text: string): readonly Dep5Files[] | Dep5Problem {
  if (text.length > limits.file) return { text: say`It is longer than ${limits.file} characters.`, line: null };
  const { paragraphs, problem } = readDebianCopyright(text);
  if (problem !== null) return problem;
  if (paragraphs[0]?.fields.has('format') !== true) {
    return { text: ['It must begin with a paragraph that has a `Format` field.'], line: 1 };
  }
  const about = paragraphs.slice(1).filter(({ fields }) => fields.has('files'));
  for (const paragraph of about) {
    const fault = faultOf(paragraph);
    if (fault !== null) return { text: [fault], line: paragraph.line };
  }
  const past = pastLimits(about.flatMap(patterns));
  return past === null ? about.map(filesOf) : { text: [`It has ${past}.`], line: null };
}

function faultOf(paragraph: Paragraph): string | null {
  const { fields } = paragraph;
  const names = patterns(paragraph);
  if (names.length === 0) return 'This `Files` field names no file.';
  if (names.some((name) => dep5Steps(name) === null)) {
    return 'A path in this `Files` field has a backslash that stands before none of `*`, `?` and `\\`.';
  }
  if ((fields.get('license')?.synopsis ?? '') === '') return 'This `Files` paragraph has no `License`.';
  return fields.has('copyright') ? null : 'This `Files` paragraph has no `Copyright`.';
}

function filesOf(paragraph: Paragraph): Dep5Files {
  const { fields, line } = paragraph;
  const license = fields.get('license');
  const globs = patterns(paragraph).map((name) => wildcards(dep5Steps(name) ?? []));
  return {
    covers: (path) => globs.some((matches) => matches(path)),
    patterns: patterns(paragraph),
    expression: license?.synopsis ?? '',
    copyrights: linesOf(fields.get('copyright')),
    line: license?.line ?? line,
  };
}

function patterns({ fields }: Paragraph): string[] {
  return linesOf(fields.get('files')).flatMap((line) => line.split(/\s+/));
}

/**
 * A path of a `Files` field: `*` is any run of characters, `/` too, and `?` any one; a backslash takes one of `*`, `?`
 * and itself as it is. Null where it stands before anything else
 * (https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/#files-field).
 */
export function dep5Steps(pattern: string): Step[] | null {
  const steps: Step[] = [];
  for (let at = 0; at < pattern.length; at += 1) {
    const character = pattern.charAt(at);
    if (character === '*') steps.push({ run: 'path' });
    else if (character === '?') steps.push({ one: null });
    else if (character !== '\\') steps.push({ one: character });
    else {
      at += 1;
      const escaped = pattern.charAt(at);
      if (escaped === '' || !'*?\\'.includes(escaped)) return null;
      steps.push({ one: escaped });
    }
  }
  return steps;
}

function linesOf(field: Field | undefined): string[] {
  if (field === undefined) return [];
  return [field.synopsis, ...field.more.map(({ text }) => text.trim())].filter((line) => line !== '');
}
