// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { identify, isCertain } from '../../../../src/rules/license/texts/identify.ts';
import { licenseIndex } from '../../../../src/rules/license/texts/load.ts';
import { inserted, rewrapped, shown, textOf } from './list.ts';

const index = licenseIndex();
const of = (text: string) => identify(text, index);
const only = (text: string) => {
  const found = of(text);
  expect(found).toHaveLength(1);
  const [part] = found;
  if (part === undefined) throw new Error('Nothing identified');
  return part;
};
const notice = 'Copyright (c) 2031 Ada Example';
const mit = `The MIT License (MIT)\n\n${notice}\n\n${textOf('MIT').split('\n').slice(4).join('\n')}`;
const apache = textOf('Apache-2.0');
const bsd3 = textOf('BSD-3-Clause');

describe('a license with what its template lets vary', () => {
  const cases: Record<string, readonly [string, string]> = {
    'MIT with its usual title and a holder': [mit, 'MIT'],
    'MIT that includes the next paragraph': [
      mit.replace('permission notice', 'permission notice (including the next paragraph)'),
      'MIT',
    ],
    'BSD-3-Clause of another organisation': [
      bsd3
        .replaceAll('the copyright holder nor', 'Example Works GmbH nor')
        .replace('THE COPYRIGHT HOLDERS AND CONTRIBUTORS', 'ADA EXAMPLE AND FRIENDS'),
      'BSD-3-Clause',
    ],
    'BSD-3-Clause of an author': [
      bsd3.replace(/Neither the name of[\s\S]*?may be used/, 'The name of the author may not be used'),
      'BSD-3-Clause',
    ],
    'BSD-2-Clause without “software”': [
      textOf('BSD-2-Clause')
        .replace(/THIS SOFTWARE/g, 'THIS')
        .replace('USE OF\nTHIS SOFTWARE', 'USE OF THIS'),
      'BSD-2-Clause',
    ],
    'ISC in its older form': [
      textOf('ISC').replace('and/or', 'and').replaceAll('ISC DISCLAIMS', 'ADA EXAMPLE DISCLAIMS'),
      'ISC',
    ],
    'Apache-2.0 without its appendix': [apache.slice(0, apache.indexOf('END OF TERMS')), 'Apache-2.0'],
    'Apache-2.0 with its appendix filled in': [
      apache.replace('[yyyy] [name of copyright owner]', '2031 Ada Example'),
      'Apache-2.0',
    ],
    'GPL-2.0 with an earlier address': [
      textOf('GPL-2.0-only').replace(
        /51 Franklin Street, Fifth Floor,?\s+Boston, MA\s+02110-1301,?\s+USA/g,
        '675 Mass Ave, Cambridge, MA 02139, USA',
      ),
      'GPL-2.0-only',
    ],
    'GPL-2.0 as the FSF publishes it': [
      `${textOf('GPL-2.0-only')
        .replace('and an idea', 'and a brief idea')
        .replace(
          /follow\.\s+TERMS/,
          'follow.\n\nGNU GENERAL PUBLIC LICENSE\nTERMS',
        )}\n\nThis General Public License does not permit incorporating your program into proprietary programs. If your program is a subroutine library, you may consider it more useful to permit linking proprietary applications with the library. If this is what you want to do, use the GNU Lesser General Public License instead of this License.`,
      'GPL-2.0-only',
    ],
    'LGPL-3.0 without the GPL': [
      textOf('LGPL-3.0-only').slice(0, textOf('LGPL-3.0-only').indexOf('GNU GENERAL PUBLIC LICENSE')),
      'LGPL-3.0-only',
    ],
    'CC0-1.0 without its preface': [
      textOf('CC0-1.0').slice(textOf('CC0-1.0').indexOf('Statement of Purpose')),
      'CC0-1.0',
    ],
    'MIT in American and British spelling': [
      mit.replaceAll('sublicense', 'sub-licence').replaceAll('License', 'Licence'),
      'MIT',
    ],
  };

  test.each(Object.keys(cases))('is that license: %s', (name) => {
    const [text = '', id] = cases[name] ?? [];
    const part = only(text);
    expect([part.id, part.words, part.missing]).toEqual([id, [], []]);
    expect(['exact', 'template']).toContain(part.layer);
  });

  test('BSD-3-Clause in Markdown, which a threshold would take for a changed one', () => {
    const markdown = `# BSD 3-Clause License\n\n**${notice}**\n\n${bsd3
      .split('\n')
      .slice(1)
      .join('\n')
      .replace(/^\d\. /gm, '* ')
      .replace('AS IS', '`AS IS`')}`;
    expect(only(markdown)).toMatchObject({ id: 'BSD-3-Clause', layer: 'exact' });
  });

  test('names every id that has the same text', () => {
    expect(only(textOf('GPL-3.0-only'))).toMatchObject({
      id: 'GPL-3.0-only',
      also: ['GPL-3.0-or-later', 'GPL-3.0', 'GPL-3.0+'],
    });
  });
});

describe('a license with a slip of the pen', () => {
  test('is similar, and shows it', () => {
    expect(only(mit.replace('distribute', 'distrbute'))).toMatchObject({
      id: 'MIT',
      layer: 'similar',
      words: ['distrbute'],
      missing: ['distribute'],
    });
    expect(only(apache.replace('of the Derivative Works', 'of Derivative Works'))).toMatchObject({
      layer: 'similar',
      missing: ['the'],
    });
  });

  test('is modified where there are many', () => {
    const slips = [
      ['distribute', 'distrbute'],
      ['furnished', 'furnishd'],
      ['portions', 'portons'],
      ['whether', 'wether'],
      ['persons', 'pesons'],
      ['including', 'includng'],
    ];
    expect(only(slips.reduce((text, [was = '', is = '']) => text.replace(was, is), mit))).toMatchObject({
      id: 'MIT',
      layer: 'modified',
    });
  });
});

describe('a license that somebody changed', () => {
  const changes: Record<string, readonly [string, readonly string[], readonly string[]]> = {
    'a sentence put in': [
      inserted(apache, 'No competitor of Example may use the Work.', 0.5),
      ['No', 'competitor', 'of', 'Example', 'may', 'use', 'the', 'Work'],
      [],
    ],
    'one word put in': [mit.replace('hereby granted', 'hereby not granted'), ['not'], []],
    'one word taken out': [apache.replace('non-exclusive, ', ''), [], ['non', 'exclusive']],
    'a number': [apache.replace('within', 'within').replace('or by combination', 'or by 2 combination'), ['2'], []],
    'a letter from another alphabet': [
      mit.replace('without restriction', 'without restrictiоn'),
      ['restrictiоn'],
      ['restriction'],
    ],
    'mathematical letters, which look like words': [
      mit.replace('free of charge', 'free of charge 𝐟𝐨𝐫 𝐬𝐜𝐡𝐨𝐨𝐥𝐬 𝐨𝐧𝐥𝐲 𝐲𝐞𝐬'),
      ['𝐟𝐨𝐫', '𝐬𝐜𝐡𝐨𝐨𝐥𝐬', '𝐨𝐧𝐥𝐲', '𝐲𝐞𝐬'],
      [],
    ],
    'a condition where the holder is named': [
      bsd3.replace('BY THE COPYRIGHT HOLDERS', 'BY THE COPYRIGHT HOLDERS FOR NONCOMMERCIAL USE'),
      ['FOR', 'NONCOMMERCIAL', 'USE'],
      [],
    ],
    'a condition under the last line': [
      `${mit.trimEnd()}\nMilitary use is excluded.`,
      ['Military', 'use', 'is', 'excluded'],
      [],
    ],
  };

  test.each(Object.keys(changes))('is modified, and the words are shown: %s', (name) => {
    const [text = '', words, missing] = changes[name] ?? [];
    expect(only(text)).toMatchObject({ layer: 'modified', words, missing });
  });

  test('is modified where a clause is gone', () => {
    const part = only(
      textOf('Apache-2.0').replace(/3\. Grant of Patent License\.[\s\S]*?(?=\s+4\. Redistribution)/, ''),
    );
    expect(part).toMatchObject({ id: 'Apache-2.0', layer: 'modified', words: [] });
    expect(part.missing).toContain('patent');
  });

  test('is JSON’s and not MIT where the Software shall be used for Good', () => {
    const good = mit.replace(
      /(substantial\s+portions\s+of\s+the\s+Software\.)/,
      '$1\n\nThe Software shall be used for Good, not Evil.',
    );
    expect(only(good)).toMatchObject({ id: 'JSON', missing: [] });
    expect(only(good.replace('Good, not Evil', 'Good, never for Evil'))).toMatchObject({ layer: 'modified' });
  });

  test('is far above any threshold when it is found out', () => {
    const part = only(inserted(apache, 'Commercial use needs a fee.', 0.4));
    expect(part.layer).toBe('modified');
    expect(part.score).toBeGreaterThan(0.99);
  });
});

describe('text beside a license', () => {
  const beside: Record<string, string> = {
    'a condition below': `${mit}\n\nCommercial use is prohibited.`,
    'a condition above': `Commercial use is prohibited.\n\n${mit}`,
    'a condition in a copyright line': mit.replace(notice, `${notice}. Commercial use is prohibited.`),
    'a condition in a copyright line, in small letters': mit.replace(notice, `${notice}, ask me before you sell it`),
    'a condition after the appendix of Apache-2.0': `${apache}\n\nThis grant ends after one year.`,
    'the Commons Clause': `“Commons Clause” License Condition v1.0\n\nWithout limiting other conditions in the License, the grant of rights does not include the right to Sell.\n\n${apache}`,
  };

  test.each(Object.keys(beside))('is never overlooked: %s', (name) => {
    const found = of(beside[name] ?? '');
    expect(isCertain(found)).toBe(false);
    expect(found.flatMap(({ words }) => words).join(' ')).toMatch(/prohibited|sell|ends after|Sell/);
  });

  test('is a part of its own, with its lines', () => {
    expect(shown(of(`${mit}\n\nCommercial use is\nprohibited.`))).toEqual([
      'MIT template 5-18',
      'unknown unknown 20-21',
    ]);
  });

  test('says nothing where it is a title, an introduction or a notice', () => {
    const said = `# License\n\nThis project is licensed under the terms of the MIT license:\n\nSPDX-License-Identifier: MIT\n\n${mit}\n\nAll rights reserved.`;
    expect(of(said).map(({ id, layer }) => [id, layer])).toEqual([['MIT', 'template']]);
  });
});

describe('several licenses in one file', () => {
  const rule = '\n\n-----------------------------\n\n';

  test('are found as several, in order', () => {
    const found = of([textOf('Apache-2.0'), textOf('MIT'), textOf('BSD-3-Clause'), textOf('Zlib')].join(rule));
    expect(found.map(({ id }) => id)).toEqual(['Apache-2.0', 'MIT', 'BSD-3-Clause', 'Zlib']);
    expect(isCertain(found)).toBe(true);
    expect(found.every(({ from }, at) => from > (found[at - 1]?.to ?? 0))).toBe(true);
  });

  test('are found where one is twice, and where one begins like another', () => {
    expect(of([mit, mit, textOf('X11'), textOf('JSON')].join(rule)).map(({ id }) => id)).toEqual([
      'MIT',
      'MIT',
      'X11',
      'JSON',
    ]);
    expect(of([textOf('BSD-2-Clause'), bsd3].join(rule)).map(({ id }) => id)).toEqual(['BSD-2-Clause', 'BSD-3-Clause']);
  });

  test('are told apart where one of them is changed', () => {
    const found = of([mit, inserted(bsd3, 'for nothing but peace', 0.5), apache].join(rule));
    expect(found.map(({ id, layer }) => `${id} ${layer}`)).toEqual([
      'MIT template',
      'BSD-3-Clause modified',
      'Apache-2.0 exact',
    ]);
  });

  test('are the LGPL and the GPL where both are given, in either order', () => {
    const gpl = textOf('GPL-3.0-only');
    const lgpl = textOf('LGPL-3.0-only').slice(0, textOf('LGPL-3.0-only').indexOf('GNU GENERAL PUBLIC LICENSE'));
    expect(of(`${gpl}\n\n${lgpl}`).map(({ id }) => id)).toEqual(['GPL-3.0-only', 'LGPL-3.0-only']);
    expect(of(`${lgpl}\n\n${gpl}`).map(({ id }) => id)).toEqual(['LGPL-3.0-only']);
  });
});

describe('text that is no license', () => {
  test('is unknown, with its words as they are spelled', () => {
    expect(of('You may NOT read\nthis at all.')).toEqual([
      {
        id: 'unknown',
        also: [],
        layer: 'unknown',
        score: 0,
        words: ['You', 'may', 'NOT', 'read', 'this', 'at', 'all'],
        missing: [],
        from: 1,
        to: 2,
      },
    ]);
  });

  test('is unknown where there are only titles and notices', () => {
    expect(of(`MIT License\n\n${notice}`).map(({ layer }) => layer)).toEqual(['unknown']);
  });

  test('is nothing where there are no words', () => {
    expect(of('')).toEqual([]);
    expect(of(' \n\n *** \t\u0000\n')).toEqual([]);
    expect(isCertain([])).toBe(false);
  });

  test('is unknown unread where it is longer than any file of licenses', () => {
    expect(of(`${mit}\n`.repeat(2000)).map(({ layer }) => layer)).toEqual(['unknown']);
  });

  test('shows at most 100 words of 60 letters', () => {
    const [part] = of(`${'x'.repeat(500)} `.repeat(500));
    expect(part?.words).toHaveLength(100);
    expect(part?.words.every((word) => word.length <= 60)).toBe(true);
  });
});

describe('any text', () => {
  const pieces = [
    mit,
    bsd3,
    apache.slice(0, 3000),
    'Copyright (c) 2031 Ada Example',
    'not',
    '1.',
    '(a)',
    '\u2028',
    '©',
    '\ud800',
    '许可',
    'İ',
    'license '.repeat(50),
  ];
  const text = fc
    .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'binary', maxLength: 40 })), { maxLength: 8 })
    .map((parts) => parts.join('\n\n'));

  test('is read without an error, into parts in order and inside of it', () => {
    fc.assert(
      fc.property(text, (any) => {
        const lines = any.split('\n').length;
        const found = of(any);
        expect(found.every(({ from, to }) => from >= 1 && to >= from && to <= lines)).toBe(true);
        expect(found.map(({ from }) => from)).toEqual(found.map(({ from }) => from).sort((a, b) => a - b));
        expect(found.every(({ score }) => score >= 0 && score <= 1)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test('is no surer a license with a condition beside it', () => {
    fc.assert(
      fc.property(text, (any) => !isCertain(of(`${any}\n\nYou must pay the author for every copy that you sell.`))),
      { numRuns: 40 },
    );
  });

  test('is the same license however it is wrapped', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 30, max: 200 }),
        (width) => only(rewrapped(mit, width)).id === 'MIT' && only(rewrapped(bsd3, width)).id === 'BSD-3-Clause',
      ),
      { numRuns: 30 },
    );
  });
});
