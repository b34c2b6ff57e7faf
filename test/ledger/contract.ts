// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Entry, Ledger, Line, Statement } from '../../src/ledger/ledger.ts';

export const entry: Entry = {
  kind: 'result',
  host: 'github.com',
  repository: 'octo/hello',
  pullRequest: 1,
  head: 'a'.repeat(40),
  check: 'dco',
  by: null,
  code: 'success',
  findings: { 'dco.missing': 2 },
  reason: null,
  link: null,
  policyCommit: null,
};
export const say = (topic: string, state: string, more: Partial<Entry> = {}): Statement => ({
  topic,
  state,
  entry: { ...entry, ...more },
});
export async function linesOf(ledger: Ledger, since: string | null = null): Promise<Line[]> {
  const all: Line[] = [];
  for await (const line of ledger.lines(since)) all.push(line);
  return all;
}

/** What holds of a ledger wherever it is stored. `open` makes an empty one with that clock, and the test closes it. */
export function ledgerContract(open: (now: () => Date) => Promise<Ledger>): void {
  let ledger: Ledger;
  let time = 0;
  beforeEach(async () => {
    time = Date.UTC(2026, 0, 31);
    ledger = await open(() => new Date(time));
  });
  afterEach(() => ledger.close());
  const tell = (...statements: Statement[]) => ledger.record({ statements, all: null });
  const lines = (since: string | null = null) => linesOf(ledger, since);

  test('keeps what was decided, each line bound to the one before', async () => {
    expect(await tell(say('a', '1'), say('b', '1'))).toBe(2);
    const [first, second] = await lines();
    expect(first).toMatchObject({ ...entry, seq: 1, at: '2026-01-31T00:00:00.000Z', previous: '0'.repeat(64) });
    expect(second?.previous).toBe(first?.hash);
    expect(await ledger.verify()).toEqual({ intact: true, lines: 2, head: second?.hash });
  });

  test('writes the same only once, and again when it was otherwise meanwhile', async () => {
    expect(await tell(say('a', '1'))).toBe(1);
    expect(await tell(say('a', '1'))).toBe(0);
    expect(await tell(say('a', '2'))).toBe(1);
    expect(await tell(say('a', '1'))).toBe(1);
  });

  test('writes all that a look has to say, or nothing', async () => {
    const broken = { ...say('b', '1'), entry: null as unknown as Entry };
    await expect(tell(say('a', '1'), broken)).rejects.toThrow();
    expect(await lines()).toEqual([]);
  });

  describe('of what was granted and is told no more', () => {
    const link = 'https://github.com/octo/hello/pull/1#issuecomment-1';
    const granted = (topic: string) => say(topic, 'granted', { kind: 'granted', by: 'ben', link });

    test.each([
      ['withdrawn, where its comment is gone', [], { kind: 'withdrawn', code: 'deleted' }],
      ['lapsed, where its comment is still there', [link], { kind: 'lapsed', code: 'not-needed' }],
    ])('tells that it is %s, once, and nothing of another pull request', async (_, links, expected) => {
      await tell(granted('override x#1 dco A'), granted('override x#10 dco B'));
      const nothing = { statements: [], all: { topics: 'override x#1 ', links: new Set(links) } };
      expect(await ledger.record(nothing)).toBe(1);
      expect(await ledger.record(nothing)).toBe(0);
      expect((await lines()).at(-1)).toMatchObject({ ...expected, by: null, topic: 'override x#1 dco A' });
    });

    test('tells nothing where not everything could be read', async () => {
      await tell(granted('override x#1 dco A'));
      expect(await ledger.record({ statements: [], all: null })).toBe(0);
    });
  });

  test('keeps every look’s lines in one chain, whoever writes at the same time', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, index) => tell(say(`${index}`, '1'), say('shared', '1'))));
    expect(await lines()).toHaveLength(21);
    expect(await ledger.verify()).toMatchObject({ intact: true, lines: 21 });
  });

  test('can be read from a time on', async () => {
    await tell(say('a', '1'));
    time += 60_000;
    await tell(say('a', '2'));
    expect((await lines('2026-01-31T00:01:00.000Z')).map(({ state }) => state)).toEqual(['2']);
  });
}
