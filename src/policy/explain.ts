// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { z } from 'zod';
import { say, type Text } from '../rules/text.ts';
import { excerpt } from './mistakes.ts';
import { nearestOf } from './nearest.ts';

/** A value of the file, and its text there. */
export interface Found {
  readonly value: unknown;
  readonly written: string;
}

type Issue = z.core.$ZodIssue;

const typeNames: { readonly [type: string]: string } = {
  string: 'text',
  boolean: 'true or false',
  number: 'a number',
  int: 'a whole number',
  array: 'a list',
  object: 'a mapping (keys with values)',
  record: 'a mapping (keys with values)',
};

/** What zod calls a type, in words that fit after "must be". */
export function typeName(type: string): string {
  return typeNames[type] ?? type;
}

/**
 * What is wrong with one value, and the way out: one to three whole sentences. Covers every issue code of zod that
 * concerns a single value; `found` is null where the file has none.
 */
export function explain(issue: Issue, key: Text, found: Found | null): Text {
  if (found === null) return say`${key} is missing. Add it.`;
  const start = say`${key} ${rule(issue)}. ${whatIs(found)}`;
  const hint = hintFor(issue, found);
  return hint === null ? start : say`${start} ${hint}`;
}

/** Continues the sentence "KEY …". */
function rule(issue: Issue): Text {
  switch (issue.code) {
    case 'invalid_type':
      return [`must be ${typeName(issue.expected)}`];
    case 'invalid_value':
      return say`must be ${anyOf(issue.values.map(String))}`;
    case 'too_big':
      return [sized(issue.origin, 'at most', Number(issue.maximum))];
    case 'too_small':
      return [sized(issue.origin, 'at least', Number(issue.minimum))];
    case 'not_multiple_of':
      return [`must be a multiple of ${issue.divisor}`];
    default:
      // A rule's table of settings gives its own message, which starts so by convention; zod's own is no help here.
      return [issue.message.startsWith('must ') ? issue.message : 'has a value that is not allowed'];
  }
}

function sized(origin: string, bound: string, limit: number): string {
  const units: { readonly [origin: string]: string } = { string: 'character', array: 'entry', set: 'entry' };
  const unit = units[origin];
  if (unit === undefined) return `must be ${bound} ${limit}`;
  const plural = unit === 'entry' ? 'entries' : `${unit}s`;
  return `must have ${bound} ${limit} ${limit === 1 ? unit : plural}`;
}

/** A whole sentence on what the file has instead. */
export function whatIs(found: Found | null): Text {
  if (found === null) return ['It is missing.'];
  const { value, written } = found;
  if (value === null) return ['It is empty.'];
  if (Array.isArray(value)) return ['It is a list.'];
  if (typeof value === 'object') return ['It is a mapping.'];
  if (typeof value === 'string') return value === '' ? ['It is empty text.'] : say`It is the text ${excerpt(value)}.`;
  if (typeof value === 'boolean') return say`It is ${excerpt(written)}.`;
  return say`It is the number ${excerpt(written)}.`;
}

/** In YAML 1.1 these were booleans; in 1.2 they are text. */
const truthWords = new Map([
  ...['true', 'yes', 'y', 'on'].map((word) => [word, 'true'] as const),
  ...['false', 'no', 'n', 'off'].map((word) => [word, 'false'] as const),
]);

const unquote: Text = ['Write it without quotes.'];

function hintFor(issue: Issue, found: Found): Text | null {
  switch (issue.code) {
    case 'invalid_value':
      return choiceHint(issue.values.map(String), found.value);
    case 'too_big':
      return ['Shorten it.'];
    case 'too_small':
      return ['Fill it in, or remove it.'];
    case 'invalid_type':
      return typeHint(issue.expected, found);
    default:
      return null;
  }
}

/** A whole sentence on which of the choices was meant; null where none is near. */
export function choiceHint(choices: readonly string[], value: unknown): Text | null {
  if (typeof value !== 'string') return null;
  // Text that reads like a choice and is none: the choice is a number.
  if (choices.includes(value)) return unquote;
  const near = choices.length > 1 ? nearestOf(value, choices) : null;
  return near === null ? null : say`Did you mean ${near}?`;
}

function typeHint(expected: string, { value, written }: Found): Text | null {
  if (value === null) return ['Fill it in, or remove it.'];
  if (expected === 'boolean') return truthHint(value);
  if (expected === 'array') return ['Write each entry on a line of its own, after a dash.'];
  if (expected === 'string' && typeof value !== 'object') return say`Write it in quotes: ${quoted(written)}.`;
  if (expected === 'object' && isUnspacedPair(value)) return ['Put a space after the colon.'];
  return isNumeric(expected, value) ? unquote : null;
}

/** `mode:warn`, which is one word to YAML. */
function isUnspacedPair(value: unknown): boolean {
  return typeof value === 'string' && /^\w+:\S/.test(value);
}

function truthHint(value: unknown): Text | null {
  const truth = typeof value === 'string' ? truthWords.get(value.trim().toLowerCase()) : undefined;
  return truth === undefined ? null : say`Write ${truth}, without quotes.`;
}

function isNumeric(expected: string, value: unknown): boolean {
  if (expected !== 'number' && expected !== 'int') return false;
  return typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value));
}

function quoted(written: string): string {
  return JSON.stringify(excerpt(written));
}

/** `a`, `b` or `c`. */
export function anyOf(words: readonly string[]): Text {
  return words.flatMap((word, index) => {
    const link = index === 0 ? [] : [index === words.length - 1 ? ' or ' : ', '];
    return [...link, { quoted: word }];
  });
}
