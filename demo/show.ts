// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { styleText } from 'node:util';
import type { Outcome } from './main.ts';

type Style = Parameters<typeof styleText>[0];

const icons: Readonly<Record<string, readonly [string, Style]>> = {
  SUCCESS: ['✔', 'green'],
  ACTION_REQUIRED: ['✖', 'red'],
  FAILURE: ['✖', 'red'],
  NEUTRAL: ['■', 'gray'],
};

const paint = (style: Style, text: string) => styleText(style, text, { stream: process.stdout });

/** Prints what GitHub would show of one pull request. */
export function showOutcome(
  { scenario, pullRequest, asExpected, requests, milliseconds }: Outcome,
  verbose: boolean,
): void {
  const { repository, number } = pullRequest.state;
  const place = `${repository.owner.login}/${repository.name}#${number}`;
  console.log(`${paint('bold', scenario.shows)}  ${paint('dim', place)}`);
  for (const run of pullRequest.view().checks) {
    const [icon, style] = icons[run.conclusion ?? ''] ?? ['●', 'yellow'];
    console.log(
      `  ${paint(style, icon)} ${run.name}: ${run.title}  ${paint('dim', run.conclusion?.toLowerCase() ?? '')}`,
    );
    if (run.conclusion === 'SUCCESS' && run.title?.startsWith('Overridden') !== true && !verbose) continue;
    console.log(indented(run.summary ?? ''));
    console.log(indented(run.text ?? ''));
    for (const { path, startLine, message } of run.annotations) {
      console.log(indented(`${path}:${startLine}: ${message}`));
    }
  }
  const total = Object.values(requests).reduce((sum, count) => sum + count, 0);
  const list = Object.entries(requests).map(([operation, count]) => `${count} × ${operation}`);
  console.log(paint('dim', `  ${total} requests (${list.join(', ')}), ${Math.round(milliseconds)} ms`));
  if (!asExpected) {
    const wanted = Object.entries(scenario.expected).map(([name, conclusion]) => `${name} ${conclusion.toLowerCase()}`);
    console.log(paint('red', `  Expected ${wanted.join(', ')}, and nothing else.`));
  }
  console.log('');
}

function indented(markdown: string): string {
  return markdown
    .split('\n')
    .map((line) => (line === '' ? '' : paint('dim', `      ${line}`)))
    .join('\n');
}

/** Prints how it went as a whole. */
export function showSummary(outcomes: readonly Outcome[], violations: readonly unknown[]): void {
  const times = outcomes.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
  const median = times[Math.floor(times.length / 2)] ?? 0;
  const right = outcomes.filter(({ asExpected }) => asExpected).length;
  const style = right === outcomes.length ? 'green' : 'red';
  console.log(paint(['bold', style], `${right} of ${outcomes.length} pull requests got what they should.`));
  console.log(`Half of them had their check runs within ${Math.round(median)} ms of being opened.`);
  for (const violation of violations)
    console.log(paint('red', `Against GitHub's contract: ${JSON.stringify(violation)}`));
  if (!process.argv.includes('--keep')) {
    console.log(
      paint('dim', 'To see it as GitHub would show it: npm run demo -- --keep. To read all texts: --verbose.'),
    );
  }
}
