// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { type Attempt, type Entry, type Inbox, type Subject, subjectKey } from '../../src/inbox/inbox.ts';
import { createMemoryInbox } from '../../src/inbox/memory.ts';

const repository = { installationId: 1, owner: 'octo', name: 'hello' };
const pull = (number: number): Subject => ({ kind: 'pull-request', repository, number });
const hint = (deliveryId: string | null = null, updatedAt: string | null = null) => ({ deliveryId, updatedAt });
const depthOf = async (inbox: Inbox) => (await inbox.stats()).depth;
const done: Attempt = { done: true };

/** A handler whose every call waits until the test lets it end. */
function heldHandler() {
  const calls: { entry: Entry; end: (attempt: Attempt) => void }[] = [];
  const handler = (entry: Entry) => new Promise<Attempt>((end) => calls.push({ entry, end }));
  const end = async (index: number, attempt: Attempt = done) => {
    calls[index]?.end(attempt);
    await turn();
  };
  return { calls, handler, end };
}

function inboxWith(handler: (entry: Entry) => Promise<Attempt>, concurrency = 10) {
  const errors: unknown[] = [];
  const inbox = createMemoryInbox((error) => errors.push(error));
  inbox.work(handler, concurrency);
  return { inbox, errors };
}

describe('The inbox in memory', () => {
  test('hands a subject out once, however often it is put before that', async () => {
    const seen: Entry[] = [];
    const inbox = createMemoryInbox(() => {});
    await inbox.put(pull(1), hint('first', '2026-01-01T00:00:00Z'));
    await inbox.put(pull(1), hint('second', '2026-01-01T00:00:05Z'));
    await inbox.put(pull(1), hint(null, '2026-01-01T00:00:02Z'));
    expect(await depthOf(inbox)).toBe(1);
    inbox.work(async (entry) => {
      seen.push(entry);
      return done;
    }, 10);
    await turn();
    expect(seen).toEqual([{ subject: pull(1), deliveryId: 'second', updatedAt: '2026-01-01T00:00:05Z', attempt: 1 }]);
    expect(await depthOf(inbox)).toBe(0);
  });

  test('never has two workers on one subject, and looks again at what was put meanwhile', async () => {
    const { calls, handler, end } = heldHandler();
    const { inbox } = inboxWith(handler);
    await inbox.put(pull(1), hint('a'));
    await inbox.put(pull(1), hint('b'));
    await inbox.put(pull(1), hint('c'));
    expect(calls).toHaveLength(1);
    await end(0);
    expect(calls.map(({ entry }) => entry.deliveryId)).toEqual(['a', 'c']);
    await end(1);
    expect(calls).toHaveLength(2);
    expect(await depthOf(inbox)).toBe(0);
  });

  test('works on different subjects in parallel, as many as allowed', async () => {
    const { calls, handler, end } = heldHandler();
    const { inbox } = inboxWith(handler, 2);
    for (const number of [1, 2, 3]) await inbox.put(pull(number), hint());
    expect(calls).toHaveLength(2);
    await end(0);
    expect(calls).toHaveLength(3);
  });

  test('lets no installation hold up another, however much of it waits', async () => {
    const { calls, handler, end } = heldHandler();
    const { inbox } = inboxWith(handler, 4);
    const ofAnother: Subject = { ...pull(1), repository: { ...repository, installationId: 2 } } as Subject;
    for (let number = 1; number <= 10; number += 1) await inbox.put(pull(number), hint());
    expect(calls).toHaveLength(3);
    await inbox.put(ofAnother, hint());
    expect(calls.at(3)?.entry.subject).toBe(ofAnother);
    for (let index = 0; index < 11; index += 1) await end(index);
    expect(calls).toHaveLength(11);
    expect(await depthOf(inbox)).toBe(0);
  });

  test('takes installations in turn', async () => {
    const seen: number[] = [];
    const inbox = createMemoryInbox(() => {});
    for (const installationId of [1, 1, 1, 2, 2, 3]) {
      await inbox.put({ ...pull(seen.length), repository: { ...repository, installationId } } as Subject, hint());
      seen.push(installationId);
    }
    seen.length = 0;
    inbox.work(async ({ subject }) => {
      seen.push(subject.kind === 'pull-request' ? subject.repository.installationId : 0);
      return done;
    }, 1);
    while ((await depthOf(inbox)) > 0) await turn();
    expect(seen).toEqual([1, 2, 3, 1, 2, 1]);
  });

  test('tries again what is not done, counting the tries', async () => {
    const attempts: number[] = [];
    let finished = () => {};
    const end = new Promise<void>((resolve) => {
      finished = resolve;
    });
    const { inbox } = inboxWith(async ({ attempt }) => {
      attempts.push(attempt);
      if (attempt < 3) return { done: false, retryAfter: 0 };
      finished();
      return done;
    });
    await inbox.put(pull(1), hint());
    await end;
    expect(attempts).toEqual([1, 2, 3]);
  });

  test('tries at once what is put while it waits to be tried again, as if it had never failed', async () => {
    const attempts: number[] = [];
    const { inbox } = inboxWith(async ({ attempt }) => {
      attempts.push(attempt);
      return attempts.length === 1 ? { done: false, retryAfter: 600_000 } : done;
    });
    await inbox.put(pull(1), hint());
    await turn();
    await inbox.put(pull(1), hint('pushed'));
    await turn();
    expect(attempts).toEqual([1, 1]);
    expect(await depthOf(inbox)).toBe(0);
  });

  test('tries at once what was put while a try failed', async () => {
    const { calls, handler, end } = heldHandler();
    const { inbox } = inboxWith(handler);
    await inbox.put(pull(1), hint('a'));
    await inbox.put(pull(1), hint('b'));
    await end(0, { done: false, retryAfter: 600_000 });
    expect(calls.map(({ entry: { deliveryId, attempt } }) => [deliveryId, attempt])).toEqual([
      ['a', 1],
      ['b', 1],
    ]);
    await end(1);
    expect(await depthOf(inbox)).toBe(0);
  });

  test('does not count a try that was none', async () => {
    const attempts: number[] = [];
    let finished = () => {};
    const end = new Promise<void>((resolve) => {
      finished = resolve;
    });
    const { inbox } = inboxWith(async ({ attempt }) => {
      attempts.push(attempt);
      if (attempts.length < 3) return { done: false, retryAfter: 0, counts: false };
      finished();
      return done;
    });
    await inbox.put(pull(1), hint());
    await end;
    expect(attempts).toEqual([1, 1, 1]);
  });

  test('waits no less where it is told to wait longer than a timer can', async () => {
    const { calls, handler, end } = heldHandler();
    const { inbox } = inboxWith(handler);
    await inbox.put(pull(1), hint());
    await end(0, { done: false, retryAfter: 2 ** 40 });
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(calls).toHaveLength(1);
    await inbox.stop(0);
  });

  test('gives up what its handler throws at, says so, and goes on with the rest', async () => {
    const { inbox, errors } = inboxWith(async ({ subject }) => {
      if (subject.kind === 'pull-request' && subject.number === 1) throw new Error('broken');
      return done;
    }, 1);
    await inbox.put(pull(1), hint());
    await inbox.put(pull(2), hint());
    await turn();
    expect(errors).toEqual([new Error('broken')]);
    expect(await depthOf(inbox)).toBe(0);
  });

  test('stops when what runs has ended, and starts nothing more', async () => {
    const { calls, handler, end } = heldHandler();
    const { inbox } = inboxWith(handler, 1);
    await inbox.put(pull(1), hint());
    await inbox.put(pull(2), hint());
    const stopped = inbox.stop(60_000);
    await end(0);
    await stopped;
    expect(calls).toHaveLength(1);
  });

  test('says when what runs does not end in time', async () => {
    const { handler } = heldHandler();
    const { inbox } = inboxWith(handler);
    await inbox.put(pull(1), hint());
    await expect(inbox.stop(1)).rejects.toThrow('1 entries still ran after 1 ms');
  });
});

describe('A subject’s key', () => {
  test('ignores the case of names, as GitHub does', () => {
    const shouted: Subject = { ...pull(1), repository: { ...repository, owner: 'OCTO' } } as Subject;
    expect(subjectKey(shouted)).toBe(subjectKey(pull(1)));
  });

  test('differs for different subjects', () => {
    const group = { headRef: 'q', baseSha: 'b', baseRef: 'main' };
    const subjects: Subject[] = [
      pull(1),
      pull(2),
      { kind: 'merge-group', repository, headSha: 'a', ...group },
      { kind: 'merge-group', repository, headSha: 'b', ...group },
      { kind: 'open-pull-requests', repository, base: null, headSha: null },
      { kind: 'open-pull-requests', repository, base: 'main', headSha: null },
      { kind: 'open-pull-requests', repository, base: null, headSha: 'a' },
      { kind: 'installation', installationId: 1 },
      { kind: 'installation', installationId: 2 },
    ];
    expect(new Set(subjects.map(subjectKey)).size).toBe(subjects.length);
  });
});
