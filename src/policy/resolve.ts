// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { oncePer } from '../rules/once.ts';
import { say, type Text } from '../rules/text.ts';
import { namesOf } from './check-names.ts';
import { type Composition, compose, composePreset, type Layer, sourceOf } from './compose.ts';
import { type ParsedDcoApp, parseDcoApp } from './dco-app.ts';
import { type Effective, effectiveOf, type Floor } from './effective.ts';
import { exemptionFor } from './exemptions.ts';
import type { Problem } from './mistakes.ts';
import { brokenFile, fileProblem, largestFile, type ParsedPolicy, parsePolicy, tooLarge } from './parse.ts';
import type {
  Location,
  Policy,
  PolicyFile,
  PolicyFiles,
  PolicyFloor,
  PolicyProblem,
  PolicyResolution,
  PolicySource,
  Salvaged,
  Traits,
} from './policy.ts';
import type { Preset, Presets } from './presets.ts';
import { type PolicySettings, settingsSchema } from './schema.ts';
import { type Written, writtenNowhere } from './written.ts';

/** Where a repository's policy may lie; the first two have the same format, and only one of them may be there. */
export const policyPaths = ['.github/countersign.yml', '.github/countersign.yaml', '.github/dco.yml'] as const;

/** What holds where no file does. */
export interface Fallbacks {
  readonly fallback: Preset | 'none';
  /** What a lone `.github/dco.yml` is laid over where the fallback is `none`: whoever has that file wants the check. */
  readonly dcoOnly: Preset;
  /** Those that files can extend. */
  readonly presets: Presets;
}

/** How files are read and put together; `createPolicyResolver` puts its memory here. */
export interface Workings {
  readonly policy: (file: PolicyFile) => ParsedPolicy;
  readonly dcoApp: (file: PolicyFile) => ParsedDcoApp;
  readonly effective: (layers: readonly Layer[], floor: (Floor & { readonly oid: string | null }) | null) => Effective;
}

/** What a floor's exemptions depend on; without it, nothing is exempt. */
export interface Circumstances {
  readonly traits: Traits | null;
  /** The day in UTC, `YYYY-MM-DD`; null: not known, so that nothing is exempt. */
  readonly today: string | null;
}

const unknownCircumstances: Circumstances = { traits: null, today: null };

interface Sound extends Omit<Composition, 'problems'> {
  readonly broken: false;
  readonly problems: readonly PolicyProblem[];
}
interface Broken {
  readonly broken: true;
  readonly problems: readonly PolicyProblem[];
  readonly sources: readonly PolicySource[];
  readonly salvaged: Salvaged;
}
type Level = Sound | Broken;

/**
 * The policy that holds for a repository: its own file, else the organisation's, else the preset, each with what it
 * extends, and held to the organisation's floor. A `.github/dco.yml` without a Countersign file beside it is laid over the
 * next of those. null: no file, and the fallback is `none`.
 * Broken files never fall through to the next place: nobody may get an easier policy by breaking one.
 */
export function resolvePolicy(
  files: PolicyFiles,
  fallbacks: Fallbacks,
  circumstances = unknownCircumstances,
  workings = plainWorkings,
): PolicyResolution | null {
  const level = levelOf(files, fallbacks, workings);
  if (level === null) return null;
  return finish(level, floorIn(files, circumstances, workings), workings);
}

/** What a policy takes beside its own files. */
export interface References {
  /** Files that were not looked for yet; more may be wanted once they are there. */
  readonly wanted: readonly Location[];
  readonly taken: readonly Location[];
}

export function referencesOf(files: PolicyFiles, fallbacks: Fallbacks, workings = plainWorkings): References {
  const level = levelOf(files, fallbacks, workings);
  if (level === null || level.broken) return { wanted: [], taken: [] };
  return { wanted: level.wanted.map(({ location }) => location), taken: level.taken };
}

/** What the policy of a single file given by hand amounts to. */
export function resolvePolicyFile(file: PolicyFile, fallbacks: Fallbacks): PolicyResolution {
  const resolution = resolvePolicy({ repository: [], organisation: [], byHand: file }, fallbacks);
  if (resolution === null) throw new Error('A file amounts to something.');
  return resolution;
}

export const plainWorkings: Workings = {
  policy: (file) => withText(file, parsePolicy, brokenFile),
  dcoApp: (file) => withText(file, parseDcoApp, (problem) => ({ written: null, problems: [problem] })),
  effective: effectiveOf,
};

function withText<Parsed>(file: PolicyFile, parse: (text: string) => Parsed, broken: (problem: Problem) => Parsed) {
  if (file.size > largestFile) return broken(tooLarge(file.size));
  if (file.text !== null) return parse(file.text);
  const words =
    'The file cannot be read: it is no text in UTF-8, or no regular file. Replace it by a plain text file in UTF-8.';
  return broken(fileProblem('policy.unreadable', words));
}

function isDcoApp(file: PolicyFile): boolean {
  return /(?:^|\/)dco\.ya?ml$/.test(file.path);
}

interface Reading {
  readonly files: PolicyFiles;
  readonly fallbacks: Fallbacks;
  readonly workings: Workings;
}

function levelOf(files: PolicyFiles, fallbacks: Fallbacks, workings: Workings): Level | null {
  const { fallback, dcoOnly } = fallbacks;
  const reading = { files, fallbacks, workings };
  const preset = () => (fallback === 'none' ? null : presetLevel(fallback, reading));
  const belowAll = () => preset() ?? presetLevel(dcoOnly, reading);
  const { byHand } = files;
  if (byHand !== undefined) {
    return isDcoApp(byHand) ? overlaid(byHand, belowAll(), workings) : fileLevel(byHand, reading);
  }
  const organisation = () => levelAt(files.organisation, belowAll, reading);
  return levelAt(files.repository, () => organisation() ?? belowAll(), reading) ?? organisation() ?? preset();
}

function presetLevel({ name }: Preset, reading: Reading): Level {
  return { broken: false, ...composePreset(name, composing(reading)) };
}

function composing({ files, fallbacks, workings }: Reading) {
  return { extended: files.extended ?? new Map(), presets: fallbacks.presets, parse: workings.policy };
}

function levelAt(files: readonly PolicyFile[], below: () => Level, reading: Reading): Level | null {
  const { yml, yaml, dcoApp } = byPlace(files);
  if (yml !== undefined && yaml !== undefined) return twoFiles(yml, yaml, reading.workings);
  const own = yml ?? yaml;
  if (own !== undefined) return fileLevel(own, reading);
  return dcoApp === undefined ? null : overlaid(dcoApp, below(), reading.workings);
}

function byPlace(files: readonly PolicyFile[]) {
  const [yml, yaml, dcoApp] = policyPaths.map((path) => files.find((file) => file.path === path));
  return { yml, yaml, dcoApp };
}

function fileLevel(file: PolicyFile, reading: Reading): Level {
  const parsed = reading.workings.policy(file);
  if (parsed.written === null) return brokenLevel(file, parsed.problems, parsed.salvaged);
  const composition = compose({ file, written: parsed.written }, composing(reading));
  const problems = [...misplacedFloor(file, parsed.written), ...composition.problems];
  if (!problems.some(isError)) return { ...composition, broken: false, problems };
  // What the file says itself is the best guess at the names of its check runs.
  return { broken: true, problems, sources: [sourceOf(file)], salvaged: namesOf(parsed.settings) };
}

function brokenLevel(file: PolicyFile, problems: readonly Problem[], salvaged: Salvaged): Broken {
  return { broken: true, problems: placed(problems, file), sources: [sourceOf(file)], salvaged };
}

function misplacedFloor(file: PolicyFile, { floor, positions }: Written): readonly PolicyProblem[] {
  const isShared = file.repository === null || file.repository.toLowerCase().endsWith('/.github');
  const position = positions.get('floor');
  if (floor === null || position === undefined || isShared) return [];
  const text = [
    'A floor counts in the organisation’s .github repository alone, and has no effect here. Move it there, or remove it.',
  ];
  return [{ code: 'policy.floor-misplaced', severity: 'warning', ...position, text, source: sourceOf(file) }];
}

function twoFiles(yml: PolicyFile, yaml: PolicyFile, workings: Workings): Broken {
  const parsed = workings.policy(yml);
  const salvaged = parsed.written === null ? parsed.salvaged : namesOf(parsed.settings);
  const text: Text = say`There is both ${yml.path} and ${yaml.path}. Keep one of them and delete the other.`;
  const problem = { ...fileProblem('policy.two-files', ''), text };
  return { broken: true, salvaged, problems: placed([problem], yaml), sources: [yml, yaml].map(sourceOf) };
}

function overlaid(file: PolicyFile, below: Level, workings: Workings): Level {
  const { written, problems: found } = workings.dcoApp(file);
  const problems = [...placed(found, file), ...below.problems];
  if (below.broken) return { ...below, problems, sources: [sourceOf(file), ...below.sources] };
  const layers = [
    ...below.layers,
    { source: sourceOf(file), oid: dcoAppOid(file), written: written ?? writtenNowhere, asked: null },
  ];
  if (written !== null) return { ...below, problems, layers };
  const { settings } = workings.effective(below.layers, null);
  return {
    broken: true,
    problems,
    sources: sourcesOf(layers),
    salvaged: namesOf(settings ?? settingsSchema.parse({})),
  };
}

/** The same blob says something else where it is read as the DCO App's. */
function dcoAppOid({ oid }: PolicyFile): string | null {
  return oid === null ? null : `dco ${oid}`;
}

/** What is known of the organisation's floor. */
type FoundFloor =
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown'; readonly problems: readonly PolicyProblem[]; readonly sources: readonly PolicySource[] }
  | {
      readonly kind: 'floor';
      readonly floor: Floor & { readonly oid: string | null };
      readonly held: PolicyFloor;
      readonly problems: readonly PolicyProblem[];
    };

function floorIn(
  { organisation, floorByHand }: PolicyFiles,
  circumstances: Circumstances,
  workings: Workings,
): FoundFloor {
  const { yml, yaml } = byPlace(organisation);
  const file = floorByHand ?? yml ?? yaml;
  if (file === undefined) return { kind: 'none' };
  const parsed = workings.policy(file);
  if (parsed.written === null && parsed.mayHaveFloor) {
    return { kind: 'unknown', problems: placed(parsed.problems, file), sources: [sourceOf(file)] };
  }
  if (yml !== undefined && yaml !== undefined) return { kind: 'unknown', ...twoFiles(yml, yaml, workings) };
  if (parsed.written === null || parsed.written.floor === null) return { kind: 'none' };
  const { written } = parsed;
  const found = exemptionFor(parsed.written.floor.exempt, circumstances.traits, circumstances.today);
  const position = written.positions.get(`floor.exemptRepositories[${found?.index}]`);
  const line = position?.line ?? 1;
  const { reason = '', until = '' } = found?.exemption ?? {};
  const source = sourceOf(file);
  const over: readonly Problem[] =
    found?.ended === true && position !== undefined
      ? [{ code: 'policy.exemption-ended', severity: 'warning', ...position, text: endedText(until) }]
      : [];
  return {
    kind: 'floor',
    floor: { written, hidden: file.hidden === true, oid: file.oid },
    held: { source, exempt: found === null || found.ended ? null : { reason, until, line } },
    problems: placed(over, file),
  };
}

function endedText(until: string): Text {
  return say`This repository was exempt from the floor until ${until}. The floor holds again. Renew the exemption, or remove it.`;
}

function finish(level: Level, found: FoundFloor, workings: Workings): PolicyResolution {
  if (found.kind === 'unknown') return withoutFloor(level, found, workings);
  if (level.broken) return { policy: null, ...withoutFlag(level) };
  const floor = found.kind === 'floor' ? found : null;
  const binding = floor === null || floor.held.exempt !== null ? null : floor.floor;
  const sources = sourcesOf(level.layers);
  const effective = workings.effective(level.layers, binding);
  const places = floor === null ? sources : [...sources, floor.held.source];
  const put = effective.problems.map(({ file, ...problem }) => ({
    ...problem,
    source: places[file] ?? firstOf(sources),
  }));
  const unread = level.wanted.map(({ problem }) => problem);
  const problems = [...level.problems, ...unread, ...put, ...(floor?.problems ?? [])];
  if (effective.settings === null || unread.length > 0) {
    return { policy: null, problems, sources, salvaged: namesOf(effective.settings ?? settingsSchema.parse({})) };
  }
  const { origins } = effective;
  return {
    policy: { ...inForce(effective.settings), sources, origins, floor: floor?.held ?? null },
    problems,
  };
}

/** The same objects for the same settings, so that what follows from them is worked out once. */
const inForce = oncePer((settings: PolicySettings): Pick<Policy, 'rules' | 'checkName' | 'overrides'> => {
  const { policy, overrides, ...rules } = settings;
  return { rules, checkName: policy.name, overrides };
});

/** Nobody may get round a floor by breaking the file that it stands in. */
function withoutFloor(
  level: Level,
  { problems, sources }: Extract<FoundFloor, { readonly kind: 'unknown' }>,
  workings: Workings,
): PolicyResolution {
  if (level.broken) {
    const known = new Set(level.sources.map((source) => JSON.stringify(source)));
    const isNew = sources.some((source) => !known.has(JSON.stringify(source)));
    return { policy: null, ...withoutFlag(level), problems: [...level.problems, ...(isNew ? problems : [])] };
  }
  const { settings } = workings.effective(level.layers, null);
  return {
    policy: null,
    problems: [...level.problems, ...problems],
    sources: [...sourcesOf(level.layers), ...sources],
    salvaged: namesOf(settings ?? settingsSchema.parse({})),
  };
}

function withoutFlag({ problems, sources, salvaged }: Broken) {
  return { problems, sources, salvaged };
}

function sourcesOf(layers: readonly Layer[]): readonly PolicySource[] {
  return layers.map(({ source }) => source).reverse();
}

function firstOf(sources: readonly PolicySource[]): PolicySource {
  const [first] = sources;
  if (first === undefined) throw new Error('A policy is made of one file at least.');
  return first;
}

function isError({ severity }: PolicyProblem): boolean {
  return severity === 'error';
}

function placed(problems: readonly Problem[], file: PolicyFile): PolicyProblem[] {
  return problems.map((problem) => ({ ...problem, source: sourceOf(file) }));
}
