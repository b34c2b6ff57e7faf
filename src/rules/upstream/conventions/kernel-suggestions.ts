// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { evidenceText } from '../evidence.ts';
import type { Evidence, Marker } from '../model.ts';

/** Where two kernels of the same family of notations differ in what they write. */
export interface KernelForms {
  /** The lines of a change that is not meant for upstream. */
  readonly downstream: readonly string[];
  /** The lines below the subject for what has been sent to a list. */
  readonly submitted: (url: string) => readonly string[];
  /** Lines that every change has. */
  readonly also: readonly string[];
}

/** The subject with its tags, and the lines to add to the body. */
export function suggestKernelTags(marker: Partial<Marker> | null, forms: KernelForms): readonly string[] {
  if (marker === null || marker.state === undefined) {
    const usual = ['merged', 'accepted', 'submitted', 'downstream-only'] as const;
    return usual.map((state) => suggestKernelTags({ state }, forms).join('\n'));
  }
  const backport = marker.modifiers?.modified === true;
  const write = (tag: string, lines: readonly string[]) => [`${tag}: SUBJECT`, ...lines, ...forms.also];
  const note = backport ? ['[NAME: WHAT WAS CHANGED]'] : [];
  const prefix = backport ? 'BACKPORT: ' : '';
  switch (marker.state) {
    case 'merged':
      return write(backport ? 'BACKPORT' : 'UPSTREAM', [pickedLine(marker.evidence), ...note]);
    case 'accepted':
      return write(`${prefix}FROMGIT`, [pickedLine(marker.evidence, 'REPOSITORY', 'BRANCH'), ...note]);
    case 'submitted':
      return write(`${prefix}FROMLIST`, [...forms.submitted(evidenceText(marker.evidence, ['url'], 'URL')), ...note]);
    case 'pending':
    case 'downstream-only':
      return [...forms.downstream, ...forms.also];
    default:
      return [];
  }
}

/** `(cherry picked from commit …)`, with what is known of the commit, and capitals for what isn't. */
export function pickedLine(evidence: readonly Evidence[] | undefined, repository = '', branch = ''): string {
  const commit = evidence?.find((piece) => piece.kind === 'commit');
  const words = [commit?.sha ?? 'COMMIT', commit?.repository ?? repository, commit?.branch ?? branch];
  return `(cherry picked from commit ${words.filter((word) => word !== '').join(' ')})`;
}
