// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { anyGlob } from '../glob.ts';
import { oncePer } from '../once.ts';
import type { LicenseSettings, ScopeSettings } from './settings.ts';

/** The settings that hold for a file, and where in the policy each of them stands. */
export interface Scope {
  readonly settings: ScopeSettings;
  /** The key's full path, such as `license.scopes[0].allow`. */
  key(name: string): string;
}

/** Which scope holds for a path: the first whose globs match it; keys that it leaves out are those of the section. */
export const scopesOf = oncePer((settings: LicenseSettings): ((path: string) => Scope) => {
  const { scopes, mode: _, enforceFrom: __, name: ___, exceptions: ____, dependencies: _____, ...others } = settings;
  const { vendored: ______, ...top } = others;
  const rest: Scope = { settings: top, key: (name) => `license.${name}` };
  const all = scopes.map(({ paths, ...own }, index) => {
    const set = Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined));
    const key = (name: string) => (name in set ? `license.scopes[${index}].${name}` : rest.key(name));
    return { matches: anyGlob(paths), scope: { settings: { ...top, ...set }, key } };
  });
  return (path) => all.find(({ matches }) => matches(path))?.scope ?? rest;
});
