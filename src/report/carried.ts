// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Carried } from '../rules/upstream/carried.ts';
import { stateWords } from '../rules/upstream/evidence-of-states.ts';
import { inert } from './inert.ts';
import { serialise } from './json.ts';
import { codeSpan, markdown, plain } from './phrase.ts';

/** The patches that a tree carries, to be shown. */
export interface CarriedReport {
  readonly subject: string;
  readonly head: string;
  readonly judgedOn: string | null;
  readonly changes: readonly Carried[];
}

const headings: Readonly<Record<Carried['state'], string>> = {
  ...stateWords,
  unknown: 'without a word about upstream',
  contradictory: 'with words that contradict each other',
};
const order = Object.keys(headings) as Carried['state'][];

/** The report as text for a terminal, as JSON, or as Markdown for an issue or a page. */
export function renderCarried(report: CarriedReport, format: 'text' | 'json' | 'markdown'): string {
  switch (format) {
    case 'json':
      return json(report);
    case 'markdown':
      return carriedMarkdown(report);
    case 'text':
      return text(report);
  }
}

/** Groups by state, the oldest first in each; a change whose age nobody knows comes last. */
function groups({ changes }: CarriedReport): (readonly [Carried['state'], readonly Carried[]])[] {
  return order.flatMap((state) => {
    const all = changes.filter((one) => one.state === state);
    return all.length === 0
      ? []
      : [[state, all.toSorted((one, other) => (other.days ?? -1) - (one.days ?? -1))] as const];
  });
}

function summary({ changes, head }: CarriedReport): string {
  const dropped = changes.filter(({ canBeDropped }) => canBeDropped).length;
  const drop = dropped === 0 ? '' : ` Upstream has ${dropped} of them, which can be dropped.`;
  return `${changes.length} ${changes.length === 1 ? 'patch is' : 'patches are'} carried at ${head.slice(0, 12)}.${drop}`;
}

function age({ days, since }: Carried): string {
  return days === null ? 'age unknown' : `${days} ${days === 1 ? 'day' : 'days'}, since ${since}`;
}

function text(report: CarriedReport): string {
  const blocks = groups(report).map(([state, all]) => {
    const lines = all.map((one) => {
      const said = one.raw === null ? '' : `\n      ${inert(one.raw, 200)}`;
      const asked = one.words.length === 0 ? '' : `\n      ${one.upstream}: ${plain(one.words)}`;
      return `  ${inert(one.path)} (${age(one)})${said}${asked}`;
    });
    return `${all.length} ${headings[state]}\n${lines.join('\n')}\n`;
  });
  return `${[summary(report), ...blocks].join('\n\n').trimEnd()}\n`;
}

/** As much as an issue takes; what is left out is counted. */
const mostRows = 300;

/** A table for each state, in which whatever a stranger wrote is inert. */
export function carriedMarkdown(report: CarriedReport): string {
  let left = mostRows;
  const blocks = groups(report).map(([state, all]) => {
    const shown = all.slice(0, left);
    left -= shown.length;
    const rows = shown.map((one) => {
      const asked = one.words.length === 0 ? '' : `${one.upstream}: ${markdown(one.words)}`;
      return `| ${[codeSpan(one.path), age(one), one.raw === null ? '' : codeSpan(one.raw, 200), asked].map(cell).join(' | ')} |`;
    });
    const more = all.length === shown.length ? [] : [`\n… and ${all.length - shown.length} more`];
    return [
      `### ${all.length} ${headings[state]}\n`,
      '| patch | age | says | upstream |',
      '| --- | --- | --- | --- |',
      ...rows,
      ...more,
    ].join('\n');
  });
  return `${[summary(report), ...blocks].join('\n\n')}\n`;
}

/** A bar ends a cell, also inside a code span (https://github.github.com/gfm/#tables-extension-). */
function cell(content: string): string {
  return content.replaceAll('|', '\\|');
}

function json({ subject, head, judgedOn, changes }: CarriedReport): string {
  const count = (state: string) => changes.filter((one) => one.state === state).length;
  const counts = Object.fromEntries(order.map((state) => [state, count(state)]));
  return serialise({
    version: 1,
    revision: subject,
    head,
    judgedOn,
    counts,
    changes: changes.map(({ words, upstream, ...rest }) => ({
      ...rest,
      upstream: { verification: upstream, message: plain(words) },
    })),
  });
}
