// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { ChangedFile, Entry } from '../../contribution/contribution.ts';
import { linkTarget } from '../link.ts';
import { oncePer } from '../once.ts';
import { type Case, rulesOf, textFile } from './case.ts';
import type { PatchConvention, Reading } from './model.ts';
import { readAll } from './reading.ts';
import type { UpstreamSettings } from './settings.ts';

/** A patch file that the contribution touches. */
export interface Patch {
  readonly path: string;
  /** Where it lay at the base; null where it is new. */
  readonly former: string | null;
  readonly renamed: boolean;
}

/** Patch files that were added, changed or renamed, without those that the policy leaves alone. */
export function patchesIn({ facts, settings }: Case): readonly Patch[] {
  return facts.files === null ? [] : patchesAmong(facts.files, settings);
}

const patchesAmong = oncePer((files: readonly ChangedFile[], settings: UpstreamSettings): readonly Patch[] => {
  const { isPatch, isExempt } = rulesOf(settings);
  return files.flatMap((file) => {
    const { path, change } = file;
    if (change === 'deleted' || !isPatch(path) || isExempt(path)) return [];
    return [{ path, former: formerOf(file), renamed: change === 'renamed' }];
  });
});

function formerOf({ path, change, previousPath }: ChangedFile): string | null {
  if (change === 'renamed') return previousPath ?? null;
  return change === 'added' || change === 'copied' ? null : path;
}

/** What a patch file says at the head, and said at the base. */
export interface PatchReading {
  readonly patch: Patch;
  readonly text: string;
  readonly truncated: boolean;
  readonly convention: PatchConvention;
  readonly now: Reading;
  /** null where it is new. */
  readonly before: Reading | null;
}

/**
 * The reading of a patch; `unread`: the source looked and could not tell; `opaque`: it may be applied and has no header
 * that anybody could read; `other`: it is no patch file at all.
 */
export const readPatch = oncePer((patch: Patch, judged: Case): PatchReading | 'unread' | 'opaque' | 'other' => {
  const { path, former } = patch;
  const entry = judged.atHead(path);
  if (entry === undefined || entry === null) return 'unread';
  const file = textFile(entry);
  if (file === null) {
    if (!isOpaque(path, entry, judged)) return entry.kind === 'file' && entry.mode !== 'symlink' ? 'unread' : 'other';
    const wasOpaque = former !== null && isOpaque(former, judged.atBase(former), judged);
    return wasOpaque && judged.settings.refreshed === 'keep' ? 'other' : 'opaque';
  }
  const { convention, reading } = readAll(judged.patchConventions(path), { path, text: file.text });
  const before = former === null ? null : readBefore(former, convention, judged);
  return { patch, text: file.text, truncated: file.truncated, convention, now: reading, before };
});

/** Git takes a file for binary that holds one NUL byte, and is applied all the same; and a link leads anywhere. */
function isOpaque(path: string, entry: Entry | undefined, judged: Case): boolean {
  if (entry?.kind !== 'file') return false;
  if (entry.mode !== 'symlink') return entry.binary;
  const target = linkTarget(path, entry);
  return target === null || !(judged.isPatch(target) || judged.isExempt(target));
}

function readBefore(former: string, convention: PatchConvention, judged: Case): Reading | null {
  // What lay elsewhere before it was renamed was no patch, so that this one is new.
  if (!judged.isPatch(former)) return null;
  const file = textFile(judged.atBase(former));
  return file === null ? null : convention.read({ path: former, text: file.text });
}

/** Whether two readings say the same, wherever in the file they say it. */
export function saysTheSame(one: Reading, other: Reading): boolean {
  return comparable(one) === comparable(other);
}

function comparable({ markers, problems }: Reading): string {
  return JSON.stringify([
    markers.map(({ state, evidence, modifiers }) => [state, evidence, modifiers]),
    problems.map(({ code, text }) => [code, text]),
  ]);
}
