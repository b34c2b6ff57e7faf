// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parsePolicy } from './parse.ts';
import type { PolicySource } from './policy.ts';
import type { PolicySettings } from './schema.ts';

/** A policy that ships with Countersign. */
export interface Preset {
  readonly name: string;
  readonly settings: PolicySettings;
  readonly source: PolicySource;
}

export type Presets = ReadonlyMap<string, Preset>;

/** Beside both `src/` and, in the packed package, `dist/`. */
const shippedDirectory = fileURLToPath(new URL('../../policies/', import.meta.url));

/**
 * Reads every `*.yml` of a directory, by name without the extension; once, when the program starts.
 * Throws where one cannot be read or is not a valid policy.
 */
export function loadPresets(directory = shippedDirectory): Presets {
  const files = readdirSync(directory).filter((file) => file.endsWith('.yml'));
  return new Map(files.sort().map((file) => [basename(file, '.yml'), loadPreset(join(directory, file))]));
}

function loadPreset(path: string): Preset {
  const { settings, problems } = parsePolicy(readFileSync(path, 'utf8'));
  if (settings === null) {
    const [first] = problems;
    throw new Error(`The preset ${path} is not a valid policy: see line ${first?.line}, column ${first?.column}.`);
  }
  const name = basename(path, '.yml');
  return { name, settings, source: { repository: null, path: name, ref: null } };
}

/** The preset of that name, or `none` for that word. Throws an error that lists the names there are. */
export function fallbackNamed(presets: Presets, name: string): Preset | 'none' {
  return name === 'none' ? name : presetNamed(presets, name);
}

/** The preset of that name. Throws an error that lists the names there are. */
export function presetNamed(presets: Presets, name: string): Preset {
  const preset = presets.get(name);
  if (preset !== undefined) return preset;
  const names = [...presets.keys(), 'none'].join(', ');
  throw new Error(`There is no policy preset named ${JSON.stringify(name)}. Use one of: ${names}.`);
}
