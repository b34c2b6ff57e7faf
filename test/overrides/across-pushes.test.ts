// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import type { Comment } from '../../src/overrides/overrides.ts';
import { mostRemembered } from '../../src/overrides/own-marks.ts';
import type { Finding } from '../../src/rules/verdict.ts';
import { commitBy, contributionOf, shaOf, userOf } from '../helpers/contribution.ts';
import { plain } from '../policy/help.ts';
import {
  comment,
  decide,
  judgement,
  onCommit,
  onFile,
  outcome,
  person,
  run,
  type Scene,
  scene,
  writer,
} from './conversation.ts';

const policy = 'overrides: {lifetime: pull-request}';
const given = comment('/override dco because the employer confirmed');
const contents = new Map([['vendor/a.c', 'oid-1']]);
const before = [judgement([onCommit(shaOf(1)), onFile('vendor/a.c')])];

/** What the App writes down when the override is granted on the head that its writer saw. */
function recorded(more: Scene = {}): Comment[] {
  const { records } = decide(scene({ comments: [given], policy, judgements: before, contents, ...more }));
  return records.map(({ mark }) => comment(`Words.\n\n${mark}`, { own: true, by: 'countersign[bot]', second: 21 }));
}

const next = contributionOf(
  ['First', 'Second', 'Third'].map((subject) => commitBy(person, subject, { authorAccount: userOf('ada') })),
);

/** After a push: another head, on which our check was posted at 40. */
function afterPush(findings: readonly Finding[], more: Scene = {}) {
  const comments = more.comments ?? [given, ...recorded()];
  const runs = [run(40, { headSha: next.head.sha })];
  const question = { policy, contents, contribution: next, judgements: [judgement(findings)], runs, ...more, comments };
  return outcome(scene(question));
}

describe('With lifetime head', () => {
  test('nothing is recorded, and what was recorded is not heeded', () => {
    expect(recorded({ policy: '' })).toEqual([]);
    const comments = [given, ...recorded()];
    expect(afterPush([onCommit(shaOf(1))], { policy: '', comments })).toEqual({
      passes: false,
      all: ['lapsed mia unseen'],
    });
  });
});

describe('With lifetime pull-request', () => {
  test('the record names the findings to readers and holds them for the next look', () => {
    const decisions = decide(scene({ comments: [given], policy, judgements: before, contents }));
    expect(decisions.records.map(({ to, text }) => [to, plain(text)])).toEqual([
      [
        given,
        `The override of \`dco\` by \`mia\` holds across pushes for 2 findings, as long as they stay as they are on \`${shaOf(2)}\`.`,
      ],
    ]);
  });

  test('it is written once', () => {
    expect(recorded()).toHaveLength(1);
    expect(recorded({ comments: [given, ...recorded()] })).toEqual([]);
  });

  test.each<[string, readonly Finding[], boolean]>([
    ['the same findings', [onCommit(shaOf(1)), onFile('vendor/a.c')], true],
    ['some of the same findings', [onCommit(shaOf(1))], true],
    ['a new commit', [onCommit(shaOf(1)), onCommit(shaOf(3))], false],
    ['another finding about the same commit', [onCommit(shaOf(1), 'error', 'Something else.')], false],
    ['a finding of another code', [{ ...onCommit(shaOf(1)), code: 'dco.mismatch' }], false],
    ['a graver finding about the same commit', [onCommit(shaOf(1), 'gap')], false],
    ['the same words about another file', [onFile('vendor/b.c')], false],
    ['the same words about the whole', [{ ...onCommit(shaOf(1)), at: null }], false],
  ])('after a push it holds for %s: %#', (_, findings, passes) => {
    expect(afterPush(findings)).toEqual({ passes, all: ['granted mia'] });
  });

  test('it does not hold for a file whose content changed, or is not known', () => {
    const findings = [onFile('vendor/a.c')];
    expect(afterPush(findings, { contents: new Map([['vendor/a.c', 'oid-2']]) }).passes).toBe(false);
    expect(afterPush(findings, { contents: new Map() }).passes).toBe(false);
    expect(afterPush(findings).passes).toBe(true);
  });

  test('it holds after several pushes, and after one that was fine in between', () => {
    const comments = [given, ...recorded()];
    expect(afterPush([], { comments }).passes).toBe(false);
    expect(afterPush([onCommit(shaOf(1))], { comments }).passes).toBe(true);
  });

  test.each<[string, Scene]>([
    ['its writer lost the role', { permissions: { mia: writer } }],
    ['its writer takes part now', { coAuthors: ['mia'] }],
    ['it is edited', { comments: [{ ...given, edited: true }, ...recorded()] }],
    ['it is hidden', { comments: [{ ...given, minimised: true }, ...recorded()] }],
    ['it is deleted', { comments: recorded() }],
    [
      'it is taken back',
      { comments: [given, ...recorded(), comment('/override-cancel dco', { second: 50, by: 'max' })] },
    ],
    ['the record is deleted', { comments: [given] }],
    ['the record is edited', { comments: [given, ...recorded().map((one) => ({ ...one, edited: true }))] }],
    ['the record is hidden', { comments: [given, ...recorded().map((one) => ({ ...one, minimised: true }))] }],
    ['somebody else wrote the record', { comments: [given, ...recorded().map((one) => ({ ...one, own: false }))] }],
    ['the record is of another comment', { comments: [{ ...given, id: 'IC_other' }, ...recorded()] }],
    [
      'the record is of another check',
      {
        comments: [
          given,
          ...recorded().map((one) => ({ ...one, body: one.body.replace('"check":"dco"', '"check":"license"') })),
        ],
      },
    ],
    ['the record is cut', { comments: [given, ...recorded().map((one) => ({ ...one, body: one.body.slice(0, -9) }))] }],
    [
      'words follow the record',
      { comments: [given, ...recorded().map((one) => ({ ...one, body: `${one.body}\nMore.` }))] },
    ],
  ])('it ends where %s', (_, more) => {
    expect(afterPush([onCommit(shaOf(1))], more).passes).toBe(false);
  });

  test('what its writer did not see is not recorded', () => {
    expect(recorded({ runs: [run(30)] })).toEqual([]);
  });

  test('what it does not cover is not recorded', () => {
    const part = comment(`/override dco for ${shaOf(1)} because so`);
    const [record] = decide(scene({ comments: [part], policy, judgements: before, contents })).records;
    const comments = [part, comment(record?.mark ?? '', { own: true })];
    expect(afterPush([onCommit(shaOf(1))], { comments }).passes).toBe(true);
    expect(afterPush([onFile('vendor/a.c')], { comments }).passes).toBe(false);
  });

  test('more findings than a comment holds are not recorded, so that the override ends with the push', () => {
    const many = Array.from({ length: mostRemembered + 1 }, (_, index) =>
      onCommit(shaOf(1), 'error', `Finding ${index}.`),
    );
    expect(recorded({ judgements: [judgement(many)] })).toEqual([]);
    expect(recorded({ judgements: [judgement(many.slice(1))] })).toHaveLength(1);
  });

  test('what is about no commit and no file is not recorded', () => {
    expect(recorded({ judgements: [judgement([{ ...onCommit(shaOf(1)), at: null }])] })).toEqual([]);
  });
});
