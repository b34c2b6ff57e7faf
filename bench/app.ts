// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { parseArgs } from 'node:util';
import { coldStarts } from './app/cold-start.ts';
import { goals, type Measured } from './app/goals.ts';
import { type Result, run } from './app/run.ts';
import { type ScenarioName, scenarios } from './app/scenarios.ts';
import { coldStartLine, goalsTable, machine, resultsTable } from './app/tables.ts';

const usage = `Usage: npm run bench [-- OPTIONS]

Delivers signed webhooks over HTTP to the real App, in its own process, against a quick GitHub in another. All three rules
are on; each pull request has to end with the right check runs, or nothing is printed but the mistake.

  --only WORDS     leave out the scenarios whose name does not hold these words; "cold start" is one, too
  --size SHARE     how much to deliver, 1 for figures that count (default), 0.1 for a quick look
  --profile DIR    keep a profile of the App's processor time in each scenario (*.cpuprofile)
  --json           print everything as JSON
  --help           show this`;

const options = {
  only: { type: 'string', default: '' },
  size: { type: 'string', default: '1' },
  profile: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

async function main(): Promise<void> {
  const { values } = parseArgs({ options });
  if (values.help) {
    console.log(usage);
    return;
  }
  const isWanted = (name: string) => name.includes(values.only);
  const nodeOptions = values.profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${values.profile}`];
  const results: Partial<Record<ScenarioName, Result>> = {};
  for (const name of (Object.keys(scenarios) as ScenarioName[]).filter(isWanted)) {
    console.error(`${name} …`);
    results[name] = await run({ ...scenarios[name](Number(values.size)), nodeOptions });
  }
  print({ results, coldStarts: isWanted('cold start') ? await coldStarts(9) : null }, values.json);
}

function print(measured: Measured, asJson: boolean): void {
  const met = goals(measured);
  if (asJson) {
    console.log(
      JSON.stringify({ machine: machine(), date: new Date().toISOString(), ...measured, goals: met }, null, 2),
    );
    return;
  }
  console.log(`${machine()}\n\n${resultsTable(measured.results)}`);
  if (measured.coldStarts !== null) console.log(`\n${coldStartLine(measured.coldStarts)}`);
  console.log(`\n${goalsTable(met)}`);
}

await main();
