// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { say } from '../../text.ts';
import { bounded } from '../evidence.ts';
import type { CommitInput, Evidence, Marker, Problem, Reading, State } from '../model.ts';
import { belowSubject, excerpt, type Line, linesOf, subjectOf } from './lines.ts';
import { noteBelow } from './notes.ts';
import { missingEvidence, missingLine, reading } from './problems.ts';
import { commitOf, type Provenance, provenances } from './provenance.ts';
import { readTags } from './subject-tags.ts';
import { allTags } from './tags.ts';

/** The message of a change to a kernel that follows upstream, as Android and ChromeOS write it, taken apart. */
export interface KernelMessage {
  readonly subject: Line;
  /** At least one. */
  readonly tags: readonly string[];
  /** The subject without its tags. */
  readonly title: string;
  readonly below: readonly Line[];
  /**
   * The first line that names a commit: further ones are of cherry-picks between the kernel's own branches, which
   * Git adds at the end.
   */
  readonly origin: Provenance | null;
  /** Whether a line was meant to name a commit and doesn't. */
  readonly hasMeantOrigin: boolean;
}

/**
 * Reads the tags of the subject that both kernels have: `UPSTREAM`, `BACKPORT`, `FROMGIT`. `readOwn` reads what
 * differs (null: the message has none of those tags), `missing` says what every change needs and this one has not.
 */
export function readKernelMessage(
  input: CommitInput,
  combinations: readonly string[],
  readOwn: (message: KernelMessage) => Reading | null,
  missing: (message: KernelMessage) => readonly Problem[] = () => [],
): Reading {
  const lines = linesOf(input.body);
  const subject = subjectOf(lines);
  const { tags, title, revert, problem } = readTags(subject, combinations);
  if (problem !== null) return { markers: [], problems: [problem] };
  if (tags.length === 0) return { markers: [], problems: [] };
  if (revert) return { markers: [revertOf(subject)], problems: [] };
  const below = belowSubject(lines);
  const { found, problems } = provenances(below);
  const origin = found[0] ?? null;
  const message = { subject, tags, title, below, origin, hasMeantOrigin: problems.length > 0 };
  const read = readOwn(message) ?? readPicked(message);
  return reading(read.markers, [...problems, ...read.problems, ...missingNotes(message), ...missing(message)]);
}

/** The marker of a message with the state that its tags say. */
export function markerOf(message: KernelMessage, state: State, evidence: readonly Evidence[]): Marker {
  const raw = [message.subject.text, message.origin?.raw ?? ''].filter((part) => part !== '').join('\n');
  return {
    state,
    evidence,
    modifiers: message.tags.includes('BACKPORT') ? { modified: true } : {},
    line: message.subject.number,
    raw: excerpt(raw),
  };
}

/** The subject without its tags, as the reason why there is the change. */
export function reasonOf({ title }: KernelMessage): readonly Evidence[] {
  return title === '' ? [] : [{ kind: 'reason', text: bounded(title) }];
}

/** Taking something back is a change of one's own, whatever that something was. */
function revertOf(subject: Line): Marker {
  return {
    state: 'downstream-only',
    evidence: [{ kind: 'reason', text: bounded(subject.text) }],
    modifiers: { revert: true },
    line: subject.number,
    raw: excerpt(subject.text),
  };
}

function readPicked(message: KernelMessage): Reading {
  const { subject, tags, origin, hasMeantOrigin } = message;
  const state = tags.includes('FROMGIT') ? 'accepted' : 'merged';
  if (origin !== null) {
    const problems = state === 'accepted' ? treeProblems(origin) : [];
    return { markers: [markerOf(message, state, [commitOf(origin)])], problems };
  }
  const form = `(cherry picked from commit COMMIT${state === 'accepted' ? ' REPOSITORY BRANCH' : ''})`;
  const problem = missingEvidence(subject.number, say`No line names the commit that this was taken from.`, form);
  if (hasMeantOrigin) return { markers: [], problems: [] };
  return { markers: [markerOf(message, state, [])], problems: [problem] };
}

/** `FROMGIT` names a maintainer's tree and its branch. */
function treeProblems({ sha, repository, branch, line }: Provenance): readonly Problem[] {
  const form = `(cherry picked from commit ${sha} REPOSITORY BRANCH)`;
  if (repository === null || branch === null) {
    return [missingEvidence(line, say`FROMGIT has to name the repository and its branch.`, form)];
  }
  if (!/linux-next|\/git\/next\//.test(repository)) return [];
  const why = say`linux-next is made anew every day, so the maintainer's own tree has to be named.`;
  return [missingEvidence(line, why, form)];
}

function missingNotes({ subject, tags, below, origin }: KernelMessage): readonly Problem[] {
  if (!tags.includes('BACKPORT')) return [];
  const source = origin?.lastLine ?? sourceLine(below);
  if (source === null || noteBelow(below, source) !== null) return [];
  const why = say`BACKPORT has to say what was changed, below the line that says where it was taken from.`;
  return [missingLine(subject.number, why, '[NAME: WHAT WAS CHANGED]')];
}

/** The number of the last line that says from which list a change was taken. */
export function sourceLine(below: readonly Line[]): number | null {
  const mails = below.filter(({ text }) => text.startsWith('(am from ')).map(({ number }) => number);
  const links = allTags(below, 'Link').map(({ line }) => line.number);
  return mails.at(-1) ?? links.at(-1) ?? null;
}
