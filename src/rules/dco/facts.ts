// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Facts } from '../../contribution/contribution.ts';

const names = [
  'source',
  'repository',
  'pullRequest',
  'base',
  'head',
  'commits',
  'totals',
  'mailmap',
  'memberships',
] as const satisfies readonly (keyof Facts)[];

/** The facts that this rule reads. The others are read for other rules, and change nothing here. */
export type DcoFacts = Pick<Facts, (typeof names)[number]>;

interface Known<Settings, Value> {
  readonly facts: DcoFacts;
  readonly settings: Settings;
  readonly value: Value;
}

/** The same function, worked out once for the same commits until a fact that this rule reads is another. */
export function oncePerFacts<Settings, Value>(
  of: (facts: DcoFacts, settings: Settings) => Value,
): (facts: DcoFacts, settings: Settings) => Value {
  const memory = new WeakMap<DcoFacts['commits'], Known<Settings, Value>>();
  return (facts, settings) => {
    const known = memory.get(facts.commits);
    if (known?.settings === settings && names.every((name) => known.facts[name] === facts[name])) return known.value;
    const value = of(facts, settings);
    memory.set(facts.commits, { facts, settings, value });
    return value;
  };
}
