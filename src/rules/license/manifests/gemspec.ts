// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { expressionField, type Manifest, manifestOf, type Statement } from './declared.ts';
import { linesOf } from './lines.ts';

/** `s.license = …`, alone on its line or after what opens a block or ends a statement. */
const assignment = /(?:^|[;|{])\s{0,200}[a-z_]\w{0,50}\.licenses?\s{0,20}(?:\|\|=|\+=|<<|=(?![=~]))(.*)$/;
const longestLine = 1_000;
const mostLines = 50;

/**
 * Reads the licenses of a gemspec, which is a Ruby program. It is never run: only plain strings and lists of them are
 * read, and anything else that is assigned is a problem. RubyGems does not say how several licenses relate, so that
 * each of them holds (https://guides.rubygems.org/specification-reference/#license=).
 */
export function readGemspec(text: string): Manifest {
  const lines = codeLines(linesOf(text));
  return manifestOf(lines.flatMap((line, index) => statementsOf(line, index, lines)));
}

/** The lines with those emptied that Ruby does not run: comments, and what follows `__END__`. */
function codeLines(lines: readonly string[]): readonly string[] {
  let comment = false;
  let over = false;
  return lines.map((line) => {
    if (line === '__END__') over = true;
    if (line.startsWith('=begin')) comment = true;
    const skipped = over || comment || line.trimStart().startsWith('#');
    if (line.startsWith('=end')) comment = false;
    return skipped ? '' : line;
  });
}

function statementsOf(line: string, index: number, lines: readonly string[]): readonly Statement[] {
  if (!line.includes('.license')) return [];
  const number = index + 1;
  if (line.length > longestLine) return [{ text: ['This line is too long to be read.'], line: number }];
  const first = assignment.exec(line)?.[1];
  if (first === undefined) return [];
  const value =
    first.includes('[') && !first.includes(']') ? [first, ...restOfList(lines, index + 1)].join(' ') : first;
  const licenses = rubyStrings(value.trim());
  if (licenses !== null) return licenses.map((license) => expressionField(license, number));
  const words = 'The license is not a plain string here. A gemspec is never run, so what it comes to is not known.';
  return [{ text: [words], line: number }];
}

function restOfList(lines: readonly string[], from: number): readonly string[] {
  const rest = lines.slice(from, from + mostLines);
  const end = rest.findIndex((line) => line.includes(']'));
  return rest.slice(0, end + 1).map((line) => line.slice(0, longestLine));
}

const literal = /^(?:'([^'\\]*)'|"([^"\\#]*)")(?:\.freeze)?\s*/;
/** What may follow a value on its line: nothing, the end of a statement or block, or a comment. */
const ending = /^(?:\.freeze)?\s*(?:$|[;}#])/;

/** The strings that a literal holds, null for anything but a literal. */
function rubyStrings(value: string): readonly string[] | null {
  const words = /^%[wW](?:\[([^\]\\#]*)\]|\(([^)\\#]*)\)|\{([^}\\#]*)\})/.exec(value);
  if (words !== null) {
    const list = (words[1] ?? words[2] ?? words[3] ?? '').split(/\s+/).filter((word) => word !== '');
    return endsAfter(value, words[0].length) ? list : null;
  }
  if (value.startsWith('[')) return stringList(value);
  const match = literal.exec(value);
  return match !== null && endsAfter(value, match[0].length) ? [match[1] ?? match[2] ?? ''] : null;
}

function stringList(value: string): readonly string[] | null {
  const strings: string[] = [];
  let rest = value.slice(1).trimStart();
  for (let match = literal.exec(rest); match !== null; match = literal.exec(rest)) {
    strings.push(match[1] ?? match[2] ?? '');
    rest = rest.slice(match[0].length);
    if (!rest.startsWith(',')) break;
    rest = rest.slice(1).trimStart();
  }
  return rest.startsWith(']') && endsAfter(rest, 1) ? strings : null;
}

function endsAfter(value: string, length: number): boolean {
  return ending.test(value.slice(length));
}
