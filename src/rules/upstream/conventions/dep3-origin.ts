// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { bounded, evidenceIn } from '../evidence.ts';
import type { Evidence } from '../model.ts';

/** What DEP-3's `Origin` says of upstream. */
export type Dep3Origin =
  /** Taken from upstream; `modified`: it had to be adapted. No evidence: it is not said from where. */
  | { readonly kind: 'upstream'; readonly evidence: readonly Evidence[]; readonly modified: boolean }
  /** Made by a vendor, or somebody else. */
  | { readonly kind: 'elsewhere' }
  /** It could be either. `value`: what was probably meant. */
  | { readonly kind: 'unclear'; readonly why: string; readonly value: string | null };

const keyword =
  'One of the words upstream, backport, vendor and other, a comma and a blank stand in front, to say whose the change is.';

/**
 * Reads the value of `Origin`: a keyword, a comma and where the patch is from; `commit:` in front of an object id means
 * upstream's repository by itself.
 */
export function readOrigin(value: string): Dep3Origin {
  const [, word = '', separator = '', rest = ''] =
    /^(upstream|backport|vendor|other)\b(\s{0,8}[,:;-]?)\s{0,8}(.*)$/is.exec(value) ?? [];
  const name = word.toLowerCase();
  if (name === 'vendor' || name === 'other') return { kind: 'elsewhere' };
  if (name === '') return withoutKeyword(value);
  const isId = /^[0-9a-f]{7,64}$/i.test(rest);
  if (isId || (rest !== '' && separator !== ',')) {
    const why = isId ? 'A commit stands behind the word commit and a colon.' : keyword;
    return { kind: 'unclear', why, value: bounded(`${name}, ${isId ? 'commit:' : ''}${rest}`) };
  }
  const evidence = evidenceIn(rest).filter(({ kind }) => kind !== 'reason');
  return { kind: 'upstream', evidence, modified: name === 'backport' };
}

function withoutKeyword(value: string): Dep3Origin {
  const evidence = evidenceIn(value);
  if (value.toLowerCase().startsWith('commit:')) return { kind: 'upstream', evidence, modified: false };
  const hasUrl = evidence.some(({ kind }) => kind === 'url');
  return hasUrl ? { kind: 'unclear', why: keyword, value: bounded(`upstream, ${value}`) } : { kind: 'elsewhere' };
}
