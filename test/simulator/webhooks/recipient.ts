// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { allows, type Need, reads, writes } from '../access.ts';
import { installationOn } from '../state/app.ts';
import type { Happening } from '../state/events.ts';
import type { Installation } from '../state/model.ts';
import type { World } from '../state/world.ts';
import { repositoryOf } from './payloads.ts';

/**
 * The permission without which GitHub doesn't deliver an event.
 * https://docs.github.com/webhooks/webhook-events-and-payloads
 */
const needs: Partial<Record<Happening['event'], Need>> = {
  pull_request: reads('pull_requests'),
  pull_request_review: reads('pull_requests'),
  pull_request_review_comment: reads('pull_requests'),
  push: reads('contents'),
  issue_comment: reads('issues'),
  check_run: reads('checks'),
  check_suite: reads('checks'),
  merge_group: reads('merge_queues'),
};

/** Sent to every App that may write checks, subscribed or not. */
function isAutomatic(happening: Happening): boolean {
  if (happening.event === 'check_suite') return true;
  return happening.event === 'check_run' && happening.action === 'rerequested';
}

/** The installation that is told of what happened: `app` for the App's own events, null where nobody is told. */
export function recipientOf(world: World, happening: Happening): Installation | 'app' | null {
  if (happening.event === 'ping') return 'app';
  if (happening.event === 'installation' || happening.event === 'installation_repositories')
    return happening.installation;
  const repository = repositoryOf(happening);
  const installation = repository && installationOn(world, repository);
  if (!installation || installation.suspended) return null;
  const need = isAutomatic(happening) ? writes('checks') : needs[happening.event];
  const subscribed = isAutomatic(happening) || installation.events.includes(happening.event);
  return subscribed && need && allows(installation.permissions, need) ? installation : null;
}
