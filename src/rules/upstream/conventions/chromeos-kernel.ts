// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { say } from '../../text.ts';
import { type KernelMessage, markerOf, readKernelMessage, reasonOf, sourceLine } from '../commit/kernel-message.ts';
import { excerpt } from '../commit/lines.ts';
import { noteBelow } from '../commit/notes.ts';
import { missingEvidence, missingLine, nearMiss } from '../commit/problems.ts';
import { allTags, firstTag, urlIn } from '../commit/tags.ts';
import { bounded } from '../evidence.ts';
import type { CommitConvention, Evidence, Marker, Problem, Reading } from '../model.ts';
import { suggestKernelTags } from './kernel-suggestions.ts';

const combinations = [
  'UPSTREAM',
  'BACKPORT',
  'FROMGIT',
  'FROMLIST',
  'CHROMIUM',
  'BACKPORT FROMGIT',
  'BACKPORT FROMLIST',
  'CHROMIUM FROMLIST',
];

const task = 'UPSTREAM-TASK=b:NUMBER';
const bugAndTest = ['BUG=b:NUMBER', 'TEST=HOW'];

/**
 * The notation of ChromeOS's kernels. Which changes need `UPSTREAM-TASK`, and in what form, is what the checks of
 * their repository say; they let off a change to files of ChromeOS's own alone, which a message can't tell.
 */
export const chromeosKernel: CommitConvention = {
  id: 'chromeos-kernel',
  reads: 'commit',
  documentation: 'https://chromium.googlesource.com/chromiumos/docs/+/HEAD/kernel_development.md',
  read: (input) => readKernelMessage(input, combinations, readOwn, missingTags),
  suggest,
};

function readOwn(message: KernelMessage): Reading | null {
  if (message.tags.includes('FROMLIST')) return readFromList(message);
  return message.tags.includes('CHROMIUM') ? { markers: [chromium(message)], problems: [] } : null;
}

/** A change that is tracked on its way upstream is pending; any other is ChromeOS's own. */
function chromium(message: KernelMessage): Marker {
  const tasks = firstTag(message.below, 'UPSTREAM-TASK')?.value ?? '';
  if (tasks === '') return markerOf(message, 'downstream-only', reasonOf(message));
  return markerOf(message, 'pending', [{ kind: 'issue', reference: bounded(tasks) }, ...reasonOf(message)]);
}

/** `CHROMIUM: FROMLIST:` is what upstream's list has rejected: it needs the reason why it is taken all the same. */
function readFromList(message: KernelMessage): Reading {
  const { subject, below, tags } = message;
  const rejected = tags.includes('CHROMIUM');
  const mail = below.find(({ text }) => text.startsWith('(am from '));
  const url = mail === undefined ? null : urlIn(mail.text);
  const note = rejected && url !== null ? noteBelow(below, sourceLine(below) ?? 0) : null;
  const problems: Problem[] = [];
  if (url === null) {
    const why = say`FROMLIST has to name the mail that this was taken from.`;
    problems.push(missingEvidence(subject.number, why, '(am from URL)'));
  } else if (rejected && note === null) {
    const why = say`What upstream has rejected needs the reason why it is taken all the same, below (am from …).`;
    problems.push(missingEvidence(subject.number, why, 'REASON'));
  }
  const evidence: Evidence[] = url === null ? [] : [{ kind: 'url', url }];
  if (note !== null) evidence.push({ kind: 'reason', text: bounded(note.text) });
  return { markers: [markerOf(message, rejected ? 'denied' : 'submitted', evidence)], problems };
}

function missingTags(message: KernelMessage): readonly Problem[] {
  const { subject, below, tags } = message;
  const problems = bugAndTest.flatMap((form) => {
    const key = form.slice(0, form.indexOf('='));
    if ((firstTag(below, key)?.value ?? '') !== '') return [];
    return missingLine(subject.number, say`Every change needs its ${key}= line.`, form);
  });
  if (!tags.includes('FROMLIST') && !tags.includes('CHROMIUM')) return problems;
  return [...problems, ...taskProblems(message)];
}

const taskForm = /^b:\d{7,12}(?:[, ]{1,3}b:\d{7,12}){0,20}$/;

function taskProblems({ subject, below }: KernelMessage): readonly Problem[] {
  const found = firstTag(below, 'UPSTREAM-TASK');
  if (found === null) {
    const why = say`What is not upstream yet needs the bug that tracks its way there.`;
    return [missingLine(subject.number, why, task)];
  }
  if (!taskForm.test(found.value)) {
    const why = say`UPSTREAM-TASK names a bug as b: and at least seven digits: ${excerpt(found.line.text)}`;
    return [nearMiss(found.line.number, why, correctedTask(found.value))];
  }
  const bugs = new Set(allTags(below, 'BUG').flatMap(({ value }) => value.match(/b:\d{7,12}/g) ?? []));
  const shared = (found.value.match(/b:\d{7,12}/g) ?? []).find((bug) => bugs.has(bug));
  if (shared === undefined) return [];
  const why = say`UPSTREAM-TASK has to be another bug than BUG, and both are ${shared}.`;
  return [nearMiss(found.line.number, why, task)];
}

function correctedTask(value: string): string | null {
  const numbers = value.match(/(?<!\d)\d{7,12}(?!\d)/g) ?? [];
  return numbers.length === 0 ? null : `UPSTREAM-TASK=${numbers.map((number) => `b:${number}`).join(', ')}`;
}

function suggest(marker: Partial<Marker> | null): readonly string[] {
  const url = marker?.evidence?.find((piece) => piece.kind === 'url')?.url ?? 'URL';
  if (marker?.state === 'denied') {
    return ['CHROMIUM: FROMLIST: SUBJECT', `(am from ${url})`, 'REASON', task, ...bugAndTest];
  }
  return suggestKernelTags(marker, {
    downstream: ['CHROMIUM: SUBJECT', task],
    submitted: (link) => [`(am from ${link})`, task],
    also: bugAndTest,
  });
}
