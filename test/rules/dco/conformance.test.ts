// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { Person } from '../../../src/contribution/contribution.ts';
import { dco } from '../../../src/rules/dco/dco.ts';
import { dcoSettings } from '../../../src/rules/dco/settings.ts';
import { contributionOf, shaOf } from '../../helpers/contribution.ts';

interface DcoAppCase {
  readonly id: string;
  readonly suite: string;
  readonly name: string;
  /** By login; false: a member whose verified commits need no sign-off. */
  readonly signOffRequired: Readonly<Record<string, boolean>>;
  readonly allowRemediationCommits: { readonly individual: boolean; readonly thirdParty: boolean };
  readonly commits: readonly {
    readonly sha?: string;
    readonly message: string;
    readonly author: Person;
    readonly committer: Person;
    readonly account: { readonly login: string; readonly type?: 'Bot' } | null;
    /** How many there are. */
    readonly parents: number;
    readonly verified?: boolean;
  }[];
  /** Ids of the commits that the DCO App fails. */
  readonly failed: readonly string[];
}

const cases: readonly DcoAppCase[] = JSON.parse(
  readFileSync(new URL('fixtures/dco-app.json', import.meta.url), 'utf8'),
);

const whiteSpace = 'White space around a name or an e-mail address makes no difference.';
const unprovenBot =
  'Anybody can claim to be a bot: it takes a verified signature, or a pull request that the bot opened.';
const subjectLine = 'A sign-off in the subject line does not count.';

/** Where the two differ on purpose: what Countersign fails, and why. docs/rules/dco.md tells the same in words. */
const deviations: Readonly<Record<string, { readonly failed: readonly number[]; readonly because: string }>> = {
  'dcoapp-015': { failed: [1], because: unprovenBot },
  'dcoapp-023': { failed: [], because: whiteSpace },
  'dcoapp-024': { failed: [], because: whiteSpace },
  'dcoapp-064': { failed: [1], because: unprovenBot },
  'dcoapp-072': { failed: [], because: whiteSpace },
  'dcoapp-073': { failed: [], because: whiteSpace },
  'dcoapp-103': { failed: [1], because: subjectLine },
  'dcoapp-132': { failed: [1], because: unprovenBot },
  'dcoapp-140': { failed: [], because: whiteSpace },
  'dcoapp-141': { failed: [], because: whiteSpace },
  'dcoapp-171': { failed: [1], because: subjectLine },
};

/**
 * GitHub's facts as a contribution. A commit without an id gets one, each commit follows the one before it, and a
 * verified signature is one by the author's own account. Who opened the pull request is not in the data.
 */
function toContribution({ commits, signOffRequired }: DcoAppCase) {
  const idOf = (index: number) => commits[index]?.sha ?? shaOf(index + 1);
  const drafts = commits.map(({ message, author, committer, account, parents, verified }, index) => ({
    sha: idOf(index),
    message,
    author,
    committer,
    authorAccount: account === null ? null : { login: account.login, type: account.type ?? ('User' as const) },
    signature: verified === undefined ? null : { valid: verified, signer: account?.login ?? null, byGitHub: false },
    parents: [idOf(index - 1), ...Array.from({ length: Math.max(0, parents - 1) }, (_, merged) => shaOf(100 + merged))],
  }));
  const members = Object.entries(signOffRequired).filter(([, required]) => !required);
  return contributionOf(drafts, { memberships: Object.fromEntries(members.map(([login]) => [login, 'member'])) });
}

function failedBy(one: DcoAppCase): readonly string[] {
  const membersNeedNone = Object.values(one.signOffRequired).includes(false);
  const settings = dcoSettings.parse({
    require: { members: !membersNeedNone },
    allowRemediationCommits: one.allowRemediationCommits,
  });
  const { findings } = dco.judge(toContribution(one), settings);
  return findings.flatMap(({ level, at }) => (level === 'error' && at !== null && 'commit' in at ? [at.commit] : []));
}

describe('the cases of the DCO App’s own tests', () => {
  test('are all there', () => {
    expect(cases).toHaveLength(203);
    expect(Object.keys(deviations).length).toBeLessThan(15);
  });

  const same = cases.filter(({ id }) => deviations[id] === undefined);
  test.each(same)('$id: $suite: $name', (one) => {
    expect(failedBy(one)).toEqual(one.failed);
  });

  const different = cases.flatMap((one) => {
    const deviation = deviations[one.id];
    return deviation === undefined ? [] : [{ ...one, deviation }];
  });
  test.each(different)('$id differs: $deviation.because', ({ deviation, ...one }) => {
    const failed = deviation.failed.map((position) => one.commits[position - 1]?.sha);
    expect(failedBy(one)).toEqual(failed);
    expect(failed).not.toEqual(one.failed);
  });
});
