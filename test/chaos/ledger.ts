// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { countersign } from '../cli/command.ts';
import type { Slot } from './fleet.ts';
import type { Group } from './queues.ts';
import { linkOf, type Remark, whyNot } from './remarks.ts';
import type { Traffic } from './traffic.ts';
import type { Watched } from './watched.ts';

interface Line {
  readonly kind: string;
  readonly repository: string;
  readonly pullRequest: number | null;
  readonly head: string | null;
  readonly check: string | null;
  readonly by: string | null;
  readonly code: string | null;
  readonly reason: string | null;
  readonly link: string | null;
  /** What it tells of. */
  readonly topic: string;
}

export interface LedgerOptions {
  /**
   * Whether calls failed meanwhile. While a permission cannot be read it is denied, so that more decisions may have been
   * made than people gave reason to.
   */
  readonly callsFailed: boolean;
}

/**
 * What is wrong with the ledger, as its own command reads it, one line each: altered, recorded twice, not at all, or
 * recorded though it never was so.
 */
export async function wrongLedger(
  { env }: Slot,
  { watched, groups }: Traffic,
  options: LedgerOptions,
): Promise<readonly string[]> {
  const verified = await countersign(['ledger', 'verify'], { env });
  const exported = await countersign(['ledger', 'export'], { env });
  if (verified.code !== 0 || exported.code !== 0) {
    return [`the ledger: ${verified.stdout}${verified.stderr}${exported.stderr}`];
  }
  const lines = exported.stdout
    .split('\n')
    .filter((text) => text !== '')
    .map((text) => JSON.parse(text) as Line);
  const wrong = [
    ...repeated(lines),
    ...wrongResults(lines, watched, options),
    ...wrongGroupResults(lines, groups),
    ...wrongOverrides(lines, watched, options),
  ];
  return wrong.map((why) => `the ledger: ${why}`);
}

/** What is told again though nothing else was told of the same meanwhile. */
function repeated(lines: readonly Line[]): readonly string[] {
  const newest = new Map<string, string>();
  return lines.flatMap((line) => {
    const told = textOf(line);
    const before = newest.get(line.topic);
    newest.set(line.topic, told);
    return told === before ? [`more than once: ${told}`] : [];
  });
}

function textOf({ kind, repository, pullRequest, head, check, code, link }: Line): string {
  return `${kind} ${repository}#${pullRequest} ${head} ${check}: ${code} ${link ?? ''}`;
}

/** The results of a pull request are those that it had, in their order; not all of them, but the last. */
function wrongResults(
  lines: readonly Line[],
  watched: readonly Watched[],
  { callsFailed }: LedgerOptions,
): readonly string[] {
  const results = Map.groupBy(
    lines.filter(({ kind, pullRequest }) => kind === 'result' && pullRequest !== null),
    ({ repository, pullRequest, check }) => `${repository}#${pullRequest} ${check}`,
  );
  return watched.flatMap((one) => {
    const { repository, number } = one.pullRequest.state;
    const heads = one.truths.map(({ head }) => head).filter((head, index, all) => head !== all[index - 1]);
    const truths = {
      dco: one.truths.map(({ head, conclusion }) => `${head} ${conclusion}`),
      policy: heads.map((head) => `${head} SUCCESS`),
    };
    return Object.entries(truths).flatMap(([check, wanted]) => {
      const topic = `${repository.owner.login}/${repository.name}#${number} ${check}`;
      const told = (results.get(topic) ?? []).map(({ head, code }) => `${head} ${code?.toUpperCase()}`);
      if (told.at(-1) !== wanted.at(-1))
        return [`${topic}: ${told.at(-1)} and not ${wanted.at(-1)} is its last result`];
      const isOrdered = callsFailed || isWithin(told, wanted);
      return isOrdered ? [] : [`${topic}: ${told.join(', ')} where ${wanted.join(', ')} was`];
    });
  });
}

/** Whether a list is what is left of another one when some are taken out. */
function isWithin(some: readonly string[], all: readonly string[]): boolean {
  let next = 0;
  for (const one of all) if (one === some[next]) next += 1;
  return next === some.length;
}

function wrongGroupResults(lines: readonly Line[], groups: readonly Group[]): readonly string[] {
  const results = Map.groupBy(
    lines.filter(({ kind, pullRequest }) => kind === 'result' && pullRequest === null),
    ({ head, check }) => `${head} ${check}`,
  );
  return groups
    .filter(({ left }) => left !== 'dequeued')
    .flatMap(({ entry: { headSha, pullRequest }, conclusion }) =>
      Object.entries({ dco: conclusion, policy: 'SUCCESS' }).flatMap(([check, wanted]) => {
        const told = results.get(`${headSha} ${check}`)?.at(-1)?.code?.toUpperCase();
        return told === wanted ? [] : [`${check} of the group of #${pullRequest.number}: ${told}, not ${wanted}`];
      }),
    );
}

const ofOverrides = ['granted', 'refused', 'lapsed', 'withdrawn'];

function wrongOverrides(
  lines: readonly Line[],
  watched: readonly Watched[],
  options: LedgerOptions,
): readonly string[] {
  const told = Map.groupBy(
    lines.filter(({ kind }) => ofOverrides.includes(kind)),
    ({ link }) => link ?? '',
  );
  const wrong = watched.flatMap((one) =>
    one.remarks.flatMap((remark) => {
      const link = linkOf(one, remark);
      const own = told.get(link) ?? [];
      told.delete(link);
      return [...falseGrants(own, remark, options), ...wrongEnd(own.at(-1), one, remark)].map(
        (why) => `${link} ${why}`,
      );
    }),
  );
  return [...wrong, ...[...told.keys()].map((link) => `${link} is told of, and is no command of anybody's`)];
}

/** What was granted that never held, or more often than it came to hold. */
function falseGrants(own: readonly Line[], remark: Remark, { callsFailed }: LedgerOptions): readonly string[] {
  const granted = own.filter(({ kind }) => kind === 'granted');
  if (granted.length === 0) return [];
  if (remark.grants === 0) return ['was granted, and never held'];
  const { by, head, reason } = remark;
  const isHis = granted.every((line) => line.by === by.login && line.head === head && line.reason === reason);
  if (!isHis) return ['was granted to somebody else, for another head or with another reason'];
  if (granted.length <= remark.grants || callsFailed) return [];
  return [`was granted ${granted.length} times, and came to hold ${remark.grants} times`];
}

/** Whether what was told of it last is what is true of it now. */
function wrongEnd(last: Line | undefined, one: Watched, remark: Remark): readonly string[] {
  // Nobody looks at what was merged, and where nothing is held back there is nothing to override.
  if (remark.command !== 'override' || one.pullRequest.state.state !== 'OPEN') return [];
  const reasons = whyNot(remark, one);
  if (!one.signedOff && reasons.size === 0) {
    return last?.kind === 'granted' ? [] : [`holds, and is ${last?.kind ?? 'not told of'}`];
  }
  if (last?.kind === 'granted') return ['does not hold any more, and is granted'];
  const [only, ...others] = reasons;
  if (one.signedOff || remark.deleted || only === undefined || others.length > 0) return [];
  return last?.kind === only ? [] : [`is ${only}, and is ${last?.kind ?? 'not told of'}`];
}
