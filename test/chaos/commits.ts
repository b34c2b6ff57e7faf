// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { RepositoryHandle } from '../simulator/handles/repository.ts';

export const author = { name: 'Ada Example', email: 'ada@example.org' };

export interface Built {
  readonly sha: string;
  readonly signedOff: boolean;
}

/** Commits beside each other on the default branch, half of them signed off; what is returned hands out the next one. */
export function buildCommits({ state, tip }: RepositoryHandle, count: number, random: () => number): () => Built {
  const base = tip();
  const signed = Array.from({ length: count }, () => random() < 0.5);
  const commits = signed.map((signedOff, index) => ({
    message: `Change ${index}\n${signedOff ? `\nSigned-off-by: ${author.name} <${author.email}>\n` : ''}`,
    author,
    files: { [`change-${index}.txt`]: `${index}\n` },
    parents: [base],
  }));
  const built = state.git
    .write('refs/heads/prepared', commits)
    .map((sha, index) => ({ sha, signedOff: signed[index] === true }));
  return () => {
    const next = built.shift();
    if (next === undefined) throw new Error('No commit is left');
    return next;
  };
}
