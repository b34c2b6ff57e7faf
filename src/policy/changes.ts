// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { ruleIds } from '../rules/rules.ts';
import { say, type Text } from '../rules/text.ts';
import { excerpt } from './mistakes.ts';
import type { Policy } from './policy.ts';

/** One sentence for each setting that differs between the policy in force and a proposed one, defaults filled in. */
export function changesBetween(now: Policy, then: Policy): readonly Text[] {
  const before = flatten(now);
  return [...flatten(then)].flatMap(([key, value]) => {
    const old = before.get(key);
    return old === undefined || old === value
      ? []
      : [say`${key} becomes ${excerpt(value)}; it is ${excerpt(old)} now.`];
  });
}

function flatten(policy: Policy): Map<string, string> {
  const leaves = new Map([['policy.name', policy.checkName]]);
  for (const id of ruleIds) flattenInto(leaves, id, policy.rules[id]);
  flattenInto(leaves, 'overrides', policy.overrides);
  return leaves;
}

function flattenInto(leaves: Map<string, string>, key: string, value: unknown): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    leaves.set(key, typeof value === 'string' ? value : JSON.stringify(value));
    return;
  }
  for (const [name, inner] of Object.entries(value)) flattenInto(leaves, `${key}.${name}`, inner);
}
