// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { createHash } from 'node:crypto';
import type { Advice, Carried } from '../rules/upstream/carried.ts';
import { type CarriedReport, carriedMarkdown } from './carried.ts';
import { type CarriedGroup, carriedTables } from './carried-tables.ts';
import { markdown } from './phrase.ts';

/** The issue that tells a repository what there is to do about the changes that it carries. */
export interface CarriedIssue {
  readonly title: string;
  readonly body: string;
  /** Equal for equal things to do, whatever their age; null: there is nothing to do. */
  readonly digest: string | null;
}

const advices: Readonly<Record<Advice, string>> = {
  drop: 'Can be dropped: upstream has it',
  refused: 'Refused upstream: say so, or send it again',
  wrong: 'Not as it says: mend what it says',
  stale: 'Waits for longer than the policy wants: ask upstream, and write what became of it',
};

const title = 'Upstream First: what can be dropped, was refused, or waits';

/** GitHub takes 65,536 characters; what there is to do comes first, and the whole list has what is left of them. */
const mostCharacters = 60_000;

/** The issue of a report. Its first line, which is not shown, is what `readIssueMark` reads. */
export function renderCarriedIssue(report: CarriedReport): CarriedIssue {
  const groups = Object.entries(advices).flatMap(([advice, heading]): CarriedGroup[] => {
    const all = report.changes.filter((one) => one.advice === advice);
    return all.length === 0 ? [] : [[`${heading} (${all.length})`, all]];
  });
  const digest = groups.length === 0 ? null : digestOf(report.changes);
  const todo = carriedTables(groups, mostCharacters).join('\n\n');
  const left = Math.max(0, mostCharacters - todo.length);
  const body = [
    writeIssueMark(digest),
    markdown([
      'What ',
      { quoted: report.subject },
      ` carries of changes to code from elsewhere, as of ${report.judgedOn ?? 'an unknown day'}. The policy asks for this report (\`upstream.sweep\`). It is brought up to date once a week and closed when nothing is left to do. An issue that somebody closed stays closed until there is something else to do.`,
    ]),
    digest === null ? 'There is nothing to do.' : todo,
    `<details><summary>Everything that is carried</summary>\n\n${carriedMarkdown(report, left)}\n</details>`,
  ].join('\n\n');
  return { title, body, digest };
}

/** By subjects, since a rebase gives a commit another id. */
function digestOf(changes: readonly Carried[]): string {
  const things = changes.flatMap(({ advice, path, commit }) =>
    advice === null ? [] : [[advice, path, commit?.subject]],
  );
  return createHash('sha256').update(JSON.stringify(things.toSorted())).digest('hex');
}

function writeIssueMark(digest: string | null): string {
  return `<!-- countersign upstream report ${digest ?? 'nothing'} -->`;
}

/** The digest in an issue's text, null where there was nothing to do; undefined: it is no such issue. */
export function readIssueMark(body: string): string | null | undefined {
  const found = /^<!-- countersign upstream report (nothing|[0-9a-f]{64}) -->/.exec(body)?.[1];
  return found === 'nothing' ? null : found;
}
