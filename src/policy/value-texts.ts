// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { say, type Text } from '../rules/text.ts';
import { shown } from './effective.ts';
import { type InForce, isDefault, mayShow, shortCommit, valuesInForce } from './in-force.ts';
import { excerpt } from './mistakes.ts';
import type { Policy, PolicySource } from './policy.ts';
import { dotted } from './tree.ts';
import { count, isPreset, nameOf } from './wording.ts';

/** Of one file. A comment `/policy` gets all of them. */
const mostValues = 20;

/** What each file sets, and in which line. What a preset leaves at the default that it would have anyway is no news. */
export function valueTexts(policy: Policy, here: string | null): readonly Text[] {
  const listed = listsOf(policy);
  return filesOf(policy).flatMap((file, index) => {
    const list = listed[index] ?? [];
    if (list.length === 0) return [];
    // The command reads a policy at a commit, and names that as its ref already.
    const named = file.commit == null || (file.ref !== null && file.commit.startsWith(file.ref));
    const at: Text = named ? [] : say` at ${String(file.commit).slice(0, shortCommit)}`;
    return [say`${nameOf(file, here)}${at} sets ${list}.`];
  });
}

function filesOf({ sources, floor }: Policy): readonly PolicySource[] {
  return floor === null ? sources : [...sources, floor.source];
}

interface Known extends Pick<Policy, 'checkName' | 'overrides' | 'origins'> {
  readonly kinds: string;
  readonly lists: readonly Text[];
}

const memory = new WeakMap<Policy['rules'], Known>();

/**
 * The values that each file sets, as a list for a sentence; empty where there are none. The same settings from the same
 * places give the same lists at every commit, so that they are made once.
 */
function listsOf(policy: Policy): readonly Text[] {
  const { rules, checkName, overrides, origins } = policy;
  const kinds = filesOf(policy)
    .map((file) => `${isPreset(file)} ${file.hidden === true}`)
    .join();
  const known = memory.get(rules);
  const isSame = known?.checkName === checkName && known.overrides === overrides && known.origins === origins;
  if (isSame && known.kinds === kinds) return known.lists;
  const lists = makeLists(policy);
  memory.set(rules, { checkName, overrides, origins, kinds, lists });
  return lists;
}

function makeLists(policy: Policy): readonly Text[] {
  const values = valuesInForce(policy).filter(
    (one) => !isDefault(one) || one.setAt.some(({ source: by }) => !isPreset(by)),
  );
  return filesOf(policy).map((file) => {
    const own = values.flatMap((value) => valueText(value, file));
    const left = own.length - mostValues;
    const more: readonly Text[] = left > 0 ? [[`and ${count(left, 'more value')}, which a comment /policy lists`]] : [];
    return [...own.slice(0, mostValues), ...more].flatMap((text, index) => [...(index === 0 ? [] : ['; ']), ...text]);
  });
}

function valueText(value: InForce, file: PolicySource): readonly Text[] {
  const lines = [...new Set(value.setAt.filter(({ source: one }) => one === file).map(({ line }) => line))];
  if (lines.length === 0) return [];
  const held: Text = mayShow(value) ? say` to ${excerpt(shown(value.value))}` : [];
  const where = lines.length === 1 ? `line ${lines[0]}` : `lines ${lines.join(', ')}`;
  return [say`${dotted(value.path)}${held} (${[where]})`];
}
