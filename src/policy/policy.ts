// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { z } from 'zod';
import type { OverrideSettings } from '../overrides/settings.ts';
import type { CommonSettings } from '../rules/rule.ts';
import type { RuleId, rules } from '../rules/rules.ts';
import type { Text } from '../rules/text.ts';
import type { Origins } from './merge.ts';

/** Settings of every rule, defaults filled in. */
export type RuleSettings = { readonly [Id in RuleId]: z.output<(typeof rules)[Id]['settings']> };

/** Where a policy's text came from. */
export interface PolicySource {
  /** `owner/name`, or null for a file given by hand or a shipped preset. */
  readonly repository: string | null;
  /** Path inside the repository, path given by hand, or the preset's name. */
  readonly path: string;
  /** Branch or revision it was read from, where there is one. */
  readonly ref: string | null;
  /** Object id of the commit that it was read at, where known. */
  readonly commit?: string | null;
  /** Whether readers of the judged repository may not be able to read it: it is named then, and none of its text shown. */
  readonly hidden?: boolean;
}

/** A mistake in a policy file. Lines and columns count from 1. */
export interface PolicyProblem {
  /** Stable, machine-readable, such as `policy.unknown-key`. */
  readonly code: string;
  readonly severity: 'error' | 'warning';
  readonly source: PolicySource;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** What is wrong and the way out. */
  readonly text: Text;
}

/** The resolved rules for a repository. */
export interface Policy {
  readonly rules: RuleSettings;
  /** Name of the check run that reports on the policy itself. */
  readonly checkName: string;
  /** Who may override which check. */
  readonly overrides: OverrideSettings;
  /** The file or files that it was made of, the most specific first. */
  readonly sources: readonly PolicySource[];
  /** By key: where its value was set; files count as in `sources`, and the floor's comes after the last of them. */
  readonly origins: Origins;
  /** The organisation's floor, where there is one. */
  readonly floor: PolicyFloor | null;
}

/** An organisation's floor, as it concerns one repository. */
export interface PolicyFloor {
  readonly source: PolicySource;
  /** Why it does not hold in this repository, and until when (`YYYY-MM-DD`); null: it holds. */
  readonly exempt: { readonly reason: string; readonly until: string; readonly line: number } | null;
}

/** What could still be read of a broken policy, so that its check runs keep their names. */
export interface Salvaged {
  readonly checkName: string;
  /** `named`: whether the policy has a section of the rule's; where it has none, its defaults are given. */
  readonly rules: { readonly [Id in RuleId]: CommonSettings & { readonly named: boolean } };
}

/** Either a policy (with warnings at most), or none and the errors that prevent it. */
export type PolicyResolution =
  | { readonly policy: Policy; readonly problems: readonly PolicyProblem[] }
  | {
      readonly policy: null;
      readonly problems: readonly PolicyProblem[];
      readonly sources: readonly PolicySource[];
      readonly salvaged: Salvaged;
    };

/** One candidate file, as a source read it. */
export interface PolicyFile extends PolicySource {
  /** Git's object id of the blob where known: equal ids are parsed once. */
  readonly oid: string | null;
  /** Size in bytes of the whole file. */
  readonly size: number;
  /** null where the content is binary, was cut off, or is too large to be read. */
  readonly text: string | null;
}

/** The files that may hold the policy, by place; absent ones are left out. */
export interface PolicyFiles {
  readonly repository: readonly PolicyFile[];
  readonly organisation: readonly PolicyFile[];
  /** Whether GitHub refuses to show the organisation's files, which may not mean that there are any. */
  readonly organisationRefused?: boolean;
  /** A file given by hand, in place of what the repository has: the DCO App's format where it is named `dco.yml`. */
  readonly byHand?: PolicyFile;
  /** The organisation's file given by hand, for its floor alone. */
  readonly floorByHand?: PolicyFile;
  /** Files that others extend, as far as they have been looked for, by `locationKey`. */
  readonly extended?: ExtendedFiles;
}

/** A file that was looked for because another one extends it, or why there is none to be had. */
export type Extended = { readonly file: PolicyFile } | { readonly missing: Missing; readonly hidden?: boolean };

/**
 * - `file`: there is no such file at that ref
 * - `place`: there is no such repository or ref, or the App cannot read it
 * - `withheld`: it was not looked for, since whoever proposes to extend it may not be able to read it
 * - `remote`: it lies on GitHub, which is not asked here
 * - `unseen`: the same, where what is said is about the other files
 */
export type Missing = 'file' | 'place' | 'withheld' | 'remote' | 'unseen';
export type ExtendedFiles = ReadonlyMap<string, Extended>;

/** Where an extended file lies. */
export interface Location {
  /** `owner/name`; null for the local repository, and for files given by hand. */
  readonly repository: string | null;
  readonly path: string;
  /** Branch, tag or commit; null: the default branch. */
  readonly ref: string | null;
}

/** Equal for the same file; GitHub does not tell upper from lower case in names of repositories. */
export function locationKey({ repository, path, ref }: Location): string {
  return `${repository?.toLowerCase() ?? ''}:${path}@${ref ?? ''}`;
}

/** What a floor's exemptions ask about the judged repository. */
export interface Traits {
  readonly name: string;
  readonly topics: readonly string[];
  readonly visibility: 'public' | 'internal' | 'private';
  readonly archived: boolean;
  readonly fork: boolean;
}
