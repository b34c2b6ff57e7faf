// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { notValid, type Problem } from './declared.ts';
import { linesOf } from './lines.ts';

export interface IniLine {
  readonly text: string;
  readonly line: number;
}

/** By section, then by option in lower case: the value's lines that are not empty. */
export type Sections = ReadonlyMap<string, ReadonlyMap<string, readonly IniLine[]>>;

interface Reading {
  readonly sections: Map<string, Map<string, IniLine[]>>;
  section: Map<string, IniLine[]> | null;
  value: IniLine[] | null;
  /** Indentation of the option whose value is being read. */
  indent: number;
}

/**
 * Reads an INI file as Python's configparser does: `key = value` or `key: value`, continued by lines that are indented
 * further, comments on lines of their own. Given twice, a section goes on and an option is an error there; here its
 * values add up, so that none of them is overlooked.
 */
export function readIni(text: string): { readonly sections: Sections } | { readonly problem: Problem } {
  const reading: Reading = { sections: new Map(), section: null, value: null, indent: 0 };
  for (const [index, line] of linesOf(text).entries()) {
    const content = line.trim();
    if (content === '' || content.startsWith('#') || content.startsWith(';')) continue;
    if (!readLine(reading, line, content, index + 1)) return { problem: notValid('INI', index + 1) };
  }
  return { sections: reading.sections };
}

function readLine(reading: Reading, line: string, content: string, number: number): boolean {
  const indent = line.length - line.trimStart().length;
  if (reading.value !== null && indent > reading.indent) {
    reading.value.push({ text: content, line: number });
    return true;
  }
  const section = content.startsWith('[') ? content.slice(1, content.lastIndexOf(']')) : null;
  if (section !== null) {
    reading.section = reading.sections.get(section) ?? new Map();
    reading.sections.set(section, reading.section);
    reading.value = null;
    return content.includes(']');
  }
  const delimiter = content.search(/[=:]/);
  if (reading.section === null || delimiter < 1) return false;
  return readOption(reading, reading.section, content, { delimiter, indent, number });
}

function readOption(
  reading: Reading,
  section: Map<string, IniLine[]>,
  content: string,
  place: { delimiter: number; indent: number; number: number },
): boolean {
  const key = content.slice(0, place.delimiter).trim().toLowerCase();
  const text = content.slice(place.delimiter + 1).trim();
  const value = section.get(key) ?? [];
  if (text !== '') value.push({ text, line: place.number });
  section.set(key, value);
  reading.value = value;
  reading.indent = place.indent;
  return true;
}
