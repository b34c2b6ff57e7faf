// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { say, type Text } from '../rules/text.ts';
import { namesOf } from './check-names.ts';
import { type ParsedDcoApp, parseDcoApp, withDcoApp } from './dco-app.ts';
import type { Problem } from './mistakes.ts';
import { brokenFile, fileProblem, largestFile, type ParsedPolicy, parsePolicy, tooLarge } from './parse.ts';
import type { PolicyFile, PolicyFiles, PolicyProblem, PolicyResolution, PolicySource, Salvaged } from './policy.ts';
import type { Preset } from './presets.ts';
import type { PolicySettings } from './schema.ts';

/** Where a repository's policy may lie; the first two have the same format, and only one of them may be there. */
export const policyPaths = ['.github/countersign.yml', '.github/countersign.yaml', '.github/dco.yml'] as const;

/** What holds where no file does. */
export interface Fallbacks {
  readonly fallback: Preset | 'none';
  /** What a lone `.github/dco.yml` is laid over where the fallback is `none`: whoever has that file wants the check. */
  readonly dcoOnly: Preset;
}

/** How files are read; `createPolicyResolver` puts its memory here. */
export interface Parsers {
  readonly policy: (file: PolicyFile) => ParsedPolicy;
  readonly dcoApp: (file: PolicyFile) => ParsedDcoApp;
}

interface Sound {
  readonly settings: PolicySettings;
  readonly problems: readonly PolicyProblem[];
  readonly sources: readonly PolicySource[];
}
interface Broken extends Omit<Sound, 'settings'> {
  readonly settings: null;
  readonly salvaged: Salvaged;
}
type Level = Sound | Broken;

/**
 * The policy that holds for a repository: its own file, else the organisation's, else the preset. A `.github/dco.yml`
 * without a Countersign file beside it is laid over the next of those. null: no file, and the fallback is `none`.
 * Broken files never fall through to the next place: nobody may get an easier policy by breaking one.
 */
export function resolvePolicy(
  files: PolicyFiles,
  fallbacks: Fallbacks,
  parsers = plainParsers,
): PolicyResolution | null {
  const { fallback, dcoOnly } = fallbacks;
  const preset = () => (fallback === 'none' ? null : levelOf(fallback));
  const belowAll = () => preset() ?? levelOf(dcoOnly);
  const organisation = levelAt(files.organisation, belowAll, parsers);
  const level = levelAt(files.repository, () => organisation ?? belowAll(), parsers) ?? organisation ?? preset();
  return level === null ? null : resolutionOf(level);
}

/** The policy of a single file given by hand, whatever its place: the DCO App's format where it is named `dco.yml`. */
export function resolvePolicyFile(file: PolicyFile, fallbacks: Fallbacks): PolicyResolution {
  const { fallback, dcoOnly } = fallbacks;
  const below = levelOf(fallback === 'none' ? dcoOnly : fallback);
  const level = isDcoApp(file) ? overlaid(file, below, plainParsers) : fileLevel(file, plainParsers);
  return resolutionOf(level);
}

export const plainParsers: Parsers = {
  policy: (file) => withText(file, parsePolicy, brokenFile),
  dcoApp: (file) => withText(file, parseDcoApp, (problem) => ({ settings: null, problems: [problem] })),
};

function withText<Parsed>(file: PolicyFile, parse: (text: string) => Parsed, broken: (problem: Problem) => Parsed) {
  if (file.size > largestFile) return broken(tooLarge(file.size));
  if (file.text !== null) return parse(file.text);
  const words = 'The file cannot be read: it is binary, or no regular file. Replace it by a plain text file.';
  return broken(fileProblem('policy.unreadable', words));
}

function isDcoApp(file: PolicyFile): boolean {
  return /(?:^|\/)dco\.ya?ml$/.test(file.path);
}

function levelOf(preset: Preset): Sound {
  return { settings: preset.settings, problems: [], sources: [preset.source] };
}

function levelAt(files: readonly PolicyFile[], below: () => Level, parsers: Parsers): Level | null {
  const at = (path: string) => files.find((file) => file.path === path);
  const [yml, yaml, dcoApp] = policyPaths.map(at);
  if (yml !== undefined && yaml !== undefined) return twoFiles(yml, yaml, parsers);
  const own = yml ?? yaml;
  if (own !== undefined) return fileLevel(own, parsers);
  return dcoApp === undefined ? null : overlaid(dcoApp, below(), parsers);
}

function fileLevel(file: PolicyFile, parsers: Parsers): Level {
  const parsed = parsers.policy(file);
  return { ...parsed, problems: placed(parsed.problems, file), sources: [sourceOf(file)] };
}

function twoFiles(yml: PolicyFile, yaml: PolicyFile, parsers: Parsers): Broken {
  const parsed = parsers.policy(yml);
  const salvaged = parsed.settings === null ? parsed.salvaged : namesOf(parsed.settings);
  const text: Text = say`There is both ${yml.path} and ${yaml.path}. Keep one of them and delete the other.`;
  const problem = { ...fileProblem('policy.two-files', ''), text };
  return { settings: null, salvaged, problems: placed([problem], yaml), sources: [yml, yaml].map(sourceOf) };
}

function overlaid(file: PolicyFile, below: Level, parsers: Parsers): Level {
  const { settings, problems } = parsers.dcoApp(file);
  const common = {
    problems: [...placed(problems, file), ...below.problems],
    sources: [sourceOf(file), ...below.sources],
  };
  if (below.settings === null) return { ...common, settings: null, salvaged: below.salvaged };
  if (settings === null) return { ...common, settings: null, salvaged: namesOf(below.settings) };
  return { ...common, settings: withDcoApp(below.settings, settings) };
}

function resolutionOf({ problems, sources, ...level }: Level): PolicyResolution {
  if (level.settings === null) return { policy: null, problems, sources, salvaged: level.salvaged };
  const { version, policy, overrides, ...rules } = level.settings;
  return { policy: { rules, checkName: policy.name, overrides, sources }, problems };
}

function placed(problems: readonly Problem[], file: PolicyFile): PolicyProblem[] {
  return problems.map((problem) => ({ ...problem, source: sourceOf(file) }));
}

function sourceOf({ repository, path, ref }: PolicyFile): PolicySource {
  return { repository, path, ref };
}
