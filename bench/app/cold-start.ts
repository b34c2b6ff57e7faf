// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listening, startApp } from './app-process.ts';
import { deliver } from './deliver.ts';
import { startFake } from './fake.ts';
import { createLooks } from './looks.ts';

/** Milliseconds from the start of the process. */
export interface ColdStart {
  /** Until it takes webhooks. */
  readonly listening: number;
  /** Until the check runs of a pull request are there whose webhook came at once. GitHub answers without delay. */
  readonly checked: number;
}

/** Starts the App as it ships so many times. Code that Node.js compiled at the first start is there at the later ones. */
export async function coldStarts(times: number): Promise<readonly ColdStart[]> {
  const cache = mkdtempSync(join(tmpdir(), 'countersign-bench-cache-'));
  const looks = createLooks();
  const fake = await startFake(0, looks.hear, looks.fail);
  try {
    const starts: ColdStart[] = [];
    for (let index = 0; index < times; index += 1) {
      const app = await startApp('as shipped', { github: fake.host, env: { XDG_CACHE_HOME: cache } });
      const openedAt = await listening(app);
      await deliver(app.port, [index], { kind: 'closed', senders: 1 });
      const [posted] = await looks.all([index]);
      starts.push({ listening: openedAt - app.startedAt, checked: (posted?.at ?? Number.NaN) - app.startedAt });
      await app.stop();
    }
    return starts;
  } finally {
    fake.stop();
    rmSync(cache, { recursive: true, force: true });
  }
}
