// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Judgement } from '../engine.ts';
import { type CommitUrl, findingsMarkdown } from './findings.ts';
import { outcomeIcon } from './outcome.ts';
import { markdownTitleWith } from './override.ts';
import { openPage } from './page.ts';
import { codeSpan, markdown } from './phrase.ts';
import type { Report } from './report.ts';
import { summaryMarkdown } from './summary.ts';
import { policySentence } from './wording.ts';

// A comment takes 65,536 characters, a job summary more: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
const limit = 65_000;
const headLimit = 3000;

/**
 * A whole report as one Markdown document, for a CI job's summary or a comment: at most 65,000 bytes, which the
 * judgements share evenly. `commitUrl` as in the check run's context.
 */
export function renderMarkdown(report: Report, { commitUrl = null }: { readonly commitUrl?: CommitUrl } = {}): string {
  const page = openPage(limit);
  page.add(`# Countersign: ${codeSpan(report.subject)}\n\n`);
  const policy = policySentence(report.policySources);
  report.judgements.forEach((judgement, index) => {
    const share = Math.floor((page.room() - headLimit) / (report.judgements.length - index));
    page.add(`${section(judgement, commitUrl, share)}\n\n`, headLimit);
  });
  if (report.judgements.length === 0) page.add('No check is switched on, so there was nothing to judge.\n\n');
  if (policy !== null) page.add(`${markdown(policy)}\n`);
  return `${page.text()}\n`;
}

function section(judgement: Judgement, commitUrl: CommitUrl, share: number): string {
  const { name, verdict } = judgement;
  const heading = `## ${outcomeIcon(judgement)} ${markdown([name])}: ${markdown(markdownTitleWith(judgement))}`;
  const room = share - Buffer.byteLength(heading) - 8;
  const summary = summaryMarkdown(judgement, { commitUrl, policySources: [], readIn: 'command' }, Math.floor(room / 2));
  const findings = findingsMarkdown(verdict.findings, commitUrl, room - Buffer.byteLength(summary));
  return [heading, summary, findings].filter((block) => block !== '').join('\n\n');
}
