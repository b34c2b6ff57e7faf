// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { identify } from '../src/rules/license/texts/identify.ts';
import { readIndex } from '../src/rules/license/texts/index.ts';
import { readList } from '../tools/license-index.ts';

// What identifying license texts costs: run with `node --expose-gc bench/license-texts.ts` on a machine that is idle.
// Goals: load under 100 ms, under 60 MB, under 3 ms a text when warm.

const path = fileURLToPath(new URL('../data/license-texts.br', import.meta.url));
const collect = globalThis.gc ?? (() => undefined);

collect();
const before = process.memoryUsage.rss();
const start = performance.now();
const index = readIndex(readFileSync(path));
const loaded = performance.now() - start;
collect();
const memory = process.memoryUsage.rss() - before;
console.log(
  `index: ${statSync(path).size} bytes, loaded in ${loaded.toFixed(0)} ms, ${(memory / 1e6).toFixed(0)} MB more resident`,
);

const texts = [...readList().values()].map(({ licenseText }) => licenseText);
const changes: Record<string, (text: string) => string> = {
  'as listed': (text) => text,
  'under another name': (text) => `Copyright (c) 2031 Ada Example\n\nThe following holds.\n\n${text}`,
  'a sentence put in': (text) => {
    const half = text.indexOf(' ', text.length / 2);
    return `${text.slice(0, half)} and here is one more sentence for a human to read ${text.slice(half)}`;
  },
};

for (const [name, change] of Object.entries(changes)) {
  const changed = texts.map(change);
  for (const text of changed) identify(text, index);
  const times = changed.map((text) => {
    const from = performance.now();
    identify(text, index);
    return performance.now() - from;
  });
  times.sort((a, b) => a - b);
  const at = (share: number) => (times[Math.floor((times.length - 1) * share)] ?? 0).toFixed(2);
  const mean = (times.reduce((sum, time) => sum + time, 0) / times.length).toFixed(2);
  console.log(`${name}: mean ${mean} ms, median ${at(0.5)}, 99 % ${at(0.99)}, slowest ${at(1)}`);
}
