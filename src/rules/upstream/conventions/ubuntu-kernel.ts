// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { say } from '../../text.ts';
import { belowSubject, excerpt, type Line, linesOf, subjectOf } from '../commit/lines.ts';
import { isNote } from '../commit/notes.ts';
import { missingLine, nearMiss, reading } from '../commit/problems.ts';
import { commitOf, type Provenance, provenances } from '../commit/provenance.ts';
import { allTags, urlIn } from '../commit/tags.ts';
import { bounded, evidenceText } from '../evidence.ts';
import type { CommitConvention, CommitInput, Evidence, Marker, Problem, Reading } from '../model.ts';
import { pickedLine } from './kernel-suggestions.ts';

/**
 * The notation of Ubuntu's kernels. `UBUNTU: SAUCE:` covers what was taken from a maintainer's tree (a line says which:
 * `accepted`), what has been sent (a `Link`: `submitted`), what has not (`pending`), and what never will be:
 * `downstream-only` where `(no-up)` says so, as the older page has it.
 */
export const ubuntuKernel: CommitConvention = {
  id: 'ubuntu-kernel',
  reads: 'commit',
  documentation: 'https://canonical-kernel-docs.readthedocs-hosted.com/latest/reference/stable-patch-format/',
  read,
  suggest,
};

/** A message, taken apart. */
interface Message {
  readonly subject: Line;
  /** The subject without `[SRU][N][PATCH 1/2]`, which `git am` takes away. */
  readonly title: string;
  readonly below: readonly Line[];
  readonly origin: Provenance | null;
}

function read(input: CommitInput): Reading {
  const lines = linesOf(input.body);
  const subject = subjectOf(lines);
  const below = belowSubject(lines);
  const { found, problems } = provenances(below);
  const title = subject.text.replace(/^(?:\[[^\]]{0,60}\]\s?){0,6}/, '');
  const message: Message = { subject, title, below, origin: found[0] ?? null };
  const meant = meantPrefix(message);
  if (meant !== null) return reading([], [...problems, meant]);
  const marker = markerOf(message);
  if (marker === null) return reading([], problems);
  const asks = isPackaging(title) ? [] : [...bugProblems(message), ...noteProblems(message)];
  return reading([marker], [...problems, ...asks]);
}

function isPackaging(title: string): boolean {
  return title.startsWith('UBUNTU: ') && !title.startsWith('UBUNTU: SAUCE: ');
}

const sauceForm = /^UBUNTU: SAUCE: (\(no-up\)\s?)?(.*)$/;
const prefix = /^\s{0,3}\[?ubuntu\]?\s?(?::\s{0,3}|\s)\s?(?:\[?(sauce)\]?\s?:?\s{0,3})?(.*)$/i;

function meantPrefix({ subject, title }: Message): Problem | null {
  if (/^UBUNTU: SAUCE: \S/.test(title) || (/^UBUNTU: \S/.test(title) && !/^UBUNTU: \[?sauce\b/i.test(title)))
    return null;
  const bare = /^\[?SAUCE\]?:\s{0,3}(.*)$/.exec(title);
  const match = bare === null ? prefix.exec(title) : null;
  const isSauce = bare !== null || match?.[1] !== undefined;
  const rest = bare?.[1] ?? match?.[2] ?? '';
  // "ubuntu: …" may be the subject of a change to upstream's directory of that name; in capitals it was meant.
  if (!isSauce && !/^\s{0,3}\[?(?:UBUNTU|Ubuntu)\b/.test(title)) return null;
  const why = say`The subject is not quite as the convention writes it: ${excerpt(title)}`;
  return nearMiss(subject.number, why, `UBUNTU: ${isSauce ? 'SAUCE: ' : ''}${rest === '' ? 'SUBJECT' : rest}`);
}

function markerOf(message: Message): Marker | null {
  const { subject, title, origin } = message;
  const match = sauceForm.exec(title);
  const raw = excerpt([subject.text, origin?.raw ?? ''].filter((part) => part !== '').join('\n'));
  const marker = (state: Marker['state'], evidence: readonly Evidence[]): Marker => ({
    state,
    evidence,
    modifiers: origin?.verb === 'backported' ? { modified: true } : {},
    line: title.startsWith('UBUNTU: ') ? subject.number : (origin?.line ?? subject.number),
    raw: title.startsWith('UBUNTU: ') ? raw : (origin?.raw ?? raw),
  });
  if (match !== null) return sauceOf(message, match[1] !== undefined, match[2] ?? '', marker);
  if (title.startsWith('UBUNTU: ')) return marker('downstream-only', [{ kind: 'reason', text: bounded(title) }]);
  return origin === null ? null : marker(isMaintainers(origin) ? 'accepted' : 'merged', [commitOf(origin)]);
}

function sauceOf(
  { below, origin }: Message,
  never: boolean,
  title: string,
  marker: (state: Marker['state'], evidence: readonly Evidence[]) => Marker,
): Marker {
  const reason: Evidence = { kind: 'reason', text: bounded(title) };
  if (origin !== null) return marker(isMainline(origin) ? 'merged' : 'accepted', [commitOf(origin)]);
  if (never) return marker('downstream-only', [reason]);
  const mail = allTags(below, 'Link').flatMap(({ value }) => urlIn(value) ?? [])[0];
  if (mail !== undefined) return marker('submitted', [{ kind: 'url', url: mail }]);
  const bugs = bugsOf(below).map((url): Evidence => ({ kind: 'url', url }));
  return marker('pending', [...bugs.slice(0, 5), reason]);
}

function isMainline({ repository }: Provenance): boolean {
  return repository === null || repository === 'upstream' || /torvalds\/linux/.test(repository);
}

/** Neither mainline nor one of upstream's stable branches, such as `2.6.34.y`. */
function isMaintainers(origin: Provenance): boolean {
  return !isMainline(origin) && !/^(?:linux-)?\d{1,3}(?:\.\d{1,4}){1,3}\.y$/.test(origin.repository ?? '');
}

const bug = /^BugLink: (https:\/\/bugs\.launchpad\.net\/bugs\/\d{1,9})$/;
const cve = /^CVE-\d{4}-\d{4,9}$/;
const meantBug = /^\s{0,3}bug[-_ ]?link\s?[:=]?\s?/i;
const launchpad = /(?:bugs\.launchpad\.net\/\S{0,200}?|launchpad\.net\/bugs\/|LP:? ?#?)(\d{1,9})(?!\d)\/?$/;

function bugsOf(below: readonly Line[]): readonly string[] {
  return below.flatMap(({ text }) => bug.exec(text)?.[1] ?? []);
}

/** A bug on Launchpad by its short address, or the CVE that the change is for. */
function bugProblems({ subject, below }: Message): readonly Problem[] {
  const meant = below.filter(({ text }) => meantBug.test(text) && !bug.test(text));
  const problems = meant.map((line) => {
    const number = launchpad.exec(line.text)?.[1];
    const why = say`BugLink is the short address of a bug on Launchpad: ${excerpt(line.text)}`;
    const correct = number === undefined ? null : `BugLink: https://bugs.launchpad.net/bugs/${number}`;
    return nearMiss(line.number, why, correct);
  });
  if (problems.length > 0 || below.some(({ text }) => bug.test(text) || cve.test(text))) return problems;
  const why = say`Every change needs a bug on Launchpad, or the CVE that it is for, above the description.`;
  return [missingLine(subject.number, why, 'BugLink: https://bugs.launchpad.net/bugs/NUMBER')];
}

function noteProblems({ below, origin }: Message): readonly Problem[] {
  if (origin?.verb !== 'backported') return [];
  const next = below.find(({ number }) => number === origin.lastLine + 1);
  if (next !== undefined && isNote(next)) return [];
  const why = say`What was changed has to be said immediately below, with who changed it.`;
  return [missingLine(origin.line, why, '[NAME: WHAT WAS CHANGED]')];
}

function suggest(marker: Partial<Marker> | null): readonly string[] {
  const link = 'BugLink: https://bugs.launchpad.net/bugs/NUMBER';
  const sauce = 'UBUNTU: SAUCE: SUBJECT';
  const modified = marker?.modifiers?.modified === true;
  const adapted = (line: string) =>
    modified ? [line.replace('(cherry picked', '(backported'), '[NAME: WHAT WAS CHANGED]'] : [line];
  switch (marker?.state) {
    case undefined:
      return [`${link}\n${pickedLine(undefined)}`, `${sauce}\n${link}`];
    case 'merged':
      return [link, ...adapted(pickedLine(marker?.evidence))];
    case 'accepted':
      return [sauce, link, ...adapted(pickedLine(marker?.evidence, 'REPOSITORY'))];
    case 'submitted':
      return [sauce, link, `Link: ${evidenceText(marker?.evidence, ['url'], 'URL')}`];
    case 'pending':
      return [sauce, link];
    case 'downstream-only':
      return ['UBUNTU: SAUCE: (no-up) SUBJECT', link];
    default:
      return [];
  }
}
