// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { say } from '../../text.ts';
import { belowSubject, excerpt, type Line, linesOf, subjectOf } from '../commit/lines.ts';
import { missingEvidence, nearMiss, reading, unreadable } from '../commit/problems.ts';
import { saidLines } from '../commit/pull-request.ts';
import type { CommitInput, Convention, Marker, Problem, Reading } from '../model.ts';
import { readPatchHeader } from '../patch/header.ts';
import { customEvidence, customModifiers } from './custom-evidence.ts';
import { type CompiledMark, compileMark, matchLine, matchSubject, nearName } from './custom-marks.ts';
import type { CustomSettings } from './custom-settings.ts';

/**
 * The notation that a policy describes. Patterns run in linear time (RE2) on lines of at most 1,000 characters.
 * Throws for a pattern that `customSettings` would have refused.
 */
export function customConvention(settings: CustomSettings): Convention {
  const marks = settings.marks.map(compileMark);
  const notation = {
    id: 'custom',
    documentation: settings.documentation,
    suggest: (marker: Partial<Marker> | null) => suggest(settings, marker),
  };
  switch (settings.in) {
    case 'path':
      return { ...notation, reads: 'path', read: ({ path }) => readLines(null, [{ number: 1, text: path }], marks) };
    case 'patch':
      return { ...notation, reads: 'patch', read: ({ text }) => readLines(null, headerLines(text), marks) };
    case 'commit':
      return { ...notation, reads: 'commit', read: (input) => readMessage(input, marks) };
    case 'pull-request':
      return { ...notation, reads: 'pull-request', read: (input) => readEither(input, marks) };
  }
}

function headerLines(text: string): readonly Line[] {
  return readPatchHeader(text).lines.map(({ text: line, line: number }) => ({ number, text: line.slice(0, 1000) }));
}

function readMessage({ subject, body }: CommitInput, marks: readonly CompiledMark[]): Reading {
  const lines = linesOf(body === '' ? subject : body);
  return readLines(subjectOf(lines), belowSubject(lines), marks);
}

function readEither(input: CommitInput, marks: readonly CompiledMark[]): Reading {
  const message = readMessage(input, marks);
  const saysNothing = message.markers.length + message.problems.length === 0;
  if (!saysNothing || input.pullRequestBody === null) return message;
  return readLines(null, saidLines(input.pullRequestBody), marks);
}

function readLines(subject: Line | null, lines: readonly Line[], marks: readonly CompiledMark[]): Reading {
  const markers: Marker[] = [];
  const problems: Problem[] = [];
  const all = subject === null ? lines : [subject, ...lines];
  for (const line of all) {
    const match = line === subject ? matchSubject(line.text, marks) : matchLine(line.text, marks);
    if (match === null) continue;
    if ('mark' in match) {
      const marker: Marker = {
        state: match.mark.settings.state,
        evidence: customEvidence(match, lines),
        modifiers: customModifiers(match),
        line: line.number,
        raw: excerpt(line.text),
      };
      markers.push(marker);
      problems.push(...lacking(match.mark, marker));
    } else {
      problems.push(unreadableValue(line, match.unreadable));
    }
  }
  if (markers.length + problems.length > 0) return reading(markers, problems);
  return reading(
    [],
    all.flatMap((line) => near(line, line === subject, marks)),
  );
}

function lacking({ settings }: CompiledMark, marker: Marker): readonly Problem[] {
  const missing = settings.requires.filter((kind) => !marker.evidence.some((piece) => piece.kind === kind));
  if (missing.length === 0) return [];
  const why = say`${marker.raw} has to come with its evidence: ${missing.join(', ')}.`;
  return [missingEvidence(marker.line, why, settings.write)];
}

function unreadableValue(line: Line, marks: readonly CompiledMark[]): Problem {
  const why = say`This says nothing that the policy knows: ${excerpt(line.text)}`;
  const [only, ...others] = marks;
  return unreadable(line.number, why, others.length === 0 ? (only?.settings.write ?? null) : null);
}

function near(line: Line, isSubject: boolean, marks: readonly CompiledMark[]): readonly Problem[] {
  const found = nearName(line.text, isSubject, marks);
  if (found === null) return [];
  const why = say`This is close to what the policy asks for, but not it: ${excerpt(line.text)}`;
  return [nearMiss(line.number, why, found)];
}

function suggest({ marks }: CustomSettings, marker: Partial<Marker> | null): readonly string[] {
  if (marker?.state === undefined) return marks.map(({ write }) => write);
  const wanted = marker.modifiers ?? {};
  const same = marks.filter(({ state }) => state === marker.state);
  const fits = same.find(
    (mark) => mark.revert === (wanted.revert ?? false) && mark.modified === (wanted.modified ?? false),
  );
  const mark = fits ?? same[0];
  return mark === undefined ? [] : mark.write.split('\n');
}
