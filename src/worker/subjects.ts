// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Dependents } from '../dependents/dependents.ts';
import type { Client } from '../github/client.ts';
import type { ContentsMemory } from '../github/contents-memory.ts';
import { readOpenPullRequests, readRepositories } from '../github/open-pull-requests.ts';
import { type Entry, type Inbox, installationOf, type Subject, type Urgency } from '../inbox/inbox.ts';
import type { Afterwards } from './afterwards.ts';
import { mostUnexpected } from './backoff.ts';
import { notePressed } from './button.ts';
import { type Look, type Looking, lookAtMergeGroup, lookAtPullRequest } from './look.ts';
import { type Later, lookWithPreview } from './preview.ts';

/** GitHub's API catches up with its webhooks within seconds; what is still behind then may stay so. */
const mostPatient = 3;
/** GitHub gives up on a large query after ten seconds; smaller pages may still be answered. */
const smallPage = 20;

/** What has to be there to look at anything. */
export interface SeeingOptions {
  readonly inbox: Pick<Inbox, 'put'>;
  readonly host: string;
  readonly appId: number;
  readonly policies: Looking['policies'];
  readonly dependents: Pick<Dependents, 'on'>;
  readonly record: Looking['record'];
  readonly ledger: Looking['ledger'];
}

/** What looks have in common. */
export interface Shared extends Pick<Looking, 'turns' | 'lately' | 'previews' | 'judge'> {
  readonly contents: ContentsMemory;
  readonly afterwards: Afterwards;
}

/** Does what a subject is there for: looks at it, or puts others that are to be looked at. Throws whatever Octokit throws. */
export async function see(
  options: SeeingOptions,
  { contents, afterwards, ...shared }: Shared,
  client: Client,
  entry: Entry,
): Promise<Look | Later | readonly Subject[]> {
  const { subject, attempt, updatedAt } = entry;
  const { host, appId, policies, dependents, record, ledger, inbox } = options;
  const installationId = installationOf(subject);
  const extended = policies.reader;
  const pageSize = attempt > 2 ? smallPage : 100;
  const asking = { client, host, appId, installationId, extended, pageSize, contents };
  const looking = {
    asking,
    policies,
    record,
    ledger,
    ...shared,
    patient: attempt <= mostPatient,
    last: attempt >= mostUnexpected,
    unanswered: () => afterwards.note(subject),
  };
  switch (subject.kind) {
    case 'pull-request':
      return lookAtPullRequest(looking, { ...place(subject.repository), number: subject.number }, updatedAt);
    case 'preview':
      return lookWithPreview(looking, { ...place(subject.repository), number: subject.number });
    case 'button': {
      await notePressed(looking, subject, entry.deliveryId);
      const { repository, number } = subject;
      return putAll(inbox, entry, [{ kind: 'pull-request', repository, number }]);
    }
    case 'merge-group':
      return lookAtMergeGroup(looking, { ...subject, ...place(subject.repository) });
    case 'open-pull-requests': {
      const numbers = await readOpenPullRequests(client, subject.repository, subject);
      const { repository } = subject;
      return putAll(
        inbox,
        entry,
        numbers.map((number) => ({ kind: 'pull-request', repository, number })),
      );
    }
    case 'policy-files': {
      const { repository, base, paths } = subject;
      const builtOn = await policies.buildsOn(asking, { ...place(repository), base }, paths);
      return putAll(inbox, entry, builtOn ? [{ kind: 'open-pull-requests', repository, base, headSha: null }] : []);
    }
    case 'extended-files': {
      const { owner, name } = subject.repository;
      const branches = await dependents.on({ ...subject, repository: `${owner}/${name}` });
      return putAll(
        inbox,
        entry,
        branches.map(({ base, ...repository }) => ({ kind: 'open-pull-requests', repository, base, headSha: null })),
      );
    }
    case 'installation': {
      const repositories = await readRepositories(client, subject.installationId);
      return putAll(
        inbox,
        entry,
        repositories.map((repository) => ({ kind: 'open-pull-requests', repository, base: null, headSha: null })),
      );
    }
  }
}

function place({ owner, name }: { readonly owner: string; readonly name: string }) {
  return { owner, name };
}

/** Puts others in an entry's place. */
export async function putAll(
  inbox: Pick<Inbox, 'put'>,
  entry: Entry,
  subjects: readonly Subject[],
): Promise<readonly Subject[]> {
  const hint = { deliveryId: entry.deliveryId, updatedAt: null, urgency: urgencyOfEach(entry) };
  await Promise.all(subjects.map((subject) => inbox.put(subject, hint)));
  return subjects;
}

/** Somebody who presses a button, or "Re-run" on a head commit, waits for it; nobody waits for all that a policy governs. */
function urgencyOfEach({ subject, urgency = 'person' }: Entry): Urgency {
  const waitedFor = subject.kind === 'button' || (subject.kind === 'open-pull-requests' && subject.headSha !== null);
  return waitedFor ? urgency : 'sweep';
}
