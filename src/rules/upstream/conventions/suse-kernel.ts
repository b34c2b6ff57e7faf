// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { say, type Text } from '../../text.ts';
import { bounded, evidenceText } from '../evidence.ts';
import type { Evidence, Marker, PatchConvention, PatchInput, Problem, Reading } from '../model.ts';
import { type Field, fieldOf, looseField } from '../patch/fields.ts';
import { readPatchHeader } from '../patch/header.ts';
import { type Mainline, mendedMainline, readMainline, withPlaceholder } from './suse-mainline.ts';
import { excluded, missing, readTags, shaLine, type Tags, tagged, tagProblems } from './suse-tags.ts';

const mainline = 'Patch-mainline';
const most = 50;
const mostReferences = 10;

/**
 * The tags of SUSE's kernel patches: `Patch-mainline` says where a patch stands, and `Git-commit` and `Git-repo` say
 * what it was taken from where that is so, and may not stand there otherwise.
 */
export const suseKernel: PatchConvention = {
  id: 'suse-kernel',
  reads: 'patch',
  documentation: 'https://github.com/openSUSE/kernel-source#patch-headers',
  read,
  suggest,
};

function read({ text }: PatchInput): Reading {
  const { lines, behind } = readPatchHeader(text);
  const tags = readTags(lines.flatMap((line) => fieldOf(line) ?? []));
  const problems: Problem[] = [];
  const markers = tagged(tags, mainline).flatMap((field) => readMainlineTag(field, tags, problems));
  if (markers.length + problems.length > 0) {
    return { markers, problems: [...problems, ...tagProblems(tags)].slice(0, most) };
  }
  const near = lines.flatMap((line) =>
    nearMiss(line, ['The tag is Patch-mainline, at the start of its line, and a colon.']),
  );
  const below = behind.flatMap((line) => nearMiss(line, ['This stands below the line ---. It has to stand above it.']));
  return { markers, problems: [...tagProblems(tags), ...near, ...below].slice(0, most) };
}

function readMainlineTag(field: Field, tags: Tags, problems: Problem[]): readonly Marker[] {
  const { value, line, raw } = field;
  const said = readMainline(value);
  if (said === null) {
    const mended = mendedMainline(value);
    const text = say`${bounded(raw)} says none of: a version, Queued in subsystem maintainer repository, Submitted, Not yet, No, Never or Depends on.`;
    problems.push({
      code: 'upstream.near-miss',
      line,
      text,
      suggestion: mended === null ? null : `${mainline}: ${mended}`,
    });
    return [];
  }
  if (said.lacksReason) {
    const text = say`${bounded(raw)} has to go on: Submitted, with when and where to; the others, with a reason.`;
    const suggestion = `${mainline}: ${withPlaceholder(value.replace(/,\s*$/, ''), '')}`;
    problems.push({ code: 'upstream.missing-evidence', line, text, suggestion });
  }
  problems.push(...missing(field, said, tags), ...excluded(field, said, tags));
  const evidence = [...commits(said, tags), ...said.evidence, ...references(tags)];
  const isPartial = tagged(tags, 'Git-commit').some((one) => /\(partial\)$/i.test(one.value));
  const modifiers = isPartial && said.excludes.includes('Git-commit') === false ? { partial: true } : {};
  const raws = said.requires.flatMap((name) => tagged(tags, name).map((one) => one.raw));
  return [
    {
      state: said.state,
      evidence,
      modifiers: { ...said.modifiers, ...modifiers },
      line,
      raw: bounded([raw, ...raws].join(' ')),
    },
  ];
}

function commits({ requires }: Mainline, tags: Tags): readonly Evidence[] {
  if (!requires.includes('Git-commit')) return [];
  // A branch other than the default one stands behind the repository's address.
  const [repository = null, branch = null] = requires.includes('Git-repo')
    ? (tagged(tags, 'Git-repo')[0]?.value.split(/[\s#]+/, 2) ?? [])
    : [];
  return tagged(tags, 'Git-commit').flatMap(({ value }) => {
    const sha = shaLine.exec(value)?.[1]?.toLowerCase();
    const from = repository === null ? null : bounded(repository);
    return sha === undefined
      ? []
      : [{ kind: 'commit' as const, sha, repository: from, branch: branch && bounded(branch) }];
  });
}

function references(tags: Tags): readonly Evidence[] {
  const words = tagged(tags, 'References').flatMap(({ value }) => value.split(/[\s,]+/, mostReferences));
  const issues = words.filter((word) => /[#-]\d/.test(word)).slice(0, mostReferences);
  return issues.map((reference) => ({ kind: 'issue', reference: bounded(reference) }));
}

function nearMiss({ text, line }: { readonly text: string; readonly line: number }, why: Text): readonly Problem[] {
  const field = looseField(text);
  if (field === null || !/^(?:patch|upstream)?(?:in)?mainline(?:status)?$/.test(field.key)) return [];
  const value = readMainline(field.value) === null ? mendedMainline(field.value) : bounded(field.value);
  return value === null ? [] : [{ code: 'upstream.near-miss', line, text: why, suggestion: `${mainline}: ${value}` }];
}

function suggest(marker: Partial<Marker> | null): readonly string[] {
  const evidence = marker?.evidence;
  const partial = marker?.modifiers?.partial === true ? ' (partial)' : '';
  const commit = `Git-commit: ${evidenceText(evidence, ['commit'], 'SHA')}${partial}`;
  const repository = evidence?.find((one) => one.kind === 'commit')?.repository;
  const reason = evidenceText(evidence, ['reason', 'issue', 'url'], 'REASON');
  switch (marker?.state) {
    case undefined:
      return [
        `${mainline}: VERSION\nGit-commit: SHA`,
        `${mainline}: Queued in subsystem maintainer repository\nGit-repo: URL\nGit-commit: SHA`,
        ...['Submitted, DATE - DESTINATION', 'Not yet, REASON', 'Never, REASON'].map(
          (value) => `${mainline}: ${value}`,
        ),
      ];
    case 'merged':
      return [`${mainline}: ${evidenceText(evidence, ['release'], 'VERSION')}`, commit];
    case 'accepted':
      return [
        `${mainline}: Queued in subsystem maintainer repository`,
        `Git-repo: ${repository ?? evidenceText(evidence, ['url'], 'URL')}`,
        commit,
      ];
    case 'submitted':
      return [`${mainline}: Submitted, ${evidenceText(evidence, ['url', 'reason'], 'DATE - DESTINATION')}`];
    case 'pending':
      return [`${mainline}: Not yet, ${reason}`];
    case 'denied':
    case 'downstream-only':
      return [`${mainline}: Never, ${reason}`];
    default:
      return [];
  }
}
