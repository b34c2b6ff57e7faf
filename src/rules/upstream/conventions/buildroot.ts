// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { say, type Text } from '../../text.ts';
import { bounded, commitInUrl, evidenceIn, evidenceText, urlIn } from '../evidence.ts';
import type { Marker, PatchConvention, PatchInput, Problem, Reading } from '../model.ts';
import { looseField } from '../patch/fields.ts';
import { type HeaderLine, readPatchHeader } from '../patch/header.ts';

const tag = 'Upstream:';
const most = 50;
const longestLine = 2000;

/**
 * `Upstream:` in the header of Buildroot's patches: the address of the commit or of the submission, or `N/A` and why the
 * patch is Buildroot's own. An address that shows a commit means that upstream has the change, any other that it was
 * sent.
 */
export const buildroot: PatchConvention = {
  id: 'buildroot',
  reads: 'patch',
  documentation: 'https://buildroot.org/downloads/manual/manual.html#additional-patch-documentation',
  read,
  suggest,
};

/** Other names for the tag, among them those that Buildroot's own older patches have. */
const names = new Set([
  'upstream',
  'upstreamurl',
  'upstreamlink',
  'upstreamcommit',
  'upstreampatch',
  'upstreampr',
  'upstreamstatus',
  'fetchfrom',
  'fetchedfrom',
  'backportedfrom',
]);

function read({ text }: PatchInput): Reading {
  const { lines, behind } = readPatchHeader(text);
  const markers: Marker[] = [];
  const problems: Problem[] = [];
  const near: Problem[] = [];
  lines.forEach((line, index) => {
    if (markers.length + problems.length + near.length > most) return;
    if (line.text.startsWith(tag)) readTag(line, lines[index + 1]?.text ?? '', markers, problems);
    else near.push(...nearMiss(line));
  });
  if (markers.length + problems.length > 0) return { markers, problems };
  return { markers, problems: [...near, ...behind.flatMap(misplaced)].slice(0, most) };
}

function readTag({ text, line }: HeaderLine, next: string, markers: Marker[], problems: Problem[]): void {
  const value = text.slice(tag.length + 1).trim();
  const state = text.startsWith(`${tag} `) ? stateOf(value) : null;
  if (state === null) {
    const written = text.slice(tag.length).trim();
    problems.push(unclear(text, line, mended(written === '' ? next.trim() : written)));
    return;
  }
  const isOwn = state === 'downstream-only';
  const evidence = evidenceIn(isOwn ? reasonOf(value) : value);
  markers.push({ state, evidence, modifiers: {}, line, raw: bounded(text) });
  if (!isOwn || evidence.length > 0) return;
  const words = say`${bounded(text)} has to say why the patch is not for upstream.`;
  problems.push({ code: 'upstream.missing-evidence', line, text: words, suggestion: `${tag} N/A REASON` });
}

/** By what a value starts with: words about how the patch was changed may follow. */
function stateOf(value: string): 'merged' | 'submitted' | 'downstream-only' | null {
  if (/^N\/A(?![\w/])/.test(value)) return 'downstream-only';
  const url = urlIn(/^\S*/.exec(value)?.[0] ?? '');
  if (url === null) return null;
  return commitInUrl(url) === null ? 'submitted' : 'merged';
}

function reasonOf(value: string): string {
  return value.slice('N/A'.length).replace(/^[\s,:;.–-]+/, '');
}

/** The line as it has to be written; null: there is no telling. */
function mended(value: string): string | null {
  const word = value.split(/[\s<>"[\]()]+/).find((one) => urlIn(one) !== null);
  const url = word === undefined ? null : urlIn(word);
  const notApplicable =
    /^[\s[(<"]*(?:n\s?[/.-]?\s?a\b\.?|not[ -]applicable|inappropriate|none|never|buildroot[ -]specific)/i;
  const own = notApplicable.exec(value.slice(0, longestLine))?.[0];
  if (own !== undefined) {
    const rest = bounded(value.slice(own.length).replace(/^[\s,:;.[(–-]+/, '')).replace(/[\])]$/, '');
    return `${tag} N/A ${rest === '' ? 'REASON' : rest}`;
  }
  return url === null ? null : `${tag} ${url}`;
}

function unclear(text: string, line: number, suggestion: string | null): Problem {
  const words = say`${bounded(text)} does not start with a web address, nor with N/A and a reason, behind Upstream:, a colon and one blank.`;
  return { code: 'upstream.near-miss', line, text: words, suggestion };
}

function nearMiss({ text, line }: HeaderLine): readonly Problem[] {
  const field = looseField(text);
  if (field === null || !names.has(field.key)) return [];
  const suggestion = mended(field.value);
  // "upstream: " may begin a sentence, so that only a value which could be meant counts.
  return suggestion === null ? [] : [unclear(text, line, suggestion)];
}

const below: Text = [
  'This stands below the line ---, where Git drops it when it applies the patch. It has to stand above.',
];

function misplaced({ text, line }: HeaderLine): readonly Problem[] {
  const field = looseField(text);
  const suggestion = field !== null && names.has(field.key) ? mended(field.value) : null;
  return suggestion === null ? [] : [{ code: 'upstream.near-miss', line, text: below, suggestion }];
}

function suggest(marker: Partial<Marker> | null): readonly string[] {
  const url = evidenceText(marker?.evidence, ['url'], 'URL');
  switch (marker?.state) {
    case undefined:
      return [`${tag} URL`, `${tag} N/A REASON`];
    case 'submitted':
    case 'denied':
    case 'accepted':
    case 'merged':
      return [`${tag} ${url}`];
    case 'inactive':
    case 'downstream-only':
      return [`${tag} N/A ${evidenceText(marker.evidence, ['reason'], 'REASON')}`];
    default:
      return [];
  }
}
