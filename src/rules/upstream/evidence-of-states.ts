// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Evidence, Marker, State } from './model.ts';

/** What a state has to bring forward, by the model; the conventions ask for some of it themselves. */
const required: Readonly<Record<State, { readonly any: readonly Evidence['kind'][]; readonly words: string }>> = {
  pending: {
    any: ['reason', 'url', 'issue', 'pull-request'],
    words: 'why it was not sent yet, or an issue that tracks it',
  },
  submitted: { any: ['url', 'pull-request', 'issue', 'reason'], words: 'where it was sent' },
  accepted: { any: ['commit', 'url', 'pull-request'], words: 'the commit that accepts it' },
  merged: { any: ['commit', 'release', 'url', 'pull-request'], words: 'the commit or the release that has it' },
  denied: { any: ['url', 'reason', 'pull-request', 'issue'], words: 'where and why it was refused' },
  inactive: { any: ['date', 'commit', 'release', 'url', 'reason'], words: "upstream's last commit or release" },
  'downstream-only': { any: ['reason', 'url', 'issue'], words: 'why it is not for upstream' },
  drop: { any: ['reason', 'date', 'release', 'url', 'issue', 'commit'], words: 'when it goes away' },
  embargoed: { any: ['date'], words: 'until when it must not be shown' },
};

/** What a marker lacks, in our words; null: nothing. */
export function lackedEvidence({ state, evidence }: Marker): string | null {
  const { any, words } = required[state];
  return evidence.some(({ kind }) => any.includes(kind)) ? null : words;
}

/** Each state in our words, as the end of "It is …". */
export const stateWords: Readonly<Record<State, string>> = {
  pending: 'not sent upstream yet',
  submitted: 'submitted upstream',
  accepted: 'accepted upstream, and not in the mainline yet',
  merged: 'merged upstream',
  denied: 'refused upstream',
  inactive: 'for an upstream that is inactive',
  'downstream-only': 'not for upstream',
  drop: 'to be dropped',
  embargoed: 'under embargo',
};
