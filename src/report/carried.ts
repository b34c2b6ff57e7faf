// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Text } from '../rules/text.ts';
import type { Carried } from '../rules/upstream/carried.ts';
import { stateWords } from '../rules/upstream/evidence-of-states.ts';
import { ageOf, amount, type CarriedGroup, carriedTables } from './carried-tables.ts';
import { inert } from './inert.ts';
import { serialise } from './json.ts';
import { markdown, plain } from './phrase.ts';

/** The changes that a tree carries, to be shown. */
export interface CarriedReport {
  readonly subject: string;
  readonly head: string;
  readonly judgedOn: string | null;
  readonly changes: readonly Carried[];
  /** What the list lacks, in whole sentences. */
  readonly gaps: readonly Text[];
}

const headings: Readonly<Record<Carried['state'], string>> = {
  ...stateWords,
  unknown: 'without a word about upstream',
  contradictory: 'with words that contradict each other',
  pinned: 'submodules',
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
function groups({ changes }: CarriedReport): CarriedGroup[] {
  return order.flatMap((state) => {
    const all = changes.filter((one) => one.state === state);
    if (all.length === 0) return [];
    const heading = state === 'pinned' ? amount(all.length, 'submodule') : `${all.length} ${headings[state]}`;
    return [[heading, all.toSorted((one, other) => (other.days ?? -1) - (one.days ?? -1))] as const];
  });
}

/** How many changes are carried, and how many of them upstream has. */
function carriedSummary({ changes, head }: CarriedReport): string {
  const kinds = (['patch', 'commit', 'submodule'] as const).flatMap((kind) => {
    const number = changes.filter((one) => one.kind === kind).length;
    return number === 0 ? [] : [amount(number, kind)];
  });
  const carried = kinds.length === 0 ? 'Nothing is' : `${listed(kinds)} ${changes.length === 1 ? 'is' : 'are'}`;
  const dropped = changes.filter(({ advice }) => advice === 'drop').length;
  const drop = dropped === 0 ? '' : ` Upstream has ${dropped} of them, which can be dropped.`;
  return `${carried} carried at ${head.slice(0, 12)}.${drop}`;
}

/** `a`, `a and b`, `a, b and c` */
function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

function text(report: CarriedReport): string {
  const blocks = groups(report).map(([heading, all]) => {
    const lines = all.map((one) => {
      const said = one.raw === null ? '' : `\n      ${inert(one.raw, 200)}`;
      const asked = one.words.length === 0 ? '' : `\n      ${one.upstream}: ${plain(one.words)}`;
      return `  ${nameOf(one)} (${ageOf(one)})${said}${asked}`;
    });
    return `${heading}\n${lines.join('\n')}\n`;
  });
  const parts = [carriedSummary(report), ...report.gaps.map((gap) => plain(gap)), ...blocks];
  return `${parts.join('\n\n').trimEnd()}\n`;
}

function nameOf({ path, commit }: Carried): string {
  return commit === null ? inert(path ?? '') : `${commit.sha.slice(0, 12)} ${inert(commit.subject)}`;
}

/** GitHub takes 65,536 characters of an issue. */
const mostCharacters = 60_000;

/** A table for each state, in which whatever a stranger wrote is inert. */
export function carriedMarkdown(report: CarriedReport, room: number = mostCharacters): string {
  const parts = [carriedSummary(report), ...report.gaps.map(markdown), ...carriedTables(groups(report), room)];
  return `${parts.join('\n\n')}\n`;
}

function json({ subject, head, judgedOn, changes, gaps }: CarriedReport): string {
  const count = (state: string) => changes.filter((one) => one.state === state).length;
  const counts = Object.fromEntries(order.map((state) => [state, count(state)]));
  return serialise({
    version: 1,
    revision: subject,
    head,
    judgedOn,
    counts,
    gaps: gaps.map((gap) => plain(gap)),
    changes: changes.map(({ words, upstream, ...rest }) => ({
      ...rest,
      upstream: { verification: upstream, message: plain(words) },
    })),
  });
}
