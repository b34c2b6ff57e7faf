// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Commit, Entry, Facts, UpstreamFacts } from '../../contribution/contribution.ts';
import { comparedWith } from '../changed-files/compared-with.ts';
import { entriesIn, textFile } from '../contents.ts';
import { anyGlob, glob } from '../glob.ts';
import { oncePer } from '../once.ts';
import { baselineIn } from './baseline.ts';
import { type ConventionId, conventionNamed, usualPatches } from './conventions.ts';
import type { CommitConvention, Convention, PatchConvention } from './model.ts';
import type { UpstreamSettings } from './settings.ts';

export { textFile, wholeText } from '../contents.ts';

export interface Remote {
  /** `owner/name` on the same GitHub. */
  readonly repository: string;
  readonly branch: string | null;
}

/** The facts of one pull request or range, and the settings, as this rule looks at them. */
export interface Case {
  readonly facts: Facts;
  readonly settings: UpstreamSettings;
  readonly upstream: UpstreamFacts;
  /** The commit that files are compared with; null: none, everything is new; undefined: not known yet. */
  readonly base: string | null | undefined;
  /** Whether pull requests into this base branch need nothing. */
  readonly exemptBranch: boolean;
  readonly isExempt: (path: string) => boolean;
  /** Whether any path can be a patch file in the sense of `isPatch`. */
  readonly hasPatches: boolean;
  /** Whether the policy has any notation for commits. */
  readonly hasCommitConventions: boolean;
  /** Whether a path is a patch file that has to say it in a notation of patch files. */
  readonly isPatch: (path: string) => boolean;
  /** Whether a commit that touches this path has to say it; null: every commit has to. */
  readonly isCommitPlace: ((path: string) => boolean) | null;
  readonly patchConventions: (path: string) => readonly PatchConvention[];
  /** Of a commit that touches these paths; null: they are not known. */
  readonly commitConventions: (paths: readonly string[] | null) => readonly CommitConvention[];
  /** What the policy calls upstream of this path; null: the rest of the repository. */
  readonly remoteFor: (path: string | null) => Remote | null;
  /** What lies there at the head, or at the base; null: nothing does; undefined: nobody looked. */
  readonly atHead: (path: string) => Entry | undefined;
  readonly atBase: (path: string) => Entry | undefined;
  /** Paths that were there before the policy. */
  readonly baseline: ReadonlySet<string>;
}

/** What is known of upstream before anybody asked. */
export const noUpstreamFacts: UpstreamFacts = { answers: [], carried: [], dates: [] };

export const caseOf = oncePer((facts: Facts, settings: UpstreamSettings): Case => {
  const base = comparedWith(facts);
  const at = entriesIn(facts.contents);
  const { isExemptBranch, ...rules } = rulesOf(settings);
  const { baseline } = settings;
  return {
    facts,
    settings,
    upstream: facts.upstream ?? noUpstreamFacts,
    base,
    exemptBranch: isExemptBranch(facts.base.ref),
    ...rules,
    atHead: (path) => at(facts.head.sha, path),
    atBase: (path) => (base == null ? null : at(base, path)),
    baseline: baselineIn(baseline === null ? null : (textFile(at(baselineCommit(facts), baseline))?.text ?? null)),
  };
});

/** What the settings alone amount to. */
export const rulesOf = oncePer((settings: UpstreamSettings) => ({
  isExemptBranch: anyGlob(settings.exempt.branches),
  isExempt: anyGlob(settings.exempt.paths),
  ...placesOf(settings),
  remoteFor: remotesOf(settings),
}));

/**
 * Where the baseline is read: where the policy is, at the base branch, so that no pull request can add to its own. A
 * whole tree, which has no base, is judged by its own.
 */
export function baselineCommit({ mergeBase, base, head }: Facts): string {
  return mergeBase === null ? head.sha : base.sha;
}

interface Chosen {
  readonly matches: (path: string) => boolean;
  /** Whether it is for every path. */
  readonly everywhere: boolean;
  readonly id: ConventionId;
  readonly convention: Convention;
}

function chosenIn({ preset, custom }: UpstreamSettings): readonly Chosen[] {
  const list = preset === null ? [] : typeof preset === 'string' ? [preset] : preset;
  return list.flatMap((one) => {
    const everywhere = typeof one === 'string';
    const id = everywhere ? one : one.preset;
    const convention = conventionNamed(id, custom);
    if (convention === null) return [];
    return [{ matches: everywhere ? () => true : anyGlob(one.paths), everywhere, id, convention }];
  });
}

type Places = Pick<
  Case,
  'hasPatches' | 'hasCommitConventions' | 'isPatch' | 'isCommitPlace' | 'patchConventions' | 'commitConventions'
>;

function placesOf(settings: UpstreamSettings): Places {
  const chosen = chosenIn(settings);
  const patchConventions = (path: string) =>
    chosen.flatMap(({ matches, convention }) => (inPatches(convention) && matches(path) ? [convention] : []));
  const commitConventions = (paths: readonly string[] | null) =>
    chosen.flatMap(({ matches, everywhere, convention }) =>
      !inPatches(convention) && (everywhere || paths?.some(matches)) ? [convention] : [],
    );
  const usual = chosen.filter(({ convention }) => inPatches(convention)).flatMap(({ id }) => usualPatches(id));
  const globs = settings.patches ?? usual;
  const inPlace = anyGlob(globs);
  const isPatch = (path: string) => inPlace(path) && !isSeries(path) && patchConventions(path).length > 0;
  const hasCommitConventions = chosen.some(({ convention }) => !inPatches(convention));
  return {
    hasPatches: globs.length > 0 && chosen.some(({ convention }) => inPatches(convention)),
    hasCommitConventions,
    isPatch,
    isCommitPlace: commitPlaces(
      settings,
      hasCommitConventions,
      (path) => inPlace(path) && !isSeries(path) && !isPatch(path),
    ),
    patchConventions,
    commitConventions,
  };
}

/** Patches in a notation of commits are said of by the commits that bring them. */
function commitPlaces(
  { patches, commits, vendor, submodules }: UpstreamSettings,
  hasCommitConventions: boolean,
  isOtherPatch: (path: string) => boolean,
): Case['isCommitPlace'] {
  if (commits === 'fork') return null;
  const named = patches !== null || commits !== null || vendor.length > 0 || submodules;
  if (!named && hasCommitConventions) return null;
  if (commits?.some((pattern) => pattern === '**')) return null;
  const matches = anyGlob([...(commits ?? []), ...vendor]);
  return (path) => matches(path) || isOtherPatch(path);
}

export function inPatches(convention: Convention): convention is PatchConvention {
  return convention.reads === 'patch' || convention.reads === 'path';
}

/** quilt's lists of patches lie beside them and are none. */
function isSeries(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return /^(?:series(?:\..*)?|\..*|00list|README(?:\..*)?)$/i.test(name);
}

function remotesOf({ remotes }: UpstreamSettings): Case['remoteFor'] {
  const { default: fallback, ...others } = remotes;
  const all = Object.entries(others).map(([pattern, remote]) => ({ matches: glob(pattern), remote }));
  return (path) => {
    const found = (path === null ? undefined : all.find(({ matches }) => matches(path))?.remote) ?? fallback;
    return found === undefined ? null : { repository: found.repo, branch: found.branch };
  };
}

/** The subject line of a commit. */
export function subjectOf({ message }: Pick<Commit, 'message'>): string {
  return message.split('\n', 1)[0] ?? '';
}
