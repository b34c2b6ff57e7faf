// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { expect, test } from '@jest/globals';
import { pino } from 'pino';
import { createMemoryNotebook } from '../../src/sweep/notes.ts';
import { createAppSweeper, type SweepMade } from '../../src/sweep/sweeper-of-app.ts';
import { expectingGitHub } from '../helpers/github.ts';

const github = expectingGitHub();

/** An App's sweeper, and what whoever counts was told of it. */
function sweeper() {
  const made: SweepMade[] = [];
  const { sweep } = createAppSweeper({
    appId: 42,
    auth: async () => github.client,
    inbox: { put: async () => {} },
    notebook: createMemoryNotebook(),
    log: pino({ level: 'silent' }),
    handles: () => true,
    settings: { interval: 0, share: 0.5 },
    observer: { swept: (one) => void made.push(one) },
  });
  return { sweep: () => sweep(new AbortController().signal), made };
}

test('Whoever counts is told of each sweep, and of what it cost', async () => {
  const { sweep, made } = sweeper();
  github.rest('GET /app/installations?per_page=100', 200, []);
  github.rest('GET /app/hook/deliveries?per_page=100&status=failure', 200, []);
  const report = await sweep();
  expect(made).toEqual([{ report, errand: { urgency: 'sweep', requests: 2, points: expect.any(Number) } }]);
});

test('Whoever counts is told of a sweep that failed', async () => {
  const { sweep, made } = sweeper();
  github.rest('GET /app/installations?per_page=100', 503);
  await expect(sweep()).rejects.toMatchObject({ status: 503 });
  expect(made).toEqual([{ report: null, errand: expect.objectContaining({ requests: 1 }) }]);
});
