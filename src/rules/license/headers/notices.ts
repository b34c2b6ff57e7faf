// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { gnuLicenses } from './gnu-notices.ts';

/** A notice that names a license in words. The id is an SPDX expression; `NOASSERTION`: it is none that is known here. */
export interface Notice {
  readonly id: string;
  readonly line: number;
}

/** What a kind of notice found: an id, and where in the text it begins. */
export interface Found {
  readonly id: string;
  readonly at: number;
}

type Kind = readonly [beginning: RegExp, id: string | ((behind: string) => string)];

const unknown = 'NOASSERTION';
/** Between `under` and a license's name. */
const under = '(?:under|governed by|subject to) (?:the )?(?:terms (?:and conditions )?(?:of|in) )?(?:the )?';

/**
 * The texts that projects put at the top of files, as their licenses' own "how to apply" sections have them, in lower
 * case, without quotes and with single blanks. A notice that only points to another file says nothing here: that file
 * is read for itself.
 */
const kinds: readonly Kind[] = [
  [/permission is hereby granted, free of charge, to any person obtaining a copy of this software/, mitLike],
  [/permission is hereby granted, free of charge, to any person or organization obtaining a copy/, 'BSL-1.0'],
  [/distributed under the boost software license, version 1\.0/, 'BSL-1.0'],
  [/redistribution and use in source and binary forms, with or without modification, are permitted/, bsdLike],
  [
    /permission to use, copy, modify, and(?:\/or)? distribute this software for any purpose with or without fee/,
    iscLike,
  ],
  [/this software is provided as-is, without any express or implied warranty/, zlibLike],
  [/this is free and unencumbered software released into the public domain/, 'Unlicense'],
  [/do what the fuck you want to public license/, 'WTFPL'],
  [/waived all copyright and related or neighboring rights/, 'CC0-1.0'],
  [/creative commons (?:zero|cc0)|\bcc0 1\.0 universal/, 'CC0-1.0'],
  [new RegExp(`${under}(?:mit|expat) license`), 'MIT'],
  [new RegExp(`${under}isc license`), 'ISC'],
  [new RegExp(`${under}apache (?:software )?license,? ?(?:version |v\\.? ?)?2(?:\\.0)?(?!\\d)`), apacheLike],
  [new RegExp(`${under}mozilla public license,? ?(?:version|v)\\.? ?2\\.0`), mplLike],
  [new RegExp(`${under}mozilla public license version 1\\.1|version: mpl 1\\.1`), 'MPL-1.1'],
  [new RegExp(`${under}eclipse public license,? ?(?:-|version|v)?\\.? ?2\\.0`), 'EPL-2.0'],
  [new RegExp(`${under}eclipse public license,? ?(?:-|version|v)?\\.? ?1\\.0`), 'EPL-1.0'],
  [new RegExp(`${under}common development and distribution license[^.]{0,60}version 1\\.1`), 'CDDL-1.1'],
  [new RegExp(`${under}common development and distribution license,? version 1\\.0`), 'CDDL-1.0'],
  [new RegExp(`${under}(?:eupl|european union public licen[cs]e),? ?(?:version |v\\.? ?)?1\\.2`), 'EUPL-1.2'],
  [new RegExp(`${under}universal permissive license v ?1\\.0`), 'UPL-1.0'],
  [new RegExp(`${under}business source license`), (behind) => (/^ ?1\.1/.test(behind) ? 'BUSL-1.1' : unknown)],
  [
    new RegExp(`${under}server side public license`),
    (behind) => (/^,? v(?:ersion )?1/.test(behind) ? 'SSPL-1.0' : unknown),
  ],
  [
    new RegExp(`${under}elastic license`),
    (behind) => (/^ (?:version )?2\.0|^ v2/.test(behind) ? 'Elastic-2.0' : unknown),
  ],
  [new RegExp(`${under}polyform `), unknown],
  [/commons clause (?:license condition|restriction)/, unknown],
  [/creative commons attribution/, creativeCommons],
  [/unauthori[sz]ed copying of this file|proprietary and confidential/, 'LicenseRef-Proprietary'],
];

/**
 * The notices in a file's comments, each license once, in the order in which they come. The comments are at most a
 * header long, so that a search for each kind stays cheap.
 */
export function findNotices(comments: readonly { readonly text: string; readonly line: number }[]): Notice[] {
  const { text, lineAt } = join(comments);
  const found = kinds.flatMap(([beginning, id]): Found[] => {
    const match = beginning.exec(text);
    if (match === null) return [];
    return [{ id: typeof id === 'string' ? id : id(text.slice(match.index + match[0].length)), at: match.index }];
  });
  const named = [...found, ...gnuLicenses(text)].sort((one, other) => one.at - other.at);
  const all = choiceOfTwo(text, choiceOfThree(text, named));
  const first = new Map(all.toReversed().map((one) => [one.id, one]));
  return all.filter((one) => first.get(one.id) === one).map(({ id, at }) => ({ id, line: lineAt(at) }));
}

/** Mozilla's old notice offers the GPL and the LGPL instead of the MPL, in one text. */
function choiceOfThree(text: string, found: Found[]): Found[] {
  const mpl = found.find(({ id }) => id === 'MPL-1.1');
  if (mpl === undefined || !/alternatively, the contents of this file may be used under the terms of/.test(text))
    return found;
  const isOffered = ({ id }: Found) => id === 'MPL-1.1' || /^L?GPL-/.test(id);
  const offered = [...new Set(found.filter(isOffered).map(({ id }) => id))];
  return [...found.filter((one) => !isOffered(one)), { id: offered.join(' OR '), at: mpl.at }];
}

/** Words by which drivers offer the GPL and a BSD license: either may be chosen. */
const choice =
  /under a choice of one of two licen[cs]es|alternatively, (?:this|the) (?:software|product|program|code|file|work) may be (?:distributed|used|licensed) under the terms of the gnu/;

function choiceOfTwo(text: string, found: Found[]): Found[] {
  const ids = [...new Set(found.map(({ id }) => id))];
  if (ids.length !== 2 || ids.includes(unknown) || !choice.test(text)) return found;
  return [{ id: ids.join(' OR '), at: found[0]?.at ?? 0 }];
}

/** The comments as one text: lower case, no quotes, no frames, single blanks. */
function join(comments: readonly { readonly text: string; readonly line: number }[]) {
  let text = '';
  const starts: { at: number; line: number }[] = [];
  for (const comment of comments) {
    const words = comment.text
      .toLowerCase()
      .replace(/["'`“”‘’]/g, '')
      .split(/[\s*#|]+/)
      .filter((word) => /[^/;%!\-=.]/.test(word));
    if (words.length === 0) continue;
    starts.push({ at: text.length, line: comment.line });
    text += `${words.join(' ')} `;
  }
  return { text, lineAt: (at: number) => starts.findLast((start) => start.at <= at)?.line ?? 1 };
}

function mitLike(behind: string): string {
  if (/non-?commercial/.test(behind)) return unknown;
  if (behind.includes('for good, not evil')) return 'JSON';
  if (behind.includes('redistributions of source code must retain')) return 'NCSA';
  if (behind.includes('except as contained in this notice')) return 'X11';
  if (behind.includes('the above copyright notice and this permission notice')) return 'MIT';
  return behind.includes('provided as is') ? 'MIT-0' : unknown;
}

function bsdLike(behind: string): string {
  if (/non-?commercial|nuclear|patent/.test(behind)) return unknown;
  if (!/redistributions? of source code must/.test(behind)) return unknown;
  if (behind.includes('all advertising materials')) return 'BSD-4-Clause';
  if (/endorse or promote/.test(behind)) return 'BSD-3-Clause';
  if (/redistributions? in binary form must/.test(behind)) return 'BSD-2-Clause';
  return behind.includes('as is') ? 'BSD-1-Clause' : unknown;
}

function iscLike(behind: string): string {
  if (behind.includes('provided that the above copyright notice')) return 'ISC';
  return behind.includes('as is') ? '0BSD' : unknown;
}

function zlibLike(behind: string): string {
  return behind.includes('altered source versions must be plainly marked') ? 'Zlib' : unknown;
}

function apacheLike(behind: string): string {
  return /^ ?with llvm[- ]exceptions?/.test(behind) ? 'Apache-2.0 WITH LLVM-exception' : 'Apache-2.0';
}

function mplLike(behind: string): string {
  const excludes = /this source code form is incompatible with secondary licenses/.test(behind);
  return excludes ? 'MPL-2.0-no-copyleft-exception' : 'MPL-2.0';
}

function creativeCommons(behind: string): string {
  const match = /^([- ](?:noncommercial|sharealike|noderivs|noderivatives|share alike|no derivatives)[- ]?){0,2}/.exec(
    behind,
  );
  const terms = match?.[0] ?? '';
  const version = /^ ?(?:international |license |public |unported )*(?:,? ?version )?([1-4]\.0)/.exec(
    behind.slice(terms.length),
  )?.[1];
  if (version === undefined) return unknown;
  const letters = [/noncomm/, /share/, /no ?deriv/].map((term, index) =>
    term.test(terms) ? (['NC', 'SA', 'ND'][index] ?? '') : '',
  );
  return ['CC', 'BY', ...letters.filter((part) => part !== ''), version].join('-');
}
