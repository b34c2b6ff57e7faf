// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { inert } from '../../report/inert.ts';
import { type RuleId, ruleIds } from '../../rules/rules.ts';
import type { Choice, Start } from './choice.ts';
import type { Noticed } from './notice.ts';

/** One setting, and why it is proposed; null where that needs no words. */
export interface Setting {
  readonly key: string;
  readonly value: unknown;
  readonly because: string | null;
}

/** The settings of each rule that the policy has to name. */
export type Proposal = ReadonlyMap<Section, readonly Setting[]>;
export type Section = RuleId | 'overrides';

/** The settings for a repository like this, by what was decided. */
export function propose(noticed: Noticed, choice: Choice): Proposal {
  const settings: { readonly [Id in RuleId]: () => readonly Setting[] } = {
    dco: () => takenOver(noticed, 'dco'),
    license: () => licenseSettings(noticed),
    upstream: () => upstreamSettings(noticed, choice),
  };
  const sections = ruleIds.flatMap((id): [Section, readonly Setting[]][] => {
    if (choice.checks.has(id)) return [[id, [...startSettings(choice.start), ...settings[id]()]]];
    // The Upstream First rule is off until a policy asks for it.
    return id === 'upstream' ? [] : [[id, [{ key: 'mode', value: 'off', because: null }]]];
  });
  const overrides = takenOver(noticed, 'overrides');
  return new Map([...sections, ...(overrides.length === 0 ? [] : [['overrides', overrides] as const])]);
}

/** How a rule begins, in settings. */
export function startSettings(start: Start): readonly Setting[] {
  const mode = { key: 'mode', value: start.mode, because: null };
  if (start.mode === 'enforce' || start.enforceFrom === null) return [mode];
  const because = 'Until this day (UTC) it only warns, and says from when on it will not.';
  return [mode, { key: 'enforceFrom', value: start.enforceFrom, because }];
}

/** What the DCO App's own file sets in a section. */
function takenOver({ dcoApp }: Noticed, section: 'dco' | 'overrides'): readonly Setting[] {
  if (dcoApp === null || dcoApp === 'broken') return [];
  const because = 'As in .github/dco.yml, which is not read beside this file.';
  return Object.entries(dcoApp[section] ?? {})
    .filter(([, value]) => Object.keys(value).length > 0)
    .map(([key, value], index) => ({ key, value, because: index === 0 ? because : null }));
}

function licenseSettings({ notApproved, reuse, vendored }: Noticed): readonly Setting[] {
  const settings: Setting[] = [];
  if (notApproved.length > 0) {
    const files = [...new Set(notApproved.map(({ path }) => inert(path, 80)))].join(', ');
    const because = `Not OSI-approved, but among this repository's own licenses: ${files}.`;
    settings.push({ key: 'alsoAllow', value: notApproved.map(({ id }) => id), because });
  }
  if (reuse !== null) {
    const because = `This repository follows REUSE (${inert(reuse, 80)}): new files say which license they have.`;
    settings.push({ key: 'headers', value: 'require', because }, { key: 'headersFor', value: 'new', because: null });
  }
  if (vendored.length > 0) {
    const because =
      'Code from elsewhere, which keeps its own licenses. vendor/ and third_party/ are known as that anyway.';
    settings.push({ key: 'vendored', value: vendored.map((name) => `**/${name}/**`), because });
  }
  return settings;
}

function upstreamSettings(noticed: Noticed, { convention }: Choice): readonly Setting[] {
  const found = noticed.conventions.find(({ id }) => id === convention);
  const settings: Setting[] = [];
  if (convention !== null) {
    const because =
      found === undefined
        ? null
        : `Proposed because ${found.because}. Countersign’s page docs/rules/upstream/${convention}.md explains it.`;
    settings.push({ key: 'preset', value: convention, because });
  }
  if (found?.patches !== undefined) settings.push({ key: 'patches', value: found.patches, because: null });
  if (livesInCommits.has(convention) && noticed.fork !== null) {
    const { repo, branch } = noticed.fork;
    const because = 'Only commits that upstream does not have are asked where they are upstream.';
    const remote = branch === null ? { repo } : { repo, branch };
    settings.push(
      { key: 'commits', value: 'fork', because },
      { key: 'remotes', value: { default: remote }, because: null },
    );
  }
  if (noticed.submodules) {
    const because = 'There are submodules: their commits have to be on upstream’s branch, and not only in a fork.';
    settings.push({ key: 'submodules', value: true, because });
  }
  return settings;
}

/** Notations of whole forks; the others live in patch files, or in kernels that take upstream's commits one by one. */
const livesInCommits: ReadonlySet<string | null> = new Set(['scs', 'openshift', 'android-kernel', 'chromeos-kernel']);
