// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { say, type Text } from '../../text.ts';
import { bounded, evidenceIn, evidenceText, isDate } from '../evidence.ts';
import type { Evidence, Marker, PatchConvention, PatchInput, Problem, Reading } from '../model.ts';
import { type Field, looseField } from '../patch/fields.ts';
import { readPatchHeader } from '../patch/header.ts';
import { type Dep3Header, readDep3Header } from './dep3-header.ts';
import { readOrigin } from './dep3-origin.ts';

const most = 50;

/**
 * Debian's patch headers (DEP-3): `Forwarded`, `Applied-Upstream`, `Origin` and `Bug`, in a header of their own or in
 * that of `git format-patch`, up to the line `---`. Names and keywords in any letter case.
 */
export const dep3: PatchConvention = {
  id: 'dep3',
  reads: 'patch',
  documentation: 'https://dep-team.pages.debian.net/deps/dep3/',
  read,
  suggest,
};

interface Finds {
  /** What says that upstream has the change. */
  readonly merged: { readonly field: Field; readonly evidence: readonly Evidence[]; readonly modified: boolean }[];
  readonly forwarded: Marker[];
  readonly problems: Problem[];
  /** Problems that matter only where nothing says a state. */
  readonly near: Problem[];
}

function read({ text }: PatchInput): Reading {
  const { lines, behind } = readPatchHeader(text);
  const header = readDep3Header(lines);
  const finds: Finds = { merged: [], forwarded: [], problems: [], near: [] };
  for (const field of header.fields.slice(0, most)) readField(finds, field, header);
  const markers = markersOf(finds, header);
  if (markers.length > 0) return { markers, problems: finds.problems };
  const nearMisses = [
    ...header.prose.flatMap((line) => misplaced(line, ['A field has to start a paragraph or follow another field.'])),
    ...behind.flatMap((line) =>
      misplaced(line, ['DEP-3 stops reading at the line ---. The field has to stand above it.']),
    ),
  ];
  return { markers, problems: [...finds.problems, ...finds.near, ...nearMisses].slice(0, most) };
}

function readField(finds: Finds, field: Field, header: Dep3Header): void {
  switch (field.name.toLowerCase()) {
    case 'applied-upstream':
      readApplied(finds, field);
      break;
    case 'origin':
      readOriginField(finds, field);
      break;
    case 'forwarded':
      readForwarded(finds, field, header);
      break;
    case 'last-update':
      checkDate(finds, field);
      break;
    default:
      if (/^(?:forward|applied|upstream)/i.test(field.name))
        finds.near.push(...misplaced({ ...field, text: field.raw }, []));
  }
}

function readApplied(finds: Finds, field: Field): void {
  const { value, line } = field;
  if (/^(?:no|not)\b/i.test(value)) {
    finds.near.push(
      problem(field, ['This field says where upstream applied the patch; until then it is left out.'], null),
    );
  } else if (/^[0-9a-f]{7,64}$/i.test(value)) {
    finds.near.push(
      problem(field, ['A commit stands behind the word commit and a colon.'], `Applied-Upstream: commit:${value}`),
    );
  } else {
    const evidence = evidenceIn(value).filter(({ kind }) => kind !== 'reason');
    finds.merged.push({ field, evidence, modified: false });
    if (evidence.length > 0) return;
    const text = say`${bounded(field.raw)} has to name the version, the URL or the commit that brought the change upstream.`;
    finds.problems.push({
      code: 'upstream.missing-evidence',
      line,
      text,
      suggestion: 'Applied-Upstream: VERSION, URL',
    });
  }
}

function readOriginField(finds: Finds, field: Field): void {
  const origin = readOrigin(field.value);
  if (origin.kind === 'elsewhere') return;
  if (origin.kind === 'unclear') {
    finds.near.push(problem(field, [origin.why], origin.value === null ? null : `Origin: ${origin.value}`));
    return;
  }
  finds.merged.push({ field, evidence: origin.evidence, modified: origin.modified });
  if (origin.evidence.length > 0) return;
  const text = say`${bounded(field.raw)} has to say where in upstream's repository the change is.`;
  const suggestion = `Origin: ${origin.modified ? 'backport' : 'upstream'}, URL`;
  finds.problems.push({ code: 'upstream.missing-evidence', line: field.line, text, suggestion });
}

function readForwarded(finds: Finds, field: Field, header: Dep3Header): void {
  const { value, line, raw } = field;
  const push = (state: Marker['state'], evidence: readonly Evidence[]) =>
    finds.forwarded.push({ state, evidence, modifiers: {}, line, raw: bounded(raw) });
  const word = value.toLowerCase();
  if (word === 'no') push('pending', bugs(header));
  else if (word === 'not-needed') push('downstream-only', description(header));
  else if (word === 'yes') push('submitted', bugs(header));
  else {
    const meant = meantByForwarded(word);
    if (meant === null) push('submitted', evidenceIn(value));
    else finds.problems.push(problem(field, forwardedWords, `Forwarded: ${meant}`));
  }
}

const forwardedWords: Text = [
  'Any value other than exactly no or not-needed means that the patch has been forwarded. A reason belongs to the Description.',
];

/** What somebody meant who wrote neither `no` nor `not-needed`, but nothing that was forwarded either. */
function meantByForwarded(word: string): string | null {
  if (word === '') return 'URL';
  if (/https?:\/\//.test(word)) return null;
  if (
    /^(?:not?[-_ ]?need|not?[-_ ]?(?:applicable|required|relevant|upstream)|n\/a|never|(?:debian|ubuntu|vendor)\b)/.test(
      word,
    )
  ) {
    return 'not-needed';
  }
  return /^(?:no|not|none|pending|todo|tbd|later)\b/.test(word) ? 'no' : null;
}

function checkDate(finds: Finds, field: Field): void {
  if (isDate(field.value)) return;
  const [, year, month = '', day = ''] = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(field.value) ?? [];
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  finds.problems.push(
    problem(field, ['The date has to be a day as YYYY-MM-DD.'], isDate(date) ? `Last-Update: ${date}` : null),
  );
}

/** One marker where upstream has the change, since the other fields then tell only how it got there. */
function markersOf({ merged, forwarded }: Finds, header: Dep3Header): readonly Marker[] {
  const [first] = merged;
  if (first !== undefined) {
    const evidence = [...merged.flatMap((one) => one.evidence), ...forwarded.flatMap((one) => urls(one.evidence))];
    const modifiers = merged.some(({ modified }) => modified) ? { modified: true } : {};
    return [{ state: 'merged', evidence, modifiers, line: first.field.line, raw: bounded(first.field.raw) }];
  }
  if (forwarded.length > 0) return forwarded;
  // "If the field is missing, its implicit value is yes if the Bug field is present."
  const bug = header.fields.find(({ name, value }) => /^bug$/i.test(name) && urls(evidenceIn(value)).length > 0);
  const raw = bounded(bug?.raw ?? '');
  return bug === undefined ? [] : [{ state: 'submitted', evidence: bugs(header), modifiers: {}, line: bug.line, raw }];
}

function bugs({ fields }: Dep3Header): readonly Evidence[] {
  return fields.filter(({ name }) => /^bug$/i.test(name)).flatMap(({ value }) => urls(evidenceIn(value)));
}

function urls(evidence: readonly Evidence[]): readonly Evidence[] {
  return evidence.filter(({ kind }) => kind === 'url');
}

/** Where DEP-3 wants it to be said why a patch is for one vendor only. */
function description({ fields }: Dep3Header): readonly Evidence[] {
  const field = fields.find(({ name }) => /^(?:description|subject)$/i.test(name));
  const text = bounded([field?.value ?? '', ...(field?.more ?? [])].join(' '));
  return text === '' ? [] : [{ kind: 'reason', text }];
}

const names: Readonly<Record<string, string>> = {
  appliedupstream: 'Applied-Upstream',
  upstreamapplied: 'Applied-Upstream',
  forwarded: 'Forwarded',
  forward: 'Forwarded',
  forwardedto: 'Forwarded',
  forwardedupstream: 'Forwarded',
  upstreamforwarded: 'Forwarded',
};

function misplaced({ text, line }: { readonly text: string; readonly line: number }, why: Text): readonly Problem[] {
  const field = looseField(text);
  const name = names[field?.key ?? ''];
  if (field === null || name === undefined) return [];
  const isField = text.toLowerCase().startsWith(`${name.toLowerCase()}:`);
  const words: Text = isField ? why : say`${bounded(text)} is no field of DEP-3; the field is called ${[name]}.`;
  return [{ code: 'upstream.near-miss', line, text: words, suggestion: bounded(`${name}: ${field.value}`, 2000) }];
}

function problem({ line, raw }: Field, why: Text, suggestion: string | null): Problem {
  return { code: 'upstream.near-miss', line, text: [...say`${bounded(raw)}: `, ...why], suggestion };
}

function suggest(marker: Partial<Marker> | null): readonly string[] {
  const url = evidenceText(marker?.evidence, ['url'], 'URL');
  switch (marker?.state) {
    case undefined:
      return [
        'Forwarded: URL',
        'Origin: upstream, URL',
        'Origin: backport, URL',
        'Forwarded: no',
        'Forwarded: not-needed',
      ];
    case 'pending':
      return ['Forwarded: no', `Bug: ${url}`];
    case 'submitted':
    case 'denied':
      return [`Forwarded: ${url}`];
    case 'merged': {
      const commit = evidenceText(marker.evidence, ['commit'], '');
      const where = url === 'URL' && commit !== '' ? `commit:${commit}` : url;
      return [`Origin: ${marker.modifiers?.modified === true ? 'backport' : 'upstream'}, ${where}`];
    }
    case 'downstream-only':
      return ['Forwarded: not-needed'];
    default:
      return [];
  }
}
