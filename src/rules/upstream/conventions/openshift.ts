// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { say } from '../../text.ts';
import { excerpt, type Line, linesOf, subjectOf } from '../commit/lines.ts';
import { missingEvidence, nearMiss } from '../commit/problems.ts';
import { bounded } from '../evidence.ts';
import type { CommitConvention, CommitInput, Evidence, Marker, Reading } from '../model.ts';

/**
 * The notation of OpenShift's forks, in the subject alone. A pull request's number counts as `submitted`: whether it
 * has been merged is for GitHub to say.
 */
export const openshift: CommitConvention = {
  id: 'openshift',
  reads: 'commit',
  documentation: 'https://github.com/openshift/build-machinery-go/blob/master/commitchecker/COMMITS.md',
  read,
  suggest,
};

// The pattern of the specification's section 3.5, in parts; ten digits are more than any pull request's number has.
const exact = /^UPSTREAM: (revert: )?(?:([\w.-]{1,100}\/[\w.-]{1,100})?: )?(\d{1,10}|<carry>|<drop>):(.*)$/;

function read(input: CommitInput): Reading {
  const subject = subjectOf(linesOf(input.body === '' ? input.subject : input.body));
  const match = exact.exec(subject.text);
  if (match === null) return readMeant(subject);
  const [, revert, repository = null, tag = '', rest = ''] = match;
  const title = rest.trim();
  const marker: Marker = {
    ...stateOf(tag, title, repository),
    modifiers: revert === undefined ? {} : { revert: true },
    line: subject.number,
    raw: excerpt(subject.text),
  };
  if (title !== '') return { markers: [marker], problems: [] };
  const why = say`The subject has to say what the change is for, behind ${excerpt(subject.text)}.`;
  return { markers: [marker], problems: [missingEvidence(subject.number, why, `${subject.text} DESCRIPTION`)] };
}

function stateOf(tag: string, title: string, repository: string | null): Pick<Marker, 'state' | 'evidence'> {
  const reason: readonly Evidence[] = title === '' ? [] : [{ kind: 'reason', text: bounded(title) }];
  if (tag === '<carry>') return { state: 'downstream-only', evidence: reason };
  if (tag === '<drop>') return { state: 'drop', evidence: reason };
  return { state: 'submitted', evidence: [{ kind: 'pull-request', number: Number(tag), repository }] };
}

const quotedRevert = /^revert:? "(.*)"$/i;
const ticket = /^[A-Z][A-Z0-9]{1,20}-\d{1,8}: {0,3}/;
const opening = /^\s{0,3}\[?upstream\]?(?:\s*:)?\s*/i;
const revertWord = /^revert(?:ed|s)?\b:?\s*/i;
const repositoryWord = /^([\w.-]{1,100}\/[\w.-]{1,100})\s?:\s*/;
const pullUrl = /^https?:\/\/[\w.-]{1,100}\/([\w.-]{1,100}\/[\w.-]{1,100})\/pull\/(\d{1,10})\/?(?![\w/])\s*:?\s*/;
const tagWord = /^(?:[<[({]?(carry|drop)[>\])}]?|\(?(?:pr\s?)?#?(\d{1,10})\)?)(?![\w.-])\s*:?\s*/i;

/** Other cases, a missing colon or blank, other brackets, `PR #`, an address, a ticket in front, `Revert "…"` around. */
function readMeant(subject: Line): Reading {
  const quoted = quotedRevert.exec(subject.text);
  const text = (quoted?.[1] ?? subject.text).replace(ticket, '');
  if (!opening.test(text)) return { markers: [], problems: [] };
  const correct = corrected(text.replace(opening, ''), quoted !== null);
  const why = say`The subject is not quite as the convention writes it: ${excerpt(subject.text)}`;
  if (correct !== null) return { markers: [], problems: [nearMiss(subject.number, why, correct)] };
  // "Upstream the driver" is a sentence of its own.
  if (!/^\s{0,3}(?:\[?UPSTREAM\b|\[?[Uu]pstream\]?\s*:)/.test(text)) return { markers: [], problems: [] };
  return { markers: [], problems: [nearMiss(subject.number, why, null)] };
}

function corrected(text: string, quoted: boolean): string | null {
  let rest = text;
  const reverts = quoted || revertWord.test(rest);
  rest = rest.replace(revertWord, '');
  const repository = repositoryWord.exec(rest);
  rest = rest.slice(repository?.[0].length ?? 0);
  const url = pullUrl.exec(rest);
  const tag = url === null ? tagWord.exec(rest) : null;
  const word = url?.[2] ?? tag?.[2] ?? (tag?.[1] === undefined ? null : `<${tag[1].toLowerCase()}>`);
  if (word === null) return null;
  const title = rest.slice((url ?? tag)?.[0].length ?? 0).trim();
  const prefix = repository?.[1] ?? url?.[1];
  const parts = [reverts ? 'revert: ' : '', prefix === undefined ? '' : `${prefix}: `, `${word}: `];
  return `UPSTREAM: ${parts.join('')}${title === '' ? 'DESCRIPTION' : title}`;
}

function suggest(marker: Partial<Marker> | null): readonly string[] {
  const revert = marker?.modifiers?.revert === true ? 'revert: ' : '';
  const write = (tag: string) => [`UPSTREAM: ${revert}${tag}: SUBJECT`];
  switch (marker?.state) {
    case undefined:
      return [...write('NUMBER'), ...write('<carry>'), ...write('<drop>')];
    case 'submitted':
    case 'accepted':
    case 'merged':
      return write(pullRequest(marker?.evidence ?? []));
    case 'drop':
      return write('<drop>');
    default:
      return write('<carry>');
  }
}

function pullRequest(evidence: readonly Evidence[]): string {
  const piece = evidence.find((one) => one.kind === 'pull-request');
  if (piece !== undefined) return `${piece.repository === null ? '' : `${piece.repository}: `}${piece.number}`;
  const url = evidence.find((one) => one.kind === 'url')?.url;
  return url === undefined ? 'NUMBER' : (pullUrl.exec(url)?.[2] ?? 'NUMBER');
}
