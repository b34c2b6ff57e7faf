// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Attributes } from '@opentelemetry/api';
import type { Logger } from 'pino';
import { type Entry, installationOf, type Subject } from '../inbox/inbox.ts';
import type { Look } from './look.ts';

/** What log lines have in common. */
export function describe({ subject, deliveryId, attempt }: Entry) {
  const common = { delivery: deliveryId, installation: installationOf(subject), attempt };
  if (subject.kind === 'installation') return common;
  const repository = `${subject.repository.owner}/${subject.repository.name}`;
  if (subject.kind === 'pull-request' || subject.kind === 'preview' || subject.kind === 'button')
    return { ...common, repository, pullRequest: subject.number };
  if (subject.kind === 'merge-group') return { ...common, repository, mergeGroup: subject.headRef };
  if (subject.kind === 'extended-files') return { ...common, repository, ref: subject.ref };
  return { ...common, repository, base: subject.base ?? undefined };
}

/** For traces: the same under names of their own. */
export function attributesOf(entry: Entry): Attributes {
  return Object.fromEntries(
    Object.entries(describe(entry)).map(([name, value]) => [`countersign.${name}`, value ?? undefined]),
  );
}

export function logLook(log: Logger, look: Look | readonly Subject[]): void {
  if (!('looked' in look)) {
    log.info({ found: look.length }, 'looked for what there is to look at');
  } else if (!look.looked) {
    log.info({ why: look.why }, 'nothing to judge');
  } else {
    const verdicts = Object.fromEntries(look.judgements.map(({ name, verdict }) => [name, verdict.outcome]));
    log.info({ head: look.headSha, verdicts, written: look.written }, 'judged');
  }
}
