// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { parseArgs } from 'node:util';
import { haveHelpersGiveWay } from './roles/give-way.ts';
import { prepareWorkerThread } from './roles/in-thread.ts';
import { endWhenTold } from './stop-signals.ts';

const usage = `Usage: npm start [-- [--role ROLE] [--record DIR]]

Starts the Countersign GitHub App. Settings come from the environment, or from a file .env in this directory;
docs/operations.md lists them. Without APP_ID and PRIVATE_KEY, a page opens that creates the App on GitHub.

  --role ROLE    web: only take webhooks; worker: only look at pull requests; all (the default): both.
                 web and worker need DATABASE_URL
  --record DIR   keep every contribution that is judged, for countersign evaluate
  --help         show this`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { role: { type: 'string' }, record: { type: 'string' }, help: { type: 'boolean' } },
  });
  if (values.help) {
    console.log(usage);
    return;
  }
  loadEnvFile();
  const env = {
    ...process.env,
    ...(values.role !== undefined && { COUNTERSIGN_ROLE: values.role }),
    ...(values.record !== undefined && { COUNTERSIGN_RECORD: values.record }),
  };
  // Started before this thread reads the rest of what it needs itself: each on its own processor, at the same time.
  const thread = env.COUNTERSIGN_ROLE === 'web' ? null : prepareWorkerThread();
  const { start } = await import('./start.ts');
  await start(env, thread);
  if (thread !== null) haveHelpersGiveWay();
}

/** Variables that are set already win over the file's. */
function loadEnvFile(): void {
  try {
    process.loadEnvFile();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

endWhenTold();
try {
  await main();
} catch (error) {
  const { code, name, message } = error as NodeJS.ErrnoException;
  const expected =
    name === 'ConfigurationError' || name === 'StorageError' || /^(?:E[A-Z]+$|ERR_PARSE_ARGS)/.test(code ?? '');
  const misused = code?.startsWith('ERR_PARSE_ARGS') === true;
  // What a person can mend gets a sentence; anything else is a mistake of ours and gets its trace.
  if (expected === true) console.error(`countersign: ${message}${misused ? `\n\n${usage}` : ''}`);
  else console.error(error);
  process.exit(misused || name === 'ConfigurationError' ? 2 : 1);
}
