// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

// REUSE-IgnoreStart
import { readHeader } from '../src/rules/license/headers/header.ts';
import { licensingOf } from '../src/rules/license/reuse/reuse.ts';
import { readReuseFiles } from '../src/rules/license/reuse/reuse-files.ts';

/** How long the slowest texts of 1 MB that we could think of take; issue 3 allows 50 ms. */
const size = 1_000_000;
const tag = 'SPDX-License-Identifier: MIT';
const texts: [string, string, string][] = [
  ['ordinary code', 'a.ts', `const x = f("a", 'b'); // why\n`],
  ['block comments in one line', 'a.c', '/**/'],
  ['comments alone', 'a.c', '//\n'],
  ['tags in lines', 'a.c', `// ${tag}\n`],
  ['tags in one line', 'a.c', `/* ${tag} */`],
  ['tags in plain text', 'a.txt', `${tag} `],
  ['quotes', 'a.c', '"'],
  ['templates', 'a.js', '`\\`'],
  ['here-documents that never end', 'a.sh', '<<A '],
  ['here-documents', 'a.sh', '<<A\nA\n'],
  ['snippets that never end', 'a.c', '// SPDX-SnippetBegin\n'],
  ['number signs', 'a.py', '#'],
  ['empty lines', 'a.py', '\n'],
  ['marks of many kinds', 'a.hbs', '{{!{{!--'],
];

for (const [name, path, part] of texts) {
  const text = `${part.repeat(Math.ceil(size / part.length))}\n// ${tag}\n`;
  console.log(
    `${best(() => readHeader(path, text))
      .toFixed(1)
      .padStart(8)} ms  1 MB of ${name}`,
  );
}

const ordinary = `// ${tag}\n${'const x = f("a");\n'.repeat(500)}`;
console.log(`${(best(() => readHeader('a.ts', ordinary)) * 1000).toFixed(1).padStart(8)} µs  an ordinary file`);

const hostile = Array.from({ length: 500 }, (_, index) => `"${'*a'.repeat(40)}${index}"`).join(', ');
const toml = `version = 1\n[[annotations]]\npath = [${hostile}]\nSPDX-License-Identifier = "MIT"\n`;
const path = 'a'.repeat(200);
console.log(
  `${best(() => readReuseFiles(new Map([['REUSE.toml', toml]])))
    .toFixed(1)
    .padStart(8)} ms  a hostile REUSE.toml`,
);
const files = readReuseFiles(new Map([['REUSE.toml', toml]]));
console.log(
  `${best(() => licensingOf(path, null, files))
    .toFixed(1)
    .padStart(8)} ms  a path through it`,
);

/** Milliseconds of the quickest of several runs. */
function best(run: () => unknown): number {
  let shortest = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 20; round += 1) {
    const start = performance.now();
    run();
    shortest = Math.min(shortest, performance.now() - start);
  }
  return shortest;
}
