// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { ruleIds } from '../rules/rules.ts';
import { say } from '../rules/text.ts';
import type { Finding } from '../rules/verdict.ts';
import { type Mistake, mistake } from './mistakes.ts';
import type { Policy } from './policy.ts';
import { placeOf } from './problems.ts';
import type { Located } from './yaml.ts';

/** Each `enforceFrom` of the file that has no `mode: warn` beside it, and so would announce nothing. */
export function announcementMistakes(root: Located): Mistake[] {
  const sections = ruleIds.flatMap((id) => [[id], ['floor', id]]);
  return sections.flatMap((section) => {
    const written = (key: string) => placeOf(root, [...section, key]).node?.value;
    if (typeof written('enforceFrom') !== 'string' || written('mode') === 'warn') return [];
    const words = say`${[...section, 'enforceFrom'].join('.')} is the day on which a warning begins to block, and needs ${'mode: warn'} beside it. Write that too, or remove the day.`;
    return [mistake('policy.enforce-from', placeOf(root, [...section, 'enforceFrom']).key, words)];
  });
}

/** The same for JSON Schema: what a section with a day has to have. */
export const announcementSchema = {
  allOf: [
    {
      anyOf: [
        { properties: { enforceFrom: { type: 'null' } } },
        { properties: { mode: { const: 'warn' } }, required: ['mode'] },
      ],
    },
  ],
} as const;

/** What a policy announces: true before the day as well as from it on, since nobody tells this function which day it is. */
export function announcements({ rules: settings }: Policy): readonly Finding[] {
  return ruleIds.flatMap((id) => {
    const { mode, enforceFrom, name } = settings[id];
    if (mode !== 'warn' || enforceFrom === null) return [];
    const text = say`The check ${name} only warns before ${[enforceFrom]}, and is enforced from then on, 00:00 UTC.`;
    return [{ code: 'policy.announced', level: 'note', at: null, text }];
  });
}
