// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { say } from '../rules/text.ts';
import type { Exemption } from './floor-settings.ts';
import { keyTable } from './key-table.ts';
import { type Mistake, mistake, type Position, positions } from './mistakes.ts';
import { nearestOf } from './nearest.ts';
import { placeOf } from './problems.ts';
import type { FileSettings } from './schema.ts';
import { dotted, isTree, type Tree, valueAt } from './tree.ts';
import type { Located } from './yaml.ts';

/** What an organisation's floor says, as it is written. */
export interface WrittenFloor {
  /** The sections that it names, with the keys that it has. */
  readonly sections: Tree;
  readonly free: ReadonlySet<string>;
  readonly exempt: readonly Exemption[];
}

/** What a file says itself, before it is laid over the files that it extends: no default is filled in. */
export interface Written {
  readonly sections: Tree;
  readonly extends: readonly string[];
  /** Paths of lists, with dots. */
  readonly replace: ReadonlySet<string>;
  readonly floor: WrittenFloor | null;
  /** Logins in lower case. */
  readonly sharedWith: ReadonlySet<string>;
  /** Where each key's value, and each entry of a list, stands, by paths such as `license.scopes[0].allow`. */
  readonly positions: ReadonlyMap<string, Position>;
}

const composing = new Set(['version', 'extends', 'replace', 'floor', 'sharedWith']);

/** A valid file as it is written. */
export function writtenIn(text: string, root: Located, file: FileSettings): Written {
  const plain = structuredClone(root.value) as Tree;
  const sections = Object.fromEntries(Object.entries(plain).filter(([key]) => !composing.has(key)));
  return {
    sections,
    extends: file.extends,
    replace: setOf(file.replace),
    floor: file.floor === null ? null : floorIn(plain.floor as Tree, file.floor),
    sharedWith: setOf(file.sharedWith.map((login) => login.toLowerCase())),
    positions: positionsIn(text, root),
  };
}

const none: ReadonlySet<string> = new Set();

/** Most files have neither, and thousands of empty sets take up room. */
function setOf(entries: readonly string[]): ReadonlySet<string> {
  return entries.length === 0 ? none : new Set(entries);
}

/** What a file without any content says. */
export const writtenNowhere: Written = {
  sections: {},
  extends: [],
  replace: new Set(),
  floor: null,
  sharedWith: new Set(),
  positions: new Map(),
};

function floorIn(plain: Tree, { free, exemptRepositories }: NonNullable<FileSettings['floor']>): WrittenFloor {
  const sections = Object.entries(plain).filter(([key, value]) => isTree(value) && key !== 'free');
  return { sections: Object.fromEntries(sections), free: new Set(free), exempt: exemptRepositories };
}

/** Where each value stands, by its path. */
export function positionsIn(text: string, root: Located): ReadonlyMap<string, Position> {
  const found = new Map<string, Position>();
  const position = positions(text);
  const walk = ({ members }: Located, path: readonly PropertyKey[]) => {
    for (const [step, { node }] of members) {
      const inner = [...path, step];
      found.set(dotted(inner), position(node.at));
      walk(node, inner);
    }
  };
  walk(root, []);
  return found;
}

/** Entries of `replace` and `floor.free` that name nothing which they could mean. */
export function namingMistakes(file: FileSettings, root: Located): Mistake[] {
  const at = (path: readonly PropertyKey[]) => placeOf(root, path).at;
  const lists = [...keyTable()].filter(([, { list }]) => list).map(([name]) => name);
  const replaced = file.replace.flatMap((key, index) => {
    if (keyTable().has(key) || Array.isArray(valueAt(root.value as Tree, key.split('.')))) return [];
    const near = nearestOf(key, lists);
    const hint = near === null ? ['Name a list of this file, such as license.allow.'] : say`Did you mean ${near}?`;
    const words = say`There is no list ${key}. ${hint}`;
    return [mistake('policy.invalid', at(['replace', index]), words)];
  });
  const closed = [...keyTable()].filter(([, { least }]) => least !== undefined).map(([name]) => name);
  const freed = (file.floor?.free ?? []).flatMap((key, index) => {
    if (closed.includes(key)) return [];
    const near = nearestOf(key, closed);
    const hint = near === null ? ['See the column Floor of the reference.'] : say`Did you mean ${near}?`;
    const words = say`${key} is free already, or no key that holds a value: a floor that does not name it leaves it alone. ${hint}`;
    return [mistake('policy.invalid', at(['floor', 'free', index]), words)];
  });
  return [...replaced, ...freed];
}
