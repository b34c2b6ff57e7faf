// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { type Corpus, decodeCorpus } from '../../../../src/rules/license/texts/corpus.ts';
import { type Identified, identify, isCertain } from '../../../../src/rules/license/texts/identify.ts';
import type { LicenseIndex } from '../../../../src/rules/license/texts/index.ts';
import { licenseIndex } from '../../../../src/rules/license/texts/load.ts';
import { splitWords } from '../../../../src/rules/license/texts/words.ts';
import { aliases } from '../../../../tools/license-index/aliases.ts';
import { buildCorpus, listVersion } from '../../../../tools/license-index.ts';
import { copyrighted, drawing, idsOf, inserted, list, rewrapped, shown, strewn, untitled, words } from './list.ts';

const index = licenseIndex();
const all = [...list].map(([id, { licenseText, osiApproved }]) => ({ id, text: licenseText, osi: osiApproved }));

/** What the texts are taken for, of those that aren't taken for what they should be: empty where all is well. */
function wrong(
  change: (text: string, id: string) => string,
  isRight: (found: readonly Identified[], id: string, changed: string) => boolean,
  texts = all,
): string[] {
  return texts.flatMap(({ id, text }) => {
    const changed = change(text, id);
    const found = identify(changed, index);
    return isRight(found, id, changed) ? [] : [`${id}: ${shown(found).join(', ')}`];
  });
}

function isItself(found: readonly Identified[], id: string): boolean {
  return found.length === 1 && isCertain(found) && found.every((part) => idsOf(part).includes(id));
}

function isModified(found: readonly Identified[], id: string): boolean {
  return found.some((part) => part.layer === 'modified' && idsOf(part).includes(id)) && !isCertain(found);
}

describe('every text of the SPDX license list', () => {
  test('there are as many as the list has', () => {
    expect(all.length).toBeGreaterThan(700);
    expect(all.filter(({ osi }) => osi).length).toBeGreaterThan(100);
  });

  test('is itself, word for word', () => {
    expect(
      wrong(
        (text) => text,
        (found, id) => isItself(found, id) && found[0]?.layer === 'exact',
      ),
    ).toEqual([]);
  });

  // 64 is none of the widths that the index was built with.
  test.each([64, 80])('is itself when it is rewrapped to %d columns', (width) => {
    expect(wrong((text) => rewrapped(text, width), isItself)).toEqual([]);
  });

  test('is itself under another copyright line', () => {
    expect(wrong(copyrighted, isItself)).toEqual([]);
  });

  test('is itself without its title', () => {
    expect(wrong(untitled, isItself)).toEqual([]);
  });

  test('is itself with curly quotes, long dashes and Windows line ends', () => {
    const typeset = (text: string) => text.replaceAll('"', '”').replaceAll(' - ', ' — ').replaceAll('\n', '\r\n');
    expect(wrong(typeset, isItself)).toEqual([]);
  });

  test('is itself as a comment, and as a quotation in Markdown', () => {
    expect(wrong((text) => text.replace(/^/gm, ' * '), isItself)).toEqual([]);
    expect(wrong((text) => text.replace(/^/gm, '> '), isItself)).toEqual([]);
  });

  test('is a modified text with 75 words put in, which are shown', () => {
    const draw = drawing(75);
    const nonsense = words(75, draw);
    const showsThem = (found: readonly Identified[]) =>
      found.some((part) => nonsense.slice(5, 70).join(' ').includes(part.words.slice(20, 40).join(' ')));
    const put = (text: string) => inserted(text, nonsense.join(' '), 0.45 + draw(300) / 1000);
    expect(wrong(put, (found, id) => isModified(found, id) && showsThem(found))).toEqual([]);
  });

  // In a text that is shorter than what is put in, hardly two words stay together: what it was made from is not seen, but
  // it is never taken for a license.
  test('is a modified text with 75 words strewn over it, and where it has fewer than 100 itself, at least none', () => {
    const draw = drawing(7);
    const strew = (text: string) => strewn(text, words(75, draw), draw);
    // The versions of the OpenLDAP license are a word or two apart: any of them may be named.
    const isSeen = ({ id, text }: { id: string; text: string }) =>
      splitWords(text).words.length >= 100 && !id.startsWith('OLDAP-');
    const long = all.filter(isSeen);
    expect(wrong(strew, isModified, long)).toEqual([]);
    expect(
      wrong(
        strew,
        (found) => !isCertain(found),
        all.filter((one) => !long.includes(one)),
      ),
    ).toEqual([]);
  });

  // At four places that are drawn for each of OSI's: all places of all texts would take an hour.
  test('is not itself any more with “not” put in', () => {
    const draw = drawing(3);
    const osi = all.filter((one) => one.osi);
    for (let round = 0; round < 4; round++) {
      expect(
        wrong(
          (text) => inserted(text, 'not', draw(1000) / 1000),
          (found) => !isCertain(found),
          osi,
        ),
      ).toEqual([]);
    }
  });

  test('is not itself any more with a short condition added below it', () => {
    const below = (text: string) => `${text}\n\nCommercial use needs permission.\n`;
    expect(wrong(below, (found) => !isCertain(found))).toEqual([]);
  });
});

describe('a license that OSI has not approved', () => {
  const others = all.filter(({ osi }) => !osi);
  const isOsi = (id: string) => list.get(id)?.osiApproved === true;
  const passes = (found: readonly Identified[]) => isCertain(found) && found.every((part) => idsOf(part).some(isOsi));
  const strange: Record<string, (text: string) => string> = {
    'as it is': (text) => text,
    rewrapped: (text) => rewrapped(text, 70),
    'without its title, rewrapped and under another copyright line': (text) =>
      copyrighted(rewrapped(untitled(text), 90)),
    'without its last tenth': (text) => text.slice(0, text.length * 0.9),
  };

  test.each(Object.keys(strange))('is never taken for one that it has, %s', (name) => {
    expect(wrong(strange[name] ?? String, (found) => !passes(found), others)).toEqual([]);
  });

  // The hardest test of the word diff: JSON looks 97 % like MIT, and here nothing says that JSON exists.
  test('is never taken for one that it has even if the index lacks it', () => {
    const taken = others.filter(({ id, text }) => passes(identify(text, without(id))));
    expect(taken.map(({ id }) => id)).toEqual([]);
  });

  function without(id: string): LicenseIndex {
    const none = new Uint16Array(0);
    const texts = index.texts.map((text) =>
      text.ids.includes(id) ? { ...text, words: none, optional: [], slots: [] } : text,
    );
    return { ...index, texts };
  }
});

describe('the shipped index', () => {
  // Building it takes some seconds: every seventh license and those with rules of their own stand for all.
  test('is what the pinned list gives: run `node tools/license-index.ts` where it isn’t', () => {
    const some = new Map(
      [...list].filter(
        ([id], at) => at % 7 === 0 || /^(?:MIT|ISC|BSD-[23]-Clause|CC0-1.0|CC-BY-4.0|LGPL-3.0\+?)$/.test(id),
      ),
    );
    const shipped = spelled(
      decodeCorpus(readFileSync(fileURLToPath(new URL('../../../../data/license-texts.br', import.meta.url)))),
    );
    const built = spelled(buildCorpus(some, listVersion()));
    expect(built.length).toBeGreaterThan(100);
    expect(built.filter((text) => !shipped.includes(text))).toEqual([]);
    expect(index.version).toBe(listVersion());
  });

  test('knows every id of the list and no other', () => {
    const ids = new Set(index.texts.flatMap((text) => text.ids));
    expect([...ids].sort()).toEqual([...list.keys()].sort());
  });

  test('is not built where two licenses have the same words and the table of aliases doesn’t say so', () => {
    const twice = new Map([...list].slice(0, 2));
    twice.set('Twin-1.0', {
      ...[...list.values()][0],
      name: 'Twin',
      osiApproved: true,
      licenseText: all[0]?.text ?? '',
    });
    expect(() => buildCorpus(twice, '1')).toThrow('0BSD, Twin-1.0');
  });
});

describe('the table of aliases', () => {
  const groups = Object.entries(aliases);

  test('names ids of the list, each once', () => {
    const ids = groups.flat(2);
    expect(ids.filter((id) => !list.has(id))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('never makes a license that OSI has not approved one that it has', () => {
    const mixed = groups.filter(([main, others]) =>
      others.some((id) => list.get(id)?.osiApproved !== list.get(main)?.osiApproved),
    );
    // OSI approved versions of the GPL and LGPL by name; the list marks each id of theirs alone.
    expect(mixed).toEqual([]);
  });

  test('joins only texts of the same words, but for the older wordings of the GPL family', () => {
    const plain = (id: string) => splitWords(list.get(id)?.licenseText ?? '').words.join(' ');
    const different = groups.flatMap(([main, others]) => others.filter((id) => plain(id) !== plain(main)));
    expect(different.filter((id) => !/^L?GPL-\d\.\d\+$/.test(id))).toEqual([]);
  });
});

/** Each text as one string. */
function spelled({ vocabulary, texts }: Corpus): string[] {
  return texts.map(
    ({ words, ...text }) => `${JSON.stringify(text)} ${Array.from(words, (word) => vocabulary[word]).join(' ')}`,
  );
}
