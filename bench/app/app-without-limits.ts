// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

// The App as src/main.ts starts it, but for GitHub's limits: how fast it is itself shows only without them.

import { readConfiguration } from '../../src/configuration.ts';
import { createLog } from '../../src/log.ts';
import { startWorkerThread } from '../../src/roles/in-thread.ts';
import { startService } from '../../src/service.ts';

/** Numbers that nothing reaches. */
const open = {
  concurrent: 10_000,
  restPerMinute: 1e9,
  graphqlPerMinute: 1e9,
  contentPerMinute: 1e9,
  contentPerHour: 1e9,
};

const configuration = readConfiguration(process.env, false);
if (configuration.credentials === null) throw new Error('APP_ID, PRIVATE_KEY and WEBHOOK_SECRET have to be set');
const service = await startService({
  configuration,
  credentials: configuration.credentials,
  log: createLog(configuration.log),
  startWorker: (options) => startWorkerThread({ ...options, limits: open }),
});
process.once('SIGTERM', () => {
  void service.stop().then(() => process.exit(0));
});
