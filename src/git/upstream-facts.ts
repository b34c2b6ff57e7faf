// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Commit, Contribution, UpstreamFacts } from '../contribution/contribution.ts';
import { gitHubRepository } from '../rules/git-address.ts';
import type { Need } from '../rules/rule.ts';
import { unanswered } from '../rules/upstream/unanswered.ts';
import { readCommits } from './commits.ts';
import { git, gitOutput } from './git.ts';
import { readDates } from './line-dates.ts';

type NeedOf<Fact extends Need['fact']> = Extract<Need, { readonly fact: Fact }>;

/** What a clone knows of upstream: its branches where they have been fetched, and the age of lines. @throws GitError */
export async function readUpstreamFacts(
  { upstream }: Contribution,
  needs: readonly Need[],
): Promise<{ readonly upstream?: UpstreamFacts; readonly commits?: Commit[] }> {
  const of = <Fact extends Need['fact']>(fact: Fact) =>
    needs.filter((need): need is NeedOf<Fact> => need.fact === fact);
  const [questions, carried, dates, [fork]] = [of('upstream'), of('carried'), of('line-date'), of('fork-commits')];
  if (questions.length + carried.length + dates.length === 0 && fork === undefined) return {};
  const own = fork === undefined ? null : await readForkCommits(fork);
  return {
    ...(own?.commits == null ? {} : { commits: own.commits }),
    upstream: {
      answers: [...(upstream?.answers ?? []), ...questions.map(({ question }) => unanswered(question, why))],
      carried: [
        ...(upstream?.carried ?? []),
        ...(await Promise.all(carried.map(readCarried))),
        ...(own === null ? [] : [own.carried]),
      ],
      dates: [...(upstream?.dates ?? []), ...(await readDates(dates))],
    },
  };
}

const why = 'this command asks no GitHub; the App does';

async function readCarried({ head, repository, branch }: NeedOf<'carried'>) {
  const ref = await upstreamRef(repository, branch);
  if (ref === null) return { repository, branch, commits: null };
  const output = await gitOutput(['rev-list', '--stdin'], { input: `${head}\n^${ref}\n` });
  const commits = output
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '');
  return { repository, branch, commits };
}

/** The commits of a fork as a whole that upstream's branch has not, where that branch was fetched. */
async function readForkCommits({ head, repository, branch }: NeedOf<'fork-commits'>) {
  const ref = await upstreamRef(repository, branch);
  const commits = ref === null ? null : await readCommits(head, ref);
  return { commits, carried: { repository, branch, commits: commits?.map(({ sha }) => sha) ?? null } };
}

/** The remote-tracking branch of the remote that leads to a repository, whatever its host; null: it was not fetched. */
async function upstreamRef(repository: string, branch: string | null): Promise<string | null> {
  const { stdout } = await git(['config', '--get-regexp', '^remote\\..*\\.url$']);
  const remotes = stdout
    .toString('utf8')
    .split('\n')
    .map((line) => /^remote\.(.*)\.url (.*)$/.exec(line));
  const found = remotes.find((match) => leadsTo(match?.[2] ?? '', repository))?.[1];
  if (found === undefined) return null;
  const ref = `refs/remotes/${found}/${branch ?? 'HEAD'}`;
  const { code } = await git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]);
  return code === 0 ? ref : null;
}

function leadsTo(url: string, repository: string): boolean {
  const host = /^(?:\w+:\/\/)?(?:[^@/]*@)?([^/:]+(?::\d+(?=\/))?)/.exec(url)?.[1] ?? '';
  return gitHubRepository(url, host)?.toLowerCase() === repository.toLowerCase();
}
