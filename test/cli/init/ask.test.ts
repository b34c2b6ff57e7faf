// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { PassThrough } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { ask, dayProblem } from '../../../src/cli/init/ask.ts';
import type { Choice } from '../../../src/cli/init/choice.ts';
import type { Noticed } from '../../../src/cli/init/notice.ts';

const noticed: Noticed = {
  dcoApp: null,
  license: null,
  notApproved: [],
  reuse: null,
  vendored: [],
  submodules: false,
  conventions: [{ id: 'dep3', because: 'patches lie in debian/patches/' }],
  fork: null,
};
const proposed: Choice = {
  checks: new Set(['dco', 'license', 'upstream']),
  convention: 'dep3',
  start: { mode: 'enforce' },
};

const enter = '\r';
const down = '\x1b[B';
const controlC = '\x03';

/** Types some keys at each question, once it is shown. */
async function answer(...keys: readonly (readonly string[])[]) {
  const input = new PassThrough();
  const output = new PassThrough();
  let shown = '';
  const questions = ['Which checks', 'In which notation', 'How shall', 'from which day'];
  const left = [...keys];
  output.on('data', (chunk: Buffer) => {
    shown += chunk.toString('utf8');
    if (questions[0] === undefined || !shown.includes(questions[0])) return;
    questions.shift();
    shown = '';
    const typed = left.shift() ?? [];
    // One key at a time, as fingers send them.
    setImmediate(() => {
      for (const key of typed) input.write(key);
    });
  });
  return ask(noticed, proposed, '2026-11-22', { input, output });
}

describe('the questions', () => {
  test('answered with Enter give what is proposed', async () => {
    expect(await answer([enter], [enter], [enter])).toEqual(proposed);
  });

  test('can be answered otherwise: no DCO, the next notation, a day', async () => {
    const choice = await answer([' ', enter], [down, enter], [down, enter], [...'2027-01-31', enter]);
    expect(choice).toEqual({
      checks: new Set(['license', 'upstream']),
      convention: 'yocto',
      start: { mode: 'warn', enforceFrom: '2027-01-31' },
    });
  });

  test.each([
    ['the first', [[controlC]]],
    ['the second', [[enter], [controlC]]],
    ['the third', [[enter], [enter], [controlC]]],
    ['the last', [[enter], [enter], [down, enter], [controlC]]],
  ])('end without an answer where somebody leaves at %s', async (_, keys) => {
    expect(await answer(...keys)).toBeNull();
  });
});

test.each([
  ['2026-11-23', null],
  ['2026-11-22', 'Write a day after today, 2026-11-22.'],
  ['2027-02-29', 'Write a day that the calendar has, such as 2027-01-31.'],
  ['soon', 'Write a day that the calendar has, such as 2027-01-31.'],
])('a day to announce: %s', (value, problem) => {
  expect(dayProblem(value, '2026-11-22')).toBe(problem);
});
