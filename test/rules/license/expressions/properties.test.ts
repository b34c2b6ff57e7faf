// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compatibility } from '../../../../src/rules/license/expressions/compatibility.ts';
import { copyleftOfExpression } from '../../../../src/rules/license/expressions/copyleft.ts';
import { evaluate } from '../../../../src/rules/license/expressions/evaluate.ts';
import { judgeExpression, type Terms } from '../../../../src/rules/license/expressions/judge.ts';
import type { Ternary } from '../../../../src/rules/license/expressions/spdx.ts';

/** Names, and what each is by the SPDX list and by itself. */
const flags: Readonly<Record<string, Ternary>> = {
  MIT: 'yes',
  'GPL-2.0-only WITH Classpath-exception-2.0': 'yes',
  ISC: 'yes',
  'BUSL-1.1': 'no',
  'JSON+': 'no',
  UNLICENSED: 'no',
  'LicenseRef-Ours': 'unknown',
  NOASSERTION: 'unknown',
};

type Formula = string | { readonly or: boolean; readonly sides: readonly [Formula, Formula] };

const formula = fc.letrec<{ formula: Formula }>((tie) => ({
  formula: fc.oneof(
    { depthSize: 'medium', maxDepth: 4, withCrossShrink: true },
    fc.constantFrom(...Object.keys(flags)),
    fc.record({ or: fc.boolean(), sides: fc.tuple(tie('formula'), tie('formula')) }),
  ),
})).formula;

/** Every parenthesis that there may be. */
function write(part: Formula): string {
  return typeof part === 'string'
    ? part
    : `(${write(part.sides[0])} ${part.or ? 'OR' : 'AND'} ${write(part.sides[1])})`;
}

/** Every way to choose one branch of each OR: what then has to be complied with. */
function choices(part: Formula): string[][] {
  if (typeof part === 'string') return [[part]];
  const [left, right] = part.sides.map(choices) as [string[][], string[][]];
  return part.or ? [...left, ...right] : left.flatMap((one) => right.map((other) => [...one, ...other]));
}

/** The truth table: the unknown names are given every combination of yes and no. */
function byTruthTable(part: Formula, flag: (name: string) => Ternary): Ternary {
  const ways = choices(part);
  const open = [...new Set(ways.flat())].filter((name) => flag(name) === 'unknown');
  const answers = Array.from({ length: 2 ** open.length }, (_, row) => {
    const isYes = (name: string) => flag(name) === 'yes' || Boolean((row >> open.indexOf(name)) & 1);
    return ways.some((way) => way.every((name) => flag(name) !== 'no' && isYes(name)));
  });
  if (answers.every(Boolean)) return 'yes';
  return answers.some(Boolean) ? 'unknown' : 'no';
}

const flagOf = (name: string): Ternary => flags[name] ?? 'unknown';

describe('any expression', () => {
  test('has the value that a truth table gives it', () => {
    fc.assert(
      fc.property(formula, (part) => {
        expect(evaluate(write(part)).osi).toBe(byTruthTable(part, flagOf));
      }),
    );
  });

  test('that is approved elects one of the choices that it offers, all of it approved', () => {
    fc.assert(
      fc.property(formula, (part) => {
        const { osi, elected } = evaluate(write(part));
        const offered = choices(part).map((names) => names.join(' AND '));
        if (elected === null) expect(osi === 'yes' && offered.length > 1).toBe(false);
        else expect(offered).toContain(elected);
        expect((elected ?? 'MIT').split(' AND ').map(flagOf)).not.toContain('no');
      }),
    );
  });

  test('means the same in its canonical spelling', () => {
    fc.assert(
      fc.property(formula, fc.boolean(), (part, lower) => {
        const written = lower ? write(part).toLowerCase() : write(part);
        const { canonical, osi, ids, problem } = evaluate(written);
        expect(evaluate(canonical ?? '')).toMatchObject({ canonical, osi, ids, problem });
      }),
    );
  });

  test('is judged by terms as a truth table of its names has it', () => {
    const names = fc.subarray(Object.keys(flags));
    const terms = fc.record({
      require: fc.constantFrom('osi' as const, 'listed' as const),
      allow: names,
      alsoAllow: names,
      deny: names,
    });
    fc.assert(
      fc.property(formula, terms, (part, lists) => {
        const { acceptable } = judgeExpression(evaluate(write(part)), lists);
        expect(acceptable).toBe(byTruthTable(part, (name) => byTerms(name, lists)));
      }),
    );
  });
});

function byTerms(name: string, { require, allow, alsoAllow, deny }: Terms): Ternary {
  if (name === 'UNLICENSED' || name === 'NOASSERTION') return flagOf(name);
  if (deny.includes(name)) return 'no';
  if (alsoAllow.includes(name)) return 'yes';
  if (require === 'listed') return allow.includes(name) ? 'yes' : 'no';
  if (flagOf(name) !== 'yes') return flagOf(name);
  return allow.length === 0 || allow.includes(name) ? 'yes' : 'no';
}

describe('anything at all', () => {
  const words = [
    'MIT',
    'gpl-2.0+',
    'Foo',
    'NONE',
    'LicenseRef-a',
    'AND',
    'or',
    'WITH',
    '(',
    ')',
    '+',
    ' ',
    '\n',
    '/',
    ':',
  ];
  const soup = fc.array(fc.oneof(fc.constantFrom(...words, 'Classpath-exception-2.0'), fc.string()), { maxLength: 40 });
  const strange = fc.oneof(
    soup.map((parts) => parts.join(' ')),
    soup.map((parts) => parts.join('')),
    fc.string({ unit: 'binary', maxLength: 1_200 }),
  );

  test('is evaluated, judged and compared without failing', () => {
    fc.assert(
      fc.property(strange, (text) => {
        const evaluation = evaluate(text);
        expect(evaluation.problem === null && evaluation.canonical === null).toBe(false);
        if (evaluation.canonical === null) expect(evaluation.osi).not.toBe('yes');
        const acceptance = judgeExpression(evaluation, { require: 'osi', allow: [text], alsoAllow: [text], deny: [] });
        expect(['yes', 'no', 'unknown']).toContain(acceptance.acceptable);
        expect(['yes', 'no', 'review']).toContain(compatibility(evaluation, evaluation).answer);
        expect(() => copyleftOfExpression(evaluation)).not.toThrow();
      }),
    );
  });

  test('is suggested as an expression that is valid, or not at all', () => {
    fc.assert(
      fc.property(strange, (text) => {
        const { suggestion } = evaluate(text);
        if (suggestion !== null) expect(evaluate(suggestion)).toMatchObject({ canonical: suggestion });
      }),
    );
  });
});
