// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { say, type Text } from '../rules/text.ts';
import { bind } from './bind.ts';
import { shown } from './effective.ts';
import { type InForce, mayShow, valuesInForce } from './in-force.ts';
import { keyTable } from './key-table.ts';
import { excerpt } from './mistakes.ts';
import type { Policy } from './policy.ts';
import { dotted, equal } from './tree.ts';

/** A setting that differs between two policies. */
export interface Change {
  readonly key: string;
  /** Whether it lets something pass that the policy in force does not, by the table of keys. */
  readonly weakens: boolean;
  readonly text: Text;
}

/** Each setting that differs between the policy in force and a proposed one, defaults filled in. */
export function changesBetween(now: Policy, then: Policy): readonly Change[] {
  const before = byKey(now);
  const after = byKey(then);
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
    const old = before.get(key);
    const next = after.get(key);
    if (equal(old?.value, next?.value)) return [];
    const weakens = isWeaker(key, inForce(key, before), inForce(key, after));
    return [{ key, weakens, text: say`${[weakens ? 'Weakens: ' : '']}${sentence(key, old, next)}` }];
  });
}

function byKey(policy: Policy): ReadonlyMap<string, InForce> {
  return new Map(valuesInForce(policy).map((one) => [dotted(one.path), one]));
}

function sentence(key: string, old: InForce | undefined, next: InForce | undefined): Text {
  return say`${key} becomes ${valueText(next)}; it is ${valueText(old)} now.`;
}

function valueText(held: InForce | undefined): Text {
  if (held === undefined) return ['nothing'];
  const [place] = held.setAt;
  if (mayShow(held) || place === undefined) return say`${excerpt(shown(held.value))}`;
  return say`what line ${place.line} of ${place.source.path} of ${place.source.repository ?? ''} says`;
}

/** For a single check, null is what holds for all of them. */
function inForce(name: string, values: ReadonlyMap<string, InForce>): unknown {
  const value = values.get(name)?.value;
  const general = keyTable().get(name)?.insteadOf ?? null;
  return value === null && general !== null ? values.get(dotted(general))?.value : value;
}

/** Of values that cannot be compared neither is called weaker. */
function isWeaker(name: string, now: unknown, then: unknown): boolean {
  const key = keyTable().get(name);
  if (key === undefined || key.stricter === 'parts' || key.stricter === 'fixed') return false;
  return !equal(bind(key.stricter, now, then), then);
}
