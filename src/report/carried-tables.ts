// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Carried } from '../rules/upstream/carried.ts';
import { codeSpan, markdown } from './phrase.ts';

/** Changes under one heading, which is ours. */
export type CarriedGroup = readonly [heading: string, changes: readonly Carried[]];

/** `37 days, since 2026-10-16` */
export function ageOf({ days, since }: Carried): string {
  return days === null ? 'age unknown' : `${days} ${days === 1 ? 'day' : 'days'}, since ${since}`;
}

/** `3 patches` */
export function amount(number: number, noun: string): string {
  if (number === 1) return `1 ${noun}`;
  return `${number} ${noun}${noun.endsWith('ch') ? 'es' : 's'}`;
}

/**
 * A table for each group, in which whatever a stranger wrote is inert. Together they take at most about `room`
 * characters; rows for which there is none are counted.
 */
export function carriedTables(groups: readonly CarriedGroup[], room: number): string[] {
  let left = room;
  return groups.map(([heading, changes]) => {
    const rows: string[] = [];
    for (const one of changes) {
      const row = rowOf(one);
      if (row.length > left) break;
      left -= row.length + 1;
      rows.push(row);
    }
    const more = changes.length === rows.length ? [] : [`\n… and ${changes.length - rows.length} more`];
    const table = ['| change | age | says | upstream |', '| --- | --- | --- | --- |', ...rows];
    return [`### ${heading}\n`, ...(rows.length === 0 ? [] : table), ...more].join('\n');
  });
}

const mostOfLine = 200;

function rowOf(one: Carried): string {
  const asked = one.words.length === 0 ? '' : `${one.upstream}: ${markdown(one.words)}`;
  const name =
    one.commit === null ? codeSpan(one.path ?? '') : `${one.commit.sha.slice(0, 12)} ${codeSpan(one.commit.subject)}`;
  const cells = [name, ageOf(one), one.raw === null ? '' : codeSpan(one.raw, mostOfLine), asked];
  return `| ${cells.map(cell).join(' | ')} |`;
}

/** A bar ends a cell, also inside a code span (https://github.github.com/gfm/#tables-extension-). */
function cell(content: string): string {
  return content.replaceAll('|', '\\|');
}
