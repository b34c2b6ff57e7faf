// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Difference, Effect } from '../preview/differences.ts';
import type { Compared, Preview, Unread } from '../preview/preview.ts';
import type { Text } from '../rules/text.ts';
import { inert } from './inert.ts';
import { openPage, type Page } from './page.ts';
import { codeSpan, markdown } from './phrase.ts';
import { count } from './wording.ts';

/** Bytes that a preview takes of a check's text at most. */
export const longestPreview = 20_000;
/** Kept for the sentence that counts what was left out. */
const reserve = 400;
const longestTitle = 60;
const namedUnread = 5;

/** What to call an effect, in a table and in a sentence. */
export const effectWords: Readonly<Record<Effect, string>> = {
  off: 'off',
  passes: 'passes',
  warns: 'warns',
  fails: 'fails',
  'not-judged': 'cannot be judged',
};

/** Where pull requests can be looked at: a URL of ours that a number is appended to; null: they are not linked. */
type PullRequestUrl = string | null;

/** Shown in the place of a preview as long as there is none. */
export const previewToCome =
  '### Preview\n\nThe last pull requests are being judged by the policy as it would be. What would differ is added here within minutes.';

/** Shown where none could be made. */
export function previewFailed(why: string): string {
  return `### Preview\n\nIt could not be seen what this would change for the last pull requests: ${codeSpan(why)}. Select **Re-run** on this check to try again.`;
}

/** What a change of policy would do to pull requests, as Markdown of at most `longestPreview` bytes. */
export function previewMarkdown(preview: Preview, url: PullRequestUrl): string {
  const page = openPage(longestPreview);
  page.add(`### Preview\n\n${lead(preview)}\n`);
  const rows = rowsOf(preview.compared);
  if (rows.length > 0) addTable(page, rows, url);
  const unread = unreadSentence(preview.unread);
  if (unread !== null) page.add(`\n${unread}\n`);
  return page.text();
}

/** One line of the table: a difference, and the pull request that it is about. */
interface Row extends Difference {
  readonly of: Compared['listed'];
}

function rowsOf(compared: readonly Compared[]): readonly Row[] {
  return compared.flatMap(({ listed, differences }) =>
    differences.map((difference) => ({ ...difference, of: listed })),
  );
}

/** How many were judged, and for how many something would differ. */
function lead({ compared, unread }: Preview): string {
  const differing = compared.filter(({ differences }) => differences.length > 0).length;
  if (compared.length === 0) {
    return unread.length === 0
      ? 'There is no other open or merged pull request to see by what this changes.'
      : 'None of the last open and merged pull requests could be judged by both policies.';
  }
  const judged = `${compared.length === 1 ? 'The last open or merged pull request was' : `The last ${compared.length} open and merged pull requests were`} judged by the policy in force and by this change to it`;
  if (differing === 0) return `${judged}: **no result would differ.**`;
  const which = compared.length === 1 ? 'Its result' : `The results of ${count(differing, 'pull request')}`;
  return `${judged}. **${which} would differ.** Overrides are not taken into account.`;
}

/** The head of a table of differences. */
export const differenceHead =
  '| Pull request | Check | Now | With the change | Why |\n| --- | --- | --- | --- | --- |\n';

function addTable(page: Page, rows: readonly Row[], url: PullRequestUrl): void {
  page.add(`\n${differenceHead}`);
  let shown = 0;
  for (const row of rows) {
    if (!page.add(rowMarkdown(row, url), reserve)) break;
    shown += 1;
  }
  if (shown < rows.length) page.add(`\n… and ${count(rows.length - shown, 'more result')}.\n`);
}

function rowMarkdown(row: Row, url: PullRequestUrl): string {
  const { number, title, state } = row.of;
  const merged = state === 'OPEN' ? '' : ' (merged)';
  return differenceRow(`${pullRequestLink(number, url)} ${titleCell(title)}${merged}`, row);
}

/** A row of a table for one difference; `pullRequest` is Markdown of ours, the rest is made inert. */
export function differenceRow(pullRequest: string, { check, before, after, why }: Difference): string {
  const cells = [
    pullRequest,
    codeSpan(unbarred(check), longestTitle),
    effectWords[before],
    `**${effectWords[after]}**`,
    cell(why),
  ];
  return `| ${cells.join(' | ')} |\n`;
}

/** A pull request's title as part of a cell. */
export function titleCell(title: string): string {
  return codeSpan(unbarred(title), longestTitle);
}

function pullRequestLink(number: number, url: PullRequestUrl): string {
  return url === null ? `#${number}` : `[#${number}](${url}${number})`;
}

/** A text as the cell of a table. */
function cell(text: Text): string {
  return markdown(text.map((part) => (typeof part === 'string' ? part : { quoted: unbarred(part.quoted) })));
}

/** A bar ends a cell, also inside a code span (https://github.github.com/gfm/#tables-extension-), where a backslash may end it all the same. */
function unbarred(text: string): string {
  return text.replaceAll('|', '\\u{007C}');
}

function unreadSentence(unread: readonly Unread[]): string | null {
  const [first] = unread;
  if (first === undefined) return null;
  const numbers = unread.slice(0, namedUnread).map(({ listed }) => `#${listed.number}`);
  const named = new Intl.ListFormat('en').format([
    ...numbers,
    ...(unread.length > namedUnread ? [`${unread.length - namedUnread} more`] : []),
  ]);
  return `${named} could not be judged: ${codeSpan(inert(first.why))}.`;
}
