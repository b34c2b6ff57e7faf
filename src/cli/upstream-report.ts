// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Contribution } from '../contribution/contribution.ts';
import { type Answer, gatherBy } from '../engine.ts';
import { answerNeeds } from '../git/contribution.ts';
import { readOrigin } from '../git/origin.ts';
import { findRevision } from '../git/range.ts';
import { readTreeAsContribution } from '../git/whole-tree.ts';
import { renderCarried } from '../report/carried.ts';
import { carriedGaps, carriedIn, carriedNeeds } from '../rules/upstream/carried.ts';
import { noUpstreamFacts } from '../rules/upstream/case.ts';
import type { UpstreamSettings } from '../rules/upstream/settings.ts';
import type { GitHub } from './ask-github.ts';
import { choosePolicy, type PolicyOptions } from './policy.ts';
import { usablePolicy } from './problems.ts';
import { tokenIn } from './token.ts';
import { UserError } from './user-error.ts';

interface ReportOptions extends PolicyOptions {
  readonly format: 'text' | 'json' | 'markdown';
}

/** `countersign upstream report [REVISION]`: what a tree carries of changes to code from elsewhere, by state and age. */
export async function upstreamReport(revision: string | undefined, options: ReportOptions): Promise<number> {
  const commit = await findRevision(revision ?? 'HEAD', 'Name one commit or branch, or none for HEAD.');
  const { contribution, policyFiles } = await readTreeAsContribution(commit);
  const { rules } = usablePolicy(await choosePolicy(options, policyFiles));
  const settings = rules.upstream;
  if (settings.mode === 'off') {
    throw new UserError(
      'The policy asks nothing about upstream here. Set upstream.preset in it, or name a preset: countersign upstream report --policy yocto',
    );
  }
  const known = await factsOf(contribution, settings, options.offline === true);
  const changes = carriedIn(known, settings);
  const gaps = carriedGaps(known, settings).map((gap) => [...gap, ` ${wayOut}`]);
  const report = { subject: commit.ref, head: commit.sha, judgedOn: contribution.judgedOn, changes, gaps };
  process.stdout.write(renderCarried(report, options.format));
  return 0;
}

const wayOut =
  'Fetch its branch (`git fetch` of a remote that leads there), or set GH_TOKEN so that GitHub can be asked.';

async function factsOf(
  contribution: Contribution,
  settings: UpstreamSettings,
  offline: boolean,
): Promise<Contribution> {
  const gitHub = offline ? null : await gitHubFor(process.env);
  try {
    const repository = await readOrigin(gitHub?.host ?? (process.env.GHE_HOST || 'github.com'));
    const wanted = (known: Contribution) => carriedNeeds(known, settings);
    return await gatherBy({ ...contribution, repository }, wanted, answerWith(gitHub));
  } finally {
    gitHub?.close();
  }
}

/** What speaks to GitHub takes longer to load than the rest of the command, so that only a token loads it. */
async function gitHubFor(env: typeof process.env): Promise<GitHub | null> {
  const token = tokenIn(env);
  if (token === null) return null;
  const { gitHubWith } = await import('./ask-github.ts');
  return gitHubWith(token, env);
}

/** The clone answers what it can; of upstream it has at most the branches that were fetched. */
function answerWith(gitHub: GitHub | null): Answer {
  if (gitHub === null) return answerNeeds;
  return async (contribution, needs) => {
    const questions = needs.filter(({ fact }) => fact === 'upstream');
    const local = await answerNeeds(
      contribution,
      needs.filter(({ fact }) => fact !== 'upstream'),
    );
    const fork = needs.filter(({ fact }) => fact === 'fork-commits');
    const { upstream } = local;
    if (fork.length === 0 || upstream?.carried.some(({ commits }) => commits !== null)) {
      return gitHub.answer(local, questions);
    }
    return gitHub.answer({ ...local, upstream: { ...noUpstreamFacts, ...upstream, carried: [] } }, [
      ...questions,
      ...fork,
    ]);
  };
}
