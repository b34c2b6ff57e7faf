// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { CommitConvention, CommitInput, Evidence, Marker, Reading } from '../../../src/rules/upstream/model.ts';

export const sha = 'c31e73121f4c1ec41143423ac6ce3ce6dafdcec1';
export const otherSha = '878a2fd9de10b03d11d2f622250285c7e63deace';

/** A commit of this message, its lines given one by one. */
export function commit(...lines: readonly string[]): CommitInput {
  return { sha, subject: lines[0] ?? '', body: lines.join('\n'), pullRequestBody: null };
}

export function readCommit(convention: CommitConvention, ...lines: readonly string[]): Reading {
  return convention.read(commit(...lines));
}

/** A reading in short: each marker as its state, evidence and modifiers, each problem as code and suggestion. */
export function brief({ markers, problems }: Reading): readonly string[] {
  return [
    ...markers.map(briefMarker),
    ...problems.map(({ code, suggestion }) => `${code.replace('upstream.', '')}: ${suggestion ?? '?'}`),
  ];
}

function briefMarker({ state, evidence, modifiers }: Marker): string {
  const words = Object.entries(modifiers).map(([name, value]) => (value === true ? name : `${name} ${value}`));
  return [...words, state, ...evidence.map(briefEvidence)].join(' ');
}

function briefEvidence(piece: Evidence): string {
  switch (piece.kind) {
    case 'commit':
      return [piece.sha.slice(0, 7), piece.repository, piece.branch].filter((part) => part !== null).join(' ');
    case 'pull-request':
      return `${piece.repository ?? ''}#${piece.number}`;
    case 'url':
      return piece.url;
    case 'release':
      return piece.version;
    case 'issue':
      return `issue ${piece.reference}`;
    case 'reason':
      return `"${piece.text}"`;
    case 'date':
      return piece.date;
  }
}
