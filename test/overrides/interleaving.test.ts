// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Comment, Move, PostedRun } from '../../src/overrides/overrides.ts';
import { commitBy, contributionOf, shaOf, userOf } from '../helpers/contribution.ts';
import { at, comment, judgement, onCommit, outcome, person, runMark, scene } from './conversation.ts';

/**
 * A pull request as GitHub and the App live through it. Commits are numbers; `parents` tells which a plain push can
 * lead to. A look reads head and moves at one time and posts at another.
 */
interface World {
  second: number;
  head: number;
  base: string;
  readonly parents: number[];
  moves: Move[];
  events: number;
  readonly runs: PostedRun[];
  look: { readonly head: number; readonly mark: string } | null;
  /** What the maintainer saw when they wrote their comments. */
  readonly seen: { readonly comment: Comment; readonly head: number; readonly base: string }[];
}

const steps = {
  'push a new commit': (world: World) => {
    world.parents.push(world.head);
    world.head = world.parents.length - 1;
  },
  // The commit may have been judged before, here or in another pull request.
  'push a known commit': (world: World) => {
    world.head = world.parents.findLastIndex((_, commit) => isAncestor(world, world.head, commit));
  },
  'force-push back': (world: World) => {
    const target = world.parents[world.head] ?? 0;
    if (target === world.head) return;
    world.head = target;
    moved(world, 'force-push');
  },
  'force-push a new commit': (world: World) => {
    world.parents.push(world.parents[world.head] ?? 0);
    world.head = world.parents.length - 1;
    moved(world, 'force-push');
  },
  'change the base': (world: World) => {
    world.base = world.base === 'main' ? 'sandbox' : 'main';
    moved(world, 'base');
  },
  'begin a look': (world: World) => {
    world.look = { head: world.head, mark: runMark(12, world.moves) };
  },
  'end the look': (world: World) => {
    if (world.look === null) return;
    post(world, world.look.head, world.look.mark);
    world.look = null;
  },
  look: (world: World) => post(world, world.head, runMark(12, world.moves)),
  'judge it in another pull request': (world: World) => post(world, world.parents.length - 1, '13'),
  comment: (world: World) => {
    const one = comment('/override dco because I have seen it', { second: world.second });
    world.seen.push({ comment: one, head: world.head, base: world.base });
  },
  'let a second pass': (world: World) => {
    world.second += 1;
  },
} as const;
type Step = keyof typeof steps;

function isAncestor({ parents }: World, ancestor: number, commit: number): boolean {
  let at = commit;
  while (at !== ancestor && at !== 0) at = parents[at] ?? 0;
  return at === ancestor;
}

function moved(world: World, kind: Move['kind']): void {
  const others = world.moves.filter((move) => move.kind !== kind);
  world.events += 1;
  world.moves = [...others, { kind, id: `event-${world.events}` }];
}

/** A run that is already there with that mark is updated, which leaves its age as it is. */
function post({ runs, second }: World, head: number, mark: string): void {
  const headSha = shaOf(head);
  if (runs.some((run) => run.headSha === headSha && run.mark === mark)) return;
  runs.push({ name: 'DCO', headSha, mark, startedAt: at(second) });
}

function live(story: readonly Step[], { tick = true } = {}): { readonly world: World; readonly passes: boolean } {
  const world: World = {
    second: 1,
    head: 1,
    base: 'main',
    parents: [0, 0],
    moves: [],
    events: 0,
    runs: [],
    look: null,
    seen: [],
  };
  for (const step of story) {
    if (tick) world.second += 1;
    steps[step](world);
  }
  const facts = contributionOf([
    { ...commitBy(person, 'Bad', { authorAccount: userOf('ada') }), sha: shaOf(world.head) },
  ]);
  const question = scene({
    contribution: facts,
    judgements: [judgement([onCommit(shaOf(world.head))])],
    comments: world.seen.map(({ comment: one }) => one),
    runs: world.runs,
    moves: world.moves,
  });
  return { world, passes: outcome(question).passes };
}

/** Whether some comment was written by somebody who had this very code in front of them. */
function wasSeen({ seen, head, base }: World): boolean {
  return seen.some((one) => one.head === head && one.base === base);
}

function orders<Item>(items: readonly Item[]): Item[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, index) => orders(items.toSpliced(index, 1)).map((rest) => [item, ...rest]));
}

describe('Code that no maintainer could see is never overridden', () => {
  const stories: Step[][] = [
    ['look', 'push a new commit', 'look', 'comment', 'look'],
    ['begin a look', 'end the look', 'push a new commit', 'comment', 'look', 'comment'],
    ['look', 'begin a look', 'force-push back', 'end the look', 'comment', 'push a known commit'],
    ['look', 'push a new commit', 'look', 'force-push back', 'comment', 'push a known commit', 'look'],
    [
      'look',
      'judge it in another pull request',
      'push a new commit',
      'comment',
      'force-push back',
      'push a known commit',
    ],
    ['look', 'comment', 'change the base', 'look', 'change the base', 'comment'],
    ['look', 'comment', 'force-push a new commit', 'look', 'force-push back', 'push a known commit'],
  ];
  test.each(stories.map((story) => [story.join(', '), story] as const))('in whatever order: %s', (_, story) => {
    for (const order of orders(story)) {
      for (const tick of [true, false]) {
        const { world, passes } = live(order, { tick });
        if (passes && !wasSeen(world)) throw new Error(`Overridden unseen: ${order.join(', ')}`);
      }
    }
    expect(orders(story).length).toBeGreaterThanOrEqual(120);
  });

  test('whatever happens', () => {
    const step = fc.constantFrom(...(Object.keys(steps) as Step[]));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 16 }), fc.boolean(), (story, tick) => {
        const { world, passes } = live(story, { tick });
        expect(passes && !wasSeen(world)).toBe(false);
      }),
      { numRuns: 5000 },
    );
  });
});

describe('What a maintainer saw and nobody changed since is overridden', () => {
  test('whatever happened before', () => {
    const step = fc.constantFrom(...(Object.keys(steps) as Step[]));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (story) => {
        expect(live([...story, 'look', 'comment', 'look']).passes).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test.each<[string, Step[], boolean]>([
    ['look, comment', ['look', 'comment'], true],
    ['comment, look', ['comment', 'look'], false],
    ['look, push, comment, look: the check was not there yet', ['look', 'push a new commit', 'comment', 'look'], false],
    ['a re-run in between', ['look', 'comment', 'begin a look', 'end the look'], true],
    ['a push after', ['look', 'comment', 'push a new commit', 'look'], false],
    ['a push after, and a new comment', ['look', 'comment', 'push a new commit', 'look', 'comment'], true],
  ])('%s', (_, story, passes) => {
    expect(live(story).passes).toBe(passes);
  });
});
