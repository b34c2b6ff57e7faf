// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Contribution } from '../contribution/contribution.ts';
import { type Answer, gather, type Judgement, judge } from '../engine.ts';
import { type Misnamed, withMisnamed } from '../policy/misnamed.ts';
import type { PolicyResolution } from '../policy/policy.ts';
import { unjudgedVerdicts } from '../policy/unjudged.ts';
import { policyCheckName, policyVerdict } from '../policy/verdict.ts';
import { exitCode } from '../report/outcome.ts';
import type { Report } from '../report/report.ts';
import { wantsColor } from './terminal.ts';
import { version } from './version.ts';

/** How the user wants a result shown. */
export interface Showing {
  readonly format: 'text' | 'json' | 'sarif' | 'markdown';
  readonly verbose?: boolean;
}

const plainWidth = 100;

/** Judges a contribution, prints the report, and returns the exit code. A broken policy judges nothing, as in the App. */
export async function report(
  contribution: Contribution,
  resolution: PolicyResolution,
  showing: Showing,
  answer: Answer,
  strays: readonly Misnamed[] = [],
): Promise<number> {
  const judged: Report = {
    subject: subjectOf(contribution),
    base: contribution.base.sha,
    head: contribution.head.sha,
    judgements: [policyJudgement(resolution, strays), ...(await ruleJudgements(contribution, resolution, answer))],
    policySources: resolution.policy === null ? resolution.sources : resolution.policy.sources,
  };
  process.stdout.write(await render(judged, showing));
  return resolution.policy === null ? 2 : exitCode(judged);
}

function policyJudgement(resolution: PolicyResolution, strays: readonly Misnamed[]): Judgement {
  const verdict = withMisnamed(policyVerdict(resolution, null), strays, resolution);
  return { name: policyCheckName(resolution), mode: 'enforce', verdict };
}

async function ruleJudgements(contribution: Contribution, resolution: PolicyResolution, answer: Answer) {
  const { policy } = resolution;
  if (policy === null) return unjudgedVerdicts(resolution);
  return judge(await gather(contribution, policy, answer), policy);
}

async function render(judged: Report, { format, verbose = false }: Showing): Promise<string> {
  switch (format) {
    case 'text': {
      const { renderText } = await import('../report/text.ts');
      const { stdout, env } = process;
      return renderText(judged, { color: wantsColor(stdout, env), width: stdout.columns ?? plainWidth, verbose });
    }
    case 'json':
      return (await import('../report/json.ts')).renderJson(judged);
    case 'sarif':
      return (await import('../report/sarif.ts')).renderSarif(judged, { version: version() });
    case 'markdown':
      return (await import('../report/markdown.ts')).renderMarkdown(judged);
  }
}

function subjectOf({ repository, pullRequest, queued, base, head }: Contribution): string {
  const name = repository === null ? null : `${repository.owner}/${repository.name}`;
  if (name !== null && pullRequest !== null) return `${name}#${pullRequest.number}`;
  const range = `${base.ref}..${head.ref}`;
  return name === null ? range : `${name} ${queued === null ? range : `merge group ${head.ref}`}`;
}
