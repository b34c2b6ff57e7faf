// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { bind } from './bind.ts';
import { type Key, keyTable } from './key-table.ts';
import type { Merged, Origin } from './merge.ts';
import { settingsSchema } from './schema.ts';
import { dotted, equal, isTree, type Tree, valueAt, withValue } from './tree.ts';
import type { WrittenFloor } from './written.ts';

/** A value that a file sets, and that the floor does not allow. */
export interface Undercut {
  /** The key, such as `license.scopes[0].alsoAllow`. */
  readonly key: string;
  /** Where it was set. */
  readonly by: Origin;
  readonly wanted: unknown;
  /** What holds instead. */
  readonly holds: unknown;
}

export interface Bound extends Merged {
  readonly undercuts: readonly Undercut[];
}

let defaults: Tree | undefined;

/**
 * The settings with every value that the floor does not allow replaced by the nearest that it does. `originOf` tells
 * where a path of the floor, such as `dco.mode`, is set.
 */
export function applyFloor(merged: Merged, floor: WrittenFloor, originOf: (path: string) => Origin): Bound {
  const binding: Binding = {
    filled: { own: filledIn(merged.sections), floor: filledIn(floor.sections) },
    sections: merged.sections,
    origins: new Map(merged.origins),
    undercuts: [],
    floor,
    originOf,
  };
  for (const key of keyTable().values()) bindKey(key, binding);
  const { sections, origins, undercuts } = binding;
  return { sections, origins, undercuts };
}

/** The sections with what their schema fills in, so that equal values are equal however they were written. */
function filledIn(sections: Tree): Tree | null {
  const parsed = settingsSchema.safeParse(sections);
  return parsed.success ? (parsed.data as unknown as Tree) : null;
}

interface Binding {
  readonly filled: { readonly own: Tree | null; readonly floor: Tree | null };
  sections: Tree;
  readonly origins: Map<string, Origin | readonly Origin[]>;
  readonly undercuts: Undercut[];
  readonly floor: WrittenFloor;
  readonly originOf: (path: string) => Origin;
}

/** What the floor is for a key: what it says, else for one that could undo the others, its least; undefined: nothing. */
function floorOf(key: Key, floor: WrittenFloor): unknown {
  const [section = ''] = key.path;
  if (!isTree(floor.sections[section])) return undefined;
  const said = valueAt(floor.sections, key.path);
  if (said !== undefined && !(said === null && key.insteadOf !== null)) return said;
  const general = key.insteadOf === null ? undefined : keyTable().get(dotted(key.insteadOf));
  if (general !== undefined) return floorOf(general, floor);
  return floor.free.has(dotted(key.path)) ? undefined : key.least;
}

function bindKey(key: Key, binding: Binding): void {
  const { stricter } = key;
  if (stricter === 'parts') {
    bindParts(key, binding);
    return;
  }
  const least = floorOf(key, binding.floor);
  if (least === undefined) return;
  const floor = inFull(least, key, binding.filled.floor);
  const value = inFull(inForce(key, binding.sections), key, binding.filled.own);
  const holds = bind(stricter, floor, value);
  if (!equal(holds, value)) replaceValue(key, value, holds, binding);
}

/** What the key's value is now, its default where no file sets it, and for a single check the general one. */
function inForce(key: Key, sections: Tree): unknown {
  defaults ??= settingsSchema.parse({}) as unknown as Tree;
  const written = valueAt(sections, key.path);
  const value = written === undefined ? valueAt(defaults, key.path) : written;
  const general = key.insteadOf === null || value !== null ? undefined : keyTable().get(dotted(key.insteadOf));
  return general === undefined ? value : inForce(general, sections);
}

/** A list or mapping as the schema reads it; of other values, what is written is what counts. */
function inFull(value: unknown, { path }: Key, filled: Tree | null): unknown {
  if (typeof value !== 'object' || value === null || filled === null) return value;
  return holdsMappings(value) ? valueAt(filled, path) : value;
}

/** Whether it holds mappings, which may leave keys out. */
function holdsMappings(value: object): boolean {
  return isTree(value) || (Array.isArray(value) && value.some(isTree));
}

function replaceValue(key: Key, wanted: unknown, holds: unknown, binding: Binding): void {
  const { origins, undercuts, floor } = binding;
  const name = dotted(key.path);
  const set = takeOrigins(name, origins);
  undercuts.push(...offenders(wanted, holds, set).map((by) => ({ key: name, by, wanted, holds })));
  origins.set(name, originsOf(wanted, holds, set, binding.originOf(floorPath(key, floor))));
  binding.sections = withValue(binding.sections, key.path, holds);
}

/** Where the value at a key, or whatever is in it, was set; nothing of it is left there. */
function takeOrigins(key: string, origins: Binding['origins']): Origin | readonly Origin[] | undefined {
  const own = origins.get(key);
  if (own !== undefined) return own;
  const inside = [...origins].filter(([name]) => name.startsWith(`${key}.`));
  for (const [name] of inside) origins.delete(name);
  return inside.flatMap(([, set]) => set)[0];
}

/** The place of the floor's word on a key: the key there, else the section that closes it. */
function floorPath({ path, insteadOf }: Key, { sections }: WrittenFloor): string {
  const said = [path, ...(insteadOf === null ? [] : [insteadOf])].find((one) => valueAt(sections, one) !== undefined);
  return dotted(said ?? path.slice(0, 1));
}

/** Where what the floor does not allow was set: of a list the entries that it takes out, if that is what it does. */
function offenders(wanted: unknown, holds: unknown, set: Origin | readonly Origin[] | undefined): readonly Origin[] {
  if (set === undefined) return [];
  if (!isList(set)) return [set];
  const kept = Array.isArray(holds) ? holds : [];
  const taken = (Array.isArray(wanted) ? wanted : []).map((entry) => !kept.some((one) => equal(one, entry)));
  const lines = set.filter((_, index) => taken[index] === true);
  // An entry a line is one message a line; what the floor only adds to needs none.
  return [...new Map(lines.map((origin) => [`${origin.file}:${origin.line}`, origin])).values()];
}

/** Of a list's entries, those that stay keep their places. */
function originsOf(
  wanted: unknown,
  holds: unknown,
  set: Origin | readonly Origin[] | undefined,
  floor: Origin,
): Origin | readonly Origin[] {
  if (!Array.isArray(holds)) return floor;
  // An empty list has no entry that could tell who emptied it.
  if (holds.length === 0) return floor;
  const before = Array.isArray(wanted) ? wanted : [];
  const places = isList(set) ? set : [];
  return holds.map((entry) => places[before.findIndex((one) => equal(one, entry))] ?? floor);
}

function isList(set: Origin | readonly Origin[] | undefined): set is readonly Origin[] {
  return Array.isArray(set);
}

/** Each part's own keys are held to the section's floor. A floor has no parts: it holds everywhere. */
function bindParts(key: Key, binding: Binding): void {
  const parts = valueAt(binding.sections, key.path);
  if (!Array.isArray(parts)) return;
  const set = binding.origins.get(dotted(key.path));
  const places = isList(set) ? set : [];
  const bound = parts.map((part: unknown, index) => {
    if (!isTree(part)) return part;
    const { held, undercuts } = bindPart(part, key, binding.floor);
    const by = places[index];
    const path = `${dotted(key.path)}[${index}]`;
    if (by !== undefined)
      binding.undercuts.push(...undercuts.map((one) => ({ ...one, key: `${path}.${one.key}`, by })));
    return held;
  });
  if (!equal(bound, parts)) binding.sections = withValue(binding.sections, key.path, bound);
}

function bindPart(part: Tree, { path: [section] }: Key, floor: WrittenFloor) {
  const undercuts: Omit<Undercut, 'by'>[] = [];
  let held = part;
  for (const [key, wanted] of Object.entries(part)) {
    const general = keyTable().get(`${section}.${key}`);
    const least = general === undefined ? undefined : floorOf(general, floor);
    if (general === undefined || general.stricter === 'parts' || least === undefined) continue;
    const holds = bind(general.stricter, least, wanted);
    if (equal(holds, wanted)) continue;
    held = withValue(held, [key], holds);
    undercuts.push({ key, wanted, holds });
  }
  return { held, undercuts };
}
