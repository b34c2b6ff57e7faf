// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { bounded, evidenceIn } from '../evidence.ts';
import type { Evidence, Modifiers, State } from '../model.ts';

/** What a value of `Patch-mainline` says. */
export interface Mainline {
  readonly state: State;
  readonly evidence: readonly Evidence[];
  readonly modifiers: Modifiers;
  /** Which of the other tags it needs, and which it rules out. */
  readonly requires: readonly string[];
  readonly excludes: readonly string[];
  /** Whether the reason or the place is missing that the value needs. */
  readonly lacksReason: boolean;
}

const commit = 'Git-commit';
const repository = 'Git-repo';
const version = String.raw`v?(?:\d{1,9}\.){1,8}\d{1,9}(?:-rc\d{1,4})?`;
const tagged = new RegExp(`^${version}$`, 'i');
const untagged = new RegExp(String.raw`^${version}\s{1,8}or\s{1,8}(${version})\s{1,8}\(next release\)$`, 'i');
const releases = new RegExp(`^${version}`, 'i');

const withReason: Readonly<Record<string, State>> = {
  submitted: 'submitted',
  'not yet': 'pending',
  no: 'pending',
  never: 'downstream-only',
};

/**
 * Reads a value of `Patch-mainline` as the kernel-source repository's checker does, in any letter case
 * (scripts/python/suse_git/header.py). null: no such value.
 */
export function readMainline(value: string): Mainline | null {
  if (tagged.test(value) || untagged.test(value)) {
    const word = untagged.exec(value)?.[1] ?? value;
    const evidence: readonly Evidence[] = [{ kind: 'release', version: word }];
    return mainline('merged', evidence, { requires: [commit], excludes: [repository] });
  }
  if (/^queued/i.test(value)) return mainline('accepted', [], { requires: [commit, repository] });
  const [, other] = /^depends on\s{1,8}(\S.*)$/is.exec(value) ?? [];
  if (other !== undefined) {
    const evidence: readonly Evidence[] = [{ kind: 'reason', text: bounded(value) }];
    return mainline('pending', evidence, { modifiers: { dependsOn: bounded(other) }, excludes: [commit, repository] });
  }
  const [, word = '', rest = ''] = /^(submitted|not yet|never|no)(?:,?\s{1,8}(.*))?$/is.exec(value) ?? [];
  const state = withReason[word.toLowerCase()];
  if (state === undefined) return null;
  const evidence = evidenceIn(rest);
  return mainline(state, evidence, { excludes: [commit, repository], lacksReason: evidence.length === 0 });
}

function mainline(state: State, evidence: readonly Evidence[], more: Partial<Mainline>): Mainline {
  return { modifiers: {}, requires: [], excludes: [], lacksReason: false, ...more, state, evidence };
}

/** The value as it has to be written, for one that `readMainline` does not accept; null: there is no telling. */
export function mendedMainline(value: string): string | null {
  const [, word, rest = ''] = /^(submitted|not[ -]yet|never|no)\b[\s,.:;!–-]{0,8}(.*)$/is.exec(value) ?? [];
  if (word !== undefined) return withPlaceholder(word, bounded(rest));
  if (/^(?:linux-)?next\b|subsystem|maintainer/i.test(value)) return 'Queued in subsystem maintainer repository';
  const release = value.split(/[\s,;()]+/, 20).find((one) => releases.test(one));
  return release === undefined ? null : (releases.exec(release)?.[0] ?? null);
}

/** A value that needs a reason or a place, with capitals where it has none. */
export function withPlaceholder(word: string, rest: string): string {
  const name = `${word.charAt(0).toUpperCase()}${word.slice(1).toLowerCase().replace('-', ' ')}`;
  if (rest !== '') return `${name}, ${rest}`;
  return name === 'Submitted' ? 'Submitted, DATE - DESTINATION' : `${name}, REASON`;
}
