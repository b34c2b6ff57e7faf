// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { RE2JS } from 're2js';
import { type CustomMark, compilePattern } from './custom-settings.ts';

/** A mark of the policy, ready to match. */
export interface CompiledMark {
  readonly settings: CustomMark;
  /** `line`, or `value`; null: neither. */
  readonly pattern: RE2JS | null;
}

/** A line that says what a mark says. */
export interface Match {
  readonly mark: CompiledMark;
  /** What the named groups of its pattern took. */
  readonly groups: Readonly<Record<string, string>>;
  /** What follows the prefix or the trailer; the whole line for a `line`. */
  readonly rest: string;
}

/** A line with a prefix or trailer of these marks, whose value none of them knows. */
export interface Unknown {
  readonly unreadable: readonly CompiledMark[];
}

export function compileMark(settings: CustomMark): CompiledMark {
  const pattern = settings.line ?? settings.value;
  return { settings, pattern: pattern === undefined ? null : compilePattern(pattern) };
}

export function matchSubject(text: string, marks: readonly CompiledMark[]): Match | Unknown | null {
  return first(marks, ({ settings: { prefix } }) =>
    prefix !== undefined && text.startsWith(prefix) ? text.slice(prefix.length) : null,
  );
}

export function matchLine(text: string, marks: readonly CompiledMark[]): Match | Unknown | null {
  return first(marks, ({ settings: { trailer, line } }) => {
    if (line !== undefined) return text;
    return trailer !== undefined && text.startsWith(`${trailer}:`) ? text.slice(trailer.length + 1) : null;
  });
}

/** `restOf` gives what a mark has to match; null: it is not about this line. */
function first(marks: readonly CompiledMark[], restOf: (mark: CompiledMark) => string | null): Match | Unknown | null {
  const named: CompiledMark[] = [];
  for (const mark of marks) {
    const rest = restOf(mark)?.trim();
    if (rest === undefined) continue;
    const groups = groupsOf(mark, rest);
    if (groups !== null) return { mark, groups, rest };
    if (mark.settings.line === undefined) named.push(mark);
  }
  return named.length === 0 ? null : { unreadable: named };
}

function groupsOf({ pattern }: CompiledMark, text: string): Readonly<Record<string, string>> | null {
  if (pattern === null) return {};
  // The engine for whole lines takes no captures and is faster; most lines match nothing.
  if (!pattern.testExact(text)) return null;
  const matcher = pattern.matcher(text);
  if (!matcher.matches()) return null;
  const groups: Record<string, string> = {};
  for (const name of Object.keys(pattern.namedGroups())) {
    const value = matcher.group(name);
    if (value !== null && value !== '') groups[name] = value;
  }
  return groups;
}

/** The line with the name as the policy writes it, where only letter case, blanks or dashes differ; null: it is not close. */
export function nearName(text: string, isSubject: boolean, marks: readonly CompiledMark[]): string | null {
  for (const { settings } of marks) {
    const name = isSubject ? settings.prefix : settings.trailer === undefined ? undefined : `${settings.trailer}:`;
    if (name === undefined) continue;
    const rest = restBehind(text, letters(name));
    if (rest !== null) return `${name.trimEnd()} ${rest.trim()}`.trimEnd();
  }
  return null;
}

function letters(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

/** What follows the name and its colon, or its closing bracket; null: the text starts with something else. */
function restBehind(text: string, name: string): string | null {
  const start = text.slice(0, 130);
  let [at, seen] = [0, ''];
  while (at < start.length && seen.length < name.length) {
    seen += letters(start.charAt(at));
    if (!name.startsWith(seen)) return null;
    at += 1;
  }
  if (name === '' || seen !== name) return null;
  const end = /^[\s\])>*]{0,4}[:=][\s*]{0,3}|^[\])>]\s?/.exec(text.slice(at, at + 10))?.[0];
  return end === undefined ? null : text.slice(at + end.length);
}
