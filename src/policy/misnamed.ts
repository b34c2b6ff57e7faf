// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import leven from 'leven';
import { say, type Text } from '../rules/text.ts';
import type { Finding, Verdict } from '../rules/verdict.ts';
import type { PolicyResolution } from './policy.ts';
import { isHere } from './wording.ts';

/** A file that is not read, and looks as if somebody expected it to be. */
export interface Misnamed {
  readonly path: string;
  /** The path that it would have to have. */
  readonly wanted: '.github/countersign.yml' | '.github/dco.yml';
  /** false: the name is one that other tools use too. */
  readonly sure: boolean;
}

const read: ReadonlySet<string> = new Set(['.github/countersign.yml', '.github/countersign.yaml', '.github/dco.yml']);
/** Letters that may be wrong, swapped or missing in a name that is meant to be `countersign`. */
const mostTypos = 2;
const longestName = 40;
/** Nobody has more of them than this by accident. */
const mostNamed = 5;

/** Of the paths of a repository those that look like a policy under a wrong name, or in a wrong place; five at most. */
export function misnamedPolicies(paths: Iterable<string>): readonly Misnamed[] {
  const found: Misnamed[] = [];
  for (const path of paths) {
    const one = read.has(path) ? null : misnamed(path);
    if (one !== null) found.push(one);
  }
  return found.toSorted((a, b) => Number(b.sure) - Number(a.sure) || (a.path < b.path ? -1 : 1)).slice(0, mostNamed);
}

function misnamed(path: string): Misnamed | null {
  const parts = /^(?:\.github\/)?(\.?)([\w. -]+)$/i.exec(path);
  const [, dot, name = ''] = parts ?? [];
  if (name.length === 0 || name.length > longestName) return null;
  const [, stem = '', ending] = /^(.+?)(?:\.(ya?ml|json|toml))?$/.exec(name.toLowerCase()) ?? [];
  // Without either, the name is that of a program or a directory.
  if (ending === undefined && dot === '') return null;
  const plain = stem.replaceAll(/[\s._-]/g, '');
  const wanted = '.github/countersign.yml';
  if (leven(plain.replace(/(?:policy|config)$/, ''), 'countersign') <= mostTypos) return { path, wanted, sure: true };
  if (ending !== 'yml' && ending !== 'yaml') return null;
  if (plain === 'policy') return { path, wanted, sure: false };
  return plain === 'dco' ? { path, wanted: '.github/dco.yml', sure: false } : null;
}

/** What is wrong with the place of such a file, and the way out. */
export function misnamedText({ path, wanted, sure }: Misnamed): Text {
  return sure
    ? say`${path} is not read: a policy has to be ${wanted}, in these very letters. Rename it, or delete it.`
    : say`${path} is not read here. If it is meant for Countersign, it has to be ${wanted}.`;
}

/**
 * The verdict on a policy with what lies in the wrong place beside it. Names that other tools use too are mentioned
 * only where the repository, `here`, has no policy of its own.
 */
export function withMisnamed(
  verdict: Verdict,
  all: readonly Misnamed[],
  resolution: PolicyResolution,
  here: string | null = null,
): Verdict {
  const own = hasOwnFile(resolution, here);
  const findings = all
    .filter(({ sure }) => sure || !own)
    .map((one): Finding => {
      const at = one.sure ? { path: one.path, line: 1 } : null;
      return { code: 'policy.misnamed', level: one.sure ? 'warning' : 'note', at, text: misnamedText(one) };
    });
  return findings.length === 0 ? verdict : { ...verdict, findings: [...verdict.findings, ...findings] };
}

function hasOwnFile(resolution: PolicyResolution, here: string | null): boolean {
  const sources = resolution.policy === null ? resolution.sources : resolution.policy.sources;
  // A preset's name has neither.
  return sources.some((source) => isHere(source, here) && /[./]/.test(source.path));
}
