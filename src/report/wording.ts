// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { PolicySource } from '../policy/policy.ts';
import { say, type Text } from '../rules/text.ts';
import type { Finding, Level } from '../rules/verdict.ts';

/** How many hexadecimal digits of a commit's id are shown. */
export const shortSha = 7;

/** The levels in the order in which they are shown: what matters most comes first. */
export const levels: readonly Level[] = ['error', 'gap', 'warning', 'note', 'ok'];

/** Findings by level, in their own order within each. */
export function byLevel(findings: readonly Finding[]): Record<Level, readonly Finding[]> {
  const groups: Record<Level, Finding[]> = { error: [], gap: [], warning: [], note: [], ok: [] };
  for (const finding of findings) groups[finding.level].push(finding);
  return groups;
}

/** The commits that findings are about, each once. */
export function commitsOf(findings: readonly Finding[]): Set<string> {
  const commits = new Set<string>();
  for (const { at } of findings) if (at !== null && 'commit' in at) commits.add(at.commit);
  return commits;
}

/** `1 commit`, `8,412 commits`. */
export function count(amount: number, noun: string): string {
  // Made when needed: a formatter takes longer to make than everything else here.
  const shown = amount < 1000 ? String(amount) : new Intl.NumberFormat('en').format(amount);
  return `${shown} ${amount === 1 ? noun : `${noun}s`}`;
}

/** What to call these findings: commits where each is about one of its own, else findings. */
export function nounFor(findings: readonly Finding[]): 'commit' | 'finding' {
  return commitsOf(findings).size === findings.length ? 'commit' : 'finding';
}

/** Where a list was cut: how many are missing, and where to see them. */
export function leftOut(shown: number, all: number, noun: string): string {
  const missing = count(all - shown, shown === 0 ? noun : `more ${noun}`);
  return `… ${shown === 0 ? '' : 'and '}${missing}; all of them: \`countersign check --verbose\``;
}

/** Which policy judged, as one sentence; null where nobody said. */
export function policySentence(sources: readonly PolicySource[]): Text | null {
  const [first, ...rest] = sources;
  if (first === undefined) return null;
  const others = rest.length === 0 ? [] : [` and ${count(rest.length, 'file')} that it builds on`];
  return [...say`Judged by the policy ${first.path}`, ...origin(first), ...others, '.'];
}

function origin({ repository, ref }: PolicySource): Text {
  return [...(repository === null ? [] : say` of ${repository}`), ...(ref === null ? [] : say` at ${ref}`)];
}
