// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { createFigures } from '../helpers/figures.ts';
import { read } from './tree.ts';

const guide = read('docs/operations.md');

/** The first column of the table under a heading, one entry for each name in code. */
function firstColumn(heading: string): readonly string[] {
  const section = guide.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
  return [...section.matchAll(/^\| (`[^|]*`) \|/gm)].flatMap((row) =>
    String(row[1])
      .split(/`(?:, )?`?/)
      .filter(Boolean),
  );
}

describe('the guide to operations', () => {
  test('lists every environment variable that the App reads, and no other', () => {
    const configuration = read('src/configuration.ts');
    const declared = [...configuration.matchAll(/^ {2}([A-Z][A-Z_]+): /gm)].map((match) => String(match[1]));
    // @probot/get-private-key reads these two, and the set-up flow the third.
    const expected = [...declared, 'PRIVATE_KEY', 'PRIVATE_KEY_PATH', 'GH_ORG'];
    expect([...firstColumn('Environment variables')].sort()).toEqual(expected.sort());
  });

  test('names the log fields that the worker writes', () => {
    const worker = ['worker', 'telling'].map((name) => read(`src/worker/${name}.ts`)).join('\n');
    const fields = firstColumn('Logs and health').filter((name) => !name.startsWith('/'));
    expect(fields.length).toBeGreaterThan(5);
    expect(fields.filter((name) => !new RegExp(`\\b${name}\\b`).test(worker))).toEqual([]);
  });

  test('names the paths that the server answers', () => {
    const server = read('src/server/health.ts');
    const paths = firstColumn('Logs and health').filter((name) => name.startsWith('/'));
    expect(paths).toEqual(['/healthz', '/readyz']);
    expect(paths.filter((path) => !server.includes(`case '${path}':`))).toEqual([]);
  });

  test('lists every figure that the App keeps, and no other', async () => {
    const text = await createFigures().text(async () => ({ depth: 0, oldestAgeMs: 0, deadLetters: 0 }));
    const kept = [...text.matchAll(/^# TYPE (countersign_\w+) /gm)].map(([, name]) => String(name));
    expect([...firstColumn('Figures')].sort()).toEqual(kept.sort());
  });
});
