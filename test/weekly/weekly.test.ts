// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { pino } from 'pino';
import type { Client } from '../../src/github/client.ts';
import { currentErrand } from '../../src/github/errand.ts';
import { HeldError } from '../../src/github/errors.ts';
import { createMemoryLeases } from '../../src/lease/lease.ts';
import { createMemoryNotebook } from '../../src/sweep/notes.ts';
import { isDue } from '../../src/weekly/hours.ts';
import { startWeekly, type Weekly, type WeeklyOptions } from '../../src/weekly/weekly.ts';
import { weeklyNotes } from '../../src/weekly/weekly-notes.ts';

const hour = 60 * 60_000;
const firstHour = 490_000;
const names = Array.from({ length: 500 }, (_, index) => `widget-${index}`);
/** Repositories whose turn comes in one of these hours, both included. */
const dueIn = (from: number, to: number) =>
  new Set(names.filter((name) => isDue({ owner: 'octo', name }, firstHour + from, firstHour + to)));

const started: Weekly[] = [];
beforeEach(() => {
  jest.useFakeTimers({ now: firstHour * hour });
});
afterEach(async () => {
  const stopping = started.splice(0).map((weekly) => weekly.stop());
  await pass(1);
  await Promise.all(stopping);
  jest.useRealTimers();
});
const pass = (hours: number) => jest.advanceTimersByTimeAsync(hours * hour);

/** What GitHub holds: five hundred repositories of one installation, each of them archived, so that nothing more is asked. */
const archived = {
  repository: {
    owner: { __typename: 'Organization', login: 'octo' },
    visibility: 'PUBLIC',
    isArchived: true,
    isFork: false,
    repositoryTopics: { nodes: [] },
    hasIssuesEnabled: true,
    defaultBranchRef: null,
  },
  organisation: null,
};
const answers = {
  'GET /app': { slug: 'countersign' },
  'GET /installation/repositories': {
    total_count: names.length,
    repositories: names.map((name, id) => ({ id, name, owner: { login: 'octo' }, open_issues_count: 0 })),
  },
};

/** A process that reports; `looked` are the names of the repositories that it looked at. */
function start(
  more: Partial<WeeklyOptions> = {},
  look: (name: string, installation: number) => Promise<void> = async () => {},
  installations = [1],
) {
  const looked: string[] = [];
  const clientOf = (installation: number) => ({
    request: async (route: keyof typeof answers) => ({ data: answers[route] }),
    paginate: {
      iterator: async function* () {
        yield { data: installations.map((id) => ({ id, account: { login: 'octo' } })) };
      },
    },
    graphql: async (_: string, { name }: { name: string }) => {
      looked.push(name);
      await look(name, installation);
      return { ...archived, repository: { ...archived.repository, name } };
    },
  });
  const weekly = startWeekly({
    log: pino({ level: 'silent' }),
    host: 'github.com',
    appId: 1,
    policies: { inForce: async () => null },
    clientFor: async (installation = 0) => clientOf(installation) as unknown as Client,
    leases: createMemoryLeases(),
    notebook: createMemoryNotebook(),
    ...more,
  });
  started.push(weekly);
  return { weekly, looked, sorted: () => new Set(looked) };
}

describe('The weekly report looks at', () => {
  test('the repositories of each hour when it begins', async () => {
    const { looked, sorted } = start();
    await pass(0.5);
    expect(looked).toEqual([]);
    await pass(1);
    expect(sorted()).toEqual(dueIn(1, 1));
    await pass(2);
    expect(sorted()).toEqual(dueIn(1, 3));
    expect(looked).toHaveLength(sorted().size);
  });

  test('those of the hours in which no process ran, at the next start', async () => {
    const notebook = createMemoryNotebook();
    await start({ notebook }).weekly.stop();
    await pass(5);
    const { looked, sorted } = start({ notebook });
    await pass(0);
    expect(sorted()).toEqual(dueIn(1, 5));
    await pass(1);
    expect(sorted()).toEqual(dueIn(1, 6));
    expect(looked).toHaveLength(sorted().size);
  });

  test('those of each hour again once a clock that was a year ahead is set right', async () => {
    const notebook = createMemoryNotebook();
    await notebook.page(weeklyNotes).write({ doneUntil: firstHour + 365 * 24 });
    const { sorted } = start({ notebook });
    await pass(2);
    expect(sorted()).toEqual(dueIn(1, 2));
  });

  test('each of them once after a year', async () => {
    const notebook = createMemoryNotebook();
    await start({ notebook }).weekly.stop();
    await pass(365 * 24);
    const { looked } = start({ notebook });
    await pass(0);
    expect(looked.toSorted()).toEqual(names.toSorted());
  });

  test('those of an hour in which GitHub did not answer, in the next', async () => {
    const away = async () => {
      throw new Error('GitHub is away');
    };
    const [notebook, leases] = [createMemoryNotebook(), createMemoryLeases()];
    const { weekly } = start({ notebook, leases, clientFor: away });
    await pass(2);
    await weekly.stop();
    const { sorted } = start({ notebook, leases });
    await pass(1);
    expect(sorted()).toEqual(dueIn(1, 3));
  });

  test('none of them twice, where several processes run', async () => {
    const shared = { notebook: createMemoryNotebook(), leases: createMemoryLeases() };
    const both = [start(shared), start(shared)];
    await pass(24);
    const looked = both.flatMap((one) => one.looked);
    expect(looked.toSorted()).toEqual([...dueIn(1, 24)].toSorted());
  });
});

describe('GitHub’s limits', () => {
  const limited = (wait: number) => new HeldError(wait, 'half is left to others', true);

  test('are used up to the half that a sweep may take', async () => {
    const urgencies = new Set<string>();
    const { looked } = start({}, async () => void urgencies.add(currentErrand().urgency));
    await pass(1);
    expect(looked.length).toBeGreaterThan(0);
    expect([...urgencies]).toEqual(['sweep']);
  });

  test('are waited for, and only where they are reached', async () => {
    const [held] = dueIn(1, 1);
    const until = (firstHour + 1.5) * hour;
    const order: string[] = [];
    const look = async (name: string, installation: number) => {
      if (installation === 1 && name === held && Date.now() < until) throw limited(until - Date.now());
      order.push(`${installation} ${name}`);
    };
    start({}, look, [1, 2]);
    await pass(1);
    expect(new Set(order)).toEqual(new Set([...dueIn(1, 1)].map((name) => `2 ${name}`)));
    await pass(0.5);
    expect(order).toHaveLength(2 * dueIn(1, 1).size);
    expect(order[dueIn(1, 1).size]).toBe(`1 ${held}`);
  });

  test('that stay are not waited for longer than GitHub’s longest one', async () => {
    let limits = true;
    const done = new Set<string>();
    start({}, async (name) => {
      if (limits) throw limited(10 * 60_000);
      done.add(name);
    });
    await pass(2.5);
    limits = false;
    await pass(1);
    expect(done).toEqual(dueIn(2, 3));
  });

  test('hold up no stop', async () => {
    const { weekly } = start({}, async () => {
      throw limited(hour);
    });
    await pass(1);
    let stopped = false;
    void weekly.stop().then(() => {
      stopped = true;
    });
    await pass(0);
    expect(stopped).toBe(true);
  });
});

describe('A stop', () => {
  test('waits for the look at a repository, and begins with no other', async () => {
    let end = () => {};
    const { weekly, looked } = start({}, () => new Promise((resolve) => (end = resolve)));
    await pass(1);
    let stopped = false;
    const stopping = weekly.stop().then(() => {
      stopped = true;
    });
    await pass(0);
    expect([stopped, looked.length]).toEqual([false, 1]);
    end();
    await stopping;
    expect(looked).toHaveLength(1);
  });

  test('does not wait for ever', async () => {
    const { weekly, looked } = start({}, () => new Promise(() => {}));
    await pass(1);
    expect(looked).toHaveLength(1);
    const stopping = weekly.stop();
    await pass(1);
    await stopping;
  });
});
