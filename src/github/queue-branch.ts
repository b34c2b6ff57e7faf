// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

/** A queue's branch is `gh-readonly-queue/BASE/pr-NUMBER-SHA`, SHA being the group's base. */
export function parseQueueBranch(branch: string): { baseRef: string; number: number; baseSha: string } | null {
  const match = /^(?:refs\/heads\/)?gh-readonly-queue\/(.+)\/pr-(\d{1,10})-([0-9a-f]{40,64})$/.exec(branch);
  if (match?.[1] === undefined || match[2] === undefined || match[3] === undefined) return null;
  return { baseRef: match[1], number: Number(match[2]), baseSha: match[3] };
}

/** The branch that a queue makes for a pull request; the other way round. */
export function queueBranch(baseRef: string, number: number, baseSha: string): string {
  return `gh-readonly-queue/${baseRef}/pr-${number}-${baseSha}`;
}
