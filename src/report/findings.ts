// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Finding, Level, Place } from '../rules/verdict.ts';
import { inert, inertBlock } from './inert.ts';
import { openPage, type Page } from './page.ts';
import { codeSpan, fenced, markdown } from './phrase.ts';
import { byLevel, count, leftOut, levels, nounFor, shortSha } from './wording.ts';

const icons: Record<Level, string> = { error: '❌', gap: '❓', warning: '⚠️', note: 'ℹ️', ok: '✅' };
const titles: Record<Level, string> = {
  error: 'Needs a change',
  gap: 'Could not be judged',
  warning: 'Worth a look',
  note: 'Good to know',
  ok: 'In order',
};

/** Longer lists of what is in order are folded away. */
const unfolded = 10;
/** Bytes that the headings, foldings and counts of every level fit into, so that these are never left out. */
const reserve = levels.length * 400;
const subjectLimit = 100;

/** Where commits can be looked at: a URL of ours that a full object id is appended to; null: commits are not linked. */
export type CommitUrl = string | null;

/** Every finding, grouped by level, as Markdown of at most `limit` bytes; what does not fit is counted. */
export function findingsMarkdown(findings: readonly Finding[], commitUrl: CommitUrl, limit: number): string {
  if (findings.length === 0) return '';
  // On a page that can't even hold every heading, a folding might stay open.
  if (limit < reserve) return leftOut(0, findings.length, nounFor(findings));
  const groups = byLevel(findings);
  const present = levels.filter((level) => groups[level].length > 0);
  const page = openPage(limit);
  for (const level of present) {
    const folded = level === 'ok' && (present.length > 1 || groups.ok.length > unfolded);
    addGroup(page, groups[level], level, { folded, commitUrl });
  }
  return page.text();
}

function addGroup(
  page: Page,
  group: readonly Finding[],
  level: Level,
  { folded, commitUrl }: { readonly folded: boolean; readonly commitUrl: CommitUrl },
): void {
  const noun = nounFor(group);
  const heading = `${icons[level]} ${titles[level]}: ${count(group.length, noun)}`;
  page.add(folded ? `<details>\n<summary>${heading}</summary>\n\n` : `### ${heading}\n\n`);
  let shown = 0;
  for (const finding of group) {
    if (!page.add(findingItem(finding, commitUrl), reserve)) break;
    shown += 1;
  }
  if (shown < group.length) page.add(`\n${leftOut(shown, group.length, noun)}\n`);
  page.add(folded ? '\n</details>\n\n' : '\n');
}

/** One finding as one item of a list: icon and place, then the reason on a line of its own. */
export function findingItem({ level, at, text, suggestion }: Finding, commitUrl: CommitUrl): string {
  const place = placeMarkdown(at, commitUrl);
  const reason = markdown(text);
  const item = place === '' ? `- ${icons[level]} ${reason}\n` : `- ${icons[level]} ${place}\\\n  ${reason}\n`;
  return suggestion === undefined ? item : `${item}${suggestionBlock(suggestion)}`;
}

/** Lines to insert or to write instead, as a block inside the list's item that shows where they go. */
function suggestionBlock({ line, insert, replaces = 0 }: NonNullable<Finding['suggestion']>): string {
  const block = fenced(suggestedLines(insert), 'suggestion');
  return `\n  ${replaces === 0 ? `Insert before line ${line}` : `Write instead of line ${line}`}:\n\n${block.replace(/^(?=.)/gm, '  ')}\n`;
}

/** Most of a suggestion that is shown: a header has a handful of lines. */
const longestSuggestion = 2000;

/** A suggestion's lines, safe to show and to copy. */
export function suggestedLines(insert: string): string {
  return inertBlock(insert.slice(0, longestSuggestion));
}

/** A commit's id, linked where we know a page for it. Only what looks like an object id is ever linked. */
export function commitMarkdown(commit: string, commitUrl: CommitUrl): string {
  if (!/^[0-9a-f]{40,64}$/.test(commit)) return codeSpan(commit);
  const short = `\`${commit.slice(0, shortSha)}\``;
  return commitUrl === null ? short : `[${short}](${commitUrl}${commit})`;
}

function placeMarkdown(at: Place, commitUrl: CommitUrl): string {
  if (at === null) return '';
  if ('commit' in at) return `${commitMarkdown(at.commit, commitUrl)} ${codeSpan(at.subject, subjectLimit)}`;
  return `${codeSpan(at.path)}${position(at)}`;
}

/** `, line 3, column 5`, or as much of it as is known. */
function position({ line, column }: { readonly line?: number; readonly column?: number }): string {
  if (line === undefined) return '';
  return column === undefined ? `, line ${line}` : `, line ${line}, column ${column}`;
}

/** A place as plain text: `1a2b3c4 Subject`, `path, line 3`, or nothing for the contribution as a whole. */
export function placePlain(at: Place): string {
  if (at === null) return '';
  if ('commit' in at) return `${inert(at.commit.slice(0, shortSha))} ${inert(at.subject, subjectLimit)}`;
  return `${inert(at.path)}${position(at)}`;
}
