// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { inert } from '../report/inert.ts';
import { codeSpan } from '../report/phrase.ts';
import type { Line } from './ledger.ts';

export type Format = 'jsonl' | 'csv' | 'markdown';

const columns = [
  'seq',
  'at',
  'kind',
  'repository',
  'pullRequest',
  'head',
  'check',
  'code',
  'by',
  'reason',
  'findings',
  'link',
  'policyCommit',
  'hash',
] as const;

/** The lines before the first one: a table's head. */
export function heading(format: Format): string {
  if (format === 'csv') return `${columns.join(',')}\r\n`;
  if (format === 'markdown') return `| ${columns.join(' | ')} |\n|${' --- |'.repeat(columns.length)}\n`;
  return '';
}

/** One line of the ledger. As JSON it is whole, so that its hash can be computed again. */
export function row(line: Line, format: Format): string {
  if (format === 'jsonl') return `${JSON.stringify(line)}\n`;
  const cells = columns.map((column) => cell(line[column]));
  if (format === 'csv') return `${cells.map(csv).join(',')}\r\n`;
  return `| ${cells.map(markdown).join(' | ')} |\n`;
}

function cell(value: Line[(typeof columns)[number]]): string {
  if (value === null) return '';
  if (typeof value !== 'object') return String(value);
  return Object.entries(value)
    .map(([code, count]) => `${code}: ${count}`)
    .join('; ');
}

/** RFC 4180. A spreadsheet takes what begins with one of these characters for a formula, and strangers wrote some. */
function csv(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** In a table, a bar ends a cell even within code. */
function markdown(text: string): string {
  if (text === '') return '';
  if (/^[\w .:-]*$/.test(text)) return inert(text);
  return codeSpan(text, 1000).replaceAll('|', '\\|');
}
