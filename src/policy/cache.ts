// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { LruMap } from 'toad-cache';
import type { Layer } from './compose.ts';
import type { Effective, Floor } from './effective.ts';
import type { PolicyFile, PolicyFiles, PolicyResolution } from './policy.ts';
import { fallbackNamed, type Presets, presetNamed } from './presets.ts';
import {
  type Circumstances,
  type Fallbacks,
  plainWorkings,
  type References,
  referencesOf,
  resolvePolicy,
} from './resolve.ts';
import { createSharing } from './sharing.ts';

/** Files and put-together policies remembered: as many repositories as one instance looks after, each with its own. */
const remembered = 10_000;

export interface PolicyResolver {
  /** The policy that these files amount to; null: none is found and none is wanted. */
  resolve(files: PolicyFiles, circumstances?: Circumstances): PolicyResolution | null;
  /** The files that others extend, and which of them have to be looked for before `resolve`. */
  references(files: PolicyFiles): References;
  /** How often a file was parsed so far. */
  readonly parses: number;
  /** How often files were put together so far. */
  readonly compositions: number;
}

/**
 * Resolves policies with the named preset, or `none`, as the last resort. Each blob is parsed once, and each set of blobs
 * put together once, in whatever repositories they lie: only their object ids count, never time. Throws where no preset
 * has that name.
 */
export function createPolicyResolver(presets: Presets, fallbackName: string): PolicyResolver {
  const fallbacks = fallbacksOf(presets, fallbackName);
  const counts = { parses: 0, compositions: 0 };
  const once = <Parsed>(parse: (file: PolicyFile) => Parsed) => {
    const memory = new LruMap<Parsed>(remembered);
    return (file: PolicyFile): Parsed => {
      // Content that was not read says nothing about the blob: another reader may get it.
      const key = file.text === null ? null : file.oid;
      const known = key === null ? undefined : memory.get(key);
      if (known !== undefined) return known;
      counts.parses += 1;
      const parsed = parse(file);
      if (key !== null) memory.set(key, parsed);
      return parsed;
    };
  };
  const memory = new LruMap<Effective>(remembered);
  const share = createSharing(remembered);
  const effective: typeof plainWorkings.effective = (layers, floor) => {
    const key = keyOf(layers, floor);
    const known = key === null ? undefined : memory.get(key);
    if (known !== undefined) return known;
    counts.compositions += 1;
    const made = share(plainWorkings.effective(layers, floor));
    if (key !== null) memory.set(key, made);
    return made;
  };
  const workings = { policy: once(plainWorkings.policy), dcoApp: once(plainWorkings.dcoApp), effective };
  return {
    resolve: (files, circumstances) => resolvePolicy(files, fallbacks, circumstances, workings),
    references: (files) => referencesOf(files, fallbacks, workings),
    get parses() {
      return counts.parses;
    },
    get compositions() {
      return counts.compositions;
    },
  };
}

/**
 * What the blobs amount to depends on them alone; and where it is told, on which of them lie together, and on whether the
 * floor's words may be shown.
 */
function keyOf(layers: readonly Layer[], floor: (Floor & { readonly oid: string | null }) | null): string | null {
  const ids = [...layers.map(({ oid }) => oid), ...(floor === null ? [] : [floor.oid])];
  if (ids.includes(null)) return null;
  const asked = layers.map((layer) => layers.findIndex(({ source }) => source === layer.asked?.source));
  return [...ids, ...asked, floor?.hidden].join(' ');
}

/** What holds where no file does, by the preset's name or `none`. Throws where no preset has that name. */
export function fallbacksOf(presets: Presets, name: string): Fallbacks {
  return { fallback: fallbackNamed(presets, name), dcoOnly: presetNamed(presets, 'dco-only'), presets };
}
