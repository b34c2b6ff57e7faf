// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { say, type Text } from '../text.ts';
import { type Identified, identify, isCertain } from './texts/identify.ts';
import { licenseIndex } from './texts/load.ts';

/** The licenses in a text by the shipped index, which is loaded once and only where there is a text to identify. */
export function identified(text: string): readonly Identified[] {
  return identify(text, licenseIndex());
}

/** Whether this part is a license as SPDX lists it, so that its id is what it says. */
export function isKnown(one: Identified): boolean {
  return isCertain([one]);
}

/** The part as an expression: the same text may belong to several ids, of which whoever uses it names one. */
export function expressionOf({ id, also }: Identified): string {
  const ids = [id, ...also];
  return ids.filter((one) => !isOldName(one, ids)).join(' OR ');
}

const layers: Readonly<Record<Identified['layer'], string>> = {
  exact: 'exact match',
  template: 'template match',
  similar: 'similar',
  modified: 'modified',
  unknown: '',
};
const mostWords = 20;

/** What was recognised, and by which layer: `MIT (exact match)`. */
export function describe({ id, also, layer, words, missing, score }: Identified): Text {
  if (layer === 'unknown') {
    const start = words.length === 0 ? [] : say`, beginning ${words.slice(0, mostWords).join(' ')}`;
    return say`${['not a license of the SPDX License List']}${start}`;
  }
  const alike = layer === 'similar' || layer === 'modified' ? [`, ${(score * 100).toFixed(1)} % alike`] : [];
  const added = words.length === 0 ? [] : say`, with the words ${words.slice(0, mostWords).join(' ')} put in`;
  const gone = missing.length === 0 ? [] : say`, without the words ${missing.slice(0, mostWords).join(' ')}`;
  return say`${namesOf([id, ...also])} (${[layers[layer]]}${alike}${added}${gone})`;
}

/** The ids that one text belongs to: `AGPL-3.0-only or AGPL-3.0-or-later`. */
export function namesOf(ids: readonly string[]): Text {
  // Old names of an id that is shown, such as AGPL-3.0 beside AGPL-3.0-only, would only confuse.
  const shown = ids.filter((id, index) => index === 0 || !isOldName(id, ids));
  return shown.flatMap((id, index) => (index === 0 ? say`${id}` : say` or ${id}`));
}

function isOldName(id: string, all: readonly string[]): boolean {
  const base = id.replace(/\+$/, '');
  return all.some((one) => one === `${base}-only` || one === `${base}-or-later`);
}

/** Several as one list. */
export function describeAll(found: readonly Identified[]): Text {
  if (found.length === 0) return ['an empty text'];
  return found.flatMap((one, index) => [...(index === 0 ? [] : [', ']), ...describe(one)]);
}
