// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { say } from '../../text.ts';
import { bounded, evidenceText } from '../evidence.ts';
import type { Evidence, Marker, PatchConvention, PatchInput, Problem, Reading, State } from '../model.ts';
import { fieldOf } from '../patch/fields.ts';
import { readPatchHeader } from '../patch/header.ts';

/**
 * OpenWrt's kernel patches say where they stand by where they lie: `backport-*`, `pending-*` and `hack-*` for every
 * target, and in a target's own `patches-*` by the first digit of their number. A backport's name holds the version that
 * brought the change; why the others are needed is what their own message says, as the guidelines ask.
 */
export const openwrt: PatchConvention = {
  id: 'openwrt',
  reads: 'path',
  documentation: 'https://github.com/openwrt/openwrt/blob/main/target/linux/generic/PATCHES.md',
  read,
  suggest,
};

const longestPath = 1000;

interface Place {
  /** The directory's first word as it should be: `backport`. */
  readonly kind: string;
  /** Its path with that word, up to and with the last slash. */
  readonly directory: string;
  readonly name: string;
  /** Whether the directory is written as it should be. */
  readonly isExact: boolean;
}

function read({ path, text }: PatchInput): Reading {
  const place = placeOf(path);
  const state = place === null ? null : stateOf(place);
  if (place === null || state === null) return { markers: [], problems: [] };
  const near = place.isExact ? numberProblem(place) : directoryProblem(place);
  if (near !== null) return { markers: [], problems: [near] };
  const evidence = state === 'merged' ? releaseOf(place.name) : subjectOf(text);
  const marker: Marker = { state, evidence, modifiers: {}, line: 1, raw: bounded(path) };
  return { markers: [marker], problems: evidence.length > 0 ? [] : [lacking(place, state)] };
}

function placeOf(path: string): Place | null {
  if (path.length > longestPath) return null;
  const parts = path.split('/');
  const name = parts.pop() ?? '';
  // The nearest directory counts: a patch may lie deeper, and a target may be called like one.
  for (let index = parts.length - 1; index >= 0; index -= 1) {
    const [, word = '', version = ''] = /^([a-z]+)([-_.]?v?\d[\w.]*)$/i.exec(parts[index] ?? '') ?? [];
    const kind = kinds[word.toLowerCase()];
    if (kind === undefined) continue;
    const directory = [
      ...parts.slice(0, index),
      `${kind}${version.replace(/^[-_.]?v?(?=\d)/i, '-')}`,
      ...parts.slice(index + 1),
    ];
    const exact = `${directory.join('/')}/`;
    return { kind, directory: exact, name, isExact: path.startsWith(exact) };
  }
  return null;
}

const kinds: Readonly<Record<string, string>> = {
  backport: 'backport',
  backports: 'backport',
  pending: 'pending',
  hack: 'hack',
  hacks: 'hack',
  patches: 'patches',
};

function stateOf({ kind, name }: Place): State | null {
  if (kind === 'backport') return 'merged';
  if (kind === 'pending') return 'pending';
  if (kind === 'hack') return 'downstream-only';
  // In a target's own directory: 0xx, upstream backports; 1xx, awaiting upstream merge; the rest are topics.
  const [, digit] = /^(\d)\d{2}(?!\d)/.exec(name) ?? [];
  return digit === '0' ? 'merged' : digit === '1' ? 'pending' : null;
}

function directoryProblem({ directory, name, kind }: Place): Problem {
  const text = say`The directory has to be ${[kind]}-, followed by the version of the kernel.`;
  return { code: 'upstream.near-miss', line: 1, text, suggestion: `${directory}${name}` };
}

function numberProblem({ directory, name }: Place): Problem | null {
  if (/^\d{3}-.+\.patch$/.test(name)) return null;
  const [, number = '', rest = ''] = /^(\d{1,3})[-_. ]+(.+?)(?:\.patch|\.diff)?$/i.exec(name) ?? [];
  const suggestion = number === '' ? null : `${directory}${number.padStart(3, '0')}-${rest}.patch`;
  const text = say`The name ${bounded(name)} has to be three digits, a dash, a short name and .patch.`;
  return { code: 'upstream.near-miss', line: 1, text, suggestion };
}

function releaseOf(name: string): readonly Evidence[] {
  const version = /^\d{3}(?:-\d{2,3})?-(v\d{1,3}(?:\.\d{1,3}){1,2}(?:-rc\d{1,2})?)-./.exec(name)?.[1];
  return version === undefined ? [] : [{ kind: 'release', version }];
}

/** The patch's subject, without what `git format-patch` puts in front of it. */
function subjectOf(text: string): readonly Evidence[] {
  const { lines } = readPatchHeader(text);
  const subject = lines.map(fieldOf).find((field) => field?.name.toLowerCase() === 'subject');
  const first = subject?.value ?? lines.find((line) => /\p{L}/u.test(line.text))?.text ?? '';
  const reason = bounded(first.replace(/^\[[^\]]*\]\s*/, ''));
  return reason === '' ? [] : [{ kind: 'reason', text: reason }];
}

function lacking({ directory, name }: Place, state: State): Problem {
  const code = 'upstream.missing-evidence';
  if (state !== 'merged') {
    const text = say`A patch here has to say in its own message what it changes and why: ${bounded(name)} has no subject.`;
    return { code, line: 1, text, suggestion: 'Subject: REASON' };
  }
  const [, number = '', rest = ''] = /^(\d{3}(?:-\d{2,3}(?=-))?)-(.+)$/.exec(name) ?? [];
  const text = say`The name of a backport holds the version of the kernel that has the change: ${bounded(name)} does not.`;
  return { code, line: 1, text, suggestion: `${directory}${number}-vX.Y-${rest}` };
}

function suggest(marker: Partial<Marker> | null): readonly string[] {
  const release = evidenceText(marker?.evidence, ['release'], 'vX.Y');
  const paths = {
    merged: `backport-KERNEL/NNN-${release.startsWith('v') ? release : `v${release}`}-NAME.patch`,
    pending: 'pending-KERNEL/NNN-NAME.patch',
    'downstream-only': 'hack-KERNEL/NNN-NAME.patch',
  };
  switch (marker?.state) {
    case undefined:
      return Object.values(paths);
    case 'merged':
      return [paths.merged];
    case 'pending':
    case 'submitted':
      return [paths.pending];
    case 'denied':
    case 'downstream-only':
      return [paths['downstream-only']];
    default:
      return [];
  }
}
