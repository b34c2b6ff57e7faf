// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Corpus, encodeCorpus, type LicenseText } from '../src/rules/license/texts/corpus.ts';
import { pairKey } from '../src/rules/license/texts/index.ts';
import { splitWords } from '../src/rules/license/texts/words.ts';
import { aliases } from './license-index/aliases.ts';
import { type Allowed, allowedFor } from './license-index/allowed.ts';
import { optionalSpans, slotSpans, tidy, titleLength } from './license-index/marks.ts';

/** One license of the npm package `spdx-license-list`. */
export interface Listed {
  readonly name: string;
  readonly osiApproved: boolean;
  readonly licenseText: string;
}

type Spelled = Omit<LicenseText, 'words'> & { readonly words: readonly string[] };

const shipped = fileURLToPath(new URL('../data/license-texts.br', import.meta.url));
const require = createRequire(import.meta.url);

/** The whole SPDX license list, by id. */
export function readList(): ReadonlyMap<string, Listed> {
  const list: Record<string, Listed> = require('spdx-license-list/full');
  return new Map(Object.entries(list).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** The version of the list that the package has. */
export function listVersion(): string {
  const readme = readFileSync(join(dirname(require.resolve('spdx-license-list/package.json')), 'readme.md'), 'utf8');
  const version = /SPDX License List version (\d+(?:\.\d+)+)/.exec(readme)?.[1];
  if (version === undefined) throw new Error('spdx-license-list doesn’t say which version of the list it has.');
  return version;
}

/** Every text of the list once, as words, with what may vary. Throws where the tables beside this file don't fit the list. */
export function buildCorpus(list: ReadonlyMap<string, Listed>, version: string): Corpus {
  const texts = withoutDoubles([...list].flatMap(([id, listed]) => textsOf(id, listed)));
  const numbers = new Map<string, number>();
  const numbered = texts.map(
    (text): LicenseText => ({
      ...text,
      words: Uint16Array.from(text.words, (word) => {
        const number = numbers.get(word) ?? numbers.size;
        numbers.set(word, number);
        return number;
      }),
    }),
  );
  // The last number stands for a word that no license has.
  if (numbers.size >= 0xffff) throw new Error('The list has more words than two bytes can number.');
  const pairs = new Set(
    numbered.flatMap(({ words }) => Array.from(words.subarray(1), (word, at) => pairKey(words[at], word))),
  );
  return { version, vocabulary: [...numbers.keys()], texts: numbered, pairs: pairs.size };
}

/** Each text once. Throws where the same words are those of two licenses that the table of aliases doesn't name. */
function withoutDoubles(texts: readonly Spelled[]): readonly Spelled[] {
  return [...Map.groupBy(texts, ({ words }) => words.join(' ')).values()].flatMap((same) => {
    const ids = [...new Set(same.map((text) => text.ids[0]))];
    if (ids.length > 1) throw new Error(`Not in the table of aliases: ${ids.join(', ')} are the same text.`);
    return same[0] ?? [];
  });
}

/** The list's text, and the forms of it that its template allows. */
function textsOf(id: string, { name, licenseText }: Listed): Spelled[] {
  const main = Object.keys(aliases).find((key) => aliases[key]?.includes(id)) ?? id;
  const ids = [main, ...(aliases[main] ?? [])];
  const plain = textOf(ids, name, licenseText, allowedFor(main), false);
  if (main !== id) return [plain];
  const { forms = [], alone, optionalFrom = [] } = allowedFor(id);
  const others = forms.map((form) => replaced(id, licenseText, form));
  if (alone !== undefined) others.push(beginning(id, licenseText, alone));
  return [
    plain,
    ...others.map((form) => textOf(ids, name, form, { optionalFrom: alone === undefined ? optionalFrom : [] }, true)),
  ];
}

function textOf(ids: readonly string[], name: string, text: string, allows: Allowed, variant: boolean): Spelled {
  const words = splitWords(text);
  const title = { from: 0, to: titleLength(words, [...ids, name]) };
  const optional = tidy([title, ...optionalSpans(words.words, allows)].filter(({ from, to }) => from < to));
  return { ids, words: words.words, optional, slots: tidy(slotSpans(words, text, allows)), variant };
}

function replaced(id: string, text: string, form: readonly (readonly [string, string])[]): string {
  return form.reduce((result, [from, to]) => {
    const phrase = new RegExp(from.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(' ', '\\s+'), 'i');
    if (!phrase.test(result)) throw new Error(`The text of ${id} has no ${JSON.stringify(from)} any more.`);
    return result.replace(phrase, () => to);
  }, text);
}

function beginning(id: string, text: string, end: string): string {
  const at = text.search(new RegExp(end.replaceAll(' ', '\\s+')));
  if (at <= 0) throw new Error(`The text of ${id} has no ${JSON.stringify(end)} any more.`);
  return text.slice(0, at);
}

if (import.meta.main) {
  const corpus = buildCorpus(readList(), listVersion());
  const file = encodeCorpus(corpus);
  writeFileSync(shipped, file);
  console.log(
    `${corpus.texts.length} texts of list ${corpus.version}, ${corpus.vocabulary.length} words, ${file.length} bytes.`,
  );
}
