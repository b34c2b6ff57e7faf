// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { parseArgs } from 'node:util';
import { all } from './all.ts';

const { values } = parseArgs({
  options: {
    webhooks: { type: 'string', default: '2000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    only: { type: 'string', default: '' },
  },
});
const size = {
  webhooks: Number(values.webhooks),
  organisations: 8,
  pace: 20,
  patience: 10_000,
  calm: 300_000,
  seed: Number(values.seed),
  kills: { most: Number.POSITIVE_INFINITY, within: 15_000 },
  away: 10_000,
};
console.log(
  `${size.webhooks} webhooks, seed ${size.seed}; --webhooks, --seed and --only PART-OF-A-NAME choose others\n`,
);

let wrong = 0;
for (const { name, run } of all.filter((scenario) => scenario.name.includes(values.only))) {
  const start = performance.now();
  const outcome = await run(size);
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  if (outcome === null) {
    console.log(`- ${name}: left out, this machine has no PostgreSQL server or lets nobody mount a disk`);
    continue;
  }
  const facts = Object.entries(outcome.facts).map(([fact, count]) => `${fact} ${count}`);
  console.log(`${outcome.wrong.length === 0 ? '✔' : '✖'} ${name} (${[...facts, `${seconds} s`].join(', ')})`);
  for (const line of outcome.wrong) console.log(`    ${line}`);
  wrong += outcome.wrong.length;
}
process.exitCode = wrong === 0 ? 0 : 1;
