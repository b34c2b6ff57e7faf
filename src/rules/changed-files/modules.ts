// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

/** For a message: a .gitmodules that could not be read. */
export const noModules =
  'This file could not be read as text, so that nobody knows which submodules it gives another address.';

interface Module {
  path: string | null;
  url: string | null;
}

/** One `key = value` of a section; `section` in lower case, `subsection` as it is written. */
interface Setting {
  readonly section: string;
  readonly subsection: string;
  readonly key: string;
  readonly value: string;
}

/**
 * Path → address of a .gitmodules file. Linear, and never throws.
 *
 * Whoever writes the file must not have Git see another address than this does. So it is read as Git reads it: sections of
 * one name are one, wherever they stand, what comes last holds, and keys may follow their section on its line.
 */
export function readModules(text: string): Map<string, string> {
  const modules = new Map<string, Module>();
  const byPath = new Map<string, Module>();
  for (const { section, subsection, key, value } of settingsIn(text)) {
    if (section !== 'submodule') continue;
    const module = modules.get(subsection) ?? { path: null, url: null };
    modules.set(subsection, module);
    if (key === 'url') module.url = value;
    if (key === 'path') moveTo(value, module, byPath);
  }
  return new Map([...byPath].flatMap(([path, { url }]) => (url === null ? [] : [[path, url]])));
}

function moveTo(path: string, module: Module, byPath: Map<string, Module>): void {
  if (module.path !== null && byPath.get(module.path) === module) byPath.delete(module.path);
  module.path = path;
  byPath.set(path, module);
}

const blank = /[ \t\r\f\v]*/y;
const heading = /\[[ \t]*([A-Za-z0-9.-]+)(?:[ \t]+"((?:[^"\\\n]|\\[^\n])*)")?[ \t]*\]/y;
const name = /([A-Za-z][A-Za-z0-9-]*)[ \t\r]*/y;
const rest = /[^\n]*/y;

/** The settings of a file in the format of `git config` (https://git-scm.com/docs/git-config#_syntax). */
function* settingsIn(text: string): Generator<Setting> {
  let [section, subsection] = ['', ''];
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  const take = (pattern: RegExp) => {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match !== null) at = pattern.lastIndex;
    return match;
  };
  while (at < text.length) {
    take(blank);
    const start = take(heading);
    if (start !== null) {
      [section, subsection] = sectionOf(start[1] ?? '', start[2]);
      continue;
    }
    const key = take(name)?.[1]?.toLowerCase();
    if (key !== undefined && text[at] === '=') {
      const { value, end } = readValue(text, at + 1);
      at = end;
      yield { section, subsection, key, value };
    }
    take(rest);
    at += 1;
  }
}

/** `[submodule "name"]`, and `[submodule.name]` as it once was. */
function sectionOf(written: string, quoted: string | undefined): [string, string] {
  if (quoted !== undefined) return [written.toLowerCase(), quoted.replace(/\\(.)/g, '$1')];
  const dot = written.indexOf('.');
  if (dot < 0) return [written.toLowerCase(), ''];
  return [written.slice(0, dot).toLowerCase(), written.slice(dot + 1).toLowerCase()];
}

/** A backslash with what it escapes, a quote, the mark of a comment, the end of a line in CRLF, or anything else. */
const token = /\\(?:\r\n|[\s\S])|["#;]|\r(?=\n)|(?:[^"\\\n#;\r]|\r(?!\n))+|\\/y;
const escapes: Readonly<Record<string, string>> = { '\\n': '\n', '\\t': '\t', '\\b': '\b', '\\\n': '', '\\\r\n': '' };

/** A value that starts at an offset: up to the end of its line or a comment, without quotes and blanks around it. */
function readValue(text: string, from: number): { readonly value: string; readonly end: number } {
  let value = '';
  /** How much of it is kept whatever follows: blanks in quotes belong to it. */
  let kept = 0;
  let quoted = false;
  let at = from;
  for (let next = tokenAt(text, at); next !== ''; next = tokenAt(text, at)) {
    if (!quoted && /^[#;]/.test(next)) break;
    at += next.length;
    if (next === '"') quoted = !quoted;
    else value += value === '' && !quoted ? meaningOf(next).trimStart() : meaningOf(next);
    if (quoted) kept = value.length;
  }
  return { value: value.slice(0, kept) + value.slice(kept).trimEnd(), end: at };
}

function tokenAt(text: string, at: number): string {
  token.lastIndex = at;
  return token.exec(text)?.[0] ?? '';
}

function meaningOf(written: string): string {
  if (written === '\r') return '';
  return written.startsWith('\\') ? (escapes[written] ?? written.slice(1)) : written;
}
