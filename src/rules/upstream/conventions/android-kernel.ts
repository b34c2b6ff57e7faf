// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { say } from '../../text.ts';
import { type KernelMessage, markerOf, readKernelMessage, reasonOf } from '../commit/kernel-message.ts';
import { missingEvidence, missingLine } from '../commit/problems.ts';
import { allTags, firstTag, urlIn } from '../commit/tags.ts';
import { bounded } from '../evidence.ts';
import type { CommitConvention, Evidence, Problem, Reading } from '../model.ts';
import { suggestKernelTags } from './kernel-suggestions.ts';

const combinations = [
  'UPSTREAM',
  'BACKPORT',
  'FROMGIT',
  'FROMLIST',
  'ANDROID',
  'BACKPORT FROMGIT',
  'BACKPORT FROMLIST',
];

/**
 * The notation of Android's common kernels. `Change-Id` is Gerrit's and `Signed-off-by` the DCO rule's, so neither is
 * asked for here.
 */
export const androidKernel: CommitConvention = {
  id: 'android-kernel',
  reads: 'commit',
  documentation: 'https://android.googlesource.com/kernel/common/+/refs/heads/android-mainline/README.md',
  read: (input) => readKernelMessage(input, combinations, readOwn),
  suggest: (marker) =>
    suggestKernelTags(marker, {
      downstream: ['ANDROID: SUBJECT', 'Bug: NUMBER'],
      submitted: (url) => ['Bug: NUMBER', `Link: ${url}`],
      also: [],
    }),
};

function readOwn(message: KernelMessage): Reading | null {
  if (message.tags.includes('ANDROID')) return readAndroid(message);
  return message.tags.includes('FROMLIST') ? readFromList(message) : null;
}

const archive = /^https?:\/\/(?:lore\.kernel\.org|lkml\.kernel\.org|patch\.msgid\.link)\//i;

function readFromList(message: KernelMessage): Reading {
  const { subject, below } = message;
  const url = allTags(below, 'Link')
    .flatMap(({ value }) => urlIn(value) ?? [])
    .find((link) => archive.test(link));
  const problems: Problem[] = [];
  if (url === undefined) {
    const why = say`FROMLIST has to link to the mail on lore.kernel.org.`;
    problems.push(missingEvidence(subject.number, why, 'Link: https://lore.kernel.org/r/MESSAGE-ID'));
  }
  if (bugOf(message) === null) {
    problems.push(missingLine(subject.number, say`FROMLIST needs the bug that it is for.`, 'Bug: NUMBER'));
  }
  return { markers: [markerOf(message, 'submitted', url === undefined ? [] : [{ kind: 'url', url }])], problems };
}

function readAndroid(message: KernelMessage): Reading {
  const bug = bugOf(message);
  const issue: readonly Evidence[] = bug === null ? [] : [{ kind: 'issue', reference: bug }];
  const named = bug !== null || (firstTag(message.below, 'Fixes')?.value ?? '') !== '';
  const why = say`ANDROID needs the bug that it is for, or the commit that it fixes.`;
  return {
    markers: [markerOf(message, 'downstream-only', [...reasonOf(message), ...issue])],
    problems: named ? [] : [missingLine(message.subject.number, why, 'Bug: NUMBER')],
  };
}

function bugOf({ below }: KernelMessage): string | null {
  const value = firstTag(below, 'Bug')?.value ?? '';
  return value === '' ? null : bounded(value);
}
