// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Logger } from 'pino';
import type { Client } from '../github/client.ts';
import { type Errand, newErrand, onErrand } from '../github/errand.ts';
import type { Inbox } from '../inbox/inbox.ts';
import type { Notebook } from './notes.ts';
import { reasons } from './reason.ts';
import { createSweeper, type Sweeper, type SweeperOptions } from './sweep.ts';
import { sweepNotes } from './sweep-notes.ts';
import type { Look, SweepReport } from './sweep-report.ts';

interface AppSweeperOptions extends Pick<SweeperOptions, 'appId' | 'handles' | 'dryRun'> {
  /** Speaks as that installation; as the App itself where none is named. */
  readonly auth: (installationId?: number) => Promise<Client>;
  readonly inbox: Pick<Inbox, 'put'>;
  readonly notebook: Notebook;
  readonly log: Logger;
  readonly settings: SweepSettings;
  readonly observer?: SweepObserver;
}

/** One sweep, for whoever counts. */
export interface SweepMade {
  /** null where it failed as a whole. */
  readonly report: SweepReport | null;
  /** What it cost. */
  readonly errand: Errand;
}

export interface SweepObserver {
  swept(made: SweepMade): void;
}

export interface SweepSettings {
  /** Milliseconds from one sweep to the next; 0: never. */
  readonly interval: number;
  /** Share of each installation's hourly points, more than 0 and at most a half. */
  readonly share: number;
}

/** GitHub gives up on a delivery after ten seconds, and a look takes some more. */
const usuallyUnderWay = 60_000;

/** The App's sweeper: what it finds goes into the inbox. */
export function createAppSweeper({
  auth,
  inbox,
  notebook,
  log,
  settings,
  observer,
  ...options
}: AppSweeperOptions): Sweeper {
  const sweeper = createSweeper({
    ...options,
    notes: notebook.page(sweepNotes),
    app: () => auth(),
    clientFor: auth,
    share: settings.share,
    underWay: settings.interval === 0 ? usuallyUnderWay : Math.min(usuallyUnderWay, settings.interval),
    have: async (look) => {
      // A queue that waits holds up people; of a pull request that was left alone nobody hears at this moment.
      const urgency = look.subject.kind === 'merge-group' ? 'person' : 'sweep';
      await inbox.put(look.subject, { deliveryId: null, updatedAt: null, urgency });
      if (look.reason === 'daily') log.debug(describe(look), 'sweep: looked at again');
      else log.info(describe(look), 'sweep: needs a look');
    },
  });
  return {
    // The limiter keeps half of each budget for those whose pull requests wait.
    sweep: async (...given) => {
      const errand = newErrand('sweep');
      let report: SweepReport | null = null;
      try {
        report = await onErrand(errand, () => sweeper.sweep(...given));
        return report;
      } finally {
        observer?.swept({ report, errand });
      }
    },
  };
}

function describe({ subject, reason }: Look) {
  const why = reasons[reason];
  if (subject.kind === 'installation') return { installation: subject.installationId, why };
  const { installationId, owner, name } = subject.repository;
  const place = { installation: installationId, repository: `${owner}/${name}`, why };
  if (subject.kind === 'pull-request') return { ...place, pullRequest: subject.number };
  return subject.kind === 'merge-group' ? { ...place, mergeGroup: subject.headRef } : place;
}
