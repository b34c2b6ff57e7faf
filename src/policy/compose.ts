// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { say, type Text } from '../rules/text.ts';
import type { Position, Problem } from './mistakes.ts';
import type { ParsedPolicy } from './parse.ts';
import {
  type ExtendedFiles,
  type Location,
  locationKey,
  type Missing,
  type PolicyFile,
  type PolicyProblem,
  type PolicySource,
} from './policy.ts';
import type { Preset, Presets } from './presets.ts';
import { readTarget, type Target } from './target.ts';
import { isPreset } from './wording.ts';
import type { Written } from './written.ts';

/** Extended files deep; a policy's own file is not counted. */
export const deepest = 5;
/** Files that one policy is made of, each time that it is named. */
export const mostFiles = 50;

/** A file's part in a policy. */
export interface Layer {
  readonly source: PolicySource;
  /** Git's object id of the blob; `preset NAME` for a preset; null where it is not known. */
  readonly oid: string | null;
  readonly written: Written;
  /** Where the judged repository, or the organisation, asks for it: what is wrong with a preset is shown there. */
  readonly asked: Asked | null;
}

/** The nearest entry of `extends` that lies in the same repository as the policy's own file. */
export interface Asked {
  readonly source: PolicySource;
  readonly position: Position;
}

/** What a file and all that it extends amount to. */
export interface Composition {
  /** The lowest first; a file that cannot be used is not among them. */
  readonly layers: readonly Layer[];
  readonly problems: readonly PolicyProblem[];
  /** Files that it takes and that were not looked for yet, and what is wrong if nobody does. */
  readonly wanted: readonly Wanted[];
  /** Every file that it takes, looked for or not. */
  readonly taken: readonly Location[];
}

export interface Wanted {
  readonly location: Location;
  readonly problem: PolicyProblem;
}

export interface Composing {
  readonly extended: ExtendedFiles;
  readonly presets: Presets;
  readonly parse: (file: PolicyFile) => ParsedPolicy;
}

/** A policy's own file, its text parsed and sound. */
export interface Own {
  readonly file: PolicyFile;
  readonly written: Written;
}

/** The file's layers, below it those of the files that it extends, in the order in which they are laid over each other. */
export function compose(own: Own, composing: Composing): Composition {
  const walk = startWalk(composing);
  visit({ key: null, source: sourceOf(own.file), oid: own.file.oid, written: own.written }, [], null, walk);
  const { layers, problems, wanted, taken } = walk;
  return { layers, problems, wanted: [...wanted.values()], taken: [...taken.values()] };
}

/** The layers of a preset; presets are ours, and sound. */
export function composePreset(name: string, composing: Composing): Composition {
  const walk = startWalk(composing);
  const preset = composing.presets.get(name);
  if (preset !== undefined) visit(presetNode(preset), [], null, walk);
  return { layers: walk.layers, problems: walk.problems, wanted: [], taken: [] };
}

function startWalk(composing: Composing): Walk {
  return { ...composing, layers: [], problems: [], wanted: new Map(), taken: new Map(), files: 0 };
}

interface Walk extends Composing {
  readonly layers: Layer[];
  readonly problems: PolicyProblem[];
  readonly wanted: Map<string, Wanted>;
  readonly taken: Map<string, Location>;
  files: number;
}

interface Node {
  /** Under which it was asked for; null for the policy's own file. */
  readonly key: string | null;
  readonly source: PolicySource;
  readonly oid: string | null;
  readonly written: Written;
}

/** A file on the way down, as the next one calls it. */
interface Step {
  /** Under which it was asked for, and under which it was found: a branch's name, and its commit. */
  readonly keys: readonly string[];
  readonly source: PolicySource;
}

function visit(node: Node, chain: readonly Step[], asked: Asked | null, walk: Walk): void {
  const { source, written } = node;
  const here: Step = { keys: [keyOf(source), ...(node.key === null ? [] : [node.key])], source };
  written.extends.forEach((entry, index) => {
    const position = written.positions.get(`extends[${index}]`);
    const nearer = position !== undefined && isNearer(source, chain[0]?.source) ? { source, position } : asked;
    const target = readTarget(entry);
    if (nearer !== null && target !== null) follow(target, entry, [...chain, here], nearer, walk);
  });
  const { oid } = node;
  walk.layers.push({ source, oid, written, asked });
}

/** Whether the file lies where the policy's own does, so that its lines can be shown. */
function isNearer(source: PolicySource, own: PolicySource | undefined): boolean {
  return own === undefined || (source.repository === own.repository && !isPreset(source));
}

function follow(target: Target, entry: string, chain: readonly Step[], asked: Asked, walk: Walk): void {
  const fail = (code: string, text: Text) =>
    void walk.problems.push(problemAt(asked, code, say`${text}${told(chain, entry)}`));
  walk.files += 1;
  if (walk.files > mostFiles) {
    if (walk.files === mostFiles + 1)
      fail('policy.extends-count', [`A policy can be made of ${mostFiles} files at most.`]);
    return;
  }
  if (chain.length > deepest) {
    fail('policy.extends-depth', [`Policies can extend each other ${deepest} deep at most.`]);
    return;
  }
  if (target.kind === 'preset') {
    followPreset(target.name, chain, asked, walk, fail);
    return;
  }
  const location = locate(target, chain.at(-1)?.source);
  if (location === null) return;
  const key = locationKey(location);
  walk.taken.set(key, location);
  const found = walk.extended.get(key);
  const keys = [key, ...(found !== undefined && 'file' in found ? [keyOf(found.file)] : [])];
  if (chain.some((step) => step.keys.some((one) => keys.includes(one)))) {
    fail('policy.extends-cycle', say`${entry} extends itself in the end, so that there is no first one to begin with.`);
  } else if (found === undefined) {
    const text = say`${entry} cannot be used: ${reasons.remote}${told(chain, entry)}`;
    walk.wanted.set(key, { location, problem: problemAt(asked, 'policy.extends-missing', text) });
  } else if ('missing' in found) missing(found.missing, entry, asked, walk, fail);
  else followFile(found.file, entry, [key, chain], asked, walk, fail);
}

type Fail = (code: string, text: Text) => void;

function followPreset(name: string, chain: readonly Step[], asked: Asked, walk: Walk, fail: Fail): void {
  const preset = walk.presets.get(name);
  if (preset === undefined) {
    const names = [...walk.presets.keys()].join(', ');
    fail('policy.extends-missing', say`There is no preset ${name}. Use one of ${[names]}, or the path of a file.`);
    return;
  }
  visit(presetNode(preset), chain, asked, walk);
}

function presetNode({ name, source, written }: Preset): Node {
  return { key: null, source, oid: `preset ${name}`, written };
}

const reasons: Readonly<Record<Exclude<Missing, keyof typeof leftOut>, Text>> = {
  file: ['there is no such file. Mend the path or the ref, or remove the entry.'],
  place: [
    'there is no such repository, branch or tag, or this App may not read it, or another account’s private file does not name yours in sharedWith. Mend the entry, or ask there.',
  ],
  remote: [
    'it lies in another repository, and GitHub is not asked here. Give a copy of it with --extended, or in a clone a token in GH_TOKEN.',
  ],
};

/** What can be left out, since nothing is judged by it. */
const leftOut = {
  withheld: [
    ' is not public, and the policy in force does not name it. It is read once this is merged, so that nobody can find out by a pull request what is there; until then it is left out of what is said here.',
  ],
  unseen: [' lies in another repository and was not looked at.'],
} as const;

function missing(why: Missing, entry: string, asked: Asked, walk: Walk, fail: Fail): void {
  if (why !== 'withheld' && why !== 'unseen') {
    fail('policy.extends-missing', say`${entry} cannot be used: ${reasons[why]}`);
    return;
  }
  const text = say`${entry}${leftOut[why]}`;
  walk.problems.push({ ...problemAt(asked, `policy.extends-${why}`, text), severity: 'warning' });
}

function followFile(
  file: PolicyFile,
  entry: string,
  [key, chain]: readonly [string, readonly Step[]],
  asked: Asked,
  walk: Walk,
  fail: Fail,
): void {
  const parsed = walk.parse(file);
  const source = sourceOf(file);
  if (!isSharedWith(chain[0]?.source, source, parsed.written)) {
    // As if it weren't there: what an account does not share, nobody elsewhere shall find out.
    missing('place', entry, asked, walk, fail);
    return;
  }
  if (parsed.written !== null) {
    visit({ key, source, oid: file.oid, written: parsed.written }, chain, asked, walk);
    return;
  }
  const errors = parsed.problems.length === 1 ? 'a mistake' : `${parsed.problems.length} mistakes`;
  fail('policy.extends-broken', say`${entry} has ${[errors]} and cannot be used. Mend it there.`);
  // Their words quote the file.
  if (source.hidden !== true) walk.problems.push(...parsed.problems.map((problem) => ({ ...problem, source })));
}

/**
 * Whether a file's settings may act in that repository. They show in what the rules say, so that whoever can install the
 * App could read the private policies of all its other users.
 */
function isSharedWith(own: PolicySource | undefined, source: PolicySource, written: Written | null): boolean {
  if (source.hidden !== true) return true;
  const owner = ownerOf(own);
  return owner === ownerOf(source) || written?.sharedWith.has(owner) === true;
}

function ownerOf(source: PolicySource | undefined): string {
  return (source?.repository?.split('/', 1)[0] ?? '').toLowerCase();
}

/** Where an entry of that file leads; null for a path in a preset, which has no repository around it. */
function locate(target: Exclude<Target, { kind: 'preset' }>, from: PolicySource | undefined): Location | null {
  if (target.kind === 'remote') {
    return { repository: `${target.owner}/${target.name}`, path: target.path, ref: target.ref };
  }
  if (from === undefined || isPreset(from)) return null;
  return { repository: from.repository, path: target.path, ref: from.commit ?? from.ref };
}

function keyOf(source: PolicySource): string {
  return locationKey({ ...source, ref: source.commit ?? source.ref });
}

/** The way from the policy's own file to the entry, where there is more than one step. */
function told(chain: readonly Step[], entry: string): Text {
  if (chain.length < 2) return [];
  const home = chain[0]?.source.repository ?? null;
  const steps = [...chain.map(({ source }) => shortName(source, home)), entry];
  return say` It is extended by way of ${steps.join(' → ')}.`;
}

function shortName({ repository, path, ref }: PolicySource, home: string | null): string {
  return repository === home || repository === null ? path : `${repository}:${path}${ref === null ? '' : `@${ref}`}`;
}

function problemAt({ source, position }: Asked, code: string, text: Text): PolicyProblem {
  const problem: Problem = { code, severity: 'error', ...position, text };
  return { ...problem, source };
}

/** The place alone, without what lies there. */
export function sourceOf({ oid: _, size: __, text: ___, ...source }: PolicyFile): PolicySource {
  return source;
}
