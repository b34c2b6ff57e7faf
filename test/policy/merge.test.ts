// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { merge, type Sheet } from '../../src/policy/merge.ts';
import type { Tree } from '../../src/policy/tree.ts';

/** A sheet whose values all stand in a line with the sheet's own number. */
function sheet(file: number, sections: Tree, ...replace: string[]): Sheet {
  return { sections, replace: new Set(replace), originOf: () => ({ file, line: file + 1 }) };
}

function laid(...sheets: (Tree | [Tree, ...string[]])[]) {
  return merge(
    sheets.map((one, file) =>
      Array.isArray(one) ? sheet(file, one[0], ...one.slice(1).map(String)) : sheet(file, one as Tree),
    ),
  );
}

describe('what is laid over another', () => {
  const cases: [string, (Tree | [Tree, ...string[]])[], Tree][] = [
    ['takes the place of a single value', [{ a: 1 }, { a: 2 }], { a: 2 }],
    ['leaves alone what it does not name', [{ a: 1, b: 1 }, { a: 2 }], { a: 2, b: 1 }],
    ['is merged into a mapping key by key', [{ a: { x: 1, y: 1 } }, { a: { y: 2 } }], { a: { x: 1, y: 2 } }],
    ['comes first in a list, before what is there', [{ a: ['x', 'y'] }, { a: ['z'] }], { a: ['z', 'x', 'y'] }],
    ['brings no entry twice', [{ a: ['x', { p: 1 }] }, { a: [{ p: 1 }, 'z'] }], { a: [{ p: 1 }, 'z', 'x'] }],
    ['adds nothing with an empty list', [{ a: ['x'] }, { a: [] }], { a: ['x'] }],
    ['replaces a list that it names', [{ a: { b: ['x'] } }, [{ a: { b: [] } }, 'a.b']], { a: { b: [] } }],
    ['replaces only for itself', [{ a: ['x'] }, [{ a: ['y'] }, 'a'], { a: ['z'] }], { a: ['z', 'y'] }],
    ['puts a single value in a list’s place', [{ a: ['x'] }, { a: 'fork' }], { a: 'fork' }],
    ['puts a list in a single value’s place', [{ a: null }, { a: ['x'] }], { a: ['x'] }],
    ['puts null in the place of what is there', [{ a: { b: 1 } }, { a: null }], { a: null }],
    ['puts a mapping in the place of null', [{ a: null }, { a: { b: 1 } }], { a: { b: 1 } }],
  ];

  test.each(cases)('%s', (_, sheets, expected) => {
    expect(laid(...sheets).sections).toEqual(expected);
  });
});

describe('each value', () => {
  test('knows the file that it comes from', () => {
    const { origins } = laid({ a: { x: 1, y: 1 } }, { a: { y: 2 } });
    expect([...origins]).toEqual([
      ['a.x', { file: 0, line: 1 }],
      ['a.y', { file: 1, line: 2 }],
    ]);
  });

  test('of a list knows its own', () => {
    const { origins } = laid({ a: ['x', 'y'] }, { a: ['y', 'z'] });
    expect(origins.get('a')).toMatchObject([{ file: 1 }, { file: 1 }, { file: 0 }]);
  });

  test('that is gone has none left', () => {
    expect([...laid({ a: { b: 1, c: 2 } }, { a: null }).origins.keys()]).toEqual(['a']);
    expect([...laid({ a: null }, { a: { b: 1 } }).origins.keys()]).toEqual(['a.b']);
  });
});

describe('whatever the files say', () => {
  const section = fc.record(
    {
      single: fc.constantFrom('x', 'y', 'z', null, true),
      list: fc.uniqueArray(fc.constantFrom('x', 'y', 'z')),
      mapping: fc.dictionary(fc.constantFrom('a', 'b'), fc.integer(), { noNullPrototype: true }),
    },
    { requiredKeys: [], noNullPrototype: true },
  );
  const tree = fc.dictionary(fc.constantFrom('p', 'q'), section, { noNullPrototype: true }) as fc.Arbitrary<Tree>;

  test('laid over itself, a file stays as it is', () => {
    fc.assert(fc.property(tree, (one) => expect(laid(one, one).sections).toEqual(laid(one).sections)));
  });

  test('it does not matter which two of three are laid over each other first', () => {
    fc.assert(
      fc.property(tree, tree, tree, (a, b, c) => {
        expect(laid(laid(a, b).sections, c).sections).toEqual(laid(a, laid(b, c).sections).sections);
      }),
    );
  });

  test('a list has as many places as entries', () => {
    fc.assert(
      fc.property(tree, tree, (a, b) => {
        const { sections, origins } = laid(a, b);
        for (const [section, keys] of Object.entries(sections)) {
          for (const [key, held] of Object.entries(keys as Tree)) {
            if (Array.isArray(held)) expect(origins.get(`${section}.${key}`)).toHaveLength(held.length);
          }
        }
      }),
    );
  });
});
