// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { commonSettings } from '../rules/rule.ts';
import { type RuleId, ruleIds, rules } from '../rules/rules.ts';
import { say, type Text } from '../rules/text.ts';
import { type Mistake, mistake } from './mistakes.ts';
import type { Salvaged } from './policy.ts';
import { placeOf } from './problems.ts';
import { type PolicySettings, settingsSchema } from './schema.ts';
import type { Located } from './yaml.ts';

/** Two keys that give check runs the same name; the second of them is that of a rule. */
interface NameClash {
  readonly other: 'policy' | RuleId;
  readonly id: RuleId;
}

/**
 * Check runs of the same name, each but the first: on GitHub the newest run of a name wins, so that one check's success
 * would hide another's failure.
 */
export function nameClashes(settings: PolicySettings): readonly NameClash[] {
  const taken = new Map<string, 'policy' | RuleId>([[comparable(settings.policy.name), 'policy']]);
  return ruleIds.flatMap((id) => {
    const { name, mode } = settings[id];
    if (mode === 'off') return [];
    const other = taken.get(comparable(name));
    taken.set(comparable(name), other ?? id);
    return other === undefined ? [] : [{ other, id }];
  });
}

export function clashText({ other, id }: NameClash): Text {
  return say`${`${id}.name`} must differ from ${`${other}.name`}: two check runs cannot have one name.`;
}

/** The same as mistakes in a file. */
export function nameMistakes(settings: PolicySettings, root: Located): Mistake[] {
  return nameClashes(settings).map((clash) => {
    // Where the rule's name is a default, the key to change is the other one.
    const own = placeOf(root, [clash.id, 'name']);
    const place = own.node === null ? placeOf(root, [clash.other, 'name']) : own;
    return mistake('policy.duplicate-name', place.at, clashText(clash));
  });
}

/**
 * The names, and where a section is in order the modes, of a policy that is broken elsewhere.
 * `root` is null where nothing could be read; `unambiguous` tells whether a section can be believed as a whole, which
 * it cannot where the text is not well-formed or a key is given twice.
 */
export function salvage(root: Located | null, unambiguous: boolean): Salvaged {
  const defaults = settingsSchema.parse({});
  const sectionOf = (key: string) => root?.members.get(key)?.node;
  const checkName = readableName(sectionOf('policy'), defaults.policy.name);
  const taken = new Set([comparable(checkName)]);
  const sections = ruleIds.map((id) => {
    const section = sectionOf(id);
    const parsed = unambiguous ? rules[id].settings.safeParse(section?.value ?? {}) : undefined;
    const wanted = readableName(section, defaults[id].name);
    const name = taken.has(comparable(wanted)) ? defaults[id].name : wanted;
    taken.add(comparable(name));
    // A rule that a policy has to ask for is not asked for by a file that does not name it.
    const otherwise = section === undefined ? defaults[id].mode : 'enforce';
    const mode = parsed?.success ? parsed.data.mode : otherwise;
    return [id, { name, mode, named: section !== undefined }] as const;
  });
  return { checkName, rules: Object.fromEntries(sections) as Salvaged['rules'] };
}

/** Names and modes of a policy that is in order itself, but cannot be used because of a file laid over it. */
export function namesOf(settings: PolicySettings): Salvaged {
  const sections = ruleIds.map((id) => {
    const { name, mode } = settings[id];
    return [id, { name, mode, named: true }] as const;
  });
  return { checkName: settings.policy.name, rules: Object.fromEntries(sections) as Salvaged['rules'] };
}

function readableName(section: Located | undefined, fallback: string): string {
  const name = commonSettings(fallback).name.safeParse(section?.members.get('name')?.node.value);
  return name.success ? name.data : fallback;
}

function comparable(name: string): string {
  return name.normalize('NFC').trim().toLowerCase();
}
