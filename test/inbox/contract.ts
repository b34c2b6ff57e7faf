// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Attempt, Entry, Inbox, Subject } from '../../src/inbox/inbox.ts';

/** A kind of inbox, for the tests that every one of them has to pass. */
export interface Kind {
  /** A new inbox that holds nothing, and what its handlers threw. */
  open(): Promise<{ readonly inbox: Inbox; readonly errors: readonly unknown[] }>;
  /** Ends the inboxes opened so far. */
  close(): Promise<void>;
  readonly prepare?: () => Promise<void>;
  readonly cleanUp?: () => Promise<void>;
}

export const repository = { installationId: 1, owner: 'octo', name: 'hello' };
export const pull = (number: number, installationId = 1): Subject => ({
  kind: 'pull-request',
  repository: { ...repository, installationId },
  number,
});
export const hint = (deliveryId: string | null = null, updatedAt: string | null = null) => ({ deliveryId, updatedAt });
export const swept = { deliveryId: null, updatedAt: null, urgency: 'sweep' } as const;
export const done: Attempt = { done: true };

export const depthOf = async (inbox: Inbox) => (await inbox.stats()).depth;
/** What a pull request is called in these tests. */
export const numberOf = ({ subject }: Entry) => (subject.kind === 'pull-request' ? subject.number : Number.NaN);

/** Resolves once it holds; the test's own limit ends the wait. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await sleep(2);
}

export const empty = (inbox: Inbox) => until(async () => (await depthOf(inbox)) === 0);

/** A handler whose every call waits until the test lets it end. */
export function heldHandler() {
  const calls: { entry: Entry; end: (attempt: Attempt) => void }[] = [];
  return {
    calls,
    handler: (entry: Entry) => new Promise<Attempt>((end) => calls.push({ entry, end })),
    end: (index: number, attempt: Attempt = done) => calls[index]?.end(attempt),
    /** Resolves once so many calls were made. */
    called: (count: number) => until(() => calls.length >= count),
    numbers: () => calls.map(({ entry }) => numberOf(entry)),
  };
}

/** A handler that ends at once with what `attemptOf` says, and what it was called with. */
export function notingHandler(attemptOf: (entry: Entry, calls: number) => Attempt = () => done) {
  const entries: Entry[] = [];
  const handler = async (entry: Entry) => {
    entries.push(entry);
    return attemptOf(entry, entries.length);
  };
  return { entries, handler, attempts: () => entries.map(({ attempt }) => attempt) };
}

export function describeInbox(name: string, kind: Kind): void {
  describe(name, () => {
    beforeAll(async () => kind.prepare?.());
    afterEach(() => kind.close());
    afterAll(async () => kind.cleanUp?.());

    /** An inbox that holds what was put, and starts to hand it out to the handler. */
    async function working(
      handler: (entry: Entry) => Promise<Attempt>,
      concurrency = 10,
      subjects: readonly Subject[] = [],
    ) {
      const { inbox, errors } = await kind.open();
      for (const subject of subjects) await inbox.put(subject, hint());
      inbox.work(handler, concurrency);
      return { inbox, errors };
    }

    /** Resolves once the inbox has had every chance to hand out what it would: what is put now comes after that. */
    async function afterAnother(inbox: Inbox, numbers: () => readonly number[]): Promise<void> {
      await inbox.put(pull(999, 999), hint());
      await until(() => numbers().includes(999));
    }

    describe('Entries', () => {
      test('are handed out once, with the newest that was heard, however often they are put before that', async () => {
        const { entries, handler } = notingHandler();
        const { inbox } = await kind.open();
        await inbox.put(pull(1), hint('first', '2026-01-01T00:00:00Z'));
        await inbox.put(pull(1), hint('second', '2026-01-01T00:00:05Z'));
        await inbox.put(pull(1), hint(null, '2026-01-01T00:00:02Z'));
        expect(await depthOf(inbox)).toBe(1);
        inbox.work(handler, 10);
        await empty(inbox);
        expect(entries).toEqual([
          {
            subject: pull(1),
            deliveryId: 'second',
            updatedAt: '2026-01-01T00:00:05Z',
            attempt: 1,
            putAt: expect.any(Number),
          },
        ]);
      });

      test.each<Subject>([
        { kind: 'merge-group', repository, headSha: 'a', headRef: 'q', baseSha: 'b', baseRef: 'main' },
        { kind: 'open-pull-requests', repository, base: null, headSha: 'a' },
        { kind: 'policy-files', repository, base: 'main', sha: 'a', paths: ['rules/base.yml'] },
        { kind: 'extended-files', repository, ref: 'v1', isDefault: false, sha: 'a', paths: null },
        { kind: 'installation', installationId: 1 },
      ])('of every kind come out as they were put: %j', async (subject) => {
        const { entries, handler } = notingHandler();
        const { inbox } = await working(handler, 10, [subject]);
        await empty(inbox);
        expect(entries).toEqual([
          { subject, deliveryId: null, updatedAt: null, attempt: 1, putAt: expect.any(Number) },
        ]);
      });

      test('keep none from being stored that come with them, whatever characters they hold', async () => {
        const { entries, handler } = notingHandler();
        const { inbox } = await kind.open();
        const odd: Subject = {
          kind: 'policy-files',
          repository,
          base: 'a\0b',
          sha: 'a',
          paths: ['cut off: \ud83d', '\0'],
        };
        await Promise.all([pull(1), odd, pull(2)].map((subject) => inbox.put(subject, hint())));
        expect(await inbox.receive([odd], { deliveryId: 'odd', updatedAt: null })).toBe(1);
        inbox.work(handler, 1);
        await empty(inbox);
        expect(entries.map(({ subject }) => subject.kind).sort()).toEqual([
          'policy-files',
          'pull-request',
          'pull-request',
        ]);
      });

      test('are never with two workers, and are looked at again where something was put meanwhile', async () => {
        const { calls, handler, end, called, numbers } = heldHandler();
        const { inbox } = await working(handler);
        await inbox.put(pull(1), hint('a'));
        await called(1);
        await inbox.put(pull(1), hint('b'));
        await inbox.put(pull(1), hint('c'));
        await afterAnother(inbox, numbers);
        expect(numbers()).toEqual([1, 999]);
        end(0);
        end(1);
        await called(3);
        expect(calls.map(({ entry }) => entry.deliveryId)).toEqual(['a', null, 'c']);
        end(2);
        await empty(inbox);
        expect(calls).toHaveLength(3);
      });

      test('are worked on in parallel, as many as allowed', async () => {
        const { calls, handler, end, called, numbers } = heldHandler();
        const subjects = [pull(1, 1), pull(2, 2), pull(3, 3)];
        await working(handler, 2, subjects);
        await called(2);
        expect([...numbers()].sort()).toEqual([1, 2]);
        end(0);
        await called(3);
        expect(calls).toHaveLength(3);
      });

      test('tell how many there are and how long the oldest has waited', async () => {
        const { inbox } = await kind.open();
        expect(await inbox.stats()).toEqual({ depth: 0, oldestAgeMs: 0, deadLetters: 0 });
        await inbox.put(pull(1), hint());
        await until(async () => (await inbox.stats()).oldestAgeMs > 0);
        await inbox.put(pull(2), hint());
        const { depth, oldestAgeMs } = await inbox.stats();
        expect(depth).toBe(2);
        expect(oldestAgeMs).toBeGreaterThan(0);
      });
    });

    describe('Installations', () => {
      test('do not hold up one another, however much of one waits', async () => {
        const { calls, handler, end, called, numbers } = heldHandler();
        const many = Array.from({ length: 10 }, (_, index) => pull(index + 1));
        const { inbox } = await working(handler, 4, many);
        await called(3);
        await afterAnother(inbox, numbers);
        expect(numbers()).toHaveLength(4);
        for (let index = 0; index < 11; index += 1) {
          await called(index + 1);
          end(index);
        }
        await empty(inbox);
        expect(calls).toHaveLength(11);
      });

      test('take turns', async () => {
        const { entries, handler } = notingHandler();
        const subjects = [pull(1, 1), pull(2, 1), pull(3, 1), pull(4, 2), pull(5, 2), pull(6, 3)];
        const { inbox } = await working(handler, 1, subjects);
        await empty(inbox);
        expect(entries.map(numberOf)).toEqual([1, 4, 6, 2, 5, 3]);
      });
    });

    describe('Persons', () => {
      test('come before sweeps', async () => {
        const { entries, handler } = notingHandler();
        const { inbox } = await kind.open();
        await inbox.put(pull(1), swept);
        await inbox.put(pull(2), hint());
        inbox.work(handler, 1);
        await empty(inbox);
        expect(entries.map(({ subject: _, ...entry }) => entry)).toEqual([
          { deliveryId: null, updatedAt: null, attempt: 1, putAt: expect.any(Number) },
          { deliveryId: null, updatedAt: null, attempt: 1, putAt: expect.any(Number), urgency: 'sweep' },
        ]);
      });

      test('have what a sweep put already looked at at once', async () => {
        const { entries, handler } = notingHandler();
        const { inbox } = await kind.open();
        for (const number of [1, 2, 3]) await inbox.put(pull(number), swept);
        await inbox.put(pull(3), hint('pushed'));
        inbox.work(handler, 1);
        await empty(inbox);
        expect(entries.map(numberOf)).toEqual([3, 1, 2]);
      });
    });

    describe('A failure', () => {
      test('is tried again, and the tries are counted', async () => {
        const { handler, attempts } = notingHandler(({ attempt }) =>
          attempt < 3 ? { done: false, retryAfter: 0 } : done,
        );
        const { inbox } = await working(handler, 10, [pull(1)]);
        await empty(inbox);
        expect(attempts()).toEqual([1, 2, 3]);
      });

      test('is no try where it does not count', async () => {
        const { handler, attempts } = notingHandler((_, calls) =>
          calls < 3 ? { done: false, retryAfter: 0, counts: false } : done,
        );
        const { inbox } = await working(handler, 10, [pull(1)]);
        await empty(inbox);
        expect(attempts()).toEqual([1, 1, 1]);
      });

      test('waits for as long as it says, even where that is longer than a timer can', async () => {
        const { entries, handler } = notingHandler(({ subject }) =>
          subject.kind === 'pull-request' && subject.number === 1 ? { done: false, retryAfter: 2 ** 40 } : done,
        );
        const { inbox } = await working(handler, 10, [pull(1)]);
        await until(() => entries.length === 1);
        await afterAnother(inbox, () => entries.map(numberOf));
        expect(entries.map(numberOf)).toEqual([1, 999]);
        await until(async () => (await depthOf(inbox)) === 1);
      });

      test('is tried at once where something new is heard, as if it had never failed', async () => {
        const { entries, handler, attempts } = notingHandler((_, calls) =>
          calls <= 2 ? { done: false, retryAfter: calls === 1 ? 0 : 600_000 } : done,
        );
        const { inbox } = await working(handler, 10, [pull(1)]);
        await until(() => entries.length === 2);
        await inbox.put(pull(1), hint('pushed'));
        await empty(inbox);
        expect(attempts()).toEqual([1, 2, 1]);
      });

      test('is tried at once where something new was heard while it failed', async () => {
        const { calls, handler, end, called } = heldHandler();
        const { inbox } = await working(handler, 10, [pull(1)]);
        await called(1);
        await inbox.put(pull(1), hint('pushed'));
        end(0, { done: false, retryAfter: 600_000 });
        await called(2);
        expect(calls.map(({ entry: { deliveryId, attempt } }) => [deliveryId, attempt])).toEqual([
          [null, 1],
          ['pushed', 1],
        ]);
        end(1);
        await empty(inbox);
      });

      test('is not tried sooner, nor looked at twice, because a sweep came by', async () => {
        const { handler, end, called, numbers } = heldHandler();
        const { inbox } = await working(handler, 10, [pull(1), pull(2)]);
        await called(2);
        await inbox.put(pull(1), swept);
        end(numbers().indexOf(1));
        end(numbers().indexOf(2), { done: false, retryAfter: 600_000 });
        await until(async () => (await depthOf(inbox)) === 1);
        await inbox.put(pull(2), swept);
        await afterAnother(inbox, numbers);
        expect(numbers()).toHaveLength(3);
      });
    });

    describe('A dead letter', () => {
      const dead: Attempt = { done: false, dead: true, why: 'it cannot be done' };

      /** An inbox in which the pull request 1 was given up, whatever comes later is done. */
      async function withDeadLetter() {
        const { entries, handler, attempts } = notingHandler((_, calls) => (calls === 1 ? dead : done));
        const { inbox, errors } = await working(handler);
        await inbox.put(pull(1), hint('first', '2026-01-01T00:00:00Z'));
        await until(async () => (await inbox.stats()).deadLetters === 1);
        return { inbox, errors, entries, attempts };
      }

      test('is kept whatever characters its reason holds', async () => {
        const odd: Attempt = { ...dead, why: 'cut off: \ud83d, \0' };
        const { inbox } = await working(notingHandler(() => odd).handler);
        await inbox.put(pull(1), hint('odd'));
        await until(async () => (await inbox.stats()).deadLetters === 1);
        expect((await inbox.deadLetters.list())[0]?.why).toContain('cut off: ');
      });

      test('says what was given up and why', async () => {
        const { inbox } = await withDeadLetter();
        expect(await inbox.deadLetters.list()).toEqual([
          {
            key: '1/octo/hello#1',
            subject: pull(1),
            deliveryId: 'first',
            updatedAt: '2026-01-01T00:00:00Z',
            attempt: 1,
            why: 'it cannot be done',
            putAt: expect.any(Number),
            diedAt: expect.any(Number),
          },
        ]);
        expect(await depthOf(inbox)).toBe(0);
      });

      test('is what a handler throws at; it is said, and the rest goes on', async () => {
        const { inbox, errors } = await working(
          async (entry) => {
            if (numberOf(entry) === 1) throw new Error('broken');
            return done;
          },
          1,
          [pull(1), pull(2)],
        );
        await until(async () => (await inbox.stats()).deadLetters === 1);
        await empty(inbox);
        expect(errors).toEqual([new Error('broken')]);
        expect((await inbox.deadLetters.list()).map(({ key, why }) => [key, why])).toEqual([
          ['1/octo/hello#1', 'Error: broken'],
        ]);
      });

      test('is tried again where somebody asks for it', async () => {
        const { inbox, entries } = await withDeadLetter();
        expect(await inbox.deadLetters.retry(['1/octo/hello#1', 'unknown'])).toBe(1);
        await until(() => entries.length === 2);
        expect(entries[1]).toEqual({ ...entries[0], attempt: 1, putAt: expect.any(Number) });
        await empty(inbox);
        await until(async () => (await inbox.stats()).deadLetters === 0);
      });

      test('is forgotten where somebody drops it', async () => {
        const { inbox, entries } = await withDeadLetter();
        expect(await inbox.deadLetters.drop(['unknown', '1/octo/hello#1'])).toBe(1);
        expect(await inbox.stats()).toMatchObject({ depth: 0, deadLetters: 0 });
        expect(entries).toHaveLength(1);
      });

      test('is tried again where something new is heard of its subject', async () => {
        const { inbox, attempts } = await withDeadLetter();
        await inbox.put(pull(1), hint('pushed'));
        await empty(inbox);
        await until(async () => (await inbox.stats()).deadLetters === 0);
        expect(attempts()).toEqual([1, 1]);
      });

      test('stays where only a sweep comes by', async () => {
        const { inbox, entries } = await withDeadLetter();
        await inbox.put(pull(1), swept);
        await afterAnother(inbox, () => entries.map(numberOf));
        expect(entries.map(numberOf)).toEqual([1, 999]);
        expect((await inbox.stats()).deadLetters).toBe(1);
      });
    });

    describe('A delivery', () => {
      test('is taken whole, and once', async () => {
        const { entries, handler } = notingHandler();
        const { inbox } = await working(handler);
        expect(await inbox.receive([pull(1), pull(2)], hint('a') as { deliveryId: string; updatedAt: null })).toBe(2);
        await empty(inbox);
        expect(await inbox.receive([pull(1), pull(2)], { deliveryId: 'a', updatedAt: null })).toBe(0);
        expect(await inbox.receive([pull(1)], { deliveryId: 'b', updatedAt: null })).toBe(1);
        await empty(inbox);
        expect(entries.map((entry) => [numberOf(entry), entry.deliveryId])).toEqual([
          [1, 'a'],
          [2, 'a'],
          [1, 'b'],
        ]);
      });

      test('that is repeated has tried again what waits to be or was given up, and nothing else', async () => {
        const outcomes: Record<number, Attempt> = {
          2: { done: false, retryAfter: 600_000 },
          3: { done: false, dead: true, why: 'broken' },
        };
        const { entries, handler } = notingHandler((entry, calls) => (calls <= 3 && outcomes[numberOf(entry)]) || done);
        const { inbox } = await working(handler, 1);
        const delivery = { deliveryId: 'a', updatedAt: null };
        await inbox.receive([pull(1), pull(2), pull(3)], delivery);
        await until(async () => (await inbox.stats()).deadLetters === 1);
        expect(await inbox.receive([pull(1), pull(2), pull(3)], delivery)).toBe(2);
        await empty(inbox);
        expect(entries.map(numberOf)).toEqual([1, 2, 3, 2, 3]);
      });

      test('has all that it names looked at now, whatever state each of them is in', async () => {
        const { calls, handler, end, called, numbers } = heldHandler();
        const { inbox } = await working(handler, 10, [pull(1), pull(2), pull(3)]);
        await called(3);
        end(numbers().indexOf(1), { done: false, retryAfter: 600_000 });
        end(numbers().indexOf(2), { done: false, dead: true, why: 'broken' });
        await until(async () => (await inbox.stats()).deadLetters === 1);
        await until(async () => (await depthOf(inbox)) === 2);
        expect(
          await inbox.receive(
            [1, 2, 3, 4].map((number) => pull(number)),
            { deliveryId: 'a', updatedAt: null },
          ),
        ).toBe(4);
        await called(6);
        end(numbers().indexOf(3));
        await called(7);
        const now = calls.slice(3).map(({ entry }) => [numberOf(entry), entry.attempt, entry.deliveryId]);
        expect(now.slice(0, 3).sort()).toEqual([
          [1, 1, 'a'],
          [2, 1, 'a'],
          [4, 1, 'a'],
        ]);
        expect(now[3]).toEqual([3, 1, 'a']);
        for (let index = 3; index < 7; index += 1) end(index);
        await empty(inbox);
        expect(calls).toHaveLength(7);
      });
    });

    describe('A stop', () => {
      test('ends when what runs has ended, and starts nothing more', async () => {
        const { calls, handler, end, called } = heldHandler();
        const { inbox } = await working(handler, 1, [pull(1), pull(2)]);
        await called(1);
        const stopped = inbox.stop(60_000);
        end(0);
        await stopped;
        expect(calls).toHaveLength(1);
        expect(await depthOf(inbox)).toBe(1);
      });

      test('leaves what was just about to be started to whoever comes next', async () => {
        const { entries, handler } = notingHandler();
        const { inbox } = await kind.open();
        for (const number of [1, 2]) await inbox.put(pull(number), hint());
        inbox.work(handler, 1);
        await inbox.stop(60_000);
        const begun = entries.length;
        await sleep(200);
        expect(entries).toHaveLength(begun);
        expect(await depthOf(inbox)).toBe(2 - begun);
      });

      test('says when what runs does not end in time', async () => {
        const { handler, called } = heldHandler();
        const { inbox } = await working(handler, 10, [pull(1)]);
        await called(1);
        await expect(inbox.stop(1)).rejects.toThrow('1 entries still ran after 1 ms');
      });
    });
  });
}
