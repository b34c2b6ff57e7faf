// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { type Difference, isStricter } from '../preview/differences.ts';
import type { Simulated } from '../preview/simulated.ts';
import { inert } from './inert.ts';
import { serialise } from './json.ts';
import { codeSpan, plain } from './phrase.ts';
import { differenceHead, differenceRow, effectWords, titleCell } from './preview.ts';
import { count } from './wording.ts';

/** What another policy would do to pull requests, as text for a terminal, as JSON, or as Markdown for an issue. */
export function renderSimulation(results: readonly Simulated[], format: 'text' | 'json' | 'markdown'): string {
  switch (format) {
    case 'json':
      return json(results);
    case 'markdown':
      return markdown(results);
    case 'text':
      return text(results);
  }
}

function differing(results: readonly Simulated[]): readonly Simulated[] {
  return results.filter(({ differences }) => differences.length > 0);
}

function unreadOf(results: readonly Simulated[]): readonly (Simulated & { readonly unread: string })[] {
  return results.flatMap((one) => (one.unread === null ? [] : [{ ...one, unread: one.unread }]));
}

/** Those for which something gets in the way that did not before, warnings included. */
function stricter(results: readonly Simulated[]): readonly Simulated[] {
  return results.filter(({ differences }) => differences.some(isStricter));
}

function summary(results: readonly Simulated[]): string {
  const judged = results.length - unreadOf(results).length;
  const repositories = new Set(results.map(({ repository }) => repository)).size;
  const of = repositories > 1 ? ` of ${repositories} repositories` : '';
  const start = `Judged ${count(judged, 'pull request')}${of} by both policies.`;
  const changed = differing(results).length;
  if (changed === 0) return `${start} No result would differ.`;
  const which = changed === 1 ? 'The result of 1 would differ' : `The results of ${changed} would differ`;
  return `${start} ${which}, ${stricter(results).length} of them to the stricter. Overrides are not taken into account.`;
}

function nameOf({ repository, listed }: Simulated): string {
  return `${repository}#${listed.number}`;
}

function text(results: readonly Simulated[]): string {
  const blocks = differing(results).map((one) => {
    const { title, state } = one.listed;
    const named = `${inert(nameOf(one))}${title === '' ? '' : `  ${inert(title, 100)}`}`;
    return `${named}${state === 'MERGED' ? ' (merged)' : ''}\n${one.differences.map(differenceLine).join('\n')}`;
  });
  const unread = unreadOf(results).map((one) => `${inert(nameOf(one))} could not be judged: ${inert(one.unread, 500)}`);
  return `${[...blocks, ...(unread.length === 0 ? [] : [unread.join('\n')]), summary(results)].join('\n\n')}\n`;
}

function differenceLine({ check, before, after, why }: Difference): string {
  return `  ${inert(check)}: ${effectWords[before]} → ${effectWords[after]}: ${plain(why)}`;
}

function markdown(results: readonly Simulated[]): string {
  const rows = differing(results).flatMap((one) => {
    const { title, state } = one.listed;
    const words = `${link(one)}${title === '' ? '' : ` ${titleCell(title)}`}${state === 'MERGED' ? ' (merged)' : ''}`;
    return one.differences.map((difference) => differenceRow(words, difference));
  });
  const table = rows.length === 0 ? [] : [`${differenceHead}${rows.join('').trimEnd()}`];
  const unread = unreadOf(results).map((one) => `- ${link(one)} could not be judged: ${codeSpan(one.unread)}`);
  return `${[summary(results), ...table, ...(unread.length === 0 ? [] : [unread.join('\n')])].join('\n\n')}\n`;
}

/** Only an address as GitHub writes it becomes a link: in a recorded contribution anything may stand. */
function link(one: Simulated): string {
  const { url } = one;
  const name = codeSpan(nameOf(one));
  return url !== null && /^https?:\/\/[\w.:-]+\/[\w.-]+\/[\w.-]+\/pull\/\d+$/.test(url) ? `[${name}](${url})` : name;
}

function json(results: readonly Simulated[]): string {
  const place = ({ repository, url, listed }: Simulated) => ({ repository, ...listed, url });
  return serialise({
    version: 1,
    judged: results.length - unreadOf(results).length,
    differing: differing(results).map((one) => ({
      ...place(one),
      differences: one.differences.map((difference) => ({ ...difference, why: plain(difference.why) })),
    })),
    unread: unreadOf(results).map((one) => ({ ...place(one), why: one.unread })),
  });
}
