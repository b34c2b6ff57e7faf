// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { reasons } from '../sweep/reason.ts';
import type { Redelivery } from '../sweep/redelivery.ts';
import type { InstallationReport, Look, SweepReport } from '../sweep/sweep-report.ts';
import { inert } from './inert.ts';
import { serialise } from './json.ts';
import { count } from './wording.ts';

/** What a sweep did, or would do, as text for a terminal or as JSON. */
export function renderSweep(report: SweepReport, format: 'text' | 'json', dryRun: boolean): string {
  return format === 'json' ? json(report, dryRun) : text(report, dryRun);
}

function text({ redeliveries, deliveriesFailed, installations }: SweepReport, dryRun: boolean): string {
  const would = dryRun ? 'would be' : 'were';
  const failed = deliveriesFailed === null ? [] : [`Webhooks could not all be seen to: ${inert(deliveriesFailed)}`];
  const blocks = [
    [...webhookLines(redeliveries, would), ...failed].join('\n'),
    ...installations.map((one) => installationLines(one, would).join('\n')),
    ...(installations.length === 0 ? ['The App is not installed anywhere.'] : []),
    ...(dryRun ? ['This was a dry run: nothing was changed.'] : []),
  ];
  return `${blocks.join('\n\n')}\n`;
}

const headings: readonly (readonly [Redelivery['kind'], string])[] = [
  ['request', 'asked for again'],
  ['look', 'made up for by a look at the pull requests of their repository'],
  ['wait', 'left for the next sweep'],
];

function webhookLines(redeliveries: readonly Redelivery[], would: string): readonly string[] {
  const lines = headings.flatMap(([kind, what]) => {
    const all = redeliveries.filter((one) => one.kind === kind);
    return all.length === 0
      ? []
      : [`${count(all.length, 'webhook')} that failed ${would} ${what}:`, ...all.map(webhookLine)];
  });
  return lines.length === 0 ? ['No webhook waits to be delivered again.'] : lines;
}

function webhookLine({ delivery, why }: Redelivery): string {
  const { event, action, guid, status, statusCode, installationId } = delivery;
  const name = action === null ? event : `${event}.${action}`;
  const where = installationId === null ? '' : `, installation ${installationId}`;
  return `  ${inert(name)} ${inert(guid)}${where}: ${why} (${statusCode} ${inert(status)})`;
}

function installationLines(report: InstallationReport, would: string): readonly string[] {
  const { id, account, outcome, why, repositories, pullRequests, looks } = report;
  const title = `${inert(account)} (installation ${id})`;
  if (outcome === 'suspended') return [`${title}: suspended, left alone`];
  if (outcome === 'failed') return [`${title}: failed: ${inert(why ?? '', 500)}`, ...looks.map(lookLine)];
  const read = `${count(pullRequests, 'open pull request')} in ${repositories === 1 ? '1 repository' : `${repositories} repositories`}`;
  const rest = outcome === 'more' ? `; its share of the rate budget is spent, the next sweep goes on` : '';
  return [`${title}: ${read}, ${looks.length} ${would} looked at${rest}`, ...looks.map(lookLine)];
}

function lookLine({ subject, reason }: Look): string {
  return `  ${inert(subjectName(subject))}: ${reasons[reason]}`;
}

function subjectName(subject: Look['subject']): string {
  if (subject.kind === 'installation') return `installation ${subject.installationId}`;
  const repository = `${subject.repository.owner}/${subject.repository.name}`;
  if (subject.kind === 'pull-request') return `${repository}#${subject.number}`;
  return subject.kind === 'merge-group' ? `${repository}@${subject.headRef}` : repository;
}

function json({ redeliveries, deliveriesFailed, installations }: SweepReport, dryRun: boolean): string {
  return serialise({
    version: 1,
    dryRun,
    webhooks: {
      failed: deliveriesFailed,
      deliveries: redeliveries.map(({ kind, delivery, failures, why }) => ({
        ...delivery,
        at: new Date(delivery.at).toISOString(),
        decision: kind,
        why,
        failures,
      })),
    },
    installations: installations.map(({ looks, ...rest }) => ({
      ...rest,
      looks: looks.map(({ subject, reason }) => ({ ...subject, reason, why: reasons[reason] })),
    })),
  });
}
