// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { shipped } from '../shipped.ts';
import { type ParsedPolicy, parsePolicy } from './parse.ts';
import type { PolicySource } from './policy.ts';
import type { PolicySettings } from './schema.ts';
import type { Written } from './written.ts';

/** A policy that ships with Countersign. */
export interface Preset {
  readonly name: string;
  readonly settings: PolicySettings;
  readonly written: Written;
  readonly source: PolicySource;
}

export type Presets = ReadonlyMap<string, Preset>;

/**
 * Every `*.yml` of a directory, by name without the extension. Each is read when its settings are first asked for, since
 * one start of the command needs two of them at most; that throws where one cannot be read or is not a valid policy.
 */
export function loadPresets(directory = shipped('policies')): Presets {
  const files = readdirSync(directory).filter((file) => file.endsWith('.yml'));
  return new Map(files.sort().map((file) => [basename(file, '.yml'), preset(join(directory, file))]));
}

function preset(path: string): Preset {
  const name = basename(path, '.yml');
  let known: Read | undefined;
  const read = () => {
    known ??= readPreset(path);
    return known;
  };
  return {
    name,
    source: { repository: null, path: name, ref: null },
    get settings() {
      return read().settings;
    },
    get written() {
      return read().written;
    },
  };
}

type Read = Extract<ParsedPolicy, { readonly settings: PolicySettings }>;

function readPreset(path: string): Read {
  const parsed = parsePolicy(readFileSync(path, 'utf8'));
  if (parsed.written !== null) return parsed;
  const [first] = parsed.problems;
  throw new Error(`The preset ${path} is not a valid policy: see line ${first?.line}, column ${first?.column}.`);
}

/** Where the text of a shipped preset lies. */
export function presetPath(name: string): string {
  return join(shipped('policies'), `${name}.yml`);
}

/** The preset of that name, or `none` for that word. Throws an error that lists the names there are. */
export function fallbackNamed(presets: Presets, name: string): Preset | 'none' {
  return name === 'none' ? name : presetNamed(presets, name);
}

/** The preset of that name. Throws an error that lists the names there are. */
export function presetNamed(presets: Presets, name: string): Preset {
  const found = presets.get(name);
  if (found !== undefined) return found;
  const names = [...presets.keys(), 'none'].join(', ');
  throw new Error(`There is no policy preset named ${JSON.stringify(name)}. Use one of: ${names}.`);
}
