// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { LruMap } from 'toad-cache';
import type { PolicyFile, PolicyFiles, PolicyResolution } from './policy.ts';
import { fallbackNamed, type Presets, presetNamed } from './presets.ts';
import { type Fallbacks, plainParsers, resolvePolicy } from './resolve.ts';

/** Files remembered of each format. A parsed policy takes a few kilobytes, so that this stays in the megabytes. */
const remembered = 1000;

export interface PolicyResolver {
  /** The policy that these files amount to; null: none is found and none is wanted. */
  resolve(files: PolicyFiles): PolicyResolution | null;
  /** How often a file was parsed so far. */
  readonly parses: number;
}

/**
 * Resolves policies with the named preset, or `none`, as the last resort, and parses each blob once: a file with an
 * object id that was seen before, in whatever repository, is not parsed again. Throws where no preset has that name.
 */
export function createPolicyResolver(presets: Presets, fallbackName: string): PolicyResolver {
  const fallbacks = fallbacksOf(presets, fallbackName);
  let parses = 0;
  const once = <Parsed>(parse: (file: PolicyFile) => Parsed) => {
    const memory = new LruMap<Parsed>(remembered);
    return (file: PolicyFile): Parsed => {
      // Content that was not read says nothing about the blob: another reader may get it.
      const key = file.text === null ? null : file.oid;
      const known = key === null ? undefined : memory.get(key);
      if (known !== undefined) return known;
      parses += 1;
      const parsed = parse(file);
      if (key !== null) memory.set(key, parsed);
      return parsed;
    };
  };
  const parsers = { policy: once(plainParsers.policy), dcoApp: once(plainParsers.dcoApp) };
  return {
    resolve: (files) => resolvePolicy(files, fallbacks, parsers),
    get parses() {
      return parses;
    },
  };
}

/** What holds where no file does, by the preset's name or `none`. Throws where no preset has that name. */
export function fallbacksOf(presets: Presets, name: string): Fallbacks {
  return { fallback: fallbackNamed(presets, name), dcoOnly: presetNamed(presets, 'dco-only') };
}
